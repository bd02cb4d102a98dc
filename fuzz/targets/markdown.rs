//! A page's body.
#![no_main]

use std::sync::LazyLock;

use fuzz::Folder;
use libfuzzer_sys::fuzz_target;

static FOLDER: LazyLock<Folder> = LazyLock::new(|| Folder::new("docs/a.md"));

fuzz_target!(|body: &[u8]| {
    FOLDER.check(&[b"---\ntitle: A\ndescription: A page.\n---\n", body].concat());
});

//! A page's front matter: between its fences, and the whole file.
#![no_main]

use std::sync::LazyLock;

use fuzz::Folder;
use libfuzzer_sys::fuzz_target;

static FOLDER: LazyLock<Folder> = LazyLock::new(|| Folder::new("docs/a.md"));

fuzz_target!(|yaml: &[u8]| {
    FOLDER.check(&[b"---\n", yaml, b"\n---\n\nText.\n"].concat());
    FOLDER.check(yaml);
});

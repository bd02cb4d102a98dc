//! The files beside the pages: navigation, redirects and the list of addresses.
#![no_main]

use std::sync::LazyLock;

use fuzz::Folder;
use libfuzzer_sys::fuzz_target;

static FOLDERS: LazyLock<[Folder; 3]> =
    LazyLock::new(|| ["navigation.toml", "redirects.toml", "addresses.txt"].map(Folder::new));

fuzz_target!(|bytes: &[u8]| {
    for folder in &*FOLDERS {
        folder.check(bytes);
    }
});

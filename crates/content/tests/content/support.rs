//! Content folders made for a test.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::expect_used, reason = "a test that can't make its folder has failed")]

use std::path::Path;

use content::{Options, Site};
use tempfile::TempDir;

/// A content folder that is gone with the test.
pub(crate) struct Folder {
    dir: TempDir,
}

impl Folder {
    /// A folder with one page, so that it can be loaded.
    pub(crate) fn new() -> Self {
        let folder = Self { dir: TempDir::new().expect("a temporary folder") };
        folder.file("docs/index.md", "---\ntitle: Docs\ndescription: All of it.\n---\n")
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file as it is.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.dir.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    }

    /// Writes a page: front matter of three lines and a fence, so the body begins on line 5.
    pub(crate) fn page(self, path: &str, body: &str) -> Self {
        self.file(path, format!("---\ntitle: Page\ndescription: A page.\n---\n{body}"))
    }

    pub(crate) fn options(&self) -> Options {
        Options {
            root: self.path().to_owned(),
            site_paths: vec!["/".into(), "/changelog".into()],
            ..Options::default()
        }
    }

    pub(crate) fn load(&self) -> Site {
        Site::load(&self.options(), None).expect("a site")
    }

    /// The problems, as the checker prints them.
    pub(crate) fn problems(&self) -> Vec<String> {
        self.load().problems().iter().map(ToString::to_string).collect()
    }
}

/// The markup of a page with this body.
pub(crate) fn render(body: &str) -> String {
    let folder = Folder::new().page("docs/a.md", body);
    let site = folder.load();
    site.body(site.page("/docs/a").expect("the page"))
}

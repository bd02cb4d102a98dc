//! What the targets share: a content folder of which one file is the fuzzer's, and what every page must be.

pub mod markup;

use std::path::PathBuf;

use content::{LoadError, Options, Site};
use tempfile::TempDir;

/// A folder with a good page and a file that is written again for each run.
pub struct Folder {
    dir: TempDir,
    file: PathBuf,
}

impl Folder {
    /// `file` is relative to the content folder.
    pub fn new(file: &str) -> Self {
        let dir = TempDir::new().expect("a temporary folder");
        std::fs::create_dir_all(dir.path().join("docs")).expect("a folder");
        let good = "---\ntitle: Docs\ndescription: All of it.\n---\n\n## A heading\n\n[here](a.md#a)\n";
        std::fs::write(dir.path().join("docs/index.md"), good).expect("a file");
        let file = dir.path().join(file);
        Self { dir, file }
    }

    /// Loads the site with `bytes` in the file, and looks at every page.
    ///
    /// # Panics
    /// If the site is not served, or a page is no sound markup: that is a finding.
    pub fn check(&self, bytes: &[u8]) {
        std::fs::write(&self.file, bytes).expect("a file");
        let options = Options {
            root: self.dir.path().to_owned(),
            drafts: true,
            site_paths: vec!["/".to_owned()],
            ..Options::default()
        };
        let site = match Site::load(&options, None) {
            Ok(site) => site,
            Err(error @ (LoadError::NoFolder(..) | LoadError::Empty(_))) => panic!("a bad file took the site: {error}"),
        };
        for page in site.pages() {
            let body = site.body(page);
            markup::assert_sound(&body);
        }
        for problem in site.problems() {
            let message = problem.to_string();
            assert!(!message.is_empty() && !message.contains('\n') && message.len() < 4000, "{message}");
        }
    }
}

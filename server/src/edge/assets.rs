//! Styles, scripts, icons and WASM: read once, served at addresses that hold their hash.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use walkdir::WalkDir;

use super::finished::Draft;
use super::policy::CachePolicy;
use super::security::Sandbox;
use crate::error::StartError;

/// A file of the site root.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its site path, hash included, without base path.
    pub address: String,
    /// Its content.
    pub bytes: Bytes,
}

/// All files of the site root, by their path in it.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    by_name: BTreeMap<String, Asset>,
}

/// What every page needs, by its path in the site root.
pub mod names {
    /// The one stylesheet.
    pub const STYLE: &str = "pkg/portal.css";
    /// The WASM module's JavaScript half.
    pub const MODULE: &str = "pkg/portal.js";
    /// The WASM module.
    pub const WASM: &str = "pkg/portal.wasm";
    /// The script before the first paint.
    pub const EARLY: &str = "early.js";
    /// The deferred script.
    pub const SITE: &str = "site.js";
    /// The script that brings islands to life.
    pub const ISLANDS: &str = "islands.js";
    /// The icon.
    pub const ICON: &str = "icon.svg";
}

impl Assets {
    /// Reads the folder that the build leaves.
    pub fn load(root: &Path) -> Result<Self, StartError> {
        let mut assets = Self::default();
        for entry in WalkDir::new(root).sort_by_file_name() {
            let failed = |error: std::io::Error| StartError::SiteRoot(root.to_owned(), error);
            let entry = entry.map_err(|error| failed(error.into()))?;
            if !entry.file_type().is_file() {
                continue;
            }
            let name = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let name = name.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            let bytes: Bytes = std::fs::read(entry.path()).map_err(failed)?.into();
            assets.by_name.insert(name.clone(), Asset { address: address(&name, &bytes), bytes });
        }
        for name in [names::STYLE, names::MODULE, names::WASM, names::EARLY, names::SITE, names::ISLANDS, names::ICON] {
            if !assets.by_name.contains_key(name) {
                return Err(StartError::Assets(PathBuf::from(root), name));
            }
        }
        Ok(assets)
    }

    /// The site path of a file, empty if there is none.
    pub fn address(&self, name: &str) -> &str {
        self.by_name.get(name).map_or("", |asset| &asset.address)
    }

    /// All files.
    pub fn iter(&self) -> impl Iterator<Item = &Asset> {
        self.by_name.values()
    }
}

/// `pkg/portal.css` as `/assets/pkg/portal.1a2b3c4d5e.css`.
fn address(name: &str, bytes: &[u8]) -> String {
    let hash = content::fingerprint(bytes, 5);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => format!("/assets/{stem}.{hash}.{extension}"),
        _ => format!("/assets/{name}.{hash}"),
    }
}

/// A file as an answer: kept for a year, and harmless by itself.
pub fn draft(address: &str, bytes: Bytes) -> Draft {
    let kind = mime_guess::from_path(address).first_or_octet_stream();
    let text = kind.type_() == "text" || matches!(kind.subtype().as_str(), "javascript" | "json");
    let content_type = if text { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    Draft {
        status: StatusCode::OK,
        content_type: HeaderValue::try_from(content_type)
            .unwrap_or(HeaderValue::from_static("application/octet-stream")),
        body: bytes,
        policy: CachePolicy::Immutable,
        sandbox: Sandbox::File,
        location: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_the_hash_of_the_content() {
        assert_eq!(address("pkg/a.b.css", b"x"), "/assets/pkg/a.b.2d711642b7.css");
        assert_ne!(address("a.js", b"x"), address("a.js", b"y"));
    }

    #[test]
    fn a_site_root_that_is_not_built_says_so() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let error = Assets::load(folder.path()).expect_err("nothing there").to_string();
        assert!(error.contains("pkg/portal.css") && error.contains("make build"), "{error}");
    }
}

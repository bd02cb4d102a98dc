//! Styles, scripts, icons and WASM: read once, served at URLs with a content hash.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use walkdir::WalkDir;

use crate::error::AssetsError;
use crate::response::{CachePolicy, ResponseParts, Sandbox};

/// A file of the site root.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The site path, hash included, without base path.
    pub address: String,
    /// The content.
    pub bytes: Bytes,
}

/// All files of the site root, by their path in it.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    by_name: BTreeMap<String, Asset>,
}

/// Files that pages need, by path in the site root.
pub mod names {
    /// The stylesheet.
    pub const STYLE: &str = "pkg/portal.css";
    /// JavaScript bindings of the WASM module.
    pub const MODULE: &str = "pkg/portal.js";
    /// The WASM module.
    pub const WASM: &str = "pkg/portal.wasm";
    /// The script that runs before the first paint.
    pub const EARLY: &str = "early.js";
    /// The deferred script.
    pub const SITE: &str = "site.js";
    /// The script that hydrates islands.
    pub const ISLANDS: &str = "islands.js";
    /// The script of the search dialog.
    pub const SEARCH: &str = "search.js";
    /// The script of the marketplace's list.
    pub const MARKET: &str = "market.js";
    /// The script that verifies documents.
    pub const CHECK: &str = "check.js";
    /// The script that polls for the first call.
    pub const STARTED: &str = "started.js";
    /// The text font.
    pub const TEXT_FONT: &str = "fonts/text.woff2";
    /// The icon.
    pub const ICON: &str = "icon.svg";
    /// The icon of a phone's home screen.
    pub const TOUCH_ICON: &str = "icon-180.png";
    /// All names.
    pub const ALL: [&str; 13] =
        [STYLE, MODULE, WASM, EARLY, SITE, ISLANDS, SEARCH, MARKET, CHECK, STARTED, TEXT_FONT, ICON, TOUCH_ICON];
}

impl Assets {
    /// Reads the folder of the build.
    ///
    /// # Errors
    ///
    /// [`AssetsError`] when the folder can't be read or lacks a file.
    pub fn load(root: &Path) -> Result<Self, AssetsError> {
        let mut assets = Self::default();
        for entry in WalkDir::new(root).sort_by_file_name() {
            let failed = |error: std::io::Error| AssetsError::Unreadable(root.to_owned(), error);
            let entry = entry.map_err(|error| failed(error.into()))?;
            if !entry.file_type().is_file() {
                continue;
            }
            let name = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let name = name.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            let bytes: Bytes = std::fs::read(entry.path()).map_err(failed)?.into();
            assets.by_name.insert(name.clone(), Asset { address: hashed_address(&name, &bytes), bytes });
        }
        assets.rewrite_font_urls();
        for name in names::ALL {
            if !assets.by_name.contains_key(name) {
                return Err(AssetsError::Missing(PathBuf::from(root), name));
            }
        }
        Ok(assets)
    }

    /// Replaces font paths in stylesheets with hashed addresses.
    fn rewrite_font_urls(&mut self) {
        let fonts: Vec<(String, String)> = self
            .by_name
            .iter()
            .filter(|(name, _)| name.starts_with("fonts/"))
            .map(|(name, asset)| (format!("../{name}"), asset.address.replacen("/assets/", "../", 1)))
            .collect();
        for (name, asset) in self
            .by_name
            .iter_mut()
            .filter(|(name, _)| Path::new(name).extension().is_some_and(|extension| extension == "css"))
        {
            let Ok(text) = std::str::from_utf8(&asset.bytes) else { continue };
            let text = fonts.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
            *asset = Asset { address: hashed_address(name, text.as_bytes()), bytes: text.into() };
        }
    }

    /// The site path of a file; empty for an unknown name.
    pub fn address(&self, name: &str) -> &str {
        self.by_name.get(name).map_or("", |asset| &asset.address)
    }

    /// All files.
    pub fn iter(&self) -> impl Iterator<Item = &Asset> {
        self.by_name.values()
    }
}

/// Returns `/assets/pkg/portal.1a2b3c4d5e.css` for `pkg/portal.css`.
fn hashed_address(name: &str, bytes: &[u8]) -> String {
    let hash = content::fingerprint(bytes, 5);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => format!("/assets/{stem}.{hash}.{extension}"),
        _ => format!("/assets/{name}.{hash}"),
    }
}

/// Builds the response of a file: cached for a year, without permissions.
pub fn file_parts(address: &str, bytes: Bytes) -> ResponseParts {
    let kind = mime_guess::from_path(address).first_or_octet_stream();
    let text = kind.type_() == "text" || matches!(kind.subtype().as_str(), "javascript" | "json");
    let content_type = if text { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    ResponseParts {
        status: StatusCode::OK,
        content_type: HeaderValue::try_from(content_type)
            .unwrap_or(HeaderValue::from_static("application/octet-stream")),
        body: bytes,
        policy: CachePolicy::Immutable,
        sandbox: Sandbox::File,
        varies_by_accept: false,
        extra: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asset_urls_contain_the_content_hash() {
        assert_eq!(hashed_address("pkg/a.b.css", b"x"), "/assets/pkg/a.b.2d711642b7.css");
        assert_ne!(hashed_address("a.js", b"x"), hashed_address("a.js", b"y"));
    }

    #[test]
    fn stylesheets_reference_fonts_by_hashed_name() {
        let folder = tempfile::TempDir::new().expect("a folder");
        for (name, text) in
            names::ALL.into_iter().map(|name| (name, "x")).chain([(names::STYLE, "url(../fonts/text.woff2)")])
        {
            let file = folder.path().join(name);
            std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
            std::fs::write(file, text).expect("a file");
        }
        let assets = Assets::load(folder.path()).expect("assets");
        let style = assets.by_name[names::STYLE].clone();
        assert_eq!(style.bytes, "url(../fonts/text.2d711642b7.woff2)");
        assert_eq!(style.address, hashed_address(names::STYLE, &style.bytes));
        assert_eq!(assets.address(names::TEXT_FONT), "/assets/fonts/text.2d711642b7.woff2");
    }

    #[test]
    fn a_missing_build_is_reported_with_the_build_command() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let error = Assets::load(folder.path()).expect_err("a missing build").to_string();
        assert!(error.contains("pkg/portal.css") && error.contains("make build"), "{error}");
    }
}

//! Images and downloads beside the pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::fingerprint::fingerprint;
use crate::load::{MAX_MEDIA_BYTES, Stamp};
use crate::problem::ProblemKind;

/// Referenced file, served at a URL with its content hash.
#[derive(Debug)]
pub struct Media {
    /// Path, relative to the content folder.
    pub path: PathBuf,
    /// Site path, `/media/…`, without base path.
    pub address: String,
    /// Content of the file.
    pub bytes: Arc<[u8]>,
    /// Width and height in CSS pixels, for images that declare them.
    pub size: Option<(u32, u32)>,
    pub(crate) stamp: Stamp,
}

impl Media {
    /// Reads a file within the size limit.
    pub(crate) fn read(root: &Path, path: &Path, stamp: Stamp) -> Result<Self, ProblemKind> {
        let name = path.display().to_string();
        let wrong = |reason: String| ProblemKind::BadImage(name.clone(), reason);
        let bytes = fs::read(root.join(path)).map_err(|error| wrong(format!("can't be read: {error}")))?;
        if bytes.len() as u64 > MAX_MEDIA_BYTES {
            return Err(wrong(format!("is larger than {MAX_MEDIA_BYTES} bytes. Reduce its size")));
        }
        let size = size_of(path, &bytes);
        let hash = fingerprint(&bytes, 5);
        let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned());
        let stem = path.with_extension("");
        let stem = stem.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let address = match extension {
            Some(extension) => format!("/media/{stem}.{hash}.{extension}"),
            None => format!("/media/{stem}.{hash}"),
        };
        Ok(Self { path: path.to_owned(), address, bytes: bytes.into(), size, stamp })
    }
}

/// Reads the size of an image: from its header, or from an SVG's `width` and `height` or `viewBox`.
fn size_of(path: &Path, bytes: &[u8]) -> Option<(u32, u32)> {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg")) {
        return svg_size(std::str::from_utf8(bytes).ok()?);
    }
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

fn svg_size(text: &str) -> Option<(u32, u32)> {
    let document = roxmltree::Document::parse(text).ok()?;
    let root = document.root_element();
    let number =
        |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok().filter(|size| (1.0..1e6).contains(size));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and a million")]
    let whole = |size: f64| size.round() as u32;
    let attribute = |name| root.attribute(name).and_then(number);
    if let (Some(width), Some(height)) = (attribute("width"), attribute("height")) {
        return Some((whole(width), whole(height)));
    }
    let view: Vec<f64> = root.attribute("viewBox")?.split([' ', ',']).filter_map(number_or_zero).collect();
    match view.as_slice() {
        [_, _, width, height] if *width >= 1.0 && *height >= 1.0 => Some((whole(*width), whole(*height))),
        _ => None,
    }
}

fn number_or_zero(text: &str) -> Option<f64> {
    text.parse().ok().filter(|size: &f64| size.is_finite() && size.abs() < 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn svg_size_comes_from_width_and_height_or_the_view_box() {
        assert_eq!(svg_size("<svg width=\"40px\" height='20.4'/>"), Some((40, 20)));
        assert_eq!(svg_size("<svg viewBox=\"0 0 300 150\"/>"), Some((300, 150)));
        assert_eq!(svg_size("<svg viewBox=\"0 0 0 0\"/>"), None);
        assert_eq!(svg_size("<svg"), None);
    }
}

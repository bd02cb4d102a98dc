//! Compression: fast while a reader waits, best in the background.

use std::io::{self, Read as _, Write as _};

use brotli::enc::BrotliEncoderParams;
use brotli::{CompressorWriter, Decompressor};
use bytes::Bytes;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// Smallest compressed body, in bytes: below, an encoding's overhead exceeds its savings.
pub const MIN_BYTES: usize = 256;

/// Buffer of the brotli decoder, in bytes.
const DECODER_BUFFER: usize = 4096;

/// The effort of a compression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Less than a millisecond per page: for short-lived pages.
    Quick,
    /// Some milliseconds per page.
    Fast,
    /// A hundred times as long, a tenth smaller.
    Best,
}

/// Compresses with gzip (RFC 1952); none if the result is larger. Equal bytes give equal results: no time, no name.
pub fn gzip(bytes: &[u8], effort: Effort) -> Option<Bytes> {
    let level = match effort {
        Effort::Quick => Compression::new(2),
        Effort::Fast => Compression::new(5),
        Effort::Best => Compression::best(),
    };
    smaller(bytes, |out| {
        let mut encoder = GzEncoder::new(out, level);
        encoder.write_all(bytes)?;
        encoder.finish().map(drop)
    })
}

/// Compresses with brotli (RFC 7932); none if the result is larger.
pub fn brotli(bytes: &[u8], effort: Effort) -> Option<Bytes> {
    let quality = match effort {
        // Qualities 2 and 3 are a tenth smaller, for two thirds more time.
        Effort::Quick => 1,
        Effort::Fast => 4,
        Effort::Best => 11,
    };
    let parameters = BrotliEncoderParams {
        quality,
        lgwin: window(bytes.len()),
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    smaller(bytes, |out| {
        let mut encoder = CompressorWriter::with_params(out, 4096, &parameters);
        encoder.write_all(bytes)?;
        encoder.flush()
    })
}

/// The smallest window for `length` bytes, as a power of two. The encoder's tables grow with the window: the largest one
/// costs 60 MB and most of the time for a page of 40 KB, without a smaller result.
fn window(length: usize) -> i32 {
    (16..22).find(|bits| (1 << bits) - 16 >= length).unwrap_or(22)
}

/// Decompresses the result of [`gzip`], `length` bytes long.
///
/// # Errors
///
/// [`io::Error`] on invalid data.
pub fn gunzip(packed: &[u8], length: usize) -> io::Result<Bytes> {
    let mut out = Vec::with_capacity(length);
    GzDecoder::new(packed).read_to_end(&mut out)?;
    Ok(out.into())
}

/// Decompresses the result of [`brotli`], `length` bytes long.
///
/// # Errors
///
/// [`io::Error`] on invalid data.
pub fn decompress_brotli(packed: &[u8], length: usize) -> io::Result<Bytes> {
    let mut out = Vec::with_capacity(length);
    Decompressor::new(packed, DECODER_BUFFER).read_to_end(&mut out)?;
    Ok(out.into())
}

fn smaller(bytes: &[u8], encode: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Option<Bytes> {
    if bytes.len() < MIN_BYTES {
        return None;
    }
    let mut out = Vec::with_capacity(bytes.len() / 3);
    encode(&mut out).ok()?;
    // The buffer is stored as long as the page, with its capacity.
    out.shrink_to_fit();
    (out.len() < bytes.len()).then(|| out.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressed_bytes_decompress_to_the_original() {
        let text = "An agent's identity is a paper that can be checked. ".repeat(40);
        for effort in [Effort::Fast, Effort::Best] {
            let packed = gzip(text.as_bytes(), effort).expect("smaller");
            assert_eq!(gunzip(&packed, text.len()).expect("gzip"), text);
            let packed = brotli(text.as_bytes(), effort).expect("smaller");
            assert_eq!(decompress_brotli(&packed, text.len()).expect("brotli"), text);
        }
        assert_eq!(gzip(b"short", Effort::Best), None);
    }
}

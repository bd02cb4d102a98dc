//! Prepared responses: the bytes and headers of every encoding, built once.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::cache_policy::CachePolicy;
use super::compress::{self, Effort};
use super::negotiate::Encoding;
use super::parts::ResponseParts;
use super::representation::{Body, Representation};
use super::security;

/// `Vary` of a URL that serves HTML or Markdown.
pub const VARIES_BY_ACCEPT: &str = "accept, accept-encoding";

/// Capacity for the headers that all encodings share.
const SHARED_HEADERS: usize = 12;

/// Longest body that is compressed for a request, in bytes: that takes a few milliseconds.
const MAX_COMPRESSED_LATER: usize = 256 << 10;

/// A response in all of its encodings.
#[derive(Clone, Debug)]
pub struct PreparedResponse {
    /// The status.
    pub status: StatusCode,
    /// Its parts, without the body.
    parts: ResponseParts,
    effort: Effort,
    is_https: bool,
    /// The headers of all encodings: those of a 304 (RFC 9110 section 15.4.5), without the tag. A map for each encoding
    /// would take more memory than the page.
    shared: Arc<HeaderMap>,
    identity: Representation,
    gzip: Option<Representation>,
    brotli: Option<Representation>,
}

impl PreparedResponse {
    /// Prepares a response in all encodings.
    pub fn new(parts: ResponseParts, effort: Effort, is_https: bool) -> Self {
        Self::compress(parts, effort, is_https, |_| true)
    }

    /// Prepares a response in a single encoding, for a client that waits for it. Its tag is the same as with all
    /// encodings.
    pub fn with_encoding(parts: ResponseParts, effort: Effort, is_https: bool, encoding: Encoding) -> Self {
        Self::compress(parts, effort, is_https, |other| other == encoding)
    }

    fn compress(
        mut parts: ResponseParts,
        effort: Effort,
        is_https: bool,
        is_wanted: impl Fn(Encoding) -> bool,
    ) -> Self {
        let body = std::mem::take(&mut parts.body);
        let hash = content::fingerprint(&body, 12);
        let is_validated = parts.status == StatusCode::OK && parts.policy != CachePolicy::NoStore;
        let is_compressed = parts.status == StatusCode::OK && parts.is_compressible();
        let mut shared = HeaderMap::with_capacity(SHARED_HEADERS);
        shared.insert(CACHE_CONTROL, parts.policy.header());
        match (parts.varies_by_accept, is_compressed) {
            (true, _) => drop(shared.insert(VARY, HeaderValue::from_static(VARIES_BY_ACCEPT))),
            (false, true) => drop(shared.insert(VARY, HeaderValue::from_static("accept-encoding"))),
            (false, false) => {}
        }
        security::write(&mut shared, &parts.sandbox, is_https);
        let representation = |bytes: Bytes, encoding: Option<&'static str>, mark: &str| {
            let tag = HeaderValue::try_from(format!("\"{hash}{mark}\"")).ok().filter(|_| is_validated);
            Representation { body: Body::Bytes(bytes), encoding, tag, earlier_tags: Vec::new() }
        };
        let (gzip_mark, brotli_mark) = match effort {
            Effort::Quick => ("-q", "-c"),
            Effort::Fast => ("-g", "-b"),
            Effort::Best => ("-gz", "-br"),
        };
        let encoded = |encode: fn(&[u8], Effort) -> Option<Bytes>, encoding| {
            if is_compressed && is_wanted(encoding) { encode(&body, effort) } else { None }
        };
        Self {
            status: parts.status,
            gzip: encoded(compress::gzip, Encoding::Gzip).map(|bytes| representation(bytes, Some("gzip"), gzip_mark)),
            brotli: encoded(compress::brotli, Encoding::Brotli)
                .map(|bytes| representation(bytes, Some("br"), brotli_mark)),
            identity: representation(body.clone(), None, ""),
            parts,
            effort,
            is_https,
            shared: Arc::new(shared),
        }
    }

    /// The headers of a 200 with this encoding, length included.
    pub fn headers(&self, representation: &Representation) -> HeaderMap {
        let mut headers = HeaderMap::clone(&self.shared);
        headers.insert(CONTENT_TYPE, self.parts.content_type.clone());
        headers.insert(CONTENT_LENGTH, HeaderValue::from(representation.body.len()));
        if let Some(encoding) = representation.encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        for (name, value) in &self.parts.extra {
            // A header of its own replaces the one that all responses share.
            if self.shared.contains_key(name) {
                headers.insert(name, value.clone());
            } else {
                headers.append(name, value.clone());
            }
        }
        if let Some(tag) = &representation.tag {
            headers.insert(ETAG, tag.clone());
        }
        headers
    }

    /// The headers of a 304 with this tag.
    pub fn not_modified_headers(&self, tag: HeaderValue) -> HeaderMap {
        let mut headers = HeaderMap::clone(&self.shared);
        headers.insert(ETAG, tag);
        headers
    }

    /// Shares equal headers with the responses in `known`: thousands of pages have the same ones.
    pub fn share_headers(&mut self, known: &mut Vec<Arc<HeaderMap>>) {
        match known.iter().find(|known| ***known == *self.shared) {
            Some(same) => self.shared = Arc::clone(same),
            None => known.push(Arc::clone(&self.shared)),
        }
    }

    /// Compresses the response again with the best effort. Earlier tags stay valid.
    ///
    /// # Errors
    ///
    /// [`io::Error`] when the body can't be decompressed.
    pub fn recompress(&self) -> io::Result<Self> {
        let parts = ResponseParts { body: self.uncompressed()?, ..self.parts.clone() };
        let mut best = Self::new(parts, Effort::Best, self.is_https);
        best.share_headers(&mut vec![Arc::clone(&self.shared)]);
        if self.derivable_bytes() == 0 {
            best = best.compact();
        }
        let pairs = [(&mut best.gzip, &self.gzip), (&mut best.brotli, &self.brotli)];
        for (new, old) in pairs {
            if let (Some(new), Some(old)) = (new, old) {
                new.earlier_tags = old.tag.iter().chain(&old.earlier_tags).cloned().collect();
            }
        }
        Ok(best)
    }

    /// Drops the bodies that can be derived from the smallest encoding: a third of the memory stays, headers and bytes
    /// are the same. A request for a dropped body costs its decompression, a request for gzip a few milliseconds.
    #[must_use]
    pub fn compact(mut self) -> Self {
        if let (Some(gzip), Some(_)) = (&mut self.gzip, &self.brotli)
            && self.identity.body.len() <= MAX_COMPRESSED_LATER
        {
            gzip.body.drop_bytes();
        }
        if self.gzip.is_some() || self.brotli.is_some() {
            self.identity.body.drop_bytes();
        }
        self
    }

    /// Bytes of the stored bodies that [`Self::compact`] would drop.
    pub fn derivable_bytes(&self) -> usize {
        let is_compressed_later = self.brotli.is_some() && self.identity.body.len() <= MAX_COMPRESSED_LATER;
        let gzip = self.gzip.as_ref().filter(|_| is_compressed_later);
        let identity = Some(&self.identity).filter(|_| self.gzip.is_some() || self.brotli.is_some());
        identity.into_iter().chain(gzip).filter_map(|one| one.body.stored()).map(Bytes::len).sum()
    }

    /// The body of an encoding.
    ///
    /// # Errors
    ///
    /// [`io::Error`] when the body can't be derived.
    pub fn body(&self, representation: &Representation) -> io::Result<Bytes> {
        if let Some(bytes) = representation.body.stored() {
            return Ok(bytes.clone());
        }
        let uncompressed = self.uncompressed()?;
        if representation.encoding.is_none() {
            return Ok(uncompressed);
        }
        // Equal bytes and effort give the equal result, whose tag and length the headers have.
        compress::gzip(&uncompressed, self.effort).ok_or_else(|| io::Error::other("gzip is no longer smaller"))
    }

    fn uncompressed(&self) -> io::Result<Bytes> {
        let length = self.identity.body.len();
        let stored = |encoding: &Option<Representation>| encoding.as_ref().and_then(|it| it.body.stored()).cloned();
        match (self.identity.body.stored(), stored(&self.gzip), stored(&self.brotli)) {
            (Some(bytes), ..) => Ok(bytes.clone()),
            (_, Some(packed), _) => compress::gunzip(&packed, length),
            (_, _, Some(packed)) => compress::decompress_brotli(&packed, length),
            _ => Err(io::Error::other("a response without its body")),
        }
    }

    /// Returns true if more effort would compress the response further.
    pub fn can_be_recompressed(&self) -> bool {
        self.effort != Effort::Best && (self.brotli.is_some() || self.gzip.is_some())
    }

    /// The representation for a client, or the nearest one.
    pub fn representation(&self, encoding: Encoding) -> &Representation {
        match encoding {
            Encoding::Brotli => self.brotli.as_ref().or(self.gzip.as_ref()),
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Identity => None,
        }
        .unwrap_or(&self.identity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::security::Sandbox;

    fn parts() -> ResponseParts {
        ResponseParts {
            status: StatusCode::OK,
            content_type: HeaderValue::from_static("text/html; charset=utf-8"),
            body: Bytes::from("<p>An answer.</p>".repeat(50)),
            policy: CachePolicy::Page,
            sandbox: Sandbox::Page,
            varies_by_accept: false,
            extra: Vec::new(),
        }
    }

    #[test]
    fn each_encoding_has_its_own_stable_strong_etag() {
        let prepared = PreparedResponse::new(parts(), Effort::Fast, false);
        let tag = |encoding| prepared.representation(encoding).tag.clone().expect("a tag");
        let tags = [tag(Encoding::Identity), tag(Encoding::Gzip), tag(Encoding::Brotli)];
        assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2]);
        assert!(tags.iter().all(|tag| tag.as_bytes().starts_with(b"\"")), "strong");
        let again = PreparedResponse::new(parts(), Effort::Fast, false);
        assert_eq!(again.representation(Encoding::Brotli).tag.clone(), Some(tags[2].clone()));
    }

    #[test]
    fn compact_responses_keep_headers_and_body_in_every_encoding() {
        let stored = PreparedResponse::new(parts(), Effort::Fast, false);
        let best = stored.recompress().expect("its body");
        let compact = stored.clone().compact();
        for (stored, compact) in [(&stored, &compact), (&best, &compact.recompress().expect("its body"))] {
            assert!(stored.derivable_bytes() > parts().body.len() && compact.derivable_bytes() == 0);
            for encoding in [Encoding::Identity, Encoding::Gzip, Encoding::Brotli] {
                let (old, new) = (stored.representation(encoding), compact.representation(encoding));
                assert_eq!(compact.body(new).expect("its body"), stored.body(old).expect("its body"));
                assert_eq!(compact.headers(new), stored.headers(old));
            }
        }
    }

    #[test]
    fn long_bodies_stay_compressed_in_the_cache() {
        let body = Bytes::from("<p>A long answer.</p>".repeat(MAX_COMPRESSED_LATER / 20));
        let long =
            PreparedResponse::new(ResponseParts { body: body.clone(), ..parts() }, Effort::Fast, false).compact();
        assert!(long.representation(Encoding::Gzip).body.stored().is_some());
        assert_eq!(long.body(long.representation(Encoding::Identity)).expect("its body"), body);
    }

    #[test]
    fn short_bodies_are_stored_uncompressed() {
        let short = ResponseParts { body: Bytes::from("short"), ..parts() };
        let short = PreparedResponse::new(short, Effort::Fast, false).compact();
        assert_eq!(short.body(short.representation(Encoding::Identity)).expect("its body"), "short");
    }

    #[test]
    fn recompression_changes_the_etag_and_keeps_the_earlier_one() {
        let fast = PreparedResponse::new(parts(), Effort::Fast, false);
        let best = fast.recompress().expect("its body");
        let (old, new) = (fast.representation(Encoding::Brotli), best.representation(Encoding::Brotli));
        assert_ne!(old.tag, new.tag);
        assert_eq!(new.earlier_tags, old.tag.iter().cloned().collect::<Vec<_>>());
    }

    #[test]
    fn uncacheable_responses_have_no_etag() {
        let prepared =
            PreparedResponse::new(ResponseParts { policy: CachePolicy::NoStore, ..parts() }, Effort::Fast, false);
        assert_eq!(prepared.representation(Encoding::Gzip).tag, None);
    }
}

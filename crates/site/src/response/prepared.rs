//! A finished answer: the bytes and headers of every encoding, made once.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::compress::{self, Effort};
use super::negotiate::Encoding;
use super::policy::CachePolicy;
use super::security::{self, Sandbox};

/// What `Vary` says where an address answers with HTML or with Markdown.
pub const VARIES_BY_ACCEPT: &str = "accept, accept-encoding";

/// Headers that all encodings share, at most.
const SHARED_HEADERS: usize = 12;

/// One encoding of an answer.
#[derive(Clone, Debug)]
pub struct Variant {
    body: Body,
    /// Its `Content-Encoding`, if it is packed.
    encoding: Option<&'static str>,
    /// The strong validator of exactly these bytes. None on answers that are not validated.
    pub tag: Option<HeaderValue>,
    /// Validators of the same content at less effort: still good for a 304, which names the one that was asked for.
    pub earlier_tags: Vec<HeaderValue>,
}

/// A body, or where it can be had from.
#[derive(Clone, Debug)]
enum Body {
    Bytes(Bytes),
    /// So many bytes, which come out of the gzip.
    InGzip(usize),
}

impl Body {
    fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::InGzip(length) => *length,
        }
    }
}

/// An answer in all its encodings.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The status.
    pub status: StatusCode,
    /// What it was made of, the body apart.
    draft: Draft,
    effort: Effort,
    is_https: bool,
    /// The headers that all encodings have: those of a 304 (RFC 9110 section 15.4.5), without the tag. A map of its own
    /// for each encoding would cost more memory than the page.
    shared: Arc<HeaderMap>,
    identity: Variant,
    gzip: Option<Variant>,
    brotli: Option<Variant>,
}

/// What an answer is made of.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The status.
    pub status: StatusCode,
    /// The media type.
    pub content_type: HeaderValue,
    /// The body, as it is.
    pub body: Bytes,
    /// How long it may be kept.
    pub policy: CachePolicy,
    /// What the browser lets it do.
    pub sandbox: Sandbox,
    /// Whether `Accept` makes another answer at this address.
    pub varies_by_accept: bool,
    /// Headers of this answer alone.
    pub extra: Vec<(HeaderName, HeaderValue)>,
}

impl Finished {
    /// Finishes an answer, in all encodings.
    pub fn new(draft: Draft, effort: Effort, is_https: bool) -> Self {
        Self::packed(draft, effort, is_https, |_| true)
    }

    /// Finishes an answer in one encoding alone: for one that somebody waits for, and that may never be asked for in
    /// another. Its tag is the one that it would have among all.
    pub fn in_one(draft: Draft, effort: Effort, is_https: bool, encoding: Encoding) -> Self {
        Self::packed(draft, effort, is_https, |other| other == encoding)
    }

    fn packed(mut draft: Draft, effort: Effort, is_https: bool, is_wanted: impl Fn(Encoding) -> bool) -> Self {
        let body = std::mem::take(&mut draft.body);
        let hash = content::fingerprint(&body, 12);
        let is_validated = draft.status == StatusCode::OK && draft.policy != CachePolicy::NoStore;
        let is_packed = draft.status == StatusCode::OK && is_compressible(&draft.content_type);
        let mut shared = HeaderMap::with_capacity(SHARED_HEADERS);
        shared.insert(CACHE_CONTROL, draft.policy.header());
        match (draft.varies_by_accept, is_packed) {
            (true, _) => drop(shared.insert(VARY, HeaderValue::from_static(VARIES_BY_ACCEPT))),
            (false, true) => drop(shared.insert(VARY, HeaderValue::from_static("accept-encoding"))),
            (false, false) => {}
        }
        security::write(&mut shared, &draft.sandbox, is_https);
        let variant = |bytes: Bytes, encoding: Option<&'static str>, mark: &str| {
            let tag = HeaderValue::try_from(format!("\"{hash}{mark}\"")).ok().filter(|_| is_validated);
            Variant { body: Body::Bytes(bytes), encoding, tag, earlier_tags: Vec::new() }
        };
        let (gzip_mark, brotli_mark) = match effort {
            Effort::Quick => ("-q", "-c"),
            Effort::Fast => ("-g", "-b"),
            Effort::Best => ("-gz", "-br"),
        };
        let packed = |encode: fn(&[u8], Effort) -> Option<Bytes>, encoding| {
            if is_packed && is_wanted(encoding) { encode(&body, effort) } else { None }
        };
        Self {
            status: draft.status,
            gzip: packed(compress::gzip, Encoding::Gzip).map(|bytes| variant(bytes, Some("gzip"), gzip_mark)),
            brotli: packed(compress::brotli, Encoding::Brotli).map(|bytes| variant(bytes, Some("br"), brotli_mark)),
            identity: variant(body.clone(), None, ""),
            draft,
            effort,
            is_https,
            shared: Arc::new(shared),
        }
    }

    /// All headers of a 200 with this encoding, length included.
    pub fn headers(&self, variant: &Variant) -> HeaderMap {
        let mut headers = HeaderMap::clone(&self.shared);
        headers.insert(CONTENT_TYPE, self.draft.content_type.clone());
        headers.insert(CONTENT_LENGTH, HeaderValue::from(variant.body.len()));
        if let Some(encoding) = variant.encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        headers.extend(self.draft.extra.iter().cloned());
        if let Some(tag) = &variant.tag {
            headers.insert(ETAG, tag.clone());
        }
        headers
    }

    /// The headers of a 304 that names this tag.
    pub fn headers_unchanged(&self, tag: HeaderValue) -> HeaderMap {
        let mut headers = HeaderMap::clone(&self.shared);
        headers.insert(ETAG, tag);
        headers
    }

    /// Takes the shared headers from `known` if they are there, and puts them there if not: thousands of pages have the
    /// same ones.
    pub fn share(&mut self, known: &mut Vec<Arc<HeaderMap>>) {
        match known.iter().find(|known| ***known == *self.shared) {
            Some(same) => self.shared = Arc::clone(same),
            None => known.push(Arc::clone(&self.shared)),
        }
    }

    /// The same answer, packed with the best effort: the tags that this one gave out stay good.
    pub fn polished(&self) -> io::Result<Self> {
        let draft = Draft { body: self.bytes(&self.identity)?, ..self.draft.clone() };
        let mut best = Self::new(draft, Effort::Best, self.is_https);
        best.share(&mut vec![Arc::clone(&self.shared)]);
        if self.plain_bytes() == 0 {
            best = best.without_plain();
        }
        let pairs = [(&mut best.gzip, &self.gzip), (&mut best.brotli, &self.brotli)];
        for (new, old) in pairs {
            if let (Some(new), Some(old)) = (new, old) {
                new.earlier_tags = old.tag.iter().chain(&old.earlier_tags).cloned().collect();
            }
        }
        Ok(best)
    }

    /// The same answer without a plain body beside the packed ones, where there are any: whoever wants it plain gets it
    /// from the gzip. Half of the memory, for some hundred microseconds of a client that takes no encoding.
    #[must_use]
    pub fn without_plain(mut self) -> Self {
        if self.gzip.is_some() {
            self.identity.body = Body::InGzip(self.identity.body.len());
        }
        self
    }

    /// Bytes of plain body that are held beside packed ones.
    pub fn plain_bytes(&self) -> usize {
        match (&self.identity.body, &self.gzip) {
            (Body::Bytes(bytes), Some(_)) => bytes.len(),
            _ => 0,
        }
    }

    /// The body in an encoding.
    pub fn bytes(&self, variant: &Variant) -> io::Result<Bytes> {
        match (&variant.body, &self.gzip) {
            (Body::Bytes(bytes), _) => Ok(bytes.clone()),
            (Body::InGzip(length), Some(Variant { body: Body::Bytes(packed), .. })) => {
                compress::gunzip(packed, *length)
            }
            (Body::InGzip(_), _) => Err(io::Error::other("an answer without its body")),
        }
    }

    /// Whether more effort would make it smaller.
    pub fn can_be_polished(&self) -> bool {
        self.effort != Effort::Best && (self.brotli.is_some() || self.gzip.is_some())
    }

    /// The encoding for a client, or the nearest that there is.
    pub fn variant(&self, encoding: Encoding) -> &Variant {
        match encoding {
            Encoding::Brotli => self.brotli.as_ref().or(self.gzip.as_ref()),
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Identity => None,
        }
        .unwrap_or(&self.identity)
    }
}

/// Whether packing helps: text does, pictures and fonts are packed already.
fn is_compressible(content_type: &HeaderValue) -> bool {
    let name = content_type.to_str().unwrap_or_default();
    let name = name.split(';').next().unwrap_or_default().trim();
    name.starts_with("text/")
        || name.ends_with("+xml")
        || name.ends_with("+json")
        || matches!(name, "application/json" | "application/javascript" | "application/xml" | "application/wasm")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
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
    fn every_encoding_has_its_own_strong_tag_and_the_same_content_the_same_tags() {
        let finished = Finished::new(draft(), Effort::Fast, false);
        let tag = |encoding| finished.variant(encoding).tag.clone().expect("a tag");
        let tags = [tag(Encoding::Identity), tag(Encoding::Gzip), tag(Encoding::Brotli)];
        assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2]);
        assert!(tags.iter().all(|tag| tag.as_bytes().starts_with(b"\"")), "strong");
        let again = Finished::new(draft(), Effort::Fast, false);
        assert_eq!(again.variant(Encoding::Brotli).tag.clone(), Some(tags[2].clone()));
    }

    #[test]
    fn a_plain_body_that_is_not_kept_is_the_same_one() {
        let kept = Finished::new(draft(), Effort::Fast, false);
        let packed = kept.clone().without_plain();
        assert!(kept.plain_bytes() > 0 && packed.plain_bytes() == 0);
        for finished in [&packed, &packed.polished().expect("its body")] {
            let variant = finished.variant(Encoding::Identity);
            assert_eq!(finished.bytes(variant).expect("its body"), draft().body);
            assert_eq!(finished.headers(variant), kept.headers(kept.variant(Encoding::Identity)));
        }
        let small = Draft { body: Bytes::from("short"), ..draft() };
        let small = Finished::new(small, Effort::Fast, false).without_plain();
        assert_eq!(small.bytes(small.variant(Encoding::Identity)).expect("its body"), "short");
    }

    #[test]
    fn more_effort_changes_the_tag_and_remembers_the_old_one() {
        let fast = Finished::new(draft(), Effort::Fast, false);
        let best = fast.polished().expect("its body");
        let (old, new) = (fast.variant(Encoding::Brotli), best.variant(Encoding::Brotli));
        assert_ne!(old.tag, new.tag);
        assert_eq!(new.earlier_tags, old.tag.iter().cloned().collect::<Vec<_>>());
    }

    #[test]
    fn errors_have_no_tag() {
        let finished = Finished::new(Draft { policy: CachePolicy::NoStore, ..draft() }, Effort::Fast, false);
        assert_eq!(finished.variant(Encoding::Gzip).tag, None);
    }
}

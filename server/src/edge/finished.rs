//! A finished answer: the bytes and headers of every encoding, made once.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::compress::{self, Effort};
use super::negotiate::Encoding;
use super::policy::CachePolicy;
use super::security::{self, Sandbox};

/// What `Vary` says where an address answers with HTML or with Markdown.
pub const VARIES_BY_ACCEPT: &str = "accept, accept-encoding";

/// One encoding of an answer.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The body.
    pub bytes: Bytes,
    /// All headers of a 200, length included.
    pub headers: HeaderMap,
    /// The headers of a 304 (RFC 9110 section 15.4.5), without the tag.
    pub unchanged: HeaderMap,
    /// The strong validator of exactly these bytes. None on answers that are not validated.
    pub tag: Option<HeaderValue>,
    /// Validators of the same content at less effort: still good for a 304, which names the one that was asked for.
    pub earlier_tags: Vec<HeaderValue>,
}

/// An answer in all its encodings.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The status.
    pub status: StatusCode,
    draft: Draft,
    effort: Effort,
    is_https: bool,
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
    /// Finishes an answer.
    pub fn new(draft: Draft, effort: Effort, is_https: bool) -> Self {
        let hash = content::fingerprint(&draft.body, 12);
        let is_validated = draft.status == StatusCode::OK && draft.policy != CachePolicy::NoStore;
        let is_packed = draft.status == StatusCode::OK && is_compressible(&draft.content_type);
        let variant = |bytes: Bytes, encoding: Option<&'static str>, mark: &str| {
            let mut headers = HeaderMap::with_capacity(16);
            headers.insert(CACHE_CONTROL, draft.policy.header());
            match (draft.varies_by_accept, is_packed) {
                (true, _) => drop(headers.insert(VARY, HeaderValue::from_static(VARIES_BY_ACCEPT))),
                (false, true) => drop(headers.insert(VARY, HeaderValue::from_static("accept-encoding"))),
                (false, false) => {}
            }
            security::write(&mut headers, draft.sandbox, is_https);
            let unchanged = headers.clone();
            headers.insert(CONTENT_TYPE, draft.content_type.clone());
            headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
            if let Some(encoding) = encoding {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            headers.extend(draft.extra.iter().cloned());
            let tag = HeaderValue::try_from(format!("\"{hash}{mark}\"")).ok().filter(|_| is_validated);
            if let Some(tag) = &tag {
                headers.insert(ETAG, tag.clone());
            }
            Variant { bytes, headers, unchanged, tag, earlier_tags: Vec::new() }
        };
        let (gzip_mark, brotli_mark) = match effort {
            Effort::Fast => ("-g", "-b"),
            Effort::Best => ("-gz", "-br"),
        };
        let packed =
            |encode: fn(&[u8], Effort) -> Option<Bytes>| if is_packed { encode(&draft.body, effort) } else { None };
        Self {
            status: draft.status,
            gzip: packed(compress::gzip).map(|bytes| variant(bytes, Some("gzip"), gzip_mark)),
            brotli: packed(compress::brotli).map(|bytes| variant(bytes, Some("br"), brotli_mark)),
            identity: variant(draft.body.clone(), None, ""),
            draft,
            effort,
            is_https,
        }
    }

    /// The same answer, packed with the best effort: the tags that this one gave out stay good.
    #[must_use]
    pub fn polished(&self) -> Self {
        let mut best = Self::new(self.draft.clone(), Effort::Best, self.is_https);
        let pairs = [(&mut best.gzip, &self.gzip), (&mut best.brotli, &self.brotli)];
        for (new, old) in pairs {
            if let (Some(new), Some(old)) = (new, old) {
                new.earlier_tags = old.tag.iter().chain(&old.earlier_tags).cloned().collect();
            }
        }
        best
    }

    /// Whether more effort would make it smaller.
    pub fn can_be_polished(&self) -> bool {
        self.effort == Effort::Fast && (self.brotli.is_some() || self.gzip.is_some())
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

    /// Bytes held in memory.
    pub fn weight(&self) -> usize {
        let packed = [&self.gzip, &self.brotli].into_iter().flatten();
        self.identity.bytes.len() + packed.map(|variant| variant.bytes.len()).sum::<usize>()
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
    fn more_effort_changes_the_tag_and_remembers_the_old_one() {
        let fast = Finished::new(draft(), Effort::Fast, false);
        let best = fast.polished();
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

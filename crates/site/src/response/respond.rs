//! A finished answer for one request: the right encoding, 304 where the client has it, no body for HEAD.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_LOCATION, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use http_body_util::Full;

use super::finished::{Finished, VARIES_BY_ACCEPT, Variant};
use super::negotiate;
use super::policy::CachePolicy;

/// The answer to a GET or HEAD (RFC 9110 section 13.2.2 gives the order).
pub fn answer(finished: &Finished, method: &Method, headers: &HeaderMap) -> Response<Full<Bytes>> {
    let variant = finished.variant(negotiate::encoding(headers));
    if let Some(tag) = headers.get(IF_NONE_MATCH).and_then(|_| matching(variant, headers)) {
        return unchanged(finished, tag);
    }
    let body = if method == Method::HEAD { Ok(Bytes::new()) } else { finished.bytes(variant) };
    let Ok(body) = body.inspect_err(|error| tracing::error!(%error, "a finished answer can't be read")) else {
        let mut response = Response::new(Full::default());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        return response;
    };
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = finished.status;
    *response.headers_mut() = finished.headers(variant);
    response
}

/// A page's Markdown at the page's own address, for a client that would rather have it.
///
/// No cache may keep it there: one that does not look at `Vary` would hand it to browsers. It is the same as at its
/// own address, which `Content-Location` names (RFC 9110 section 8.7).
pub fn answer_in_place(
    finished: &Finished,
    place: HeaderValue,
    method: &Method,
    headers: &HeaderMap,
) -> Response<Full<Bytes>> {
    let mut response = answer(finished, method, headers);
    let own = response.headers_mut();
    own.insert(CACHE_CONTROL, CachePolicy::InPlace.header());
    own.insert(CONTENT_LOCATION, place);
    own.insert(VARY, HeaderValue::from_static(VARIES_BY_ACCEPT));
    response
}

fn unchanged(finished: &Finished, tag: HeaderValue) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::new()));
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.headers_mut() = finished.headers_unchanged(tag);
    response
}

/// The tag of the variant that `If-None-Match` names, compared weakly (RFC 9110 section 13.1.2).
fn matching(variant: &Variant, headers: &HeaderMap) -> Option<HeaderValue> {
    use headers::HeaderMapExt as _;

    let current = variant.tag.as_ref()?;
    let condition = headers.typed_get::<headers::IfNoneMatch>()?;
    let names = |tag: &&HeaderValue| {
        let tag = tag.to_str().ok().and_then(|tag| tag.parse::<headers::ETag>().ok());
        tag.is_some_and(|tag| !condition.precondition_passes(&tag))
    };
    std::iter::once(current).chain(&variant.earlier_tags).find(names).cloned()
}

#[cfg(test)]
mod tests {
    use http::header::ETAG;

    use super::*;
    use crate::edge::compress::Effort;
    use crate::edge::finished::Draft;
    use crate::edge::security::Sandbox;

    fn finished() -> Finished {
        let draft = Draft {
            status: StatusCode::OK,
            content_type: HeaderValue::from_static("text/html; charset=utf-8"),
            body: Bytes::from("<p>An answer.</p>".repeat(50)),
            policy: CachePolicy::Page,
            sandbox: Sandbox::Page,
            varies_by_accept: false,
            extra: Vec::new(),
        };
        Finished::new(draft, Effort::Fast, false)
    }

    fn ask(finished: &Finished, method: &Method, pairs: &[(&'static str, &str)]) -> Response<Full<Bytes>> {
        let pairs = pairs.iter().map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value")));
        answer(finished, method, &pairs.collect())
    }

    #[test]
    fn a_tag_that_fits_is_answered_with_304_and_no_length() {
        let finished = finished();
        let first = ask(&finished, &Method::GET, &[("accept-encoding", "br")]);
        let tag = first.headers()[ETAG].to_str().expect("text").to_owned();
        for list in [tag.clone(), format!("\"x\", {tag}"), format!("W/{tag}"), "*".to_owned()] {
            let second = ask(&finished, &Method::GET, &[("accept-encoding", "br"), ("if-none-match", &list)]);
            assert_eq!(second.status(), StatusCode::NOT_MODIFIED, "{list}");
            assert_eq!(second.headers()[ETAG], *tag);
            assert!(!second.headers().contains_key("content-length") && second.headers().contains_key("vary"));
        }
        let other = ask(&finished, &Method::GET, &[("accept-encoding", "gzip"), ("if-none-match", &tag)]);
        assert_eq!(other.status(), StatusCode::OK, "another encoding is another representation");
    }

    #[test]
    fn a_tag_of_less_effort_is_good_and_named_again() {
        let fast = finished();
        let tag = ask(&fast, &Method::GET, &[("accept-encoding", "br")]).headers()[ETAG].clone();
        let best = fast.polished().expect("its body");
        let text = tag.to_str().expect("text");
        let response = ask(&best, &Method::GET, &[("accept-encoding", "br"), ("if-none-match", text)]);
        assert_eq!((response.status(), &response.headers()[ETAG]), (StatusCode::NOT_MODIFIED, &tag));
    }

    #[test]
    fn head_has_the_headers_of_get() {
        let finished = finished();
        let get = ask(&finished, &Method::GET, &[]);
        let head = ask(&finished, &Method::HEAD, &[]);
        assert_eq!(get.headers(), head.headers());
        assert_eq!(http_body::Body::size_hint(head.body()).exact(), Some(0));
    }
}

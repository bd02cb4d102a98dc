//! A prepared response for one request: the negotiated encoding, 304 for a matching tag, no body for HEAD.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_LOCATION, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use http_body_util::Full;

use super::cache_policy::CachePolicy;
use super::negotiate;
use super::prepared::{PreparedResponse, VARIES_BY_ACCEPT};
use super::representation::Representation;

/// Responds to a GET or HEAD, preconditions first (RFC 9110, section 13.2.2).
pub fn respond(prepared: &PreparedResponse, method: &Method, headers: &HeaderMap) -> Response<Full<Bytes>> {
    let representation = prepared.representation(negotiate::select_encoding(headers));
    if let Some(tag) = headers.get(IF_NONE_MATCH).and_then(|_| matching_tag(representation, headers)) {
        return not_modified(prepared, tag);
    }
    let body = if method == Method::HEAD { Ok(Bytes::new()) } else { prepared.body(representation) };
    let Ok(body) = body.inspect_err(|error| tracing::error!(%error, "a prepared response has no readable body")) else {
        let mut response = Response::new(Full::default());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        return response;
    };
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = prepared.status;
    *response.headers_mut() = prepared.headers(representation);
    response
}

/// Responds with a page's Markdown at the page's own URL, for a client that prefers it.
///
/// No cache may store this response: a cache that ignores `Vary` would serve it to browsers. `Content-Location` is the
/// URL of the Markdown itself (RFC 9110, section 8.7).
pub fn respond_in_place(
    prepared: &PreparedResponse,
    location: HeaderValue,
    method: &Method,
    headers: &HeaderMap,
) -> Response<Full<Bytes>> {
    let mut response = respond(prepared, method, headers);
    let own = response.headers_mut();
    own.insert(CACHE_CONTROL, CachePolicy::InPlace.header());
    own.insert(CONTENT_LOCATION, location);
    own.insert(VARY, HeaderValue::from_static(VARIES_BY_ACCEPT));
    response
}

fn not_modified(prepared: &PreparedResponse, tag: HeaderValue) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::new()));
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.headers_mut() = prepared.not_modified_headers(tag);
    response
}

/// The representation's tag that matches `If-None-Match`, compared weakly (RFC 9110, section 13.1.2).
fn matching_tag(representation: &Representation, headers: &HeaderMap) -> Option<HeaderValue> {
    use headers::HeaderMapExt as _;

    let current = representation.tag.as_ref()?;
    let condition = headers.typed_get::<headers::IfNoneMatch>()?;
    let names = |tag: &&HeaderValue| {
        let tag = tag.to_str().ok().and_then(|tag| tag.parse::<headers::ETag>().ok());
        tag.is_some_and(|tag| !condition.precondition_passes(&tag))
    };
    std::iter::once(current).chain(&representation.earlier_tags).find(names).cloned()
}

#[cfg(test)]
mod tests {
    use http::header::ETAG;

    use super::*;
    use crate::response::compress::Effort;
    use crate::response::parts::ResponseParts;
    use crate::response::security::Sandbox;

    fn prepared() -> PreparedResponse {
        let parts = ResponseParts {
            status: StatusCode::OK,
            content_type: HeaderValue::from_static("text/html; charset=utf-8"),
            body: Bytes::from("<p>An answer.</p>".repeat(50)),
            policy: CachePolicy::Page,
            sandbox: Sandbox::Page,
            varies_by_accept: false,
            extra: Vec::new(),
        };
        PreparedResponse::new(parts, Effort::Fast, false)
    }

    fn request(prepared: &PreparedResponse, method: &Method, pairs: &[(&'static str, &str)]) -> Response<Full<Bytes>> {
        let pairs = pairs.iter().map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value")));
        respond(prepared, method, &pairs.collect())
    }

    #[test]
    fn a_matching_etag_returns_304_without_content_length() {
        let prepared = prepared();
        let first = request(&prepared, &Method::GET, &[("accept-encoding", "br")]);
        let tag = first.headers()[ETAG].to_str().expect("text").to_owned();
        for list in [tag.clone(), format!("\"x\", {tag}"), format!("W/{tag}"), "*".to_owned()] {
            let second = request(&prepared, &Method::GET, &[("accept-encoding", "br"), ("if-none-match", &list)]);
            assert_eq!(second.status(), StatusCode::NOT_MODIFIED, "{list}");
            assert_eq!(second.headers()[ETAG], *tag);
            assert!(!second.headers().contains_key("content-length") && second.headers().contains_key("vary"));
        }
        let other = request(&prepared, &Method::GET, &[("accept-encoding", "gzip"), ("if-none-match", &tag)]);
        assert_eq!(other.status(), StatusCode::OK, "another encoding is another representation");
    }

    #[test]
    fn the_etag_from_before_recompression_still_matches() {
        let fast = prepared();
        let tag = request(&fast, &Method::GET, &[("accept-encoding", "br")]).headers()[ETAG].clone();
        let best = fast.recompress().expect("its body");
        let text = tag.to_str().expect("text");
        let response = request(&best, &Method::GET, &[("accept-encoding", "br"), ("if-none-match", text)]);
        assert_eq!((response.status(), &response.headers()[ETAG]), (StatusCode::NOT_MODIFIED, &tag));
    }

    #[test]
    fn head_returns_the_headers_of_get_without_a_body() {
        let prepared = prepared();
        let get = request(&prepared, &Method::GET, &[]);
        let head = request(&prepared, &Method::HEAD, &[]);
        assert_eq!(get.headers(), head.headers());
        assert_eq!(http_body::Body::size_hint(head.body()).exact(), Some(0));
    }
}

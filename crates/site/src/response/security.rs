//! Security headers: all permissions are denied unless granted explicitly.

use http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderValue};

/// Permissions of a response in the browser (Content Security Policy level 3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sandbox {
    /// A page without WASM.
    #[default]
    Page,
    /// A page with an island: WASM compiles, `eval` stays forbidden.
    Island,
    /// A page with requests to one other origin.
    Connecting(String),
    /// A file: no permissions when opened directly.
    File,
}

/// Policy of a page. Directives:
/// - `default-src 'none'`: denies everything that is not listed below.
/// - `script-src`, `style-src`, `font-src`, `img-src 'self'`: files of this site only; nothing inline, no other host.
/// - `connect-src 'self'`: islands may fetch their module and send requests to this site.
/// - `form-action 'self'`: forms may be submitted to this site only.
/// - `base-uri 'none'`, `frame-ancestors 'none'`: the base of links can't be changed, and pages can't be framed.
const PAGE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Policy of a page with an island: `'wasm-unsafe-eval'` allows the compilation of WASM.
const ISLAND: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Policy of a file: an SVG may contain styles, but nothing else.
const FILE: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/// Writes the headers. `Strict-Transport-Security` is sent only if the public URL of the site uses https (`is_https`).
pub fn write(headers: &mut HeaderMap, sandbox: &Sandbox, is_https: bool) {
    let policy = match sandbox {
        Sandbox::Page => HeaderValue::from_static(PAGE),
        Sandbox::Island => HeaderValue::from_static(ISLAND),
        Sandbox::Connecting(origin) => connecting(origin),
        Sandbox::File => HeaderValue::from_static(FILE),
    };
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    let header_name = |name| HeaderName::from_static(name);
    headers.insert(
        header_name("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    );
    headers.insert(header_name("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    headers.insert(header_name("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    if is_https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000"));
    }
}

/// The policy of a page with requests to another origin. An invalid origin adds nothing.
fn connecting(origin: &str) -> HeaderValue {
    let policy = PAGE.replace("connect-src 'self'", &format!("connect-src 'self' {origin}"));
    let is_origin = !origin.contains([';', ',', ' ', '\'']);
    HeaderValue::try_from(policy).ok().filter(|_| is_origin).unwrap_or(HeaderValue::from_static(PAGE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_deny_by_default_and_pages_allow_nothing_unsafe() {
        for policy in [PAGE, ISLAND, FILE] {
            assert!(policy.starts_with("default-src 'none'"));
        }
        assert!(!PAGE.contains("unsafe"));
        assert!(!ISLAND.contains("unsafe-inline") && !ISLAND.contains("'unsafe-eval'"));
    }

    #[test]
    fn connect_src_allows_only_the_given_origin() {
        let policy = connecting("https://api.example");
        assert_eq!(
            policy.to_str().expect("text"),
            PAGE.replace("connect-src 'self'", "connect-src 'self' https://api.example")
        );
        assert_eq!(connecting("https://a; script-src *"), PAGE);
    }

    #[test]
    fn hsts_is_sent_only_over_https() {
        let mut headers = HeaderMap::new();
        write(&mut headers, &Sandbox::Page, false);
        assert!(!headers.contains_key(STRICT_TRANSPORT_SECURITY));
        write(&mut headers, &Sandbox::Page, true);
        assert!(headers.contains_key(STRICT_TRANSPORT_SECURITY));
    }
}

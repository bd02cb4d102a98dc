use std::io::Read as _;

use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, ETAG, IF_NONE_MATCH, VARY};

use crate::support::{Portal, Setup};

#[tokio::test]
async fn each_encoding_has_the_same_content_and_its_own_etag() {
    let portal = Portal::start().await;
    let mut tags = Vec::new();
    let plain = portal.text("/docs/guide").await;
    for encoding in ["identity", "gzip", "br"] {
        let response = portal
            .request(Method::GET, "/docs/guide")
            .header(ACCEPT_ENCODING, encoding)
            .send()
            .await
            .expect("a response");
        assert_eq!(response.headers()[VARY], "accept, accept-encoding");
        assert_eq!(
            response.headers().get(CONTENT_ENCODING).map_or("identity", |value| value.to_str().unwrap()),
            encoding
        );
        tags.push(response.headers()[ETAG].clone());
        let bytes = response.bytes().await.expect("a body");
        let mut text = String::new();
        match encoding {
            "gzip" => flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).map(drop).expect("gzip"),
            "br" => brotli::Decompressor::new(&bytes[..], 4096).read_to_string(&mut text).map(drop).expect("brotli"),
            _ => text = String::from_utf8(bytes.to_vec()).expect("text"),
        }
        assert_eq!(text, plain, "{encoding}");
    }
    tags.dedup();
    assert_eq!(tags.len(), 3, "{tags:?}");
}

#[tokio::test]
async fn an_etag_stays_valid_after_recompression() {
    let portal = Portal::start().await;
    let first = portal.request(Method::GET, "/docs").header(ACCEPT_ENCODING, "br").send().await.expect("a response");
    let tag = first.headers()[ETAG].clone();
    for recompressed in [false, true] {
        if recompressed {
            portal.recompressed().await;
        }
        let again = portal
            .request(Method::GET, "/docs")
            .header(ACCEPT_ENCODING, "br")
            .header(IF_NONE_MATCH, &tag)
            .send()
            .await
            .expect("a response");
        assert_eq!((again.status().as_u16(), &again.headers()[ETAG]), (304, &tag), "recompressed: {recompressed}");
        assert!(
            again.headers().contains_key("content-security-policy") && !again.headers().contains_key(CONTENT_LENGTH)
        );
        assert!(again.bytes().await.expect("a body").is_empty());
    }
}

#[tokio::test]
async fn recompression_is_enabled_by_default_only_in_production() {
    let cases: [(&[(&str, &str)], &str); 4] = [
        (&[], "-br\""),
        (&[("recompress", "false")], "-b\""),
        (&[("env", "development")], "-b\""),
        (&[("env", "development"), ("recompress", "true")], "-br\""),
    ];
    for (flags, mark) in cases {
        let setup = flags.iter().fold(Setup::new(), |setup, (name, value)| setup.flag(name, value));
        let portal = setup.start().await;
        portal.recompressed().await;
        let page = portal.request(Method::GET, "/docs").header(ACCEPT_ENCODING, "br").send().await.expect("a response");
        let tag = page.headers()[ETAG].to_str().expect("text");
        assert!(tag.ends_with(mark), "{flags:?}: {tag}");
    }
}

#[tokio::test]
async fn a_head_response_has_the_headers_of_get_and_no_body() {
    let portal = Portal::start().await;
    portal.recompressed().await;
    for path in ["/docs", "/nothing", "/docs/"] {
        let get = portal.get(path).await;
        let head = portal.request(Method::HEAD, path).send().await.expect("a response");
        assert_eq!(get.status(), head.status(), "{path}");
        let names = |response: &reqwest::Response| {
            let mut names: Vec<_> = response
                .headers()
                .iter()
                .filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            names.sort_by_key(|(name, _)| name.to_string());
            names
        };
        // An error page contains the request ID, so its headers are not compared.
        if get.status() == 200 {
            assert_eq!(names(&get), names(&head), "{path}");
        }
        assert!(head.bytes().await.expect("a body").is_empty());
    }
}

#[tokio::test]
async fn the_same_content_renders_to_identical_bytes_and_etags() {
    let (one, other) = (Portal::start().await, Portal::start().await);
    for path in ["/", "/docs", "/docs/guide", "/quickstarts", "/changelog", "/changelog/feed.xml", "/tools/did-web"] {
        assert_eq!(one.text(path).await, other.text(path).await, "{path}");
        assert_eq!(one.get(path).await.headers()[ETAG], other.get(path).await.headers()[ETAG], "{path}");
    }
}

#[tokio::test]
async fn repeated_requests_do_not_render_a_page_again() {
    let portal = Portal::start().await;
    portal.recompressed().await;
    let before = portal.metric("portal_renders_total").await;
    for path in ["/", "/docs", "/docs/guide", "/docs/guide?utm_source=x"] {
        for _ in 0..20 {
            assert_eq!(portal.get(path).await.status(), 200);
        }
    }
    assert_eq!(portal.metric("portal_renders_total").await, before);
}

#[tokio::test]
async fn assets_are_cached_for_a_year_and_pages_are_revalidated() {
    let portal = Portal::start().await;
    let html = portal.text("/docs").await;
    let style =
        html.split("rel=\"stylesheet\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a style sheet");
    let response = portal.get(style).await;
    assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(response.headers()["content-type"], "text/css; charset=utf-8");
    assert!(
        portal.get("/docs").await.headers()["cache-control"]
            .to_str()
            .unwrap()
            .starts_with("public, max-age=0, s-maxage=60")
    );
    assert_eq!(portal.get("/healthz").await.headers()["cache-control"], "no-store");
    assert_eq!(portal.get("/nothing").await.headers()["cache-control"], "no-store");
}

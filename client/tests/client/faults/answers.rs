//! Malformed and newer responses, conditional reads, request metadata.

use client::types::{ClaimKind, HealthStatus, MarketplaceQuery, SignupRequest, Sort};
use client::{Client, ETag, Error, ErrorCode, Fetched, Secret};

use super::server::{Act, Server};

#[tokio::test]
async fn decode_errors_keep_status_and_request_id_and_omit_the_body() {
    for body in ["<html>sagent_leaked</html>", r#"{"status":{"sagent_leaked":1}}"#, ""] {
        let server = Server::doing([Act::ok(body)]).await;
        let error = server.client().health().alive().await.expect_err("an error");
        assert!(matches!(error, Error::Decode { .. }), "{error:?}");
        assert_eq!((error.status().map(|status| status.as_u16()), error.request_id()), (Some(200), Some("r-1")));
        assert!(!format!("{error} {error:?}").contains("sagent_leaked"), "{error:?}");
        assert_eq!(server.count(), 1, "decode errors are not retried");
    }
}

#[tokio::test]
async fn decode_errors_do_not_print_secrets() {
    let body = r#"{"organization":{},"credential":"sadmin_leaked"}"#;
    let server = Server::doing([Act::Answer(201, &[], body.into())]).await;
    let error = server.client().signup().create(&SignupRequest::default()).await.expect_err("an error");
    assert!(!format!("{error} {error:?}").contains("leaked"), "{error:?}");
}

#[tokio::test]
async fn gateway_errors_are_unavailable_errors() {
    let server = Server::doing([Act::Answer(502, &[], "<h1>Bad gateway</h1>".into())]).await;
    let error = server.client().health().alive().await.expect_err("an error");
    assert!(error.is_unavailable() && matches!(error, Error::Decode { .. }), "{error:?}");
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn unknown_statuses_codes_and_fields_are_accepted() {
    let server = Server::doing([
        Act::ok(r#"{"status":"drowsy","since":"noon"}"#),
        Act::Answer(418, &[], r#"{"code":"TEAPOT","message":"no coffee","pot":1}"#.into()),
    ])
    .await;
    let answer = server.client().health().alive().await.expect("a response");
    assert_eq!(answer.status, HealthStatus::Other("drowsy".into()));
    let error = server.client().health().alive().await.expect_err("an error");
    assert_eq!(error.code(), Some(&ErrorCode::Unknown("TEAPOT".into())));
}

#[tokio::test]
async fn conditional_reads_distinguish_fresh_from_not_modified() {
    let page = r#"{"data":[],"totalCount":0,"page":1,"limit":20,"totalPages":0,"nextCursor":null}"#;
    let server = Server::start(move |seen, _| match seen.header("if-none-match") {
        Some("\"v1\"") => Act::Answer(304, &[("etag", "\"v1\"")], String::new()),
        _ => Act::Answer(200, &[("etag", "\"v1\"")], page.to_owned()),
    })
    .await;
    let marketplace = server.client().marketplace();
    let query = MarketplaceQuery {
        q: Some("invoice & more".into()),
        capability: vec!["invoices:read,invoices:flag".into(), "mail:send".into()],
        checked: vec![ClaimKind::Domain, ClaimKind::Key],
        checked_any: vec![ClaimKind::Key, ClaimKind::Repository],
        sort: Some(Sort::Name),
        ..MarketplaceQuery::default()
    };
    let Ok(Fetched::Fresh { etag, .. }) = marketplace.search_if(&query, None).await else {
        panic!("expected a fresh response")
    };
    assert_eq!(etag, Some(ETag::new("\"v1\"")));
    assert_eq!(marketplace.search_if(&query, etag.as_ref()).await.expect("a response"), Fetched::NotModified);
    let wanted = [
        "q=invoice+%26+more",
        "capability=invoices%3Aread%2Cinvoices%3Aflag",
        "capability=mail%3Asend",
        "checked=domain",
        "checked=key",
        "checked=key%2Crepository",
        "sort=name",
    ];
    let line = format!("GET /api/v1/marketplace/agents?{} HTTP/1.1", wanted.join("&"));
    assert_eq!(server.seen()[0].line, line);
}

#[tokio::test]
async fn client_address_request_id_and_user_agent_are_sent() {
    let server = Server::doing([Act::ok(r#"{"status":"healthy"}"#)]).await;
    let client = server.builder().user_agent("portal/1.0").build().expect("a client");
    let derived = client.forwarded_for("203.0.113.9".parse().expect("an address")).request_id("request-12345");
    derived.health().alive().await.expect("a response");
    client.health().alive().await.expect("a response");
    let header = |index: usize, name: &str| server.seen()[index].header(name).map(str::to_owned);
    assert_eq!(header(0, "x-forwarded-for").as_deref(), Some("203.0.113.9"));
    assert_eq!(header(0, "x-request-id").as_deref(), Some("request-12345"));
    assert_eq!(header(1, "x-forwarded-for"), None, "the original client is unchanged");
    assert_eq!(header(1, "user-agent").as_deref(), Some("portal/1.0"));
}

#[tokio::test]
async fn tokens_are_not_sent_to_another_origin() {
    let server = Server::doing([Act::Answer(302, &[("location", "http://127.0.0.2:9/")], String::new())]).await;
    let error = server.client().with_bearer("t").tiers().status().await.expect_err("an error");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302), "{error:?}");
}

#[tokio::test]
async fn redirects_of_renamed_publishers_are_followed() {
    let server = Server::start(|seen, _| {
        if seen.line.contains("/new ") {
            return Act::ok(r#"{"slug":"new","displayName":"New","agentCount":1,"since":"2026-11-25T09:40:00.000Z"}"#);
        }
        Act::Answer(301, &[("location", "/api/v1/marketplace/publishers/new")], String::new())
    })
    .await;
    assert_eq!(server.client().marketplace().publisher("old").await.expect("a publisher").slug, "new");
}

#[test]
fn invalid_base_urls_and_user_agents_are_rejected() {
    assert!(matches!(Client::builder("ftp://example.com").build(), Err(Error::Url(_))));
    assert!(matches!(Client::builder("nonsense").build(), Err(Error::Url(_))));
    let error = Client::builder("https://a:leaked@a.example").build().expect_err("an invalid URL");
    assert!(matches!(error, Error::Url(_)) && !format!("{error:?}").contains("leaked"), "{error:?}");
    assert!(matches!(Client::builder("http://a.example").user_agent("a\nb").build(), Err(Error::Encode(_))));
}

#[test]
fn debug_output_contains_no_secrets() {
    let client = Client::builder("http://a.example").build().expect("a client");
    let (bearer, credentials) = (client.with_bearer("leaked"), client.with_credentials("id", "leaked"));
    let printed = format!("{bearer:?} {credentials:?} {:?}", Secret::new("leaked"));
    assert!(!printed.contains("leaked") && printed.contains("••••"), "{printed}");
}

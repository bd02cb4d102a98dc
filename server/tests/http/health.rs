use crate::support::{Portal, Setup};

#[tokio::test]
async fn liveness_and_readiness_checks_return_200_and_are_not_cached() {
    let portal = Portal::start().await;
    for path in ["/healthz", "/readyz"] {
        let response = portal.get(path).await;
        assert_eq!(
            (response.status().as_u16(), response.headers()["cache-control"].to_str().unwrap()),
            (200, "no-store"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn metrics_are_served_only_on_the_metrics_address() {
    let portal = Portal::start().await;
    assert_eq!(portal.get("/metrics").await.status(), 404);
    assert_eq!(portal.metric("portal_pages").await, 3);
    assert!(portal.metric("portal_requests_total{class=\"4xx\"}").await >= 1);
}

#[tokio::test]
async fn every_response_has_a_request_id_and_preserves_the_id_of_a_trusted_proxy() {
    let portal = Setup::new().flag("trusted-proxies", "127.0.0.1").start().await;
    for path in ["/docs", "/nothing", "/healthz", "/docs/", "/%00"] {
        let own = portal.get(path).await;
        assert_eq!(own.headers()["x-request-id"].len(), 36, "{path}");
        let given = portal
            .client
            .get(format!("{}{path}", portal.origin))
            .header("x-request-id", "proxy-12345678")
            .send()
            .await
            .expect("a response");
        assert_eq!(given.headers()["x-request-id"], "proxy-12345678", "{path}");
    }
}

#[tokio::test]
async fn an_error_page_shows_the_request_id() {
    let portal = Setup::new().flag("trusted-proxies", "127.0.0.1").start().await;
    let response = portal
        .client
        .get(format!("{}/%00", portal.origin))
        .header("x-request-id", "proxy-12345678")
        .send()
        .await
        .expect("a response");
    assert_eq!(response.status(), 400);
    assert!(response.text().await.expect("text").contains("proxy-12345678"));
}

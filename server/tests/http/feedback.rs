use reqwest::{Method, Response};

use crate::support::{Portal, Setup};

async fn send(portal: &Portal, body: &str, from: &str) -> Response {
    let request = portal.request(Method::POST, "/feedback").header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/x-www-form-urlencoded").header("x-forwarded-for", from);
    request.body(body.to_owned()).send().await.expect("a response")
}

#[tokio::test]
async fn feedback_is_logged_as_one_json_line_without_the_ip_address() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("feedback.jsonl");
    let portal = Setup::new()
        .flag("feedback-log", file.to_str().expect("a path"))
        .flag("trusted-proxies", "127.0.0.0/8")
        .start()
        .await;
    let response =
        send(&portal, "page=%2Fdocs%2Fguide&useful=no&word=Too+short%0D%0A%22quoted%22", "203.0.113.7").await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["location"]),
        (303, &"/feedback?page=%2Fdocs%2Fguide".parse().unwrap())
    );
    assert_eq!(send(&portal, "page=%2Fdocs%2Fguide&useful=yes", "203.0.113.7").await.status(), 303);
    let text = std::fs::read_to_string(&file).expect("the file");
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert_eq!(
        (&lines[0]["page"], &lines[0]["useful"], &lines[0]["word"]),
        (&"/docs/guide".into(), &"no".into(), &"Too short  \"quoted\"".into())
    );
    assert_eq!(lines[1].get("word"), None);
    assert!(!text.contains("203.0.113.7"));
    let html = portal.text("/feedback?page=%2Fdocs%2Fguide").await;
    assert!(html.contains("Back to Guide") && html.contains("href=\"/docs/guide\""), "{html}");
    assert!(!portal.text("/feedback?page=%3Cscript%3E").await.contains("<script>"));
}

#[tokio::test]
async fn feedback_is_rate_limited_per_ip_address() {
    let portal = Setup::new().flag("trusted-proxies", "127.0.0.1").start().await;
    for _ in 0..10 {
        assert_eq!(send(&portal, "page=%2Fdocs%2Fguide&useful=yes", "198.51.100.1").await.status(), 303);
    }
    let limited = send(&portal, "page=%2Fdocs%2Fguide&useful=yes", "198.51.100.1").await;
    assert_eq!(limited.status(), 429);
    assert!(limited.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() <= 61);
    assert_eq!(send(&portal, "page=%2Fdocs%2Fguide&useful=yes", "198.51.100.2").await.status(), 303);
}

#[tokio::test]
async fn a_client_that_is_not_a_trusted_proxy_cannot_spoof_its_ip_address() {
    let portal = Setup::new().start().await;
    for number in 0..10 {
        assert_eq!(send(&portal, "page=%2Fdocs&useful=yes", &format!("198.51.100.{number}")).await.status(), 303);
    }
    assert_eq!(send(&portal, "page=%2Fdocs&useful=yes", "198.51.100.99").await.status(), 429);
}

#[tokio::test]
async fn invalid_oversized_and_cross_site_forms_are_rejected() {
    let portal = Portal::start().await;
    for body in [
        "",
        "page=%2Fdocs",
        "useful=yes",
        "page=%2Fdocs&useful=perhaps",
        "page=%2Fnothing&useful=yes",
        "page=%2Fdocs&page=x&useful=yes",
        "\u{0}",
    ] {
        assert_eq!(send(&portal, body, "x").await.status(), 422, "{body}");
    }
    assert_eq!(
        send(&portal, &format!("page=%2Fdocs&useful=yes&word={}", "x".repeat(200_000)), "x").await.status(),
        413
    );
    let cross = portal
        .request(Method::POST, "/feedback")
        .header("origin", "https://evil.example")
        .body("page=%2Fdocs&useful=yes");
    assert_eq!(cross.send().await.expect("a response").status(), 403);
    assert_eq!(portal.get("/feedback").await.status(), 303);
}

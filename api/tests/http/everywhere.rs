//! Properties of every response.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::TestApp;

#[tokio::test]
async fn router_errors_have_the_common_format() {
    let app = TestApp::start().await;
    app.anonymous().get("/nothing").await.refused(404, "NOT_FOUND");
    app.anonymous().get("/api/v1/agents/x/y/z").await.refused(404, "NOT_FOUND");
    let response = app.anonymous().delete("/api/v1/signup").await;
    assert_eq!(response.header("allow"), "POST");
    response.refused(405, "METHOD_NOT_ALLOWED");
}

#[tokio::test]
async fn a_valid_request_id_of_a_proxy_is_reused() {
    let app = TestApp::start().await;
    let with = |id: &str| {
        let request = app.anonymous().request(Method::GET, "/health").header("x-request-id", id);
        let caller = app.anonymous();
        async move { caller.send(request).await.header("x-request-id").to_owned() }
    };
    assert_eq!(with("proxy-0123_4567").await, "proxy-0123_4567");
    assert_ne!(with("a b c d e f").await, "a b c d e f");
}

#[tokio::test]
async fn only_configured_origins_are_allowed_by_cors() {
    let app = TestApp::with(&["--cors-origins=https://portal.example"]).await;
    let preflight = |origin: &'static str| {
        let request = app
            .anonymous()
            .request(Method::OPTIONS, "/api/v1/agents")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type");
        let caller = app.anonymous();
        async move { caller.send(request).await.header("access-control-allow-origin").to_owned() }
    };
    assert_eq!(preflight("https://portal.example").await, "https://portal.example");
    assert_eq!(preflight("https://evil.example").await, "");
}

#[tokio::test]
async fn private_responses_are_not_cacheable_and_have_security_headers() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    for path in ["/api/v1/agents", "/api/v1/audit", "/health", "/nothing"] {
        let response = tenant.get(path).await;
        assert_eq!(response.header("cache-control"), "no-store", "{path}");
        assert_eq!(response.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(response.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'", "{path}");
    }
}

#[tokio::test]
async fn detailed_health_reports_each_dependency() {
    let app = TestApp::start().await;
    assert_eq!(app.anonymous().get("/health/ready").await.status, StatusCode::OK);
    let detailed = app.anonymous().get("/health/detailed").await.expect(StatusCode::OK);
    let names: Vec<_> =
        detailed["dependencies"].as_array().expect("a list").iter().map(|one| one["name"].as_str()).collect();
    assert_eq!(names, [Some("database"), Some("database-writer"), Some("mail")]);
    assert!(!detailed.to_string().contains("localhost"));
    app.app.draining.start();
    assert_eq!(app.anonymous().get("/health/ready").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(app.anonymous().get("/health").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_unreachable_mail_server_only_degrades_health() {
    // Unused port.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").and_then(|one| one.local_addr()).expect("an address");
    let app = TestApp::with(&[&format!("--smtp-url=smtp://{closed}")]).await;
    let detailed = app.anonymous().get("/health/detailed").await.expect(StatusCode::MULTI_STATUS);
    assert_eq!(detailed["status"], "degraded");
    let parts = detailed["dependencies"].as_array().expect("a list");
    let unhealthy: Vec<_> = parts.iter().filter(|part| part["status"] != "healthy").collect();
    assert_eq!(unhealthy.len(), 1, "{detailed}");
    assert_eq!(unhealthy[0]["name"], "mail");
    assert_eq!(unhealthy[0]["status"], "unreachable");
    assert_eq!(app.anonymous().get("/health/ready").await.status, StatusCode::OK);
}

#[tokio::test]
async fn errors_never_echo_secrets_of_malformed_bodies() {
    let app = TestApp::with(&["--address-per-minute=10000"]).await;
    let tenant = app.verified("misspelt").await;
    let path = format!("/api/v1/agents/{}", tenant.agent("A").await);
    let open = app.anonymous();
    for start in ["sagent_", "sadmin_", "slink_", "sclaim_", "ssession_", "eyJ"] {
        for secret in [format!("{start}0ctkPpN4q7mWm0bIhGJvQv1yF3u8sXrK2Zt5aYc9LdE"), format!("{start}x")] {
            let name = secret.as_str();
            let shapes = [
                json!(null),
                json!(true),
                json!(1.5),
                json!(name),
                json!([name]),
                json!({ name: name }),
                json!({ "token": { name: name }, "name": { name: name }, "email": { name: name } }),
                json!({ "token": [name], "name": [name], "email": [name] }),
                json!({ "tags": name, "skills": [{ name: name }], "claimCode": 1 }),
            ];
            for body in shapes {
                let responses = [
                    open.post("/api/v1/signup", &body).await,
                    open.post("/api/v1/signup/verify", &body).await,
                    open.post("/api/v1/signup/claim", &body).await,
                    tenant.post("/api/v1/agents", &body).await,
                    tenant.patch(&path, &body).await,
                    tenant.post(&format!("{path}/credentials"), &body).await,
                ];
                for response in responses {
                    let refused = response.refused(400, "VALIDATION_ERROR").to_string();
                    assert!(!refused.contains(start), "{body}: {refused}");
                    for word in ["struct", "expected a ", "invalid type", "field `", "at line"] {
                        assert!(!refused.contains(word), "{body}: {refused}");
                    }
                }
            }
            let error = open.get(&format!("/api/v1?{name}=1&limit={name}")).await.refused(400, "VALIDATION_ERROR");
            assert!(!error.to_string().contains(start), "{error}");
        }
    }
    let wrong = |body: Value| {
        let tenant = &tenant;
        async move { tenant.post("/api/v1/agents", &body).await.refused(400, "VALIDATION_ERROR")["message"].clone() }
    };
    assert_eq!(wrong(json!(null)).await, json!("`body` must be an object."));
    assert_eq!(wrong(json!({ "name": 5 })).await, json!("`name` must be a string."));
    assert_eq!(wrong(json!({ "tags": ["a", 5] })).await, json!("`tags[1]` must be a string."));
    assert_eq!(wrong(json!({ "isPublic": "yes" })).await, json!("`isPublic` must be true or false."));
    let unknown = wrong(json!({ "nam": "A" })).await;
    assert!(
        unknown.as_str().is_some_and(|text| text.starts_with("`nam` is not a known field; expected one of name, "))
    );
}

#[tokio::test]
async fn query_errors_are_human_readable() {
    let app = TestApp::start().await;
    let tenant = app.verified("asking").await;
    let whole = |max: u64| format!("must be an integer from 1 to {max}");
    let twice = "is repeated; send it once".to_owned();
    for (path, field, reason) in [
        ("/api/v1/agents?limit=-5", "limit", whole(100)),
        ("/api/v1/agents?limit=ten", "limit", whole(100)),
        ("/api/v1/agents?limit=101", "limit", whole(100)),
        ("/api/v1/agents?page=99999999999999999999999", "page", whole(1_000_000)),
        ("/api/v1/agents?page=0", "page", whole(1_000_000)),
        ("/api/v1/sessions?limit=1.5", "limit", whole(100)),
        ("/api/v1/marketplace/changes?limit=x", "limit", whole(1000)),
        ("/api/v1/marketplace/changes?limit=1001", "limit", whole(1000)),
        ("/api/v1/agents?limit=1&limit=2", "limit", twice.clone()),
        ("/api/v1/audit?action=a&action=b", "action", twice),
        ("/api/v1/agents?owner=", "owner", "is empty; omit it or provide a value".to_owned()),
        ("/api/v1/tiers/status?x=1", "x", "is not a known parameter; this path has no parameters".to_owned()),
        ("/api/v1/sessions?Limit=1", "Limit", "is not a known parameter; expected one of page, limit".to_owned()),
    ] {
        let refused = tenant.get(path).await.refused(400, "VALIDATION_ERROR");
        assert_eq!(refused["details"]["fields"], json!([{ "field": field, "reason": reason }]), "{path}");
    }
    let all = tenant.get("/api/v1/agents?agenttype=router&limit=x&stat=active&stat=").await;
    assert_eq!(all.wrong_fields(), ["agenttype", "limit", "stat"], "all reported together");
    for path in ["/api/v1/audit?fromDate", "/api/v1/audit?toDate", "/api/v1/marketplace/agents?updatedSince"] {
        for last in ["9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z"] {
            tenant.get(&format!("{path}={last}")).await.expect(StatusCode::OK);
        }
        let field = path.split('?').nth(1).expect("a name");
        assert_eq!(tenant.get(&format!("{path}=9999-12-31")).await.wrong_fields(), [field]);
    }
    let none = tenant.get("/api/v1/audit?agentId=X").await.refused(400, "VALIDATION_ERROR");
    assert_eq!(none["message"], json!("`agentId` must be an ID such as 01993b6e-8123-7d11-8a2b-77c1d9a0be55."));
}

#[tokio::test]
async fn repeated_authorization_and_idempotency_headers_are_rejected() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    let token = format!("Bearer {}", tenant.token.as_deref().expect("a token"));
    for path in ["/api/v1/agents", "/api/v1/marketplace/agents"] {
        let twice = tenant.request(Method::GET, path).header("authorization", &token);
        assert_eq!(tenant.send(twice).await.wrong_fields(), ["Authorization"], "{path}");
    }
    let key = "6f1f2a34-98aa-4c0e-9f6b-0d3a55a1c001";
    let twice = tenant.request(Method::POST, "/api/v1/sessions");
    let twice = tenant.send(twice.header("idempotency-key", key).header("idempotency-key", key)).await;
    assert_eq!(twice.wrong_fields(), ["Idempotency-Key"]);
    let form = tenant.request(Method::POST, "/api/v1/token/introspect").header("authorization", &token);
    let form = form.header("content-type", "application/x-www-form-urlencoded").body("token=x");
    let refused = tenant.send(form).await.expect(StatusCode::BAD_REQUEST);
    assert_eq!(refused["error"], json!("invalid_request"));
    assert!(refused["error_description"].as_str().is_some_and(|text| text.contains("Authorization")));
}

#[tokio::test]
async fn all_api_headers_are_exposed_to_scripts() {
    let app = TestApp::with(&["--cors-origins=https://portal.example"]).await;
    for path in ["/api/v1/agents", "/api/v1/marketplace/agents", "/api/v1/token", "/"] {
        let request = app.anonymous().request(Method::GET, path).header("origin", "https://portal.example");
        let response = app.anonymous().send(request).await;
        let exposed: Vec<&str> = response.header("access-control-expose-headers").split(',').map(str::trim).collect();
        for header in [
            "content-disposition",
            "etag",
            "idempotent-replayed",
            "link",
            "location",
            "ratelimit",
            "ratelimit-policy",
            "retry-after",
            "www-authenticate",
            "x-request-id",
        ] {
            assert!(exposed.contains(&header), "{path}: {header} is not among {exposed:?}");
        }
    }
}

/// Sends raw bytes. Returns the response.
async fn raw(app: &TestApp, request: &str) -> String {
    let address = app.url.trim_start_matches("http://").replace("localhost", "127.0.0.1");
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut response = String::new();
    let read = stream.read_to_string(&mut response);
    tokio::time::timeout(std::time::Duration::from_secs(20), read).await.expect("no timeout").expect("a response");
    response
}

#[tokio::test]
async fn a_request_without_one_valid_host_is_rejected() {
    let app = TestApp::start().await;
    for headers in ["", "Host: a\r\nHost: a\r\n", "Host: user@a\r\n", "Host:\r\n", "Host: a:port\r\n"] {
        for path in ["/health", "/api/v1/agents", "/nothing"] {
            let response = raw(&app, &format!("GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n")).await;
            assert!(response.starts_with("HTTP/1.1 400 "), "{path} {headers:?}: {response}");
        }
    }
    let old = raw(&app, "GET /health HTTP/1.0\r\n\r\n").await;
    assert!(old.contains(" 200 OK"), "HTTP/1.0 has no Host: {old}");
}

#[tokio::test]
async fn scripts_can_read_the_error_of_an_unknown_path() {
    let app = TestApp::start().await;
    for path in ["/api/v1/nothing", "/nothing"] {
        let request = app.anonymous().request(Method::GET, path).header("origin", "https://any.example");
        let response = app.anonymous().send(request).await;
        assert_eq!(response.header("access-control-allow-origin"), "*", "{path}");
        response.refused(404, "NOT_FOUND");
    }
}

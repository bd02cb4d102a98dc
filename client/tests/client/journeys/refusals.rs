//! Errors of the real API, as callers match them.

use std::time::Duration;

use client::types::{AgentType, CredentialRequest, NewAgent, SignupRequest};
use client::{AgentId, Client, CredentialId, Error, ErrorCode, EventId};

use super::support::Api;

fn none() -> AgentId {
    "01993b6e-8123-7d11-8a2b-77c1d9a0be55".parse().expect("an identifier")
}

#[tokio::test]
async fn errors_are_matched_by_code() {
    let api = Api::start(&[]).await;
    let (_, admin) = api.provisional().await;
    let error = api.client().request_id("request-12345").organizations().get().await.expect_err("no token");
    assert!(error.is_unauthorized() && error.code() == Some(&ErrorCode::Unauthorized));
    assert_eq!(error.request_id(), Some("request-12345"));
    let error = api.client().with_bearer("nonsense").organizations().get().await.expect_err("no token");
    assert!(error.is_unauthorized());

    let wrong = NewAgent { version: Some("1".into()), ..NewAgent::new("", AgentType::Other("wizard".into()), [""; 0]) };
    let Err(Error::Api(refusal)) = admin.agents().create(&wrong).await else { panic!("expected an API error") };
    let fields: Vec<&str> = refusal.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!((refusal.code, fields), (ErrorCode::Validation, vec!["name", "agentType", "version", "capabilities"]));

    let one = NewAgent { email: Some("a@example.com".into()), ..NewAgent::new("A", AgentType::Custom, ["tasks:run"]) };
    let id = admin.agents().create(&one).await.expect("an agent").agent_id;
    let error = admin.agents().create(&one).await.expect_err("the email address is taken");
    assert_eq!((error.code(), status(&error)), (Some(&ErrorCode::AgentAlreadyExists), 409));

    let secret = admin.credentials().create(id, &CredentialRequest::default()).await.expect("one").client_secret;
    let agent = api.client().with_credentials(&id, secret);
    let error = agent.agents().create(&one).await.expect_err("the scope is missing");
    assert_eq!((error.code(), status(&error)), (Some(&ErrorCode::Forbidden), 403));

    let missing = [
        (admin.agents().get(none()).await.expect_err("none"), ErrorCode::AgentNotFound),
        (
            admin.credentials().revoke(id, CredentialId(none().0)).await.expect_err("none"),
            ErrorCode::CredentialNotFound,
        ),
        (admin.audit().get(EventId(none().0)).await.expect_err("none"), ErrorCode::AuditEventNotFound),
        (admin.sessions().end_current().await.expect_err("none"), ErrorCode::NotFound),
    ];
    for (error, code) in missing {
        assert!(error.is_not_found() && error.code() == Some(&code), "{error:?}");
    }
    let (_, stranger) = api.provisional().await;
    assert!(
        stranger.agents().get(id).await.is_err_and(|error| error.is_not_found()),
        "the agent of another organization"
    );
}

/// Waiting for a short `Retry-After` is tested in `faults`: the API's shortest window is a minute.
#[tokio::test]
async fn rate_limits_beyond_the_deadline_are_returned_immediately() {
    let api = Api::start(&["--signup-per-hour=1"]).await;
    let client = Client::builder(&api.url).deadline(Duration::from_mins(30)).build().expect("a client");
    client.signup().create(&SignupRequest::default()).await.expect("the first one");
    let error = client.signup().create(&SignupRequest::default()).await.expect_err("the limit is one per hour");
    assert_eq!((error.code(), status(&error)), (Some(&ErrorCode::RateLimited), 429));
    assert!(error.retry_after().is_some_and(|wait| wait > Duration::from_mins(30)), "{error:?}");
    let another = client.forwarded_for("203.0.113.9".parse().expect("an address"));
    another.signup().create(&SignupRequest::default()).await.expect("each address has its own limit");
}

fn status(error: &Error) -> u16 {
    error.status().map_or(0, |status| status.as_u16())
}

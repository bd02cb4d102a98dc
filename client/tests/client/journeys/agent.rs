//! Life of an agent, from sign-up to decommissioning.

use client::types::{
    AgentQuery, AgentStatus, AgentType, AgentUpdate, AuditCheckpoint, AuditEvent, AuditQuery, CredentialRequest,
    CredentialStatus, DeploymentEnv, NewAgent, Rotation, TokenIntrospectionRequest, TokenRequest,
};
use client::{Error, ErrorCode, OAuthErrorCode, Paging, Patch};
use futures_util::TryStreamExt as _;

use super::support::Api;

#[tokio::test]
async fn agents_are_created_read_updated_listed_and_decommissioned() {
    let api = Api::start(&[]).await;
    let (made, admin) = api.provisional().await;
    assert!(made.claim_code.is_some() && made.claim_url.is_some() && made.expires_at.is_some());
    let wanted = NewAgent {
        endpoint_url: Some("https://agents.example.com/a".into()),
        tags: vec!["finance".into()],
        ..NewAgent::new("Screener", AgentType::Screener, ["invoices:read"])
    };
    let agent = admin.agents().create(&wanted).await.expect("an agent");
    assert_eq!(
        (agent.agent_type.clone(), agent.deployment_env.clone()),
        (AgentType::Screener, DeploymentEnv::Production)
    );
    assert_eq!(admin.agents().get(agent.agent_id).await.expect("an agent"), agent, "the ETag is included");

    let etag = agent.etag.clone().expect("an ETag");
    let change = AgentUpdate { endpoint_url: Patch::Null, name: Some("Screener 2".into()), ..AgentUpdate::default() };
    let changed = admin.agents().update_if(agent.agent_id, &etag, &change).await.expect("an updated agent");
    assert_eq!((changed.endpoint_url.as_deref(), changed.tags.len()), (None, 1), "omitted fields are unchanged");
    let error = admin.agents().update_if(agent.agent_id, &etag, &change).await.expect_err("the ETag is outdated");
    assert_eq!((error.code(), error.status().map(|it| it.as_u16())), (Some(&ErrorCode::PreconditionFailed), Some(412)));

    for number in 2..=3 {
        let another = NewAgent::new(format!("Number {number}"), AgentType::Custom, ["tasks:run"]);
        admin.agents().create(&another).await.expect("an agent");
    }
    let query = AgentQuery { limit: Some(2), ..AgentQuery::default() };
    let all: Vec<_> = admin.agents().all(query).map_ok(|agent| agent.name).try_collect().await.expect("agents");
    assert_eq!(all, ["Number 3", "Number 2", "Screener 2"]);
    let fourth = admin.agents().create(&wanted).await.expect_err("the tier allows three agents");
    assert_eq!(fourth.code(), Some(&ErrorCode::TierLimitExceeded), "{fourth:?}");

    let dids = api.client().dids();
    assert_eq!(dids.document(agent.agent_id).await.expect("a document")["id"], agent.did);
    assert!(dids.card(agent.agent_id).await.is_err_and(|error| error.is_not_found()), "the endpoint was removed");
    admin.agents().decommission(agent.agent_id).await.expect("success");
    let gone = admin.agents().get(agent.agent_id).await.expect("an agent");
    assert!(gone.status == AgentStatus::Decommissioned && gone.decommissioned_at.is_some());
    let error = dids.document(agent.agent_id).await.expect_err("the agent is decommissioned");
    assert_eq!(error.code(), Some(&ErrorCode::AgentRemoved));
    let resolution = dids.resolve(agent.agent_id).await.expect("a resolution");
    assert!(resolution.did_document_metadata.deactivated && resolution.did_document.is_none());
    let status = admin.tiers().status().await.expect("a status");
    assert_eq!((status.usage.agent_count, status.limits.max_agents), (2, Some(3)));
}

#[tokio::test]
async fn credentials_are_created_used_rotated_revoked_and_audited() {
    let api = Api::start(&[]).await;
    let (_, admin) = api.provisional().await;
    let agent = NewAgent::new("Worker", AgentType::Custom, ["tasks:run"]);
    let id = admin.agents().create(&agent).await.expect("an agent").agent_id;
    let first = admin.credentials().create(id, &CredentialRequest::default()).await.expect("a credential");
    let worker = api.client().with_credentials(&id, first.client_secret.clone());
    assert_eq!(worker.agents().list(&AgentQuery::default()).await.expect("a list").total, 1, "the agent lists itself");

    // The cached token is revoked with its credential, and no new one is issued.
    let second = admin.credentials().rotate(id, first.credential_id, &Rotation::default()).await.expect("a credential");
    match worker.agents().get(id).await {
        Err(Error::OAuth { error: OAuthErrorCode::InvalidClient, .. }) => {}
        other => panic!("{other:?}"),
    }
    let worker = api.client().with_credentials(&id, second.client_secret.clone());
    worker.agents().get(id).await.expect("the agent");

    let token = api.client().tokens().issue(&TokenRequest::new(&id, second.client_secret)).await.expect("a token");
    let question = TokenIntrospectionRequest::new(token.access_token);
    assert!(admin.tokens().introspect(&question).await.expect("an introspection response").active);
    admin.tokens().revoke(&question).await.expect("success");
    assert!(!admin.tokens().introspect(&question).await.expect("an introspection response").active);

    admin.credentials().revoke(id, second.credential_id).await.expect("success");
    assert!(worker.agents().get(id).await.is_err_and(|error| error.is_unauthorized()));
    let listed = admin.credentials().list(id, &Paging::default()).await.expect("a list");
    assert!(listed.total == 2 && listed.data.iter().all(|one| one.status == CredentialStatus::Revoked), "{listed:?}");

    let about = AuditQuery { agent_id: Some(id), action: Some("credential.rotated".into()), ..AuditQuery::default() };
    let events = admin.audit().list(&about).await.expect("events");
    assert_eq!(events.total, 1);
    assert_eq!(admin.audit().get(events.data[0].event_id).await.expect("an event"), events.data[0]);
    let since = AuditQuery { from_date: Some(events.data[0].timestamp), ..AuditQuery::default() };
    let since = admin.audit().list(&since).await.expect("events").data;
    assert_eq!(since.last().map(|event| event.seq), Some(events.data[0].seq), "no events before `from_date`");
    let (verification, head) =
        (admin.audit().verify(&AuditCheckpoint::default()).await.expect("a verification"), admin.audit().head().await);
    assert!(verification.verified && head.expect("a head").head_seq == verification.head_seq, "{verification:?}");
    let lines: Vec<String> = admin.audit().export().await.expect("a stream").try_collect().await.expect("lines");
    assert_eq!(lines.len() as u64, verification.checked_count);
    let last: AuditEvent = serde_json::from_str(lines.last().expect("a line")).expect("an event");
    assert_eq!(last.hash, verification.head_hash);
}

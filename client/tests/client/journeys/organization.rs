//! Verified organization: sessions, recovery, public documents.

use client::types::{
    AgentQuery, EarlierCredentials, HealthStatus, LinkPurpose, LinkToken, OrganizationState, OrganizationStatus,
    OrganizationUpdate, RecoveryRequest, SignupRequest, VerificationRequest,
};
use client::{Paging, Patch};

use super::support::Api;

#[tokio::test]
async fn organizations_are_verified_renamed_recovered_and_deleted() {
    let api = Api::start(&[]).await;
    let anybody = api.client();
    let email = "ops@northquay.example";
    let wanted = SignupRequest {
        organization_name: Some("Northquay".into()),
        email: Some(email.into()),
        display_name: Some("Northquay Freight".into()),
    };
    let made = anybody.signup().create(&wanted).await.expect("an organization");
    assert_eq!(made.organization.state, OrganizationState::Unverified);
    assert!(made.expires_at.is_none() && made.claim_code.is_none());
    let code = api.code(email, "/verify/").await;
    let shown = anybody.signup().link(code.clone()).await.expect("a link");
    assert_eq!((shown.purpose, shown.organization.name.as_str()), (LinkPurpose::Verify, "Northquay"));
    let link = VerificationRequest { token: code, credentials: Some(EarlierCredentials::Keep) };
    let verified = anybody.signup().verify(&link).await.expect("a session");
    assert_eq!(verified.organization.state, OrganizationState::Verified);
    let error = anybody.signup().verify(&link).await.expect_err("the link is single-use");
    assert_eq!(error.fields()[0].field, "token");

    let portal = anybody.with_bearer(verified.session.handle).forwarded_for("203.0.113.9".parse().expect("an address"));
    let change = OrganizationUpdate { display_name: Patch::Null, slug: Some("northquay".into()), ..Default::default() };
    let changed = portal.organizations().update(&change).await.expect("an updated organization");
    assert_eq!((changed.display_name, changed.slug.as_str()), (None, "northquay"));
    let second = portal.sessions().open().await.expect("a session");
    let sessions = portal.sessions().list(&Paging::default()).await.expect("sessions");
    assert_eq!((sessions.total, sessions.data.iter().filter(|one| one.is_current).count()), (2, 1));
    portal.sessions().end(second.session_id).await.expect("success");
    portal.sessions().end_current().await.expect("success");
    assert!(portal.organizations().get().await.is_err_and(|error| error.is_unauthorized()));

    anybody.signup().recover(&RecoveryRequest { email: email.into() }).await.expect("an email");
    let link = LinkToken { token: api.code(email, "/recover/").await };
    let new = anybody.signup().confirm_recovery(&link).await.expect("a credential").credential;
    let old = anybody.with_credentials(&made.credential.client_id, made.credential.client_secret);
    assert!(old.organizations().get().await.is_err_and(|error| error.is_unauthorized()));
    let admin = anybody.with_credentials(&new.client_id, new.client_secret);
    assert!(admin.organizations().delete().await.expect("a deletion date").deletion_at.is_some());
    let inactive = admin.agents().list(&AgentQuery::default()).await.expect_err("the organization ended");
    assert!(inactive.is_organization_inactive());
    let link = LinkToken { token: api.code(email, "/restore/").await };
    anybody.signup().restore(&link).await.expect("restored");
    assert_eq!(admin.organizations().get().await.expect("an organization").status, OrganizationStatus::Active);
    assert_eq!(admin.organizations().delete().await.expect("a deletion").status, OrganizationStatus::Deleting);
    assert!(admin.organizations().restore().await.expect("a restored organization").deletion_at.is_none());
}

#[tokio::test]
async fn a_sign_up_with_the_address_of_another_person_is_disowned() {
    let api = Api::start(&[]).await;
    let anybody = api.client();
    let email = "victim@northquay.example";
    let wanted = SignupRequest { email: Some(email.into()), ..SignupRequest::default() };
    let made = anybody.signup().create(&wanted).await.expect("an organization");
    let link = LinkToken { token: api.code(email, "/verify/").await };
    anybody.signup().disown(&link).await.expect("deleted");
    let thief = anybody.with_credentials(&made.credential.client_id, made.credential.client_secret);
    assert!(thief.organizations().get().await.is_err_and(|error| error.is_unauthorized()));
}

#[tokio::test]
async fn health_and_discovery_require_no_credentials() {
    let api = Api::start(&[]).await;
    let client = api.client();
    assert_eq!(client.health().alive().await.expect("a health status").status, HealthStatus::Healthy);
    assert_eq!(client.health().ready().await.expect("a health status").status, HealthStatus::Healthy);
    assert!(!client.health().detailed().await.expect("details").dependencies.is_empty());
    let server = client.discovery().server().await.expect("metadata");
    assert!(server.token_endpoint.starts_with(&server.issuer));
    let resource = client.discovery().protected_resource().await.expect("metadata");
    assert_eq!(resource.authorization_servers, [server.issuer]);
    assert!(!client.discovery().jwks().await.expect("keys").keys.is_empty());
    assert!(client.discovery().guide().await.expect("a guide")["steps"].is_array());
    assert!(client.discovery().guide_markdown().await.expect("a guide").starts_with("# SentryAgent.ai"));
    assert!(client.dids().service().await.expect("a document")["id"].is_string());
}

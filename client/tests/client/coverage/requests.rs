//! Each body field and each parameter has a place in a request type.

use std::collections::BTreeSet;

use client::types::{
    AgentQuery, AgentStatus, AgentType, AgentUpdate, AuditCheckpoint, AuditQuery, ChangesQuery, ClaimCheck, ClaimKind,
    ClaimOrganization, ClaimQuery, CredentialRequest, DeploymentEnv, EarlierCredentials, FacetName, LinkToken,
    MarketplaceQuery, NewAgent, NewClaim, OrganizationUpdate, Outcome, RecoveryRequest, Report, ReportReason, Rotation,
    Scope, SignupRequest, Sort, TokenIntrospectionRequest, TokenRequest, VerificationRequest,
};
use client::{AgentId, Paging, Patch, Timestamp, Uuid};
use serde::Serialize;
use serde_json::Value;

use super::{document, operations_of, schema_name};

/// Fields not meant for users of this client, with the reason.
const FOR_OTHERS: [(&str, &str, &str); 1] = [(
    "TokenIntrospectionRequest",
    "token_type_hint",
    "a hint for servers that have tokens of several kinds: this one has one",
)];

fn text() -> String {
    "text".to_owned()
}

fn texts() -> Vec<String> {
    vec![text()]
}

fn agent() -> AgentId {
    AgentId(Uuid::nil())
}

/// Bodies with every field set, by schema name.
fn bodies() -> Vec<(&'static str, Value)> {
    let new_agent = NewAgent {
        name: text(),
        agent_type: AgentType::Custom,
        capabilities: texts(),
        description: Some(text()),
        email: Some(text()),
        version: Some(text()),
        tags: texts(),
        skills: Some(Vec::new()),
        owner: Some(text()),
        deployment_env: Some(DeploymentEnv::Production),
        status: Some(AgentStatus::Active),
        is_public: Some(true),
        endpoint_url: Some(text()),
        public_keys: vec![Value::Null],
    };
    let agent_change = AgentUpdate {
        name: Some(text()),
        description: Some(text()),
        email: Patch::Null,
        agent_type: Some(AgentType::Custom),
        version: Some(text()),
        capabilities: Some(texts()),
        tags: Some(texts()),
        skills: Patch::Null,
        owner: Some(text()),
        deployment_env: Some(DeploymentEnv::Production),
        status: Some(AgentStatus::Active),
        is_public: Some(true),
        endpoint_url: Patch::Null,
        public_keys: Patch::Null,
    };
    let organization = OrganizationUpdate { name: Some(text()), display_name: Patch::Null, slug: Some(text()) };
    let signup = SignupRequest { organization_name: Some(text()), email: Some(text()), display_name: Some(text()) };
    let claim = NewClaim { kind: ClaimKind::Domain, target: Some(text()), agent_id: Some(agent()) };
    let credential = CredentialRequest { scopes: Some(vec![Scope::AgentsRead]), expires_in_seconds: Some(60) };
    let mut token = TokenRequest::new("id", "secret");
    (token.scope, token.resource) = (Some(text()), Some(text()));
    let question = TokenIntrospectionRequest {
        token: "token".into(),
        client_id: Some(text()),
        client_secret: Some("secret".into()),
    };
    vec![
        ("AgentUpdate", json(&agent_change)),
        ("ClaimCheck", json(&ClaimCheck { signature: Some(text()) })),
        ("ClaimOrganization", json(&ClaimOrganization { claim_code: "code".into(), email: text() })),
        ("CredentialRequest", json(&credential)),
        (
            "VerificationRequest",
            json(&VerificationRequest { token: "code".into(), credentials: Some(EarlierCredentials::Keep) }),
        ),
        ("LinkToken", json(&LinkToken { token: "code".into() })),
        ("NewAgent", json(&new_agent)),
        ("NewClaim", json(&claim)),
        ("NewReport", json(&Report { reason: ReportReason::Spam, text: Some(text()) })),
        ("OrganizationUpdate", json(&organization)),
        ("RecoveryRequest", json(&RecoveryRequest { email: text() })),
        ("Rotation", json(&Rotation { overlap_seconds: Some(1) })),
        ("SignupRequest", json(&signup)),
        ("TokenIntrospectionRequest", json(&question)),
        ("TokenRequest", json(&token)),
    ]
}

/// Queries with every parameter set, by operation.
fn queries() -> Vec<(&'static str, String)> {
    let (one, time) = (Some(1), Some(Timestamp::UNIX_EPOCH));
    let search = MarketplaceQuery {
        q: Some(text()),
        capability: texts(),
        publisher: Some(text()),
        agent_type: Some(AgentType::Custom),
        checked: vec![ClaimKind::Domain],
        checked_any: vec![ClaimKind::Key],
        updated_since: time,
        sort: Some(Sort::Name),
        page: one,
        limit: one,
        cursor: Some(text()),
        facets: vec![FacetName::Checked],
    };
    let agents = AgentQuery {
        page: one,
        limit: one,
        owner: Some(text()),
        agent_type: Some(AgentType::Custom),
        status: Some(AgentStatus::Active),
    };
    let audit = AuditQuery {
        page: one,
        limit: one,
        agent_id: Some(agent()),
        action: Some(text()),
        outcome: Some(Outcome::Success),
        from_date: time,
        to_date: time,
    };
    let checkpoint = AuditCheckpoint { after: Some(text()) };
    let paging = Paging { page: one, limit: one };
    vec![
        ("getMarketplaceChanges", form(&ChangesQuery { since: Some(text()), limit: one })),
        ("listAgents", form(&agents)),
        ("listAuditEvents", form(&audit)),
        ("listClaims", form(&ClaimQuery { page: one, limit: one, agent_id: Some(agent()) })),
        ("listCredentials", form(&paging)),
        ("listSessions", form(&paging)),
        ("searchMarketplace", form(&search)),
        ("verifyAuditTrail", form(&checkpoint)),
    ]
}

fn json(body: &impl Serialize) -> Value {
    serde_json::to_value(body).expect("JSON")
}

fn form(query: &impl Serialize) -> String {
    serde_html_form::to_string(query).expect("a form")
}

#[test]
fn every_body_field_has_a_request_field() {
    let document = document();
    let sent: BTreeSet<&str> = operations_of(&document)
        .flat_map(|(.., operation)| operation["requestBody"]["content"].as_object().into_iter().flatten())
        .filter_map(|(_, content)| schema_name(content))
        .collect();
    assert_eq!(bodies().iter().map(|(name, _)| *name).collect::<BTreeSet<_>>(), sent);
    for (name, body) in bodies() {
        let fields = |value: &Value| value.as_object().expect("fields").keys().cloned().collect::<BTreeSet<_>>();
        let mut known = fields(&body);
        for (_, field, why) in FOR_OTHERS.iter().filter(|(of, ..)| *of == name) {
            assert!(
                known.insert((*field).to_owned()),
                "{name}.{field} ({why}) is supported: remove it from FOR_OTHERS"
            );
        }
        assert_eq!(known, fields(&document["components"]["schemas"][name]["properties"]), "{name}");
    }
}

#[test]
fn every_query_parameter_has_a_request_field() {
    let document = document();
    let mut queries = queries().into_iter();
    let mut all: Vec<(&str, BTreeSet<&str>)> = Vec::new();
    for (.., operation) in operations_of(&document) {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let names = parameters.filter(|one| one["in"] == "query").filter_map(|one| one["name"].as_str());
        let names: BTreeSet<&str> = names.collect();
        if !names.is_empty() {
            all.push((operation["operationId"].as_str().expect("an identifier"), names));
        }
    }
    all.sort_unstable();
    for (id, names) in all {
        let (known, query) = queries.next().unwrap_or_else(|| panic!("{id} has no query"));
        let sent: BTreeSet<String> =
            url::form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name.into_owned()).collect();
        assert_eq!((known, sent.iter().map(String::as_str).collect()), (id, names));
    }
    assert_eq!(queries.next(), None);
}

//! Claims as rows of the database, without a proof.

use crate::database::Database;
use crate::support::{Tenant, TestApp};

/// A row of the table of claims.
#[derive(Clone)]
pub(super) struct Claim {
    organization: String,
    agent: Option<String>,
    kind: String,
    target: String,
    state: &'static str,
    checked: Option<i64>,
    expires: Option<i64>,
}

/// An unchecked claim of a tenant, or of one of its agents.
pub(super) fn pending(tenant: &Tenant, agent: Option<&str>, kind: &str, target: &str) -> Claim {
    let (kind, target) = (kind.to_owned(), target.to_owned());
    let (organization, agent) = (tenant.id.clone(), agent.map(str::to_owned));
    Claim { organization, agent, kind, target, state: "pending", checked: None, expires: None }
}

/// A claim as verified, with its expiry in milliseconds.
pub(super) fn valid_until(claim: Claim, end: i64) -> Claim {
    Claim { state: "valid", checked: Some(end - 3_600_000), expires: Some(end), ..claim }
}

impl Claim {
    /// The claim after three failed checks.
    pub(super) fn failed(self) -> Self {
        Self { state: "expired", ..self }
    }

    fn insert(&self) -> String {
        let text = |text: Option<&str>| text.map_or("NULL".to_owned(), |text| format!("'{text}'"));
        let time = |time: Option<i64>| time.map_or("NULL".to_owned(), |time| time.to_string());
        format!(
            "INSERT INTO claims (id, organization_id, agent_id, kind, target, nonce, state, method, checked_at, \
             expires_at, failures, created_at) VALUES ('{}', '{}', {}, '{}', '{}', 'nonce', '{}', {}, {}, {}, 0, 0);",
            uuid::Uuid::now_v7(),
            self.organization,
            text(self.agent.as_deref()),
            self.kind,
            self.target,
            self.state,
            text(self.checked.map(|_| "dns")),
            time(self.checked),
            time(self.expires),
        )
    }
}

/// Inserts claims, and notes a change of some agents in the outbox.
pub(super) async fn insert_claims(app: &TestApp, claims: Vec<Claim>, changed: &[&str]) {
    let now = app.clock.now_ms();
    let inserts: String = claims.iter().map(Claim::insert).collect();
    let line = |id: &&str| format!("INSERT INTO outbox (agent_id, kind, at) VALUES ('{id}', 'changed', {now});");
    let lines: String = changed.iter().map(line).collect();
    Database::of(app).await.run(format!("BEGIN IMMEDIATE; {inserts} {lines} COMMIT;")).await;
}

//! Demo data: organizations and agents that nobody has, for development. A database that holds something is left alone.

use jiff::Timestamp;
use sea_orm::{ActiveValue, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _};
use serde::Deserialize;
use serde_json::json;

use crate::domain::agent::AgentFields;
use crate::domain::claim::key;
use crate::domain::email::Email;
use crate::domain::id::{AgentId, OrganizationId};
use crate::domain::name;
use crate::domain::organization::{State, read_slug};
use crate::domain::tier::Tier;
use crate::error::ApiError;
use crate::state::App;
use crate::store::agents;
use crate::store::audit::{self, Entry};
use crate::store::entity::{agent, claim, organization};

/// What is loaded.
const DATA: &str = include_str!("../demo/organizations.json");
const DAY_MS: i64 = 86_400_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DemoOrganization {
    name: String,
    display_name: Option<String>,
    slug: String,
    email: String,
    agents: Vec<DemoAgent>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DemoAgent {
    #[serde(flatten)]
    fields: serde_json::Map<String, serde_json::Value>,
    published_days_ago: i64,
    claims: Vec<DemoClaim>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DemoClaim {
    kind: String,
    target: Option<String>,
    checked_days_ago: i64,
}

/// Loads it into a database that holds no organization yet. How many agents there are then.
pub async fn load(app: &App) -> Result<u64, ApiError> {
    let organizations: Vec<DemoOrganization> = serde_json::from_str(DATA).map_err(ApiError::internal)?;
    if organization::Entity::find().count(&app.store.reader).await? > 0 {
        return Ok(0);
    }
    let (now, host) = (app.clock.now(), app.config.did_host());
    app.store
        .writer
        .run(move |tx| {
            Box::pin(async move {
                let mut count = 0;
                for one in organizations {
                    count += add(tx, now, &host, one).await?;
                }
                Ok(count)
            })
        })
        .await
}

async fn add(tx: &DatabaseTransaction, now: Timestamp, host: &str, demo: DemoOrganization) -> Result<u64, ApiError> {
    let id = OrganizationId::new();
    let email = Email::read(&demo.email).map_err(|refusal| ApiError::internal(refusal.0))?;
    let oldest = demo.agents.iter().map(|agent| agent.published_days_ago).max().unwrap_or(0) + 1;
    let created_at = now.as_millisecond() - oldest * DAY_MS;
    let row = organization::Model {
        id: id.to_string(),
        name: demo.name.clone(),
        name_key: name::key(demo.display_name.as_ref().unwrap_or(&demo.name)),
        display_name: demo.display_name,
        slug: read_slug(&demo.slug).map_err(|refusal| ApiError::internal(refusal.0))?,
        email: Some(email.to_string()),
        email_key: Some(email.key()),
        state: State::Verified.as_str().to_owned(),
        tier: Tier::Free.as_str().to_owned(),
        expires_at: None,
        claim_hash: None,
        deletion_asked_at: None,
        created_at,
        updated_at: created_at,
    };
    organization::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    let metadata = json!({ "name": demo.name, "state": "verified", "demo": true });
    audit::append(tx, now, Entry::of(id, "organization.created", metadata)).await?;
    let mut count = 0;
    for agent in demo.agents {
        add_agent(tx, now, host, id, &demo.name, agent).await?;
        count += 1;
    }
    Ok(count)
}

async fn add_agent(
    tx: &DatabaseTransaction,
    now: Timestamp,
    host: &str,
    organization: OrganizationId,
    owner: &str,
    demo: DemoAgent,
) -> Result<(), ApiError> {
    let fields: AgentFields = serde_json::from_value(demo.fields.into()).map_err(ApiError::internal)?;
    let id = AgentId::new();
    let created_at = now.as_millisecond() - demo.published_days_ago * DAY_MS;
    let mut row = agents::blank(id, organization, host.to_owned(), created_at);
    agents::write(fields.register(owner)?, &mut row)?;
    let is = agents::is_published(&row, State::Verified);
    row.published_at = row.is_public.then_some(created_at);
    let name = row.name.clone();
    let keys = row.public_keys.as_array().cloned().unwrap_or_default();
    let thumbprint = keys.first().and_then(key::thumbprint);
    agent::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    agents::tell(tx, &id.to_string(), false, is, now.as_millisecond()).await?;
    for mut one in demo.claims {
        if one.kind == "key" {
            one.target.clone_from(&thumbprint);
        }
        claim::Entity::insert(checked(id, organization, now.as_millisecond(), one)).exec_without_returning(tx).await?;
    }
    let entry = Entry { agent_id: Some(id), ..Entry::of(organization, "agent.registered", json!({ "name": name })) };
    audit::append(tx, now, entry).await?;
    Ok(())
}

/// A claim that was checked some days ago. Nothing of the demo is ever fetched: its domains belong to nobody.
fn checked(agent: AgentId, organization: OrganizationId, now: i64, demo: DemoClaim) -> claim::ActiveModel {
    let checked_at = now - demo.checked_days_ago * DAY_MS;
    let (days, method) = match demo.kind.as_str() {
        "key" => (7, "signature"),
        "repository" => (30, "file"),
        _ => (30, "dns"),
    };
    let expires_at = checked_at + days * DAY_MS;
    let state = if expires_at > now { "valid" } else { "expired" };
    let target = demo.target.unwrap_or_default();
    let evidence = match demo.kind.as_str() {
        "repository" => Some(format!("{target}/blob/HEAD/.sentryagent-claim")),
        "domain" => Some(format!("dns:_sentryagent-claim.{target}?type=TXT")),
        _ => None,
    };
    claim::ActiveModel {
        id: ActiveValue::Set(uuid::Uuid::now_v7().to_string()),
        organization_id: ActiveValue::Set(organization.to_string()),
        agent_id: ActiveValue::Set(Some(agent.to_string())),
        kind: ActiveValue::Set(demo.kind),
        target: ActiveValue::Set(target),
        nonce: ActiveValue::Set("demo".to_owned()),
        state: ActiveValue::Set(state.to_owned()),
        method: ActiveValue::Set(Some(method.to_owned())),
        checked_at: ActiveValue::Set(Some(checked_at)),
        expires_at: ActiveValue::Set(Some(expires_at)),
        next_check_at: ActiveValue::Set(None),
        evidence_url: ActiveValue::Set(evidence),
        failures: ActiveValue::Set(0),
        last_failure: ActiveValue::Set(None),
        last_tried_at: ActiveValue::Set(Some(checked_at)),
        created_at: ActiveValue::Set(checked_at),
    }
}

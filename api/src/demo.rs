//! Demo data: organizations and agents that nobody has, for development. A database that holds something is left alone.

use domain::agent::{AgentFields, Word as _};
use domain::claim::{ClaimKind, Method, key};
use domain::email::Email;
use domain::organization::read_slug;
use serde::Deserialize;
use store::seed::{self, SeedAgent, SeedClaim, SeedOrganization};

use crate::error::ApiError;
use crate::state::App;

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

/// Seeds a database that has no organization yet. Returns how many agents were added.
pub async fn load(app: &App) -> Result<u64, ApiError> {
    if !seed::is_empty(&app.store).await? {
        return Ok(0);
    }
    let demo: Vec<DemoOrganization> = serde_json::from_str(DATA).map_err(ApiError::internal)?;
    let now = app.clock.now();
    let organizations = demo.into_iter().map(|one| one.seed(now.as_millisecond())).collect::<Result<_, _>>()?;
    Ok(seed::insert(&app.store, app.config.did_host(), organizations, now).await?)
}

impl DemoOrganization {
    fn seed(self, now: i64) -> Result<SeedOrganization, ApiError> {
        let oldest = self.agents.iter().map(|agent| agent.published_days_ago).max().unwrap_or(0) + 1;
        let owner = &self.name;
        let agents = self.agents.into_iter().map(|agent| agent.seed(owner, now)).collect::<Result<_, _>>()?;
        Ok(SeedOrganization {
            slug: read_slug(&self.slug).map_err(|refusal| ApiError::internal(refusal.0))?,
            email: Email::read(&self.email).map_err(|refusal| ApiError::internal(refusal.0))?,
            display_name: self.display_name,
            name: self.name,
            created_at: now - oldest * DAY_MS,
            agents,
        })
    }
}

impl DemoAgent {
    fn seed(self, owner: &str, now: i64) -> Result<SeedAgent, ApiError> {
        let fields: AgentFields = serde_json::from_value(self.fields.into()).map_err(ApiError::internal)?;
        let profile = fields.register(owner)?;
        let thumbprint = profile.public_keys.first().and_then(key::thumbprint);
        let claims = self.claims.into_iter().map(|claim| claim.seed(thumbprint.as_deref(), now));
        Ok(SeedAgent {
            claims: claims.collect::<Result<_, _>>()?,
            created_at: now - self.published_days_ago * DAY_MS,
            profile,
        })
    }
}

impl DemoClaim {
    fn seed(self, thumbprint: Option<&str>, now: i64) -> Result<SeedClaim, ApiError> {
        let kind = ClaimKind::read(&self.kind).map_err(|refusal| ApiError::internal(refusal.0))?;
        let target = match kind {
            ClaimKind::Key => thumbprint.unwrap_or_default().to_owned(),
            ClaimKind::Domain | ClaimKind::Repository => self.target.unwrap_or_default(),
        };
        let (method, evidence_url) = match kind {
            ClaimKind::Key => (Method::Signature, None),
            ClaimKind::Repository => (Method::File, Some(format!("{target}/blob/HEAD/.sentryagent-claim"))),
            ClaimKind::Domain => (Method::Dns, Some(format!("dns:_sentryagent-claim.{target}?type=TXT"))),
        };
        Ok(SeedClaim { kind, target, method, checked_at: now - self.checked_days_ago * DAY_MS, evidence_url })
    }
}

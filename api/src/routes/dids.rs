//! DID documents and agent cards, at the host's root.

pub mod agent;
pub mod card;
pub mod resolve;
pub mod service;

use sea_orm::EntityTrait as _;

use crate::domain::agent::{AgentStatus, Word as _};
use crate::domain::id::AgentId;
use crate::domain::organization::State;
use crate::error::ApiError;
use crate::identity::stored;
use crate::state::App;
use crate::store::entity;
use crate::store::{agents, organizations};

/// Whether everybody may see what an agent says of itself, besides its keys: it is published.
async fn is_published(app: &App, row: &entity::agent::Model) -> Result<bool, ApiError> {
    let tenant = organizations::get(&app.store.reader, stored(&row.organization_id)?).await?;
    Ok(State::read(&tenant.state).is_some_and(|state| agents::is_published(row, state)))
}

/// The agent of an address, whoever's it is: its DID is public from its registration on. Decommissioned, it is gone.
async fn find(app: &App, id: AgentId) -> Result<entity::agent::Model, ApiError> {
    let row =
        entity::agent::Entity::find_by_id(id.to_string()).one(&app.store.reader).await?.ok_or(ApiError::NO_AGENT)?;
    if row.status == AgentStatus::Decommissioned.word() {
        return Err(ApiError::Removed { reason: "decommissioned" });
    }
    Ok(row)
}

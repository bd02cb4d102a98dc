//! DID documents and agent cards, at the host's root.

pub mod agent;
pub mod card;
pub mod resolve;
pub mod service;

use sea_orm::EntityTrait as _;

use crate::domain::agent::{AgentStatus, Word as _};
use crate::domain::id::AgentId;
use crate::error::ApiError;
use crate::state::App;
use crate::store::entity;

/// The agent of an address, whoever's it is: its DID is public from its registration on. Decommissioned, it is gone.
async fn find(app: &App, id: AgentId) -> Result<entity::agent::Model, ApiError> {
    let row =
        entity::agent::Entity::find_by_id(id.to_string()).one(&app.store.reader).await?.ok_or(ApiError::NO_AGENT)?;
    if row.status == AgentStatus::Decommissioned.word() {
        return Err(ApiError::Removed { reason: "decommissioned" });
    }
    Ok(row)
}

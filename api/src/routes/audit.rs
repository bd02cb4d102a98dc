//! The audit trail.

pub mod export;
pub mod head;
pub mod list;
pub mod show;
pub mod verify;

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Select};

use crate::extract::caller::Identity;
use crate::store::entity::audit_event;

/// The events that a caller may read: an agent those about itself, the organization all.
fn visible(caller: &Identity) -> Select<audit_event::Entity> {
    let all =
        audit_event::Entity::find().filter(audit_event::Column::OrganizationId.eq(caller.organization_id.to_string()));
    match caller.agent_id {
        Some(agent) => all.filter(audit_event::Column::AgentId.eq(agent.to_string())),
        None => all,
    }
}

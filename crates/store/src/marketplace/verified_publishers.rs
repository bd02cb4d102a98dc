//! Publishers with a verified domain.

use domain::agent::{AgentStatus, TextForm as _};
use domain::claim::{ClaimKind, ClaimState};
use domain::moderation::Moderation;
use domain::organization::State;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, FromQueryResult, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    RelationDef,
};

use crate::entity::{agent, claim, organization};
use crate::{Store, StoreError};

/// Verified domain with its publisher.
#[derive(Clone, Debug, FromQueryResult)]
pub struct VerifiedDomain {
    /// ID of the publisher.
    pub organization_id: String,
    /// URL slug.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Display name, if different.
    pub display_name: Option<String>,
    /// Key of the public name (`domain::name`).
    pub name_key: String,
    /// Agent that the claim is about; `None` for all agents of the publisher.
    pub agent_id: Option<String>,
    /// Domain.
    pub target: String,
    /// Expiry of the verification, in milliseconds since 1970.
    pub expires_at: i64,
}

/// Lists the domains of publishers that are verified at a time (in milliseconds since 1970), by a claim of the
/// organization or of a published agent. Oldest claim first.
pub async fn list_verified_domains(store: &Store, now: i64) -> Result<Vec<VerifiedDomain>, StoreError> {
    let to_agent: RelationDef =
        claim::Entity::belongs_to(agent::Entity).from(claim::Column::AgentId).to(agent::Column::Id).into();
    let to_organization: RelationDef = claim::Entity::belongs_to(organization::Entity)
        .from(claim::Column::OrganizationId)
        .to(organization::Column::Id)
        .into();
    let is_shown = agent::Column::IsPublic
        .eq(true)
        .and(agent::Column::Status.eq(AgentStatus::Active.as_str()))
        .and(agent::Column::Moderation.ne(Moderation::Hidden.as_str()));
    // Excludes organizations that never published: their existence is confidential.
    let of_it = Expr::col((agent::Entity, agent::Column::OrganizationId))
        .equals((organization::Entity, organization::Column::Id));
    let published = Query::select()
        .expr(Expr::val(1))
        .from(agent::Entity)
        .and_where(of_it)
        .and_where(agent::Column::PublishedAt.is_not_null())
        .to_owned();
    let proofs = claim::Entity::find()
        .select_only()
        .columns([
            claim::Column::OrganizationId,
            claim::Column::AgentId,
            claim::Column::Target,
            claim::Column::ExpiresAt,
        ])
        .columns([
            organization::Column::Slug,
            organization::Column::Name,
            organization::Column::DisplayName,
            organization::Column::NameKey,
        ])
        .join(JoinType::LeftJoin, to_agent)
        .join(JoinType::InnerJoin, to_organization)
        .filter(claim::Column::Kind.eq(ClaimKind::Domain.as_str()))
        .filter(claim::Column::State.eq(ClaimState::Valid.as_str()))
        .filter(claim::Column::ExpiresAt.gt(now))
        .filter(organization::Column::State.eq(State::Verified.as_str()))
        .filter(organization::Column::DeletionAskedAt.is_null())
        .filter(organization::Column::SuspendedAt.is_null())
        .filter(claim::Column::AgentId.is_null().or(is_shown))
        .filter(Expr::exists(published))
        .order_by_asc(claim::Column::Id)
        .into_model::<VerifiedDomain>()
        .all(&store.reader)
        .await?;
    Ok(proofs)
}

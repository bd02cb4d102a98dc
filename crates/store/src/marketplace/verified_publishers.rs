//! Publishers with a verified domain.

use domain::agent::{AgentStatus, Word as _};
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

/// A verified domain, and its publisher.
#[derive(Clone, Debug, FromQueryResult)]
pub struct VerifiedDomain {
    /// The publisher.
    pub organization_id: String,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What the marketplace calls it, where that is another.
    pub display_name: Option<String>,
    /// The key of what it is called (`domain::name`).
    pub name_key: String,
    /// The agent that the claim is about; none where it counts for all of them.
    pub agent_id: Option<String>,
    /// The domain.
    pub target: String,
    /// Until when that counts, in milliseconds since 1970.
    pub expires_at: i64,
}

/// Lists the domains that are verified at a time (in milliseconds since 1970) of publishers: by a claim of the organization,
/// or of an agent that is published now. The oldest claim comes first.
pub async fn list_verified_domains(store: &Store, now: i64) -> Result<Vec<VerifiedDomain>, StoreError> {
    let to_agent: RelationDef =
        claim::Entity::belongs_to(agent::Entity).from(claim::Column::AgentId).to(agent::Column::Id).into();
    let to_organization: RelationDef = claim::Entity::belongs_to(organization::Entity)
        .from(claim::Column::OrganizationId)
        .to(organization::Column::Id)
        .into();
    let is_shown = agent::Column::IsPublic
        .eq(true)
        .and(agent::Column::Status.eq(AgentStatus::Active.word()))
        .and(agent::Column::Moderation.ne(Moderation::Hidden.word()));
    // Whoever never published anything is nobody here: that it is a customer is nobody's business.
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
        .filter(claim::Column::Kind.eq(ClaimKind::Domain.word()))
        .filter(claim::Column::State.eq(ClaimState::Valid.word()))
        .filter(claim::Column::ExpiresAt.gt(now))
        .filter(organization::Column::State.eq(State::Verified.as_str()))
        .filter(claim::Column::AgentId.is_null().or(is_shown))
        .filter(Expr::exists(published))
        .order_by_asc(claim::Column::Id)
        .into_model::<VerifiedDomain>()
        .all(&store.reader)
        .await?;
    Ok(proofs)
}

//! Organizations.

use sea_orm::sea_query::{DynIden, Expr, ExprTrait as _, IntoIden as _, Query};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::agents;
use super::entity::{agent, audit_event, claim, credential, link, old_slug, organization, report, session, usage};
use crate::domain::email::Email;
use crate::domain::id::OrganizationId;
use crate::domain::name;
use crate::domain::organization::State;
use crate::error::ApiError;

/// The organization, which has to be there.
pub async fn get<C: ConnectionTrait>(connection: &C, id: OrganizationId) -> Result<organization::Model, ApiError> {
    let found = organization::Entity::find_by_id(id.to_string()).one(connection).await?;
    found.ok_or(ApiError::NotFound { missing: crate::error::Missing::Other })
}

/// How far an organization has come, as a transaction sees it: its address may have been confirmed since a caller was
/// looked up, and what is published by then has to be told to the marketplace.
pub async fn standing(tx: &DatabaseTransaction, id: OrganizationId) -> Result<State, ApiError> {
    let row = get(tx, id).await?;
    State::read(&row.state).ok_or_else(|| ApiError::internal(format!("the organization {id} has no state")))
}

/// The organization that an address was verified for.
pub async fn verified_by<C: ConnectionTrait>(
    connection: &C,
    email: &Email,
) -> Result<Option<organization::Model>, ApiError> {
    let found = organization::Entity::find()
        .filter(organization::Column::EmailKey.eq(email.key()))
        .filter(organization::Column::State.eq(State::Verified.as_str()))
        .one(connection)
        .await?;
    Ok(found)
}

/// That a name may be shown as an organization's own.
pub async fn check_public_name<C: ConnectionTrait>(
    connection: &C,
    name: &str,
    own: OrganizationId,
) -> Result<(), ApiError> {
    agents::check_public_name(name)?;
    if name::is_ours(name) {
        return Err(ApiError::NameNotAvailable { reason: "reads like this service's own: choose another".to_owned() });
    }
    let other = organization::Entity::find()
        .filter(organization::Column::NameKey.eq(name::key(name)))
        .filter(organization::Column::State.eq(State::Verified.as_str()))
        .filter(organization::Column::Id.ne(own.to_string()))
        .one(connection)
        .await?;
    match other {
        None => Ok(()),
        Some(other) => Err(ApiError::NameNotAvailable {
            reason: format!(
                "reads like that of the verified organization {}: choose one that can't be taken for it",
                other.slug
            ),
        }),
    }
}

/// How many are provisional.
pub async fn provisional<C: ConnectionTrait>(connection: &C) -> Result<u64, ApiError> {
    let most = organization::Entity::find().filter(organization::Column::State.eq(State::Provisional.as_str()));
    Ok(most.count(connection).await?)
}

/// The oldest provisional organization, made before a time, that nobody has used: it has no agent, and none of its
/// credentials has called.
pub async fn oldest_unused<C: ConnectionTrait>(connection: &C, before: i64) -> Result<Option<String>, ApiError> {
    let of_it = |column: DynIden, table: DynIden| {
        Expr::col((table, column)).equals((organization::Entity, organization::Column::Id))
    };
    let agents = Query::select()
        .expr(Expr::val(1))
        .from(agent::Entity)
        .and_where(of_it(agent::Column::OrganizationId.into_iden(), agent::Entity.into_iden()))
        .to_owned();
    let calls = Query::select()
        .expr(Expr::val(1))
        .from(credential::Entity)
        .and_where(of_it(credential::Column::OrganizationId.into_iden(), credential::Entity.into_iden()))
        .and_where(credential::Column::FirstCallAt.is_not_null())
        .to_owned();
    let found = organization::Entity::find()
        .filter(organization::Column::State.eq(State::Provisional.as_str()))
        .filter(organization::Column::CreatedAt.lt(before))
        .filter(Expr::exists(agents).not())
        .filter(Expr::exists(calls).not())
        .order_by_asc(organization::Column::CreatedAt)
        .one(connection)
        .await?;
    Ok(found.map(|row| row.id))
}

/// Removes an organization with all it holds. The end of its audit trail stays: whoever kept the trail can still show
/// that it is whole.
pub async fn erase(tx: &DatabaseTransaction, id: String, now: i64) -> Result<(), ApiError> {
    let of_it = agent::Entity::find().filter(agent::Column::OrganizationId.eq(id.clone())).all(tx).await?;
    // Whoever never showed anything under its names gives them back.
    if of_it.iter().all(|agent| agent.published_at.is_none()) {
        old_slug::Entity::delete_many().filter(old_slug::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    }
    for agent in of_it {
        if agent.published_at.is_some() {
            agents::note(tx, &agent.id, "gone", now).await?;
        }
        report::Entity::delete_many().filter(report::Column::AgentId.eq(agent.id)).exec(tx).await?;
    }
    claim::Entity::delete_many().filter(claim::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    agent::Entity::delete_many().filter(agent::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    credential::Entity::delete_many().filter(credential::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    session::Entity::delete_many().filter(session::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    link::Entity::delete_many().filter(link::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    usage::Entity::delete_many().filter(usage::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    audit_event::Entity::delete_many().filter(audit_event::Column::OrganizationId.eq(id.clone())).exec(tx).await?;
    organization::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// How many slugs an organization had before.
pub async fn old_slugs<C: ConnectionTrait>(connection: &C, id: OrganizationId) -> Result<u64, ApiError> {
    let old = old_slug::Entity::find().filter(old_slug::Column::OrganizationId.eq(id.to_string()));
    Ok(old.count(connection).await?)
}

/// Whether a slug is one that the organization had before.
pub async fn is_old_slug<C: ConnectionTrait>(
    connection: &C,
    slug: &str,
    own: OrganizationId,
) -> Result<bool, ApiError> {
    let old = old_slug::Entity::find_by_id(slug.to_owned()).one(connection).await?;
    Ok(old.is_some_and(|old| old.organization_id == own.to_string()))
}

/// Whether a slug is free: nobody has it, and nobody else had it.
pub async fn is_slug_free<C: ConnectionTrait>(
    connection: &C,
    slug: &str,
    own: OrganizationId,
) -> Result<bool, ApiError> {
    let taken = organization::Entity::find()
        .filter(organization::Column::Slug.eq(slug))
        .filter(organization::Column::Id.ne(own.to_string()))
        .one(connection)
        .await?;
    let old = old_slug::Entity::find_by_id(slug.to_owned()).one(connection).await?;
    Ok(taken.is_none() && old.is_none_or(|old| old.organization_id == own.to_string()))
}

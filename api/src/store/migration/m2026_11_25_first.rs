//! All tables of the first version.
//!
//! Tables are made from the entities: there is one list of columns, and no dialect of SQL here.

use sea_orm::{EntityTrait, Schema};
use sea_orm_migration::prelude::*;

use crate::store::entity::{
    agent, audit_event, audit_head, claim, credential, idempotent, link, old_slug, organization, outbox, report,
    revoked_token, session, setting, usage,
};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[allow(elided_lifetimes_in_paths, reason = "the trait is written so, and async_trait tells them apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, organization::Entity).await?;
        table(manager, old_slug::Entity).await?;
        table(manager, agent::Entity).await?;
        table(manager, credential::Entity).await?;
        table(manager, session::Entity).await?;
        table(manager, link::Entity).await?;
        table(manager, audit_event::Entity).await?;
        table(manager, audit_head::Entity).await?;
        table(manager, outbox::Entity).await?;
        table(manager, revoked_token::Entity).await?;
        table(manager, setting::Entity).await?;
        table(manager, usage::Entity).await?;
        table(manager, idempotent::Entity).await?;
        table(manager, claim::Entity).await?;
        table(manager, report::Entity).await?;
        index(manager, agent::Entity, true, &[agent::Column::OrganizationId, agent::Column::EmailKey]).await?;
        index(manager, agent::Entity, false, &[agent::Column::OrganizationId, agent::Column::CreatedAt]).await?;
        index(manager, credential::Entity, false, &[credential::Column::AgentId]).await?;
        index(manager, credential::Entity, false, &[credential::Column::OrganizationId]).await?;
        index(manager, organization::Entity, false, &[organization::Column::EmailKey]).await?;
        index(manager, organization::Entity, false, &[organization::Column::State, organization::Column::ExpiresAt])
            .await?;
        index(
            manager,
            audit_event::Entity,
            false,
            &[audit_event::Column::OrganizationId, audit_event::Column::AgentId, audit_event::Column::Seq],
        )
        .await?;
        index(manager, session::Entity, false, &[session::Column::OrganizationId]).await?;
        index(manager, claim::Entity, false, &[claim::Column::AgentId]).await?;
        index(manager, claim::Entity, false, &[claim::Column::OrganizationId]).await?;
        index(manager, claim::Entity, false, &[claim::Column::State, claim::Column::NextCheckAt]).await?;
        index(manager, report::Entity, false, &[report::Column::AgentId]).await?;
        index(manager, idempotent::Entity, false, &[idempotent::Column::CreatedAt]).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("there is nothing before this: restore a backup instead".to_owned()))
    }
}

async fn table<E: EntityTrait>(manager: &SchemaManager<'_>, entity: E) -> Result<(), DbErr> {
    manager.create_table(Schema::new(manager.get_database_backend()).create_table_from_entity(entity)).await
}

async fn index<E: EntityTrait, C: Iden + Copy + 'static>(
    manager: &SchemaManager<'_>,
    entity: E,
    is_unique: bool,
    columns: &[C],
) -> Result<(), DbErr> {
    let names: Vec<String> = columns.iter().map(sea_orm::Iden::to_string).collect();
    let mut index = Index::create();
    index.name(format!("{}_by_{}", entity.table_name(), names.join("_"))).table(entity);
    for column in columns {
        index.col(*column);
    }
    if is_unique {
        index.unique();
    }
    manager.create_index(index).await
}

//! Table of the emails that are not sent yet.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[allow(elided_lifetimes_in_paths, reason = "the trait is written so, and async_trait tells them apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let emails = Table::create()
            .table("queued_emails")
            .col(ColumnDef::new("id").string().not_null().primary_key())
            .col(ColumnDef::new("organization_id").string().not_null())
            .col(ColumnDef::new_with_type("content", ColumnType::VarBinary(StringLen::None)).not_null())
            .col(ColumnDef::new("attempts").integer().not_null())
            .col(ColumnDef::new("created_at").big_integer().not_null())
            .col(ColumnDef::new("next_attempt_at").big_integer().not_null())
            .to_owned();
        manager.create_table(emails).await?;
        let index = Index::create()
            .name("queued_emails_by_next_attempt")
            .table("queued_emails")
            .col("next_attempt_at")
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("queued emails would be lost; restore a backup instead".to_owned()))
    }
}

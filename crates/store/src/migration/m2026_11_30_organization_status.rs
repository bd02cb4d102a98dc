//! Columns of an organization: its suspension, and the network that signed it up.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[allow(elided_lifetimes_in_paths, reason = "the trait is written so, and async_trait tells them apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            ColumnDef::new("suspended_at").big_integer().to_owned(),
            ColumnDef::new("suspension_reason").string().to_owned(),
            ColumnDef::new("signup_network").string().to_owned(),
        ] {
            // SQLite adds one column at a time.
            let table = Table::alter().table("organizations").add_column(column).to_owned();
            manager.alter_table(table).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("suspended organizations would become active; restore a backup instead".to_owned()))
    }
}

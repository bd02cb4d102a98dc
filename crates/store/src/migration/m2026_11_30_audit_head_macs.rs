//! Column of the code that authenticates the head of an audit trail.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[allow(elided_lifetimes_in_paths, reason = "the trait is written so, and async_trait tells them apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mac = ColumnDef::new_with_type("mac", ColumnType::VarBinary(StringLen::None));
        manager.alter_table(Table::alter().table("audit_heads").add_column(mac).to_owned()).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("audit trails would lose their authentication; restore a backup instead".to_owned()))
    }
}

//! Tables of the reservations that outlive an organization.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[allow(elided_lifetimes_in_paths, reason = "the trait is written so, and async_trait tells them apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let publishers = Table::create()
            .table("retired_publishers")
            .col(ColumnDef::new("slug").string().not_null().primary_key())
            .col(ColumnDef::new("name_key").string().not_null())
            .col(ColumnDef::new("retired_at").big_integer().not_null())
            .to_owned();
        manager.create_table(publishers).await?;
        let index = Index::create()
            .name("retired_publishers_by_name_key")
            .table("retired_publishers")
            .col("name_key")
            .to_owned();
        manager.create_index(index).await?;
        let agents = Table::create()
            .table("retired_agents")
            .col(ColumnDef::new("id").string().not_null().primary_key())
            .col(ColumnDef::new("was_published").boolean().not_null())
            .col(ColumnDef::new("retired_at").big_integer().not_null())
            .to_owned();
        manager.create_table(agents).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("reserved names would become free; restore a backup instead".to_owned()))
    }
}

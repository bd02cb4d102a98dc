//! The key by which names of organizations are compared.

use sea_orm::{ColumnTrait as _, ConnectionTrait as _};
use sea_orm_migration::prelude::*;

use crate::domain::name;
use crate::store::entity::organization::{Column, Entity};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[allow(elided_lifetimes_in_paths, reason = "the trait is written so, and async_trait tells them apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A database that was made by this program has the column from the entity.
        if !manager.has_column("organizations", "name_key").await? {
            let column = ColumnDef::new(Column::NameKey).string().not_null().default("").to_owned();
            manager.alter_table(Table::alter().table(Entity).add_column(column).to_owned()).await?;
        }
        let index = Index::create().name("organizations_by_name_key").table(Entity).col(Column::NameKey).to_owned();
        manager.create_index(index).await?;
        let connection = manager.get_connection();
        let all = Query::select().columns([Column::Id, Column::Name, Column::DisplayName]).from(Entity).to_owned();
        for row in connection.query_all(&all).await? {
            let (id, name): (String, String) = (row.try_get("", "id")?, row.try_get("", "name")?);
            let display_name: Option<String> = row.try_get("", "display_name")?;
            let key = name::key(display_name.as_ref().unwrap_or(&name));
            let update =
                Query::update().table(Entity).value(Column::NameKey, key).and_where(Column::Id.eq(id)).to_owned();
            connection.execute(&update).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("there is nothing before this: restore a backup instead".to_owned()))
    }
}

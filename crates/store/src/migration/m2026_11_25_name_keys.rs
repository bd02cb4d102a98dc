//! The key by which names of organizations are compared.

use sea_orm::ConnectionTrait as _;
use sea_orm_migration::prelude::*;

const TABLE: &str = "organizations";
const NAME_KEY: &str = "name_key";

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[allow(elided_lifetimes_in_paths, reason = "the trait is written so, and async_trait tells them apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Databases of the first release lack the column; the tables of the first migration have it, as they were frozen
        // after this one was written.
        if !manager.has_column(TABLE, NAME_KEY).await? {
            let column = ColumnDef::new(NAME_KEY).string().not_null().default("").to_owned();
            manager.alter_table(Table::alter().table(TABLE).add_column(column).to_owned()).await?;
        }
        let index = Index::create().name("organizations_by_name_key").table(TABLE).col(NAME_KEY).to_owned();
        manager.create_index(index).await?;
        let connection = manager.get_connection();
        let all = Query::select().columns(["id", "name", "display_name"]).from(TABLE).to_owned();
        for row in connection.query_all(&all).await? {
            let (id, name): (String, String) = (row.try_get("", "id")?, row.try_get("", "name")?);
            let display_name: Option<String> = row.try_get("", "display_name")?;
            let key = name_key(display_name.as_ref().unwrap_or(&name));
            let is_row = Expr::col("id").eq(id);
            let update = Query::update().table(TABLE).value(NAME_KEY, key).and_where(is_row).to_owned();
            connection.execute(&update).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("there is nothing before this: restore a backup instead".to_owned()))
    }
}

/// The key of a name, as it was computed when this migration was written.
fn name_key(name: &str) -> String {
    let skeleton: String = unicode_security::skeleton(&name.to_lowercase()).collect();
    let skeleton = skeleton.to_lowercase();
    let letters = skeleton.chars().filter(|letter| letter.is_alphanumeric());
    let key: String = letters.map(|letter| if letter == 'i' { 'l' } else { letter }).collect();
    if key.is_empty() { skeleton } else { key }
}

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait, Schema, Statement};

use super::*;
use crate::entity::{
    agent, audit_event, audit_head, claim, credential, idempotent, link, old_slug, organization, outbox, queued_email,
    report, retired_agent, retired_publisher, revoked_token, session, setting, usage,
};

async fn empty() -> DatabaseConnection {
    Database::connect("sqlite::memory:").await.expect("a database")
}

async fn create<E: EntityTrait>(connection: &DatabaseConnection, entity: E) {
    let table = Schema::new(DbBackend::Sqlite).create_table_from_entity(entity);
    connection.execute(&table).await.expect("a table");
}

/// Lists each column with its type, nullability and place in the primary key, and each unique index with its columns.
async fn columns(connection: &DatabaseConnection) -> BTreeSet<String> {
    let sql = "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk AS line \
               FROM sqlite_master m, pragma_table_info(m.name) c \
               WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'seaql_migrations' \
               UNION SELECT m.name || ' unique ' || group_concat(c.name) FROM sqlite_master m, \
               pragma_index_list(m.name) i, pragma_index_info(i.name) c \
               WHERE m.type = 'table' AND i.origin = 'u' GROUP BY i.name";
    let rows = connection.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.expect("rows");
    rows.iter().map(|row| row.try_get("", "line").expect("a line")).collect()
}

#[tokio::test]
async fn the_migrated_schema_matches_the_entities() {
    let migrated = empty().await;
    Migrator::up(&migrated, None).await.expect("migrated");
    let made = empty().await;
    create(&made, organization::Entity).await;
    create(&made, old_slug::Entity).await;
    create(&made, queued_email::Entity).await;
    create(&made, agent::Entity).await;
    create(&made, credential::Entity).await;
    create(&made, session::Entity).await;
    create(&made, link::Entity).await;
    create(&made, audit_event::Entity).await;
    create(&made, audit_head::Entity).await;
    create(&made, outbox::Entity).await;
    create(&made, revoked_token::Entity).await;
    create(&made, setting::Entity).await;
    create(&made, usage::Entity).await;
    create(&made, idempotent::Entity).await;
    create(&made, claim::Entity).await;
    create(&made, report::Entity).await;
    create(&made, retired_agent::Entity).await;
    create(&made, retired_publisher::Entity).await;
    let (migrated, made) = (columns(&migrated).await, columns(&made).await);
    let lost: Vec<_> = made.difference(&migrated).collect();
    let stale: Vec<_> = migrated.difference(&made).collect();
    assert!(lost.is_empty() && stale.is_empty(), "write a migration: entities add {lost:?} and lack {stale:?}");
    assert!(made.len() > 100, "{}", made.len());
}

#[test]
fn migrations_import_neither_entities_nor_rules() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/migration");
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).expect("migrations") {
            let path = file.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != "tests.rs") {
                let text = std::fs::read_to_string(&path).expect("text");
                assert!(!text.contains("domain::") && !text.contains("entity"), "{}", path.display());
            }
        }
    }
}

//! Upgrades of databases of earlier versions.

use std::collections::BTreeMap;

use domain::id::OrganizationId;
use store::{Store, audit};

use crate::support::{Sql, TestStore, head_key};

/// Columns by table.
type Columns = BTreeMap<String, Vec<String>>;

async fn columns(sql: &mut Sql) -> Columns {
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut columns = Columns::new();
    for table in sql.texts(tables).await {
        let names = sql.texts(&format!("SELECT name FROM pragma_table_info('{table}')")).await;
        columns.insert(table, names);
    }
    columns
}

/// Dumps every row of some columns, with values as quoted by SQLite.
async fn dump(sql: &mut Sql, columns: &Columns) -> BTreeMap<String, Vec<String>> {
    let mut rows = BTreeMap::new();
    for (table, columns) in columns {
        let quoted: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
        let all = format!("SELECT {} FROM \"{table}\" ORDER BY 1", quoted.join(" || '|' || "));
        rows.insert(table.clone(), sql.texts(&all).await);
    }
    rows
}

#[tokio::test]
async fn upgrading_a_database_preserves_all_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("sentryagent.db");
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::copy(fixtures.join("2026-11-30.db"), &file).expect("a copy");
    let mut sql = Sql::open(&file).await;
    let old_columns = columns(&mut sql).await;
    let mut before = dump(&mut sql, &old_columns).await;
    assert!(before["agents"].len() == 2 && before["audit_events"].len() == 18, "the fixture has rows");
    let store = Store::open(folder.path(), Some(head_key())).await.expect("an upgraded database");
    let new_columns = columns(&mut sql).await;
    assert!(old_columns.keys().all(|table| new_columns.contains_key(table)), "no table is lost");
    let mut after = dump(&mut sql, &old_columns).await;
    let (old, new) = (before.remove("seaql_migrations"), after.remove("seaql_migrations"));
    let (old, new) = (old.expect("migrations"), new.expect("migrations"));
    assert!(old.iter().all(|migration| new.contains(migration)), "{old:?} {new:?}");
    assert_eq!(after, before);
    for (table, columns) in &new_columns {
        // Tables and columns of later migrations begin empty.
        let old = old_columns.get(table);
        for column in columns.iter().filter(|column| old.is_none_or(|old| !old.contains(column))) {
            let filled = format!("SELECT quote(\"{column}\") FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
            assert_eq!(sql.texts(&filled).await, Vec::<String>::new(), "{table}.{column}");
        }
    }
    for organization in sql.texts("SELECT id FROM organizations").await {
        let organization: OrganizationId = organization.parse().expect("an identifier");
        let chain = audit::verify(&store, organization, None, None, |_| {}).await.expect("a chain");
        assert!(chain.broken.is_none() && chain.reaches_head && chain.checked_count > 0, "{chain:?}");
        assert!(!chain.is_authentic, "before the heads are sealed");
    }
    assert!(audit::seal_heads(&store).await.expect("sealed") > 0);
    assert!(
        audit::list_heads(&store, None, 100).await.expect("heads").iter().all(|(_, recorded)| recorded.is_authentic)
    );
}

#[tokio::test]
async fn databases_of_newer_versions_are_rejected_with_the_unknown_migration() {
    let test = TestStore::new().await;
    let migration = "m2099_01_01_later";
    test.sql().await.run(&format!("INSERT INTO seaql_migrations VALUES ('{migration}', 0)")).await;
    let error = Store::open(test.folder.path(), Some(head_key())).await.expect_err("a newer database").to_string();
    assert!(error.contains(migration), "{error}");
}

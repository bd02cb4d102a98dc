//! `api backup` and `api restore`, with a server in use.

use reqwest::StatusCode;
use serde_json::json;
use store::backup::{self, BackupError};

use crate::database::Database;
use crate::support::TestApp;

#[tokio::test]
async fn a_backup_during_writes_is_complete() {
    let app = TestApp::start().await;
    let tenant = app.verified("copied").await;
    let agent = tenant.agent("Kept").await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("backup.db");
    let writing = async {
        for index in 0..5 {
            tenant.agent(&format!("Beside {index}")).await;
        }
    };
    let data = app.data_dir();
    let (copied, ()) = tokio::join!(backup::backup(&data, &file), writing);
    assert!(copied.expect("a backup") > 4096);
    let again = backup::backup(&app.data_dir(), &file).await.expect_err("an existing file");
    assert!(matches!(again, BackupError::Exists(_)), "{again}");
    let refused = backup::restore(&app.data_dir(), &file, false).await.expect_err("an existing database");
    assert!(refused.to_string().contains("--replace"), "{refused}");
    for (name, bytes) in [("empty.db", Vec::new()), ("foreign.db", foreign(folder.path()).await)] {
        let other = folder.path().join(name);
        std::fs::write(&other, bytes).expect("written");
        let refused = backup::restore(&app.data_dir(), &other, true).await.expect_err("a foreign database");
        assert!(matches!(refused, BackupError::Foreign(_)), "{name}: {refused}");
    }
    let refused = backup::restore(&app.data_dir(), &file, true).await.expect_err("a database in use");
    assert!(matches!(refused, BackupError::InUse(_)), "{refused}");
    tenant.get("/api/v1/agents").await.expect(StatusCode::OK);

    // Restored elsewhere with the same keys, it is the same service.
    std::fs::create_dir(folder.path().join("data")).expect("a folder");
    backup::restore(&folder.path().join("data"), &file, false).await.expect("restored");
    for key in std::fs::read_dir(app.data_dir().with_file_name("keys")).expect("keys") {
        let key = key.expect("a key").path();
        // The anchors are of later heads than those of the backup.
        if key.is_dir() {
            continue;
        }
        std::fs::create_dir_all(folder.path().join("keys")).expect("a folder");
        std::fs::copy(&key, folder.path().join("keys").join(key.file_name().expect("a name"))).expect("a copy");
    }
    let restored = TestApp::in_folder(folder, &[]).await;
    let caller = restored.anonymous();
    let caller = caller.with_token(&caller.token_of(&tenant.id, &tenant.secret, None).await);
    caller.get(&format!("/api/v1/agents/{agent}")).await.expect(StatusCode::OK);
    assert_eq!(caller.get("/api/v1/audit/verify").await.expect(StatusCode::OK)["verified"], json!(true));
}

#[tokio::test]
async fn invalid_backups_are_not_restored() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("nonsense");
    std::fs::write(&file, "nonsense".repeat(1000)).expect("a file");
    for wrong in [file, folder.path().join("missing")] {
        let refused = backup::restore(&folder.path().join("data"), &wrong, false).await.expect_err("no backup");
        assert!(matches!(refused, BackupError::Invalid(..)), "{refused}");
    }
    assert!(!folder.path().join("data").exists());
}

/// Creates a database of another program.
async fn foreign(folder: &std::path::Path) -> Vec<u8> {
    let file = folder.join("other.db");
    let mut database = Database::open(&file).await;
    database.run("CREATE TABLE x (a)").await;
    database.close().await;
    std::fs::read(&file).expect("bytes")
}

#[tokio::test]
async fn a_restore_keeps_the_previous_database_and_restricts_file_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let (data, file) = (folder.path().join("data"), folder.path().join("backup.db"));
    drop(store::Store::open(&data, None).await.expect("a database"));
    backup::backup(&data, &file).await.expect("a backup");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("a mode");
    let before = backup::restore(&data, &file, true).await.expect("restored").expect("the previous database");
    assert!(before.exists() && before.file_name().is_some_and(|name| name.to_string_lossy().contains(".before-")));
    let mode = std::fs::metadata(data.join("sentryagent.db")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

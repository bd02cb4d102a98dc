//! `api backup` and `api restore`, with a server in use.

use reqwest::StatusCode;
use serde_json::json;
use store::backup::{self as copies, BackupError};

use crate::database::Database;
use crate::support::TestApp;

#[tokio::test]
async fn a_copy_is_made_while_others_write_and_is_whole() {
    let app = TestApp::start().await;
    let tenant = app.verified("copied").await;
    let kept = tenant.agent("Kept").await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("backup.db");
    let writing = async {
        for index in 0..5 {
            tenant.agent(&format!("Beside {index}")).await;
        }
    };
    let data = app.data_dir();
    let (copied, ()) = tokio::join!(copies::backup(&data, &file), writing);
    assert!(copied.expect("a copy") > 4096);
    let again = copies::backup(&app.data_dir(), &file).await.expect_err("a file that is there");
    assert!(matches!(again, BackupError::Exists(_)), "{again}");
    let refused = copies::restore(&app.data_dir(), &file, false).await.expect_err("a database that is there");
    assert!(refused.to_string().contains("--replace"), "{refused}");
    for (name, bytes) in [("empty.db", Vec::new()), ("foreign.db", foreign(folder.path()).await)] {
        let other = folder.path().join(name);
        std::fs::write(&other, bytes).expect("written");
        let refused = copies::restore(&app.data_dir(), &other, true).await.expect_err("none of ours");
        assert!(matches!(refused, BackupError::Foreign(_)), "{name}: {refused}");
    }
    let refused = copies::restore(&app.data_dir(), &file, true).await.expect_err("a database in use");
    assert!(matches!(refused, BackupError::InUse(_)), "{refused}");
    tenant.get("/api/v1/agents").await.expect(StatusCode::OK);

    // Restored elsewhere with the same keys, it is the same service.
    std::fs::create_dir(folder.path().join("data")).expect("a folder");
    copies::restore(&folder.path().join("data"), &file, false).await.expect("restored");
    for key in std::fs::read_dir(app.data_dir().with_file_name("keys")).expect("keys") {
        let key = key.expect("a key").path();
        std::fs::create_dir_all(folder.path().join("keys")).expect("a folder");
        std::fs::copy(&key, folder.path().join("keys").join(key.file_name().expect("a name"))).expect("a copy");
    }
    let restored = TestApp::in_folder(folder, &[]).await;
    let caller = restored.anonymous();
    let caller = caller.with_token(&caller.token_of(&tenant.id, &tenant.secret, None).await);
    caller.get(&format!("/api/v1/agents/{kept}")).await.expect(StatusCode::OK);
    assert_eq!(caller.get("/api/v1/audit/verify").await.expect(StatusCode::OK)["verified"], json!(true));
}

#[tokio::test]
async fn what_is_no_backup_is_not_put_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("nonsense");
    std::fs::write(&file, "nonsense".repeat(1000)).expect("a file");
    for wrong in [file, folder.path().join("missing")] {
        let refused = copies::restore(&folder.path().join("data"), &wrong, false).await.expect_err("no backup");
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
async fn what_a_copy_replaces_is_kept_and_the_copy_is_closed_to_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let (data, file) = (folder.path().join("data"), folder.path().join("backup.db"));
    drop(store::Store::open(&data).await.expect("a database"));
    copies::backup(&data, &file).await.expect("a copy");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("open to all");
    let before = copies::restore(&data, &file, true).await.expect("restored").expect("one that is kept");
    assert!(before.exists() && before.file_name().is_some_and(|name| name.to_string_lossy().contains(".before-")));
    let mode = std::fs::metadata(data.join("sentryagent.db")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

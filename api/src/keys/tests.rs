use std::os::unix::fs::PermissionsExt as _;

use super::*;

fn kids(keys: &Keys) -> Vec<String> {
    keys.jwks().keys.into_iter().filter_map(|key| key.common.key_id).collect()
}

#[test]
fn keys_are_created_private_and_reloaded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keys");
    let first = kids(&Keys::open(&path, Clock::default()).expect("keys"));
    assert_eq!(first.len(), 2);
    assert_eq!(kids(&Keys::open(&path, Clock::default()).expect("keys")), first);
    let files: Vec<_> =
        std::fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    assert_eq!(files.len(), 3, "two keys and the pepper: {files:?}");
    for file in &files {
        assert_eq!(file.metadata().expect("a file").permissions().mode() & 0o777, 0o600, "{}", file.display());
    }
}

#[test]
fn a_readable_key_file_is_restricted() {
    let folder = tempfile::tempdir().expect("a folder");
    Keys::open(folder.path(), Clock::default()).expect("keys");
    let pepper = folder.path().join("pepper");
    std::fs::set_permissions(&pepper, std::fs::Permissions::from_mode(0o644)).expect("a mode");
    Keys::open(folder.path(), Clock::default()).expect("keys");
    assert_eq!(pepper.metadata().expect("a file").permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_superseded_key_stays_until_its_last_token_has_expired() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::default();
    let keys = Keys::open(folder.path(), clock.clone()).expect("keys");
    let old = keys.signer(Algorithm::EdDsa).expect("a key").kid.clone();
    clock.advance(Duration::from_secs(1));
    let new = keys.rotate(Algorithm::EdDsa).expect("a key");
    assert_eq!(keys.signer(Algorithm::EdDsa).expect("a key").kid, old, "verifiers may not have the new key yet");
    assert_eq!(kids(&keys).len(), 3);
    clock.advance(PUBLISH_LEAD);
    assert_eq!(keys.signer(Algorithm::EdDsa).expect("a key").kid, new);
    clock.advance(TOKEN_LIFETIME);
    keys.rotate_if_due(Duration::from_secs(1 << 30)).expect("keys");
    assert!(kids(&keys).contains(&old), "a token may have been signed just before");
    clock.advance(Duration::from_secs(61));
    keys.rotate_if_due(Duration::from_secs(1 << 30)).expect("keys");
    assert!(!kids(&keys).contains(&old) && kids(&keys).contains(&new));
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        4,
        "two keys, the pepper, the retired key's public part"
    );
    let retired: Vec<_> = keys.retired().into_iter().filter_map(|key| key.common.key_id).collect();
    assert_eq!(retired, [old]);
}

#[test]
fn an_invalid_key_file_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("signing-eddsa-1.pem"), "nonsense").expect("a file");
    let error = Keys::open(folder.path(), Clock::default()).expect_err("no key").to_string();
    assert!(error.contains("signing-eddsa-1.pem"), "{error}");
}

//! Key files: written atomically, readable by the owner only.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::{self, SystemRandom};
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::Ed25519KeyPair;
use jsonwebtoken::jwk::Jwk;

use super::{KeyError, SigningKey};
use crate::config::Algorithm;

const PEPPER: &str = "pepper";
const SEALED_HEADS: &str = "audit-heads-sealed";
const PEM_LABEL: &str = "PRIVATE KEY";

/// Creates the folder, accessible to the owner only.
pub(super) fn create_folder(folder: &Path) -> Result<(), KeyError> {
    let created = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    created.map_err(|error| KeyError::File(folder.to_owned(), error))
}

/// Returns true if the folder has an HMAC key of secrets.
pub(super) fn has_pepper(folder: &Path) -> bool {
    folder.join(PEPPER).exists()
}

/// Reads the HMAC key of secrets, or creates it once. Without it, all secrets are lost.
pub(super) fn read_or_create_pepper(folder: &Path) -> Result<[u8; 32], KeyError> {
    let path = folder.join(PEPPER);
    if !path.exists() {
        let mut bytes = [0; 32];
        rand::fill(&mut bytes)
            .map_err(|_| KeyError::Unusable("the system could not generate random bytes".to_owned()))?;
        write(&path, &bytes)?;
    }
    let bytes = read_private(&path)?;
    bytes.try_into().map_err(|_| KeyError::InvalidKey(path, "expected 32 bytes".to_owned()))
}

/// Returns true if the folder records that the heads of audit trails are authenticated.
pub(super) fn are_heads_sealed(folder: &Path) -> bool {
    folder.join(SEALED_HEADS).exists()
}

/// Records that the heads of audit trails are authenticated.
pub(super) fn record_sealed_heads(folder: &Path) -> Result<(), KeyError> {
    write(
        &folder.join(SEALED_HEADS),
        b"All heads of audit trails have a code. Without this file, the next start accepts those that have none.\n",
    )
}

/// Creates a signing key.
pub(super) fn create_key(folder: &Path, algorithm: Algorithm, now: i64) -> Result<(), KeyError> {
    let unusable = |_| KeyError::Unusable("could not generate it".to_owned());
    let der = match algorithm {
        Algorithm::Rs256 => {
            let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(unusable)?;
            let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().map_err(unusable)?;
            der.as_ref().to_vec()
        }
        Algorithm::EdDsa => Ed25519KeyPair::generate_pkcs8v1(&SystemRandom::new()).map_err(unusable)?.as_ref().to_vec(),
    };
    write(&path(folder, algorithm, now), pem::encode(&pem::Pem::new(PEM_LABEL, der)).as_bytes())
}

/// Reads all signing keys.
pub(super) fn read_keys(folder: &Path) -> Result<Vec<SigningKey>, KeyError> {
    let file_error = |error| KeyError::File(folder.to_owned(), error);
    let mut keys = Vec::new();
    for entry in fs::read_dir(folder).map_err(file_error)? {
        let path = entry.map_err(file_error)?.path();
        let Some((algorithm, created_at)) = parse_name(&path) else { continue };
        let text = read_private(&path)?;
        let key = SigningKey::parse(algorithm, created_at, &text);
        keys.push(key.map_err(|error| KeyError::InvalidKey(path, error.to_string()))?);
    }
    Ok(keys)
}

/// Writes the public part of a key and deletes the private one. An already deleted file is not an error.
pub(super) fn retire(folder: &Path, key: &SigningKey) -> Result<(), KeyError> {
    let public = serde_json::to_vec(&key.jwk).map_err(|error| KeyError::Unusable(error.to_string()))?;
    let retired = folder.join(format!("retired-{}-{}.json", algorithm_name(key.algorithm), key.created_at));
    if !retired.exists() {
        write(&retired, &public)?;
    }
    let path = path(folder, key.algorithm, key.created_at);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(KeyError::File(path, error)),
        _ => Ok(()),
    }
}

/// Reads the public parts of retired keys, oldest first.
pub(super) fn read_retired(folder: &Path) -> Result<Vec<Jwk>, KeyError> {
    let file_error = |error| KeyError::File(folder.to_owned(), error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(file_error)? {
        let path = entry.map_err(file_error)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("retired-") && name.strip_suffix(".json").is_some() {
            paths.push(path);
        }
    }
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = read_private(&path)?;
            serde_json::from_slice(&text).map_err(|error| KeyError::InvalidKey(path, error.to_string()))
        })
        .collect()
}

fn path(folder: &Path, algorithm: Algorithm, created_at: i64) -> PathBuf {
    folder.join(format!("signing-{}-{created_at}.pem", algorithm_name(algorithm)))
}

fn parse_name(path: &Path) -> Option<(Algorithm, i64)> {
    let name = path.file_name()?.to_str()?.strip_prefix("signing-")?.strip_suffix(".pem")?;
    let (algorithm, created_at) = name.split_once('-')?;
    let algorithm =
        [Algorithm::Rs256, Algorithm::EdDsa].into_iter().find(|known| algorithm_name(*known) == algorithm)?;
    Some((algorithm, created_at.parse().ok()?))
}

fn algorithm_name(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Rs256 => "rs256",
        Algorithm::EdDsa => "eddsa",
    }
}

/// Reads a file after fixing its mode: a restored backup may be world-readable.
fn read_private(path: &Path) -> Result<Vec<u8>, KeyError> {
    let file_error = |error| KeyError::File(path.to_owned(), error);
    let mode = fs::metadata(path).map_err(file_error)?.permissions().mode();
    if mode & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(file_error)?;
        tracing::warn!(file = %path.display(), "a key file was readable by others; restricted its mode");
    }
    fs::read(path).map_err(file_error)
}

/// Writes a file atomically and never replaces an existing one.
fn write(path: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    let file_error = |error| KeyError::File(path.to_owned(), error);
    let partial = path.with_extension(format!("{}.partial", std::process::id()));
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&partial)
        .map_err(file_error)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(file_error)?;
    match fs::hard_link(&partial, path) {
        // Another process created it first: its key is used.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(file_error(error)),
        _ => {}
    }
    fs::remove_file(&partial).map_err(file_error)
}

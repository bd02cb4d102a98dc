//! Files of keys: each appears whole, and only its owner reads it.

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
const PEM_LABEL: &str = "PRIVATE KEY";

/// Makes the folder, for its owner alone.
pub(super) fn folder(folder: &Path) -> Result<(), KeyError> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| KeyError::File(folder.to_owned(), error))
}

/// The key that secrets are hashed under. It is made once: without it, no secret is known any more.
pub(super) fn pepper(folder: &Path) -> Result<[u8; 32], KeyError> {
    let path = folder.join(PEPPER);
    if !path.exists() {
        let mut bytes = [0; 32];
        rand::fill(&mut bytes).map_err(|_| KeyError::Unusable("the system gave no random bytes".to_owned()))?;
        write(&path, &bytes)?;
    }
    let bytes = read_private(&path)?;
    bytes.try_into().map_err(|_| KeyError::NoKey(path, "it has to have 32 bytes".to_owned()))
}

/// Makes a signing key.
pub(super) fn make(folder: &Path, algorithm: Algorithm, now: i64) -> Result<(), KeyError> {
    let unusable = |_| KeyError::Unusable("it could not be made".to_owned());
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

/// All signing keys.
pub(super) fn read(folder: &Path) -> Result<Vec<SigningKey>, KeyError> {
    let wrong = |error| KeyError::File(folder.to_owned(), error);
    let mut keys = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        let Some((algorithm, created_at)) = named(&path) else { continue };
        let text = read_private(&path)?;
        let key = SigningKey::read(algorithm, created_at, &text);
        keys.push(key.map_err(|error| KeyError::NoKey(path, error.to_string()))?);
    }
    Ok(keys)
}

/// Keeps the public half of one, and removes the private one. That it is gone already is as well.
pub(super) fn retire(folder: &Path, key: &SigningKey) -> Result<(), KeyError> {
    let public = serde_json::to_vec(&key.jwk).map_err(|error| KeyError::Unusable(error.to_string()))?;
    let kept = folder.join(format!("retired-{}-{}.json", word(key.algorithm), key.created_at));
    if !kept.exists() {
        write(&kept, &public)?;
    }
    let path = path(folder, key.algorithm, key.created_at);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(KeyError::File(path, error)),
        _ => Ok(()),
    }
}

/// The public halves of keys that were retired, the oldest first.
pub(super) fn retired(folder: &Path) -> Result<Vec<Jwk>, KeyError> {
    let wrong = |error| KeyError::File(folder.to_owned(), error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
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
            serde_json::from_slice(&text).map_err(|error| KeyError::NoKey(path, error.to_string()))
        })
        .collect()
}

fn path(folder: &Path, algorithm: Algorithm, created_at: i64) -> PathBuf {
    folder.join(format!("signing-{}-{created_at}.pem", word(algorithm)))
}

fn named(path: &Path) -> Option<(Algorithm, i64)> {
    let name = path.file_name()?.to_str()?.strip_prefix("signing-")?.strip_suffix(".pem")?;
    let (algorithm, created_at) = name.split_once('-')?;
    let algorithm = [Algorithm::Rs256, Algorithm::EdDsa].into_iter().find(|known| word(*known) == algorithm)?;
    Some((algorithm, created_at.parse().ok()?))
}

fn word(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Rs256 => "rs256",
        Algorithm::EdDsa => "eddsa",
    }
}

/// Reads a file, after its mode was made what it has to be: a copy from a backup may be open to all.
fn read_private(path: &Path) -> Result<Vec<u8>, KeyError> {
    let wrong = |error| KeyError::File(path.to_owned(), error);
    let mode = fs::metadata(path).map_err(wrong)?.permissions().mode();
    if mode & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(wrong)?;
        tracing::warn!(file = %path.display(), "the file of a key was open to others: it is closed now");
    }
    fs::read(path).map_err(wrong)
}

/// Writes a file that is there whole or not at all, and never replaces one.
fn write(path: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    let wrong = |error| KeyError::File(path.to_owned(), error);
    let partial = path.with_extension(format!("{}.partial", std::process::id()));
    let mut file =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&partial).map_err(wrong)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(wrong)?;
    match fs::hard_link(&partial, path) {
        // Another process was first: its key is as good.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(wrong(error)),
        _ => {}
    }
    fs::remove_file(&partial).map_err(wrong)
}

//! `api keys`

use std::path::{Path, PathBuf};

use clap::Subcommand;

use domain::time::rfc3339;

use crate::clock::Clock;
use crate::config::Algorithm;
use crate::keys;

/// Commands for signing keys.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// List the published keys, including those to be published within 20 seconds, and which of them sign.
    List {
        /// Directory of the keys.
        #[arg(long, env = "KEY_DIR", value_name = "FOLDER", default_value = "keys")]
        key_dir: PathBuf,
    },
    /// Create a new key. It signs after two minutes; the old key stays published until its last token has expired. A
    /// running server publishes the new key within 20 seconds.
    Rotate {
        /// Directory of the keys.
        #[arg(long, env = "KEY_DIR", value_name = "FOLDER", default_value = "keys")]
        key_dir: PathBuf,
        /// Algorithm of the key.
        #[arg(long, env = "TOKEN_ALGORITHM", value_enum, default_value_t = Algorithm::Rs256)]
        algorithm: Algorithm,
    },
}

/// Opens an existing key directory. Does not create one: the path may be misspelled.
pub(super) fn open(key_dir: &Path) -> Result<keys::Keys, String> {
    if !key_dir.is_dir() {
        return Err(format!("KEY_DIR: {} is not a directory. Use the KEY_DIR of `api serve`.", key_dir.display()));
    }
    keys::Keys::open(key_dir, Clock::default()).map_err(|error| error.to_string())
}

/// Runs the command.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) fn run(command: Keys) -> Result<(), String> {
    match command {
        Keys::List { key_dir } => {
            let keys = open(&key_dir)?;
            for jwk in keys.jwks().keys {
                let Some(key) = jwk.common.key_id.and_then(|kid| keys.find(&kid)) else { continue };
                let signs = keys.signer(key.algorithm).is_some_and(|signer| signer.kid == key.kid);
                println!(
                    "{} {:?} created {}{}",
                    key.kid,
                    jsonwebtoken::Algorithm::from(key.algorithm),
                    rfc3339(key.created_at),
                    if signs { ", signing" } else { "" }
                );
            }
        }
        Keys::Rotate { key_dir, algorithm } => {
            let keys = open(&key_dir)?;
            let kid = keys.rotate(algorithm).map_err(|error| error.to_string())?;
            println!("{kid}");
        }
    }
    Ok(())
}

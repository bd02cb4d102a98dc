//! `api keys`

use std::path::{Path, PathBuf};

use clap::Subcommand;

use domain::time::rfc3339;

use crate::clock::Clock;
use crate::config::Algorithm;
use crate::keys;

/// What can be done with signing keys.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// List the keys that are published, or will be within half a minute, and which of them sign.
    List {
        /// Folder of the keys.
        #[arg(long, env = "KEY_DIR", value_name = "FOLDER", default_value = "keys")]
        key_dir: PathBuf,
    },
    /// Make a new key. It signs two minutes later; the old one stays published until its last token has expired. A
    /// server that runs publishes it within half a minute.
    Rotate {
        /// Folder of the keys.
        #[arg(long, env = "KEY_DIR", value_name = "FOLDER", default_value = "keys")]
        key_dir: PathBuf,
        /// Which kind of key.
        #[arg(long, env = "TOKEN_ALGORITHM", value_enum, default_value_t = Algorithm::Rs256)]
        algorithm: Algorithm,
    },
}

/// The keys of a folder that a server has made: a folder that was misspelt is not to be filled with others.
fn open(key_dir: &Path) -> Result<keys::Keys, String> {
    if !key_dir.is_dir() {
        return Err(format!(
            "KEY_DIR: {} is no folder: name the one that `api serve` was started with",
            key_dir.display()
        ));
    }
    keys::Keys::open(key_dir, Clock::default()).map_err(|error| error.to_string())
}

/// Does it.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) fn run(command: Keys) -> Result<(), String> {
    match command {
        Keys::List { key_dir } => {
            let keys = open(&key_dir)?;
            for jwk in keys.jwks().keys {
                let Some(key) = jwk.common.key_id.and_then(|kid| keys.find(&kid)) else { continue };
                let signs = keys.signer(key.algorithm).is_some_and(|signer| signer.kid == key.kid);
                println!(
                    "{} {:?} made {}{}",
                    key.kid,
                    jsonwebtoken::Algorithm::from(key.algorithm),
                    rfc3339(key.created_at),
                    if signs { ", signs" } else { "" }
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

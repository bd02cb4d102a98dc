//! Anchors of the audit trails: their heads, kept outside the database.
//!
//! The folder has the newest head of each chain (`heads.jsonl`), and a log with a line for each change of that file: its
//! SHA-256, signed. An operator who copies both elsewhere can show later that no chain was rewritten.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use aws_lc_rs::digest::{SHA256, digest};
use domain::audit::hex;
use domain::id::OrganizationId;
use domain::time::rfc3339;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::audit::Head;
use thiserror::Error;

/// File of the newest heads.
const HEADS: &str = "heads.jsonl";

/// Error of the folder.
#[derive(Debug, Error)]
pub enum AnchorError {
    /// I/O error.
    #[error("{path}: {error}", path = .0.display(), error = .1)]
    File(PathBuf, #[source] io::Error),
    /// Invalid line.
    #[error("{path}, line {line}: {error}", path = .0.display(), line = .1, error = .2)]
    Line(PathBuf, usize, #[source] serde_json::Error),
}

/// Anchored head of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Anchor {
    /// Organization that owns the chain.
    pub organization_id: OrganizationId,
    /// Sequence number of the head.
    pub head_seq: u64,
    /// Hash of the head.
    pub head_hash: String,
    /// Time at which the head was anchored, in milliseconds since 1970.
    pub anchored_at: i64,
}

impl Anchor {
    /// Returns the head.
    pub fn head(&self) -> Head {
        Head { seq: self.head_seq, hash: self.head_hash.clone() }
    }
}

type ByOrganization = BTreeMap<OrganizationId, Anchor>;

/// Anchors of all chains.
#[derive(Debug)]
pub struct Anchors {
    folder: PathBuf,
    newest: ArcSwap<ByOrganization>,
}

impl Anchors {
    /// Opens the folder. Creates it, accessible to the owner only, if it is missing.
    ///
    /// # Errors
    ///
    /// [`AnchorError`] for an unreadable file.
    pub fn open(folder: PathBuf) -> Result<Self, AnchorError> {
        let created = fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
        created.map_err(|error| AnchorError::File(folder.clone(), error))?;
        let newest = read(&folder.join(HEADS))?;
        Ok(Self { folder, newest: ArcSwap::from_pointee(newest) })
    }

    /// Returns the anchor of a chain.
    pub fn find(&self, organization: OrganizationId) -> Option<Anchor> {
        self.newest.load().get(&organization).cloned()
    }

    /// Stores the newest heads of chains. Returns the SHA-256 of the file of heads, in hexadecimal; `None` if nothing changed.
    /// Blocks.
    ///
    /// # Errors
    ///
    /// [`AnchorError`] if the file can't be written.
    pub fn store(&self, heads: Vec<(OrganizationId, Head)>, now: i64) -> Result<Option<String>, AnchorError> {
        if heads.is_empty() {
            return Ok(None);
        }
        let mut newest = self.newest.load().as_ref().clone();
        newest.extend(heads.into_iter().map(|(organization_id, head)| {
            let anchor = Anchor { organization_id, head_seq: head.seq, head_hash: head.hash, anchored_at: now };
            (organization_id, anchor)
        }));
        let text = write(&self.folder, &newest)?;
        self.newest.store(Arc::new(newest));
        Ok(Some(hex(digest(&SHA256, &text).as_ref())))
    }

    /// Appends a line to the log of a day. Blocks.
    ///
    /// # Errors
    ///
    /// [`AnchorError`] if the file can't be written.
    pub fn log(&self, now: Timestamp, digest: &str, signature: &str) -> Result<(), AnchorError> {
        let path = self.folder.join(format!("log-{}.jsonl", now.strftime("%Y-%m-%d")));
        let at = rfc3339(now.as_millisecond());
        let line = format!("{}\n", json!({ "at": at, "sha256": digest, "signature": signature }));
        let file = fs::OpenOptions::new().create(true).append(true).mode(0o600).open(&path);
        file.and_then(|mut file| file.write_all(line.as_bytes())).map_err(|error| AnchorError::File(path, error))
    }
}

fn read(path: &Path) -> Result<ByOrganization, AnchorError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(ByOrganization::new()),
        Err(error) => return Err(AnchorError::File(path.to_owned(), error)),
    };
    let parse = |(index, line): (usize, &str)| {
        let anchor: Anchor =
            serde_json::from_str(line).map_err(|error| AnchorError::Line(path.to_owned(), index + 1, error))?;
        Ok((anchor.organization_id, anchor))
    };
    text.lines().enumerate().map(parse).collect()
}

/// Writes the heads, and replaces the file at once: a crash leaves the old or the new one.
fn write(folder: &Path, newest: &ByOrganization) -> Result<Vec<u8>, AnchorError> {
    let (path, partial) = (folder.join(HEADS), folder.join(format!("{HEADS}.partial")));
    let mut text = Vec::new();
    for anchor in newest.values() {
        serde_json::to_writer(&mut text, anchor).map_err(|error| AnchorError::Line(path.clone(), 0, error))?;
        text.push(b'\n');
    }
    let written = || {
        let mut file = fs::OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(&partial)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&partial, &path)
    };
    written().map_err(|error| AnchorError::File(path, error))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_heads_survive_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || Anchors::open(folder.path().join("anchors")).expect("anchors");
        let anchors = open();
        let (one, other) = (OrganizationId::new(), OrganizationId::new());
        let head = |seq, hash: &str| Head { seq, hash: hash.to_owned() };
        assert_eq!(anchors.store(Vec::new(), 0).expect("stored"), None);
        let first = anchors.store(vec![(one, head(3, "c")), (other, head(1, "x"))], 1).expect("stored");
        let second = anchors.store(vec![(one, head(4, "d"))], 5).expect("stored");
        assert!(first.is_some() && second.is_some() && first != second);
        let expected = Anchor { organization_id: one, head_seq: 4, head_hash: "d".to_owned(), anchored_at: 5 };
        assert_eq!(open().find(one), Some(expected));
        assert_eq!(open().find(other).map(|anchor| anchor.anchored_at), Some(1));
    }
}

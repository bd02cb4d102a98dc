//! DID resolution. Documents are plain JSON, for DID libraries to interpret.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Result of a DID resolution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DidResolution {
    /// DID document; `None` if the agent is decommissioned.
    pub did_document: Option<Value>,
    /// Metadata of the document.
    pub did_document_metadata: DidResolutionMetadata,
    /// Metadata of the resolution.
    #[serde(default)]
    pub did_resolution_metadata: Value,
}

/// Metadata of a DID document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DidResolutionMetadata {
    /// Time of creation.
    pub created: Option<Timestamp>,
    /// Time of the last update.
    pub updated: Option<Timestamp>,
    /// Version of the document.
    pub version_id: Option<String>,
    /// True if the DID is deactivated.
    #[serde(default)]
    pub deactivated: bool,
}

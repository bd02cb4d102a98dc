//! DIDs. Documents stay JSON: what they hold is for those who read DIDs, not for this client.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A resolution (DID Resolution).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DidResolution {
    /// The document; none where the agent is decommissioned.
    pub did_document: Option<Value>,
    /// What is known of the document.
    pub did_document_metadata: DidResolutionMetadata,
    /// What is known of the resolution.
    #[serde(default)]
    pub did_resolution_metadata: Value,
}

/// What is known of a DID document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DidResolutionMetadata {
    /// When the DID was made.
    pub created: Option<Timestamp>,
    /// When its document last changed.
    pub updated: Option<Timestamp>,
    /// The document's version.
    pub version_id: Option<String>,
    /// Whether the DID is over.
    #[serde(default)]
    pub deactivated: bool,
}

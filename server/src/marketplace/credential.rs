//! The portal's own credential.

use std::path::Path;

use client::Secret;
use serde::Deserialize;

use crate::error::StartError;

/// Credential as issued by the API; other fields are ignored.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Credential {
    pub(super) client_id: String,
    pub(super) client_secret: Secret,
}

impl Credential {
    /// Reads a credential file.
    ///
    /// # Errors
    ///
    /// [`StartError::ApiCredential`] when the file can't be read or parsed.
    pub(super) fn read(file: &Path) -> Result<Self, StartError> {
        let failed = |reason: String| StartError::ApiCredential(file.to_owned(), reason);
        let text = std::fs::read(file).map_err(|error| failed(error.to_string()))?;
        // The error contains only the position: the file contains a secret.
        serde_json::from_slice(&text)
            .map_err(|error| failed(format!("line {}, column {}: not as expected", error.line(), error.column())))
    }
}

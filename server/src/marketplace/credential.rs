//! The credential that the portal reads with.

use std::path::Path;

use client::Secret;
use serde::Deserialize;

use crate::error::StartError;

/// As the API answered it when it was made; what else stands there is not read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Credential {
    pub(super) client_id: String,
    pub(super) client_secret: Secret,
}

impl Credential {
    /// Reads it from a file.
    ///
    /// # Errors
    ///
    /// Where the file can't be read, or is none.
    pub(super) fn read(file: &Path) -> Result<Self, StartError> {
        let failed = |reason: String| StartError::ApiCredential(file.to_owned(), reason);
        let text = std::fs::read(file).map_err(|error| failed(error.to_string()))?;
        // Of what is wrong in it, only the place is told: it holds a secret.
        serde_json::from_slice(&text)
            .map_err(|error| failed(format!("line {}, column {}: not as expected", error.line(), error.column())))
    }
}

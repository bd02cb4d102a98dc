//! Claims, as returned to their organization.

use domain::claim::repository::{FILE, Repository};
use domain::claim::{ClaimKind, ClaimState, effective_state, txt_names, txt_value, well_known_url};
use domain::time::rfc3339;
use serde::Serialize;
use store::claims;
use store::records::ClaimRecord;
use utoipa::ToSchema;

use crate::error::ApiError;

/// Proof to publish or sign. The set fields depend on the claim's kind.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClaimProof {
    /// Human-readable instruction.
    pub instruction: String,
    /// Value to publish or sign. Not a secret.
    pub nonce: String,
    /// Name of the TXT record.
    pub dns_name: Option<String>,
    /// Value of the TXT record.
    pub dns_value: Option<String>,
    /// URL of a file that contains the nonce on a line of its own.
    #[schema(format = Uri)]
    pub file_url: Option<String>,
    /// Path of that file in the repository.
    pub file_path: Option<String>,
}

/// Claim.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Claim, example = json!({
    "claimId": "01993b72-11d0-7e3c-9c53-2f7b6a5d9e01", "agentId": null, "kind": "domain", "target": "northquay.example",
    "state": "pending", "method": null, "checkedAt": null, "expiresAt": null, "evidenceUrl": null, "failuresInARow": 0,
    "lastFailure": null, "lastTriedAt": null, "createdAt": "2026-11-25T09:40:00.000Z",
    "proof": {
        "instruction": "Publish the TXT record, or the file at fileUrl with the nonce on a line of its own. Then check the claim.",
        "nonce": "u3Yw2cV1oQm8rXk5tZb0aJ9dLsHf7eGi", "dnsName": "_sentryagent-claim.northquay.example",
        "dnsValue": "sentryagent-claim=u3Yw2cV1oQm8rXk5tZb0aJ9dLsHf7eGi",
        "fileUrl": "https://northquay.example/.well-known/sentryagent-claim", "filePath": null,
    },
}))]
pub struct ClaimView {
    /// ID of the claim.
    #[schema(format = Uuid)]
    pub claim_id: String,
    /// Agent that the claim is about. `null` if it is about the organization and applies to all its agents.
    #[schema(format = Uuid)]
    pub agent_id: Option<String>,
    /// Kind of claim.
    #[schema(value_type = ClaimKind)]
    pub kind: String,
    /// Domain, repository URL, or key thumbprint (RFC 7638).
    pub target: String,
    /// State: `pending` until a check succeeds, `valid` until `expiresAt`, `expired` after it or after three
    /// consecutive failed daily checks.
    pub state: ClaimState,
    /// Method of the last successful check: `dns`, `well-known`, `signature` or `file`.
    #[schema(value_type = Option<domain::claim::Method>)]
    pub method: Option<String>,
    /// Time of the last successful check.
    #[schema(format = DateTime)]
    pub checked_at: Option<String>,
    /// Time at which the verification expires.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
    /// URL of the public evidence.
    pub evidence_url: Option<String>,
    /// Number of consecutive failed daily checks.
    pub failures_in_a_row: i32,
    /// Found and expected value of the last check, if it failed.
    pub last_failure: Option<String>,
    /// Time of the last check, whatever its result.
    #[schema(format = DateTime)]
    pub last_tried_at: Option<String>,
    /// Time of creation.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// Proof to publish or sign.
    pub proof: ClaimProof,
}

impl ClaimView {
    /// Creates the view of a claim at a time, in milliseconds since 1970.
    pub fn at(row: ClaimRecord, now: i64) -> Result<Self, ApiError> {
        Ok(Self {
            state: effective_state(claims::parse_state(&row)?, row.expires_at, now),
            proof: proof(&row)?,
            claim_id: row.id,
            agent_id: row.agent_id,
            kind: row.kind,
            target: row.target,
            method: row.method,
            checked_at: row.checked_at.map(rfc3339),
            expires_at: row.expires_at.map(rfc3339),
            evidence_url: row.evidence_url,
            failures_in_a_row: row.failures,
            last_failure: row.last_failure,
            last_tried_at: row.last_tried_at.map(rfc3339),
            created_at: rfc3339(row.created_at),
        })
    }
}

fn proof(row: &ClaimRecord) -> Result<ClaimProof, ApiError> {
    let blank = |instruction: &str| ClaimProof {
        instruction: instruction.to_owned(),
        nonce: row.nonce.clone(),
        dns_name: None,
        dns_value: None,
        file_url: None,
        file_path: None,
    };
    Ok(match claims::parse_kind(row)? {
        ClaimKind::Domain => {
            let [name, _] = txt_names(&row.target);
            ClaimProof {
                dns_name: Some(name),
                dns_value: Some(txt_value(&row.nonce)),
                file_url: Some(well_known_url(&row.target)),
                ..blank(
                    "Publish the TXT record, or the file at fileUrl with the nonce on a line of its own. Then check the claim.",
                )
            }
        }
        ClaimKind::Repository => {
            let repository = Repository::parse(&row.target).map_err(|error| ApiError::internal(error.0))?;
            ClaimProof {
                file_url: Some(repository.raw_url()),
                file_path: Some(FILE.to_owned()),
                ..blank(
                    "Commit the file to the default branch, with the nonce on a line of its own. Then check the claim.",
                )
            }
        }
        ClaimKind::Key => blank(
            "Check the claim with `signature`: a JWS in compact serialization by this key, with the nonce as payload. Each signature is accepted once; the next check has a new nonce.",
        ),
    })
}

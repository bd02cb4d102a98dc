//! Claims, as their organization sees them.

use domain::claim::repository::{FILE, Repository};
use domain::claim::{ClaimKind, ClaimState, state_at, txt_names, txt_value, well_known};
use domain::time::rfc3339;
use serde::Serialize;
use store::claims;
use store::records::ClaimRecord;
use utoipa::ToSchema;

use crate::error::ApiError;

/// What has to be published or signed. Which fields are there follows from the claim's kind.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClaimProof {
    /// What to do, for people.
    pub instruction: String,
    /// What is published or signed. It is no secret.
    pub nonce: String,
    /// Name of the TXT record that proves a domain.
    pub dns_name: Option<String>,
    /// Value of that record.
    pub dns_value: Option<String>,
    /// Where a file is read that holds the nonce on a line of its own.
    #[schema(format = Uri)]
    pub file_url: Option<String>,
    /// That file's path in the repository.
    pub file_path: Option<String>,
}

/// A claim.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Claim, example = json!({
    "claimId": "01993b72-11d0-7e3c-9c53-2f7b6a5d9e01", "agentId": null, "kind": "domain", "target": "northquay.example",
    "state": "pending", "method": null, "checkedAt": null, "expiresAt": null, "evidenceUrl": null, "failuresInARow": 0,
    "lastFailure": null, "lastTriedAt": null, "createdAt": "2026-11-25T09:40:00.000Z",
    "proof": {
        "instruction": "Publish the TXT record, or the file at fileUrl with the nonce on a line of its own. Then ask for a check.",
        "nonce": "u3Yw2cV1oQm8rXk5tZb0aJ9dLsHf7eGi", "dnsName": "_sentryagent-claim.northquay.example",
        "dnsValue": "sentryagent-claim=u3Yw2cV1oQm8rXk5tZb0aJ9dLsHf7eGi",
        "fileUrl": "https://northquay.example/.well-known/sentryagent-claim", "filePath": null,
    },
}))]
pub struct ClaimView {
    /// Its identifier.
    #[schema(format = Uuid)]
    pub claim_id: String,
    /// The agent that it is about. Without one, it is the organization's, and counts for all its agents.
    #[schema(format = Uuid)]
    pub agent_id: Option<String>,
    /// What is claimed.
    #[schema(value_type = ClaimKind)]
    pub kind: String,
    /// The domain, the repository's address, or the key's thumbprint (RFC 7638).
    pub target: String,
    /// `pending` until a check succeeds, `valid` until `expiresAt`, `expired` after it or after three daily checks that
    /// failed in a row.
    pub state: ClaimState,
    /// How the last successful check found it proved: `dns`, `well-known`, `signature` or `file`.
    #[schema(value_type = Option<domain::claim::Method>)]
    pub method: Option<String>,
    /// When a check last succeeded.
    #[schema(format = DateTime)]
    pub checked_at: Option<String>,
    /// How long that holds.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
    /// Where others see the proof.
    pub evidence_url: Option<String>,
    /// Daily checks that failed in a row.
    pub failures_in_a_row: i32,
    /// What the last check found, and what it expected, if it failed.
    pub last_failure: Option<String>,
    /// When it was last checked, however that came out.
    #[schema(format = DateTime)]
    pub last_tried_at: Option<String>,
    /// When it was made.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// What has to be published or signed.
    pub proof: ClaimProof,
}

impl ClaimView {
    /// Shows one as it stands at a time.
    pub fn at(row: ClaimRecord, now: i64) -> Result<Self, ApiError> {
        Ok(Self {
            state: state_at(claims::state(&row)?, row.expires_at, now),
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
    Ok(match claims::kind(row)? {
        ClaimKind::Domain => {
            let [name, _] = txt_names(&row.target);
            ClaimProof {
                dns_name: Some(name),
                dns_value: Some(txt_value(&row.nonce)),
                file_url: Some(well_known(&row.target)),
                ..blank(
                    "Publish the TXT record, or the file at fileUrl with the nonce on a line of its own. Then ask for a check.",
                )
            }
        }
        ClaimKind::Repository => {
            let read = Repository::read(&row.target).map_err(|refusal| ApiError::internal(refusal.0))?;
            ClaimProof {
                file_url: Some(read.raw_url()),
                file_path: Some(FILE.to_owned()),
                ..blank(
                    "Commit the file to the default branch, with the nonce on a line of its own. Then ask for a check.",
                )
            }
        }
        ClaimKind::Key => blank(
            "Ask for a check with `signature`: a JWS in compact form by this key whose payload is the nonce. Each signature counts once; the next check has a new nonce.",
        ),
    })
}

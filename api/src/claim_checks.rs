//! Checks of claims: fetches the evidence and reports the findings. Runs on request and in the daily job, never on page
//! views.

use domain::claim::repository::Repository;
use domain::claim::{
    ClaimKind, Failure, Method, Proof, contains_nonce, describe_file, describe_records, key, txt_names, txt_value,
    well_known_url,
};
use store::claims;
use store::records::{AgentRecord, ClaimRecord};

use crate::error::ApiError;
use crate::services::ClaimChecker;
use crate::verifier::{Verifier, VerifierError};

/// Checks a domain or a repository.
pub async fn check_by_fetch(checker: &ClaimChecker, row: &ClaimRecord) -> Result<Result<Proof, Failure>, ApiError> {
    match claims::parse_kind(row)? {
        ClaimKind::Domain => Ok(check_domain(&checker.verifier, &row.target, &row.nonce).await),
        ClaimKind::Repository => {
            let parsed = Repository::parse(&row.target).map_err(|error| ApiError::internal(error.0))?;
            Ok(check_repository(&checker.verifier, &parsed, &row.nonce).await)
        }
        ClaimKind::Key => Ok(Err(Failure("A key can only be verified by a signature.".to_owned()))),
    }
}

/// Checks a signature by an agent's key.
pub fn check_signature(
    checker: &ClaimChecker,
    row: &ClaimRecord,
    agent: &AgentRecord,
    signature: &str,
) -> Result<Proof, Failure> {
    let keys = agent.public_keys.as_array().map(Vec::as_slice).unwrap_or_default();
    let key = key::find_key(keys, &row.target).ok_or_else(claims::key_removed)?;
    key::verify(key, &row.nonce, signature)?;
    Ok(Proof {
        method: Method::Signature,
        evidence_url: format!("{}/agents/{}/did.json", checker.origins.issuer, agent.id),
    })
}

/// Checks the DNS record first, since it needs no web server, then the file.
async fn check_domain(verifier: &Verifier, domain: &str, nonce: &str) -> Result<Proof, Failure> {
    let names = txt_names(domain);
    let (own, bare) = tokio::join!(verifier.txt(&names[0]), verifier.txt(&names[1]));
    let mut found = Vec::new();
    for (name, records) in names.iter().zip([own, bare]) {
        let records = match records {
            Err(VerifierError::NoRecord { .. }) => Vec::new(),
            Err(error) => {
                tracing::info!(name, %error, "could not read TXT records");
                found.push(format!("Could not read the TXT records of {name}"));
                continue;
            }
            Ok(records) => records,
        };
        if records.iter().any(|record| record.trim() == txt_value(nonce)) {
            // DNS URI (RFC 4501).
            return Ok(Proof { method: Method::Dns, evidence_url: format!("dns:{name}?type=TXT") });
        }
        found.push(describe_records(name, &records, nonce));
    }
    match check_file(verifier, &well_known_url(domain), nonce).await {
        Ok(()) => Ok(Proof { method: Method::WellKnown, evidence_url: well_known_url(domain) }),
        Err(failure) => {
            found.push(failure.0);
            Err(Failure(found.join("; ")))
        }
    }
}

async fn check_repository(verifier: &Verifier, repository: &Repository, nonce: &str) -> Result<Proof, Failure> {
    check_file(verifier, &repository.raw_url(), nonce).await?;
    Ok(Proof { method: Method::File, evidence_url: repository.page_url() })
}

async fn check_file(verifier: &Verifier, url: &str, nonce: &str) -> Result<(), Failure> {
    match verifier.fetch(url).await {
        Ok(found) if contains_nonce(&found, nonce) => Ok(()),
        Ok(found) => Err(Failure(describe_file(url, &found, nonce))),
        Err(error) => {
            tracing::info!(url, %error, "could not read a file");
            Err(Failure(format!("Could not read {url}: {}; expected a line {nonce}", error.for_caller())))
        }
    }
}

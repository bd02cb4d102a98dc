//! Checks of claims: fetches what proves one, and says what was found. Called when somebody asks for a check and by the
//! daily job; never by a page view.

use domain::claim::repository::Repository;
use domain::claim::{
    ClaimKind, Failure, Method, Proof, holds, key, other_file, other_records, txt_names, txt_value, well_known,
};
use store::claims;
use store::records::{AgentRecord, ClaimRecord};

use crate::error::ApiError;
use crate::services::ClaimChecker;
use crate::verifier::{Verifier, VerifierError};

/// What a check of a domain or a repository came to.
pub async fn fetched(checker: &ClaimChecker, row: &ClaimRecord) -> Result<Result<Proof, Failure>, ApiError> {
    match claims::kind(row)? {
        ClaimKind::Domain => Ok(domain(&checker.verifier, &row.target, &row.nonce).await),
        ClaimKind::Repository => {
            let read = Repository::read(&row.target).map_err(|refusal| ApiError::internal(refusal.0))?;
            Ok(repository(&checker.verifier, &read, &row.nonce).await)
        }
        ClaimKind::Key => Ok(Err(Failure("a key is proved by a signature alone".to_owned()))),
    }
}

/// What a signature by an agent's key came to.
pub fn signed(
    checker: &ClaimChecker,
    row: &ClaimRecord,
    agent: &AgentRecord,
    signature: &str,
) -> Result<Proof, Failure> {
    let keys = agent.public_keys.as_array().map(Vec::as_slice).unwrap_or_default();
    let key = key::find(keys, &row.target).ok_or_else(claims::no_key)?;
    key::verify(key, &row.nonce, signature)?;
    Ok(Proof {
        method: Method::Signature,
        evidence_url: format!("{}/agents/{}/did.json", checker.origins.issuer, agent.id),
    })
}

/// A record first, since it needs no server; then the file.
async fn domain(verifier: &Verifier, domain: &str, nonce: &str) -> Result<Proof, Failure> {
    let names = txt_names(domain);
    let (own, bare) = tokio::join!(verifier.txt(&names[0]), verifier.txt(&names[1]));
    let mut found = Vec::new();
    for (name, records) in names.iter().zip([own, bare]) {
        let records = match records {
            Err(VerifierError::NoRecord { .. }) => Vec::new(),
            Err(error) => {
                found.push(format!("the TXT records of {name} can't be read: {error}"));
                continue;
            }
            Ok(records) => records,
        };
        if records.iter().any(|record| record.trim() == txt_value(nonce)) {
            // The form of RFC 4501.
            return Ok(Proof { method: Method::Dns, evidence_url: format!("dns:{name}?type=TXT") });
        }
        found.push(other_records(name, &records, nonce));
    }
    match file(verifier, &well_known(domain), nonce).await {
        Ok(()) => Ok(Proof { method: Method::WellKnown, evidence_url: well_known(domain) }),
        Err(failure) => {
            found.push(failure.0);
            Err(Failure(found.join("; ")))
        }
    }
}

async fn repository(verifier: &Verifier, repository: &Repository, nonce: &str) -> Result<Proof, Failure> {
    file(verifier, &repository.raw_url(), nonce).await?;
    Ok(Proof { method: Method::File, evidence_url: repository.page_url() })
}

async fn file(verifier: &Verifier, url: &str, nonce: &str) -> Result<(), Failure> {
    match verifier.fetch(url).await {
        Ok(found) if holds(&found, nonce) => Ok(()),
        Ok(found) => Err(Failure(other_file(url, &found, nonce))),
        Err(error) => Err(Failure(format!("{url} can't be read: {error}; expected a line {nonce}"))),
    }
}

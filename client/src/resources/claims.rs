//! Claims: verified domains, keys and repositories.

use crate::operation::declare;
use crate::types::{Claim, ClaimCheck, ClaimQuery, NewClaim};
use crate::{ClaimId, Client, List, Result};

declare! {
    LIST = Get "listClaims" "/api/v1/claims";
    CREATE = Post "createClaim" "/api/v1/claims", keyed;
    GET = Get "getClaim" "/api/v1/claims/{claimId}";
    CHECK = Post "checkClaim" "/api/v1/claims/{claimId}/check";
    DELETE = Delete "removeClaim" "/api/v1/claims/{claimId}";
}

/// Claims of the organization and its agents.
#[derive(Clone, Debug)]
pub struct Claims(Client);

impl Client {
    /// Claims: verified domains, keys and repositories.
    pub fn claims(&self) -> Claims {
        Claims(self.clone())
    }
}

impl Claims {
    /// Lists a page of claims, newest first. An agent sees only claims about itself.
    pub async fn list(&self, query: &ClaimQuery) -> Result<List<Claim>> {
        self.0.call(LIST).query(query).fetch().await
    }

    /// Creates a claim. The response contains what to publish or sign.
    pub async fn create(&self, claim: &NewClaim) -> Result<Claim> {
        self.0.call(CREATE).json(claim).fetch().await
    }

    /// Returns a claim.
    pub async fn get(&self, id: ClaimId) -> Result<Claim> {
        self.0.call_at(GET, &[&id]).fetch().await
    }

    /// Checks a claim now. A failed check is not an error: `last_failure` has its reason.
    pub async fn check(&self, id: ClaimId, check: &ClaimCheck) -> Result<Claim> {
        self.0.call_at(CHECK, &[&id]).json(check).fetch().await
    }

    /// Deletes a claim.
    pub async fn delete(&self, id: ClaimId) -> Result<()> {
        self.0.call_at(DELETE, &[&id]).send_ignoring_body().await
    }
}

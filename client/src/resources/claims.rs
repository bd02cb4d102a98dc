//! What publishers have shown to be theirs.

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
pub struct Claims(pub(crate) Client);

impl Claims {
    /// A page of them, the newest first. An agent sees those about itself.
    pub async fn list(&self, query: &ClaimQuery) -> Result<List<Claim>> {
        self.0.call(LIST).query(query).fetch().await
    }

    /// Makes one. The answer says what to publish or sign.
    pub async fn create(&self, claim: &NewClaim) -> Result<Claim> {
        self.0.call(CREATE).json(claim).fetch().await
    }

    /// Reads one.
    pub async fn get(&self, id: ClaimId) -> Result<Claim> {
        self.0.call_at(GET, &[&id]).fetch().await
    }

    /// Lets it be checked now. One that does not succeed is no error: `last_failure` says what was found.
    pub async fn check(&self, id: ClaimId, check: &ClaimCheck) -> Result<Claim> {
        self.0.call_at(CHECK, &[&id]).json(check).fetch().await
    }

    /// Takes it back.
    pub async fn delete(&self, id: ClaimId) -> Result<()> {
        self.0.call_at(DELETE, &[&id]).done().await
    }
}

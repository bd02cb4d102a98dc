//! Actors: the authenticated callers, by token, client secret or session.

use crate::id::{AgentId, CredentialId, OrganizationId};
use crate::organization::State;
use crate::rejection::{Rejection, Resource};
use crate::scope::Scopes;
use crate::tier::{Limits, Tier};

/// Authenticated caller of an operation: the only source of the organization that the operation acts on.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Organization.
    pub organization_id: OrganizationId,
    /// Name of the organization.
    pub organization_name: String,
    /// State of the organization.
    pub state: State,
    /// Tier of the organization.
    pub tier: Tier,
    /// Agent; `None` for the organization itself.
    pub agent_id: Option<AgentId>,
    /// Credential; `None` for a session.
    pub credential_id: Option<CredentialId>,
    /// ID of the session, if any.
    pub session_id: Option<String>,
    /// Granted scopes.
    pub scopes: Scopes,
    /// Expiry of the credential, in milliseconds since 1970. `None` for never.
    pub credential_expires_at: Option<i64>,
    /// True once this credential has made a successful call.
    pub has_called: bool,
}

impl Actor {
    /// Returns the ID that the audit trail records: of the agent, or of the organization.
    pub fn audit_id(&self) -> String {
        match self.agent_id {
            Some(agent) => agent.to_string(),
            None => self.organization_id.to_string(),
        }
    }

    /// Caps an expiry at that of the agent's own credential: an agent can't grant anything that outlives it.
    pub fn cap_expiry(&self, expires_at: Option<i64>) -> Option<i64> {
        let own = self.credential_expires_at.filter(|_| self.agent_id.is_some());
        expires_at.into_iter().chain(own).min()
    }

    /// Returns true if the actor is exempt from limits: a verified organization in the Enterprise tier.
    pub fn is_unlimited(&self) -> bool {
        self.tier == Tier::Enterprise && self.state == State::Verified
    }

    /// Returns the limits of the organization.
    pub fn limits(&self) -> Limits {
        self.tier.limits_in(self.state)
    }

    /// Accepts an agent that the actor can read. An agent can read only itself and doesn't learn whether others exist.
    ///
    /// # Errors
    ///
    /// [`Rejection::NotFound`].
    pub fn require_access_to(&self, agent: AgentId) -> Result<(), Rejection> {
        match self.agent_id {
            Some(own) if own != agent => Err(Rejection::NotFound(Resource::Agent)),
            _ => Ok(()),
        }
    }

    /// Accepts a verified organization and its agents.
    ///
    /// # Errors
    ///
    /// [`Rejection::NotAllowed`].
    pub fn require_verified(&self) -> Result<(), Rejection> {
        if self.state == State::Verified {
            return Ok(());
        }
        Err(Rejection::NotAllowed(
            "Only an organization with a verified email address can do this. Open the link in the email from sign-up, or claim the organization first.",
        ))
    }

    /// Accepts the organization itself, but not its agents.
    ///
    /// # Errors
    ///
    /// [`Rejection::NotAllowed`].
    pub fn require_organization(&self) -> Result<(), Rejection> {
        match self.agent_id {
            Some(_) => Err(Rejection::NotAllowed(
                "Only the organization itself can do this. Use a token of its admin credential.",
            )),
            None => Ok(()),
        }
    }
}

//! The actor: whoever a token, a client secret or a session belongs to.

use crate::id::{AgentId, CredentialId, OrganizationId};
use crate::organization::State;
use crate::rejection::{Rejection, Resource};
use crate::scope::Scopes;
use crate::tier::{Limits, Tier};

/// The authenticated caller of an operation. The tenant is taken from here and from nowhere else.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The tenant's name.
    pub organization_name: String,
    /// How far the tenant has come.
    pub state: State,
    /// What it pays for.
    pub tier: Tier,
    /// The agent, where it is one.
    pub agent_id: Option<AgentId>,
    /// The credential, where it is no session.
    pub credential_id: Option<CredentialId>,
    /// The session, where it is one.
    pub session_id: Option<String>,
    /// What it may.
    pub scopes: Scopes,
    /// When the credential ends, if it does.
    pub credential_ends: Option<i64>,
    /// Whether this credential has had its first successful call.
    pub has_called: bool,
}

impl Actor {
    /// The identifier by which the audit trail names the actor.
    pub fn audit_id(&self) -> String {
        match self.agent_id {
            Some(agent) => agent.to_string(),
            None => self.organization_id.to_string(),
        }
    }

    /// The end of something that it makes: an agent gives nothing that lasts longer than what it was given itself.
    pub fn no_longer_than_own(&self, end: Option<i64>) -> Option<i64> {
        let own = self.credential_ends.filter(|_| self.agent_id.is_some());
        end.into_iter().chain(own).min()
    }

    /// Whether nothing is limited for it: it pays for that, and its address is confirmed.
    pub fn is_unlimited(&self) -> bool {
        self.tier == Tier::Enterprise && self.state == State::Verified
    }

    /// What its tenant may use.
    pub fn limits(&self) -> Limits {
        self.tier.limits_in(self.state)
    }

    /// Accepts an agent that the actor may see. An agent sees itself alone; of others not even that they exist.
    ///
    /// # Errors
    ///
    /// [`Rejection::NotFound`].
    pub fn require_sight_of(&self, agent: AgentId) -> Result<(), Rejection> {
        match self.agent_id {
            Some(own) if own != agent => Err(Rejection::NotFound(Resource::Agent)),
            _ => Ok(()),
        }
    }

    /// Accepts the organization itself, and none of its agents.
    ///
    /// # Errors
    ///
    /// [`Rejection::NotAllowed`].
    pub fn require_organization(&self) -> Result<(), Rejection> {
        match self.agent_id {
            Some(_) => {
                Err(Rejection::NotAllowed("only the organization may do this: use a token of its own credential"))
            }
            None => Ok(()),
        }
    }
}

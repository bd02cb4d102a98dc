//! Who calls, and that it may. The handler's signature says which scope it takes: `Caller<AgentsRead>`.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;

use crate::domain::id::{AgentId, CredentialId, OrganizationId};
use crate::domain::organization::State;
use crate::domain::scope::{Scope, Scopes};
use crate::domain::tier::{Limits, Tier};
use crate::error::ApiError;
use crate::tokens::TokenFault;

/// Who a token, a secret or a session belongs to. The tenant comes from here and from nowhere else.
#[derive(Clone, Debug)]
pub struct Identity {
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

impl Identity {
    /// Who did it, in the audit trail.
    pub fn actor(&self) -> String {
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
}

/// How a request proved who it is. The middleware puts it in.
#[derive(Clone, Debug)]
pub enum Authentication {
    /// It brought nothing.
    None,
    /// It brought something that does not hold.
    Refused(TokenFault),
    /// It did.
    Known(Arc<Identity>),
}

/// A scope as a type.
pub trait Required: Send + Sync + 'static {
    /// The scope.
    const SCOPE: Scope;
}

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Required for $name {
            const SCOPE: Scope = Scope::$name;
        })+
    };
}

scopes! {
    /// `agents:read`
    AgentsRead,
    /// `agents:write`
    AgentsWrite,
    /// `tokens:read`
    TokensRead,
    /// `audit:read`
    AuditRead,
    /// `admin:orgs`
    AdminOrgs,
}

/// A caller that has a scope.
#[derive(Clone, Debug)]
pub struct Caller<R>(Arc<Identity>, PhantomData<R>);

impl<R> std::ops::Deref for Caller<R> {
    type Target = Identity;

    fn deref(&self) -> &Identity {
        &self.0
    }
}

impl<R> Caller<R> {
    /// Whether it is about this agent: an agent sees itself alone, and of others not even that they exist.
    pub fn may_see(&self, agent: AgentId) -> Result<(), ApiError> {
        match self.agent_id {
            Some(own) if own != agent => Err(ApiError::NO_AGENT),
            _ => Ok(()),
        }
    }

    /// That it is the organization, and no agent of it.
    pub fn organization_alone(&self) -> Result<(), ApiError> {
        match self.agent_id {
            Some(_) => {
                Err(ApiError::NotAllowed("only the organization may do this: use a token of its own credential"))
            }
            None => Ok(()),
        }
    }

    /// Who it is.
    pub fn identity(&self) -> Arc<Identity> {
        Arc::clone(&self.0)
    }
}

impl<S: Send + Sync, R: Required> FromRequestParts<S> for Caller<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let scope = R::SCOPE;
        match parts.extensions.get::<Authentication>() {
            Some(Authentication::Known(identity)) if identity.scopes.has(scope) => {
                Ok(Self(Arc::clone(identity), PhantomData))
            }
            Some(Authentication::Known(_)) => Err(ApiError::Forbidden { scope }),
            Some(Authentication::Refused(reason)) => {
                Err(ApiError::Unauthorized { reason: Some(*reason), scope: Some(scope) })
            }
            Some(Authentication::None) | None => Err(ApiError::Unauthorized { reason: None, scope: Some(scope) }),
        }
    }
}

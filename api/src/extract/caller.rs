//! Authorization: the authenticated caller with a required scope, named in the handler's signature:
//! `Caller<AgentsRead>`.

use std::convert::Infallible;
use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use domain::actor::Actor;
use domain::id::OrganizationId;
use domain::organization::Status;
use domain::scope::Scope;
use http::request::Parts;

use crate::error::ApiError;
use crate::tokens::TokenFault;

/// Result of authentication, inserted by the middleware.
#[derive(Clone, Debug)]
pub enum Authentication {
    /// No credentials.
    None,
    /// Invalid token or session.
    Invalid(TokenFault),
    /// Authenticated.
    Authenticated(Arc<Actor>),
    /// Authenticated, but the organization can't act.
    Inactive(Arc<Actor>, Status),
}

/// Scope as a type.
pub trait RequiredScope: Send + Sync + 'static {
    /// Required scope.
    const SCOPE: Scope;
    /// True for the operations that an organization can use while it is suspended or its deletion is pending.
    const IN_ANY_STATUS: bool = false;
}

/// Scope of an operation that an organization can use in any status. Its agents can't.
#[derive(Clone, Copy, Debug)]
pub struct InAnyStatus<R>(PhantomData<R>);

impl<R: RequiredScope> RequiredScope for InAnyStatus<R> {
    const SCOPE: Scope = R::SCOPE;
    const IN_ANY_STATUS: bool = true;
}

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl RequiredScope for $name {
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

/// Authenticated caller with a scope.
#[derive(Clone, Debug)]
pub struct Caller<R>(Arc<Actor>, PhantomData<R>);

impl<R> std::ops::Deref for Caller<R> {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.0
    }
}

impl<R> Caller<R> {
    /// Returns the actor.
    pub fn actor(&self) -> Arc<Actor> {
        Arc::clone(&self.0)
    }
}

impl<S: Send + Sync, R: RequiredScope> FromRequestParts<S> for Caller<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let scope = R::SCOPE;
        match parts.extensions.get::<Authentication>() {
            Some(Authentication::Authenticated(identity)) if identity.scopes.contains(scope) => {
                Ok(Self(Arc::clone(identity), PhantomData))
            }
            Some(Authentication::Inactive(actor, status)) if !R::IN_ANY_STATUS || actor.agent_id.is_some() => {
                Err(ApiError::OrganizationInactive(status.clone()))
            }
            Some(Authentication::Inactive(actor, _)) if actor.scopes.contains(scope) => {
                Ok(Self(Arc::clone(actor), PhantomData))
            }
            Some(Authentication::Authenticated(_) | Authentication::Inactive(..)) => Err(ApiError::Forbidden { scope }),
            Some(Authentication::Invalid(reason)) => {
                Err(ApiError::Unauthorized { reason: Some(*reason), scope: Some(scope) })
            }
            Some(Authentication::None) | None => Err(ApiError::Unauthorized { reason: None, scope: Some(scope) }),
        }
    }
}

/// Organization that the caller controls, by a token or session with `admin:orgs` of the organization itself. None for
/// all other callers, without an error.
#[derive(Clone, Copy, Debug)]
pub struct ControlledOrganization(pub Option<OrganizationId>);

impl<S: Send + Sync> FromRequestParts<S> for ControlledOrganization {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let Some(Authentication::Authenticated(actor)) = parts.extensions.get::<Authentication>() else {
            return Ok(Self(None));
        };
        let controls = actor.agent_id.is_none() && actor.scopes.contains(Scope::AdminOrgs);
        Ok(Self(controls.then_some(actor.organization_id)))
    }
}

//! Authorization: the authenticated caller with a required scope, named in the handler's signature:
//! `Caller<AgentsRead>`.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use domain::actor::Actor;
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
}

/// Scope as a type.
pub trait RequiredScope: Send + Sync + 'static {
    /// Required scope.
    const SCOPE: Scope;
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
            Some(Authentication::Authenticated(_)) => Err(ApiError::Forbidden { scope }),
            Some(Authentication::Invalid(reason)) => {
                Err(ApiError::Unauthorized { reason: Some(*reason), scope: Some(scope) })
            }
            Some(Authentication::None) | None => Err(ApiError::Unauthorized { reason: None, scope: Some(scope) }),
        }
    }
}

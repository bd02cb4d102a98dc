//! How the service stands. A 503 is an answer here, and asked for once: who asks wants to know now.

use http::StatusCode;

use crate::operation::declare;
use crate::types::{DetailedHealth, HealthAnswer};
use crate::{Client, Result};

declare! {
    ALIVE = Get "getHealth" "/health", open;
    READY = Get "getReadiness" "/health/ready", open;
    DETAILED = Get "getDetailedHealth" "/health/detailed", open;
}

/// How the service stands.
#[derive(Clone, Debug)]
pub struct Health(pub(crate) Client);

impl Health {
    /// Whether the process lives.
    pub async fn alive(&self) -> Result<HealthAnswer> {
        self.0.call(ALIVE).fetch().await
    }

    /// Whether the process can answer.
    pub async fn ready(&self) -> Result<HealthAnswer> {
        self.0.call(READY).also(StatusCode::SERVICE_UNAVAILABLE).fetch().await
    }

    /// How each dependency stands.
    pub async fn detailed(&self) -> Result<DetailedHealth> {
        self.0.call(DETAILED).also(StatusCode::SERVICE_UNAVAILABLE).fetch().await
    }
}

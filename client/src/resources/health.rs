//! Health of the service. A 503 is a result here and is not retried: health checks need the current state.

use http::StatusCode;

use crate::operation::declare;
use crate::types::{DetailedHealth, HealthResponse};
use crate::{Client, Result};

declare! {
    ALIVE = Get "getHealth" "/health", public;
    READY = Get "getReadiness" "/health/ready", public;
    DETAILED = Get "getDetailedHealth" "/health/detailed", public;
}

/// Health of the service.
#[derive(Clone, Debug)]
pub struct Health(Client);

impl Client {
    /// Health of the service.
    pub fn health(&self) -> Health {
        Health(self.clone())
    }
}

impl Health {
    /// Liveness check.
    pub async fn alive(&self) -> Result<HealthResponse> {
        self.0.call(ALIVE).fetch().await
    }

    /// Readiness check.
    pub async fn ready(&self) -> Result<HealthResponse> {
        self.0.call(READY).accept_status(StatusCode::SERVICE_UNAVAILABLE).fetch().await
    }

    /// Health of each dependency.
    pub async fn detailed(&self) -> Result<DetailedHealth> {
        self.0.call(DETAILED).accept_status(StatusCode::SERVICE_UNAVAILABLE).fetch().await
    }
}

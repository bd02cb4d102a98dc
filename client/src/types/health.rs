//! Health of the service.

use serde::{Deserialize, Serialize};

use crate::open_enum::open_enum;

open_enum! {
    /// Health status.
    HealthStatus, Other {
        /// Healthy.
        Healthy = "healthy",
        /// Slow or partly unreachable.
        Degraded = "degraded",
        /// Unreachable.
        Unreachable = "unreachable",
    }
}

/// Response of the liveness and readiness checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HealthResponse {
    /// Status.
    pub status: HealthStatus,
}

/// Health with all dependencies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DetailedHealth {
    /// Overall status.
    pub status: HealthStatus,
    /// Dependencies.
    pub dependencies: Vec<Dependency>,
}

/// Dependency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Dependency {
    /// Name.
    pub name: String,
    /// Status.
    pub status: HealthStatus,
    /// Latency, in ms.
    pub latency_ms: f64,
}

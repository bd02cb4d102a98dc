//! How the service stands.

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// How something stands.
    HealthStatus, Other {
        /// All is well.
        Healthy = "healthy",
        /// It is slow, or some of it is out of reach.
        Degraded = "degraded",
        /// It can't be used.
        Unreachable = "unreachable",
    }
}

/// One word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HealthAnswer {
    /// How it stands.
    pub status: HealthStatus,
}

/// Each dependency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DetailedHealth {
    /// How it stands in all.
    pub status: HealthStatus,
    /// What it leans on.
    pub dependencies: Vec<Dependency>,
}

/// A dependency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Dependency {
    /// What it is.
    pub name: String,
    /// How it stands.
    pub status: HealthStatus,
    /// How long it took, in milliseconds.
    pub latency_ms: f64,
}

//! Shared parts of an HTTP server, for the API and the portal.
//!
//! [`connection`] accepts connections, [`client_address`] identifies clients, [`request_id`] identifies requests.
//! [`rate_limit`] limits requests, and [`draining`] stops the server gracefully. [`logs`] and [`metrics`] report to
//! operators; [`config`] and [`usage`] parse their settings; [`process`] starts and stops the process.
//!
//! Values are defined by the servers: time limits, policies, names of settings and metrics.
#![forbid(unsafe_code)]

pub mod client_address;
pub mod client_prefix;
pub mod config;
pub mod connection;
pub mod draining;
pub mod logs;
pub mod metrics;
pub mod process;
pub mod rate_limit;
pub mod request_id;
pub mod usage;

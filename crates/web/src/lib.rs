//! Shared parts of an HTTP server, for the API and the portal.
//!
//! [`connection`] accepts connections, [`client_address`] identifies clients, [`request_id`] identifies requests,
//! [`host`] checks whom they address.
//! [`rate_limit`] and [`query_limit`] limit requests, and [`draining`] stops the server gracefully. [`logs`] and [`metrics`] report to
//! operators; [`config`] and [`usage`] parse their settings; [`process`] starts and stops the process.
//!
//! Values are defined by the servers: time limits, policies, names of settings and metrics.
#![forbid(unsafe_code)]

pub mod client_address;
pub mod client_prefix;
pub mod config;
pub mod connection;
pub mod draining;
pub mod host;
pub mod logs;
pub mod metrics;
pub mod process;
pub mod query_limit;
pub mod rate_limit;
pub mod request_id;
pub mod usage;

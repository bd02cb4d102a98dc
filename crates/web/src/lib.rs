//! The mechanism of an HTTP server, shared by the API and the portal.
//!
//! A connection is accepted by [`connection`], its client identified by [`client_address`], its request by
//! [`request_id`]. [`rate_limit`] counts, [`draining`] announces the end. [`logs`] and [`metrics`] report to
//! operators; [`config`] and [`usage`] read what operators set; [`process`] starts and stops.
//!
//! Values belong to the servers: time limits, policies, names of settings and metrics.
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

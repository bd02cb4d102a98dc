//! Tiers.

pub mod status;

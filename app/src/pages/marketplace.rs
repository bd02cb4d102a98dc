//! Marketplace pages: list, agent, publisher, document verification, report, removed agent, disabled marketplace.

pub(crate) mod agent;
pub(crate) mod check;
pub(crate) mod gone;
pub(crate) mod list;
pub(crate) mod off;
pub(crate) mod publisher;
pub(crate) mod report;

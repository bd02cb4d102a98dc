//! The marketplace: lists of agents, an agent, its publisher, its check, a report, and what stands where there is none.

pub(crate) mod agent;
pub(crate) mod check;
pub(crate) mod gone;
pub(crate) mod list;
pub(crate) mod off;
pub(crate) mod publisher;
pub(crate) mod report;

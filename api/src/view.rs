//! What answers show: plain data made from rows, an allow-list each. Nothing is shown because it is in a table.

pub mod agent;
pub mod audit;
pub mod card;
pub mod claim;
pub mod credential;
pub mod list;
pub mod listing;
pub mod organization;
pub mod session;

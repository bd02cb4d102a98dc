//! What readers send: one form a file. Check, keep, redirect.

pub mod feedback;
pub mod report;

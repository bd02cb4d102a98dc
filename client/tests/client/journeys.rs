//! The client against the real API, in a process of its own.

mod agent;
mod organization;
mod refusals;
mod support;

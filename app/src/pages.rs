//! Pages, one file for each kind.

pub(crate) mod account;
pub(crate) mod article;
pub(crate) mod changelog;
pub(crate) mod did_web;
pub(crate) mod error;
pub(crate) mod home;
pub(crate) mod marketplace;
pub(crate) mod not_found;
pub(crate) mod onboarding;
pub(crate) mod release;
pub(crate) mod search;
pub(crate) mod status;
pub(crate) mod thanks;

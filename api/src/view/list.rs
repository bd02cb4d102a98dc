//! A page of a list.

use serde::Serialize;
use store::Page;
use utoipa::ToSchema;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// What is on it.
    pub data: Vec<T>,
    /// How many there are in all.
    pub total: u64,
    /// Which page this is, from 1 on.
    pub page: u64,
    /// How many are on a page at most.
    pub limit: u64,
}

impl<T> List<T> {
    /// A page.
    pub fn new(data: Vec<T>, total: u64, page: Page) -> Self {
        Self { data, total, page: page.number, limit: page.limit }
    }
}

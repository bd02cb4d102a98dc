//! Pages of lists.

use serde::Serialize;
use store::Page;
use utoipa::ToSchema;

/// Page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// Items on this page.
    pub data: Vec<T>,
    /// Total number of items.
    pub total: u64,
    /// Page number, starting at 1.
    pub page: u64,
    /// Items per page.
    pub limit: u64,
}

impl<T> List<T> {
    /// Creates a page.
    pub fn new(data: Vec<T>, total: u64, page: Page) -> Self {
        Self { data, total, page: page.number, limit: page.limit }
    }
}

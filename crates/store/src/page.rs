//! Pages of a list.

/// Page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Page number, from 1.
    pub number: u64,
    /// Rows per page.
    pub limit: u64,
}

impl Page {
    /// Returns the number of rows before the page.
    pub(crate) fn offset(self) -> u64 {
        self.number.saturating_sub(1).saturating_mul(self.limit)
    }
}

/// Rows of a page, with the total of the list.
#[derive(Clone, Debug)]
pub struct PageRows<T> {
    /// Rows.
    pub rows: Vec<T>,
    /// Total number of rows.
    pub total: u64,
}

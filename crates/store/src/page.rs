//! Pages of a list.

/// A page of a list, from 1 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The number of the page, from 1 on.
    pub number: u64,
    /// Rows on a page, at most.
    pub limit: u64,
}

impl Page {
    /// Rows before the page.
    pub(crate) fn offset(self) -> u64 {
        self.number.saturating_sub(1).saturating_mul(self.limit)
    }
}

/// The rows of a page, and how many rows the whole list has.
#[derive(Clone, Debug)]
pub struct PageOf<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Rows on all pages.
    pub total: u64,
}

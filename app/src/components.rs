//! Building blocks of pages. No page logic, no I/O: each component renders the values it receives.

pub(crate) mod agents;
pub(crate) mod crumbs;
pub(crate) mod feedback;
pub(crate) mod field;
pub(crate) mod footer;
pub(crate) mod header;
pub(crate) mod listing;
pub(crate) mod marked;
pub(crate) mod pager;
pub(crate) mod problems;
pub(crate) mod prose;
pub(crate) mod rosette;
pub(crate) mod secret;
pub(crate) mod sidebar;
pub(crate) mod stale;
pub(crate) mod stamp;
pub(crate) mod summary;
pub(crate) mod textarea;
pub(crate) mod toc;
pub(crate) mod tools;

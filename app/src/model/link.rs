//! Links within pages.

/// Link with its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Link {
    /// Text.
    pub title: String,
    /// URL.
    pub href: String,
}

/// Breadcrumb: an ancestor of the page within its section.
pub type Crumb = Link;

/// Page with its description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Page.
    pub link: Link,
    /// Description.
    pub description: String,
}

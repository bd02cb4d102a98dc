//! Links within pages.

/// A link with its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Link {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub href: String,
}

/// A step of the way from the section's root to the page. The page itself is not among them.
pub type Crumb = Link;

/// A page with a sentence about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The page.
    pub link: Link,
    /// What it is about.
    pub description: String,
}

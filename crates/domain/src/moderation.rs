//! What operators decide about published agents, and for what reasons.

use serde::{Deserialize, Serialize};

use super::agent::Word;

/// The class of a reason, of reports and of decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// It says to be somebody else's.
    Impersonation,
    /// It harms those who use it.
    Malware,
    /// It is there to be seen, not to be used.
    Spam,
    /// It breaks the law.
    Illegal,
    /// It is not what it says.
    Misleading,
    /// Something else.
    Other,
}

impl Word for Reason {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Impersonation, "impersonation"),
        (Self::Malware, "malware"),
        (Self::Spam, "spam"),
        (Self::Illegal, "illegal"),
        (Self::Misleading, "misleading"),
        (Self::Other, "other"),
    ];
}

/// How an agent stands with the operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Moderation {
    /// As any other.
    Visible,
    /// Shown, with a warning.
    Flagged,
    /// Taken out of the marketplace.
    Hidden,
}

impl Word for Moderation {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Visible, "visible"), (Self::Flagged, "flagged"), (Self::Hidden, "hidden")];
}

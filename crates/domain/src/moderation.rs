//! Moderation of published agents: states and reasons.

use serde::{Deserialize, Serialize};

use super::agent::TextForm;

/// Reason of a report or a moderation decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ReportReason))]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// Impersonates someone.
    Impersonation,
    /// Harms its users.
    Malware,
    /// Spam.
    Spam,
    /// Illegal.
    Illegal,
    /// Misleading description.
    Misleading,
    /// Other reason.
    Other,
}

impl TextForm for Reason {
    const TEXTS: &'static [(Self, &'static str)] = &[
        (Self::Impersonation, "impersonation"),
        (Self::Malware, "malware"),
        (Self::Spam, "spam"),
        (Self::Illegal, "illegal"),
        (Self::Misleading, "misleading"),
        (Self::Other, "other"),
    ];
}

/// Moderation state of an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Moderation {
    /// Not moderated.
    Visible,
    /// Shown with a warning.
    Flagged,
    /// Hidden from the marketplace.
    Hidden,
}

impl TextForm for Moderation {
    const TEXTS: &'static [(Self, &'static str)] =
        &[(Self::Visible, "visible"), (Self::Flagged, "flagged"), (Self::Hidden, "hidden")];
}

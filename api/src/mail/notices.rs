//! Emails to the owner of an organization about what happened to it.

use domain::time::rfc3339;

use super::Email;

/// Actions of operators on an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorAction {
    /// Suspend it.
    Suspend,
    /// Lift the suspension, or cancel the deletion.
    Restore,
    /// Request its deletion. The time is in milliseconds since 1970.
    Delete {
        /// Time of the deletion.
        at: i64,
    },
    /// End all credentials and sessions.
    EndCredentials,
}

/// Email about a deletion that the organization requested.
pub fn deletion(name: &str, at: i64, link: &str) -> Email {
    Email::new("Your organization at SentryAgent.ai is being deleted")
        .text(format!(
            "The deletion of your organization \"{name}\" was requested with one of its admin credentials or sessions."
        ))
        .text(format!(
            "Its agents are no longer listed, and tokens and credentials are refused. All data will be deleted on {}.",
            rfc3339(at)
        ))
        .text("To keep the organization, restore it before then. The link works once.")
        .action("Restore organization", link)
        .text("If you requested the deletion, there is nothing to do.")
}

/// Email about a decision of the operator.
pub fn decision(name: &str, action: OperatorAction, reason: &str) -> Email {
    let (subject, change) = match action {
        OperatorAction::Suspend => (
            "Your organization at SentryAgent.ai was suspended",
            "was suspended: its agents are no longer listed, and its tokens and credentials are refused".to_owned(),
        ),
        OperatorAction::Restore => (
            "Your organization at SentryAgent.ai was restored",
            "was restored: it is active again, and its agents are listed again".to_owned(),
        ),
        OperatorAction::Delete { at } => (
            "Your organization at SentryAgent.ai is being deleted",
            format!(
                "is being deleted: its agents are no longer listed, and its tokens and credentials are refused. All data \
                 will be deleted on {}. Until then, its admin credential can restore it",
                rfc3339(at)
            ),
        ),
        OperatorAction::EndCredentials => (
            "The credentials of your organization at SentryAgent.ai were revoked",
            "has no valid credentials or sessions any more. To get a new admin credential, recover the organization with \
             this email address"
                .to_owned(),
        ),
    };
    let email =
        Email::new(subject).text(format!("Your organization \"{name}\" {change}.")).text(format!("Reason: {reason}"));
    match action {
        OperatorAction::Restore => email,
        _ => email.text(
            "To appeal, reply to this email; a person will review the decision. It is recorded in your audit trail.",
        ),
    }
}

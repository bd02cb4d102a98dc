//! Emails of sign-up: one link, the same call with curl, and what to do if the recipient didn't request it. Emails to
//! unverified addresses contain no text written by others.

use crate::mail::Email;

/// Email to verify an address.
pub(super) fn verify(link: &str, call: &str) -> Email {
    Email::new("Verify your email address for SentryAgent.ai")
        .text("Someone, probably you, signed up at SentryAgent.ai with this email address.")
        .text("The link works once and expires in 24 hours.")
        .action("Verify email address", link)
        .text("Or run:")
        .command(call)
        .text("If you didn't sign up, ignore this email. Nobody can publish anything in your name.")
}

/// Email to claim a provisional organization.
pub(super) fn claim(link: &str, call: &str) -> Email {
    Email::new("Claim your organization at SentryAgent.ai")
        .text(
            "Someone, probably you or one of your agents, wants to assign an organization at SentryAgent.ai to this email \
             address.",
        )
        .text("The link works once and expires in 24 hours.")
        .action("Claim organization", link)
        .text("Or run:")
        .command(call)
        .text("If you didn't request this, ignore this email. The organization will expire.")
}

/// Email to an address that already has an organization.
pub(super) fn already_registered(name: &str, recover: &str) -> Email {
    Email::new("You already have an organization at SentryAgent.ai")
        .text(format!(
            "Someone, probably you, signed up at SentryAgent.ai with this email address. It already belongs to your \
             organization \"{name}\", so it can't verify a new one."
        ))
        .text("If you lost the client secret, create a new credential. This revokes the old ones.")
        .action("Recover organization", recover)
        .text("If you didn't request this, ignore this email. Nothing has changed.")
}

/// Email to recover an organization.
pub(super) fn recover(link: &str, call: &str) -> Email {
    Email::new("Recover your organization at SentryAgent.ai")
        .text("Someone, probably you, requested a new admin credential for your organization at SentryAgent.ai.")
        .text("The link works once and expires in an hour. It revokes the old admin credentials and all sessions.")
        .action("Create a new credential", link)
        .text("Or run:")
        .command(call)
        .text("If you didn't request this, ignore this email. Nothing has changed.")
}

//! What mails say: one link, the same by curl, and what to do if it was not you. To an address that nobody has confirmed, they
//! hold nothing that a stranger wrote.

use crate::mail::Letter;

/// Confirm an address.
pub(super) fn verify(link: &str, call: &str) -> Letter {
    Letter::new("Confirm your address for SentryAgent.ai")
        .text("Somebody, most likely you, signed up at SentryAgent.ai with this address.")
        .text("The link works once, for 24 hours.")
        .action("Confirm the address", link)
        .text("Or by curl:")
        .command(call)
        .text("If it was not you, do nothing: nobody can publish anything in your name.")
}

/// Take a provisional organization over.
pub(super) fn claim(link: &str, call: &str) -> Letter {
    Letter::new("Claim your organization at SentryAgent.ai")
        .text(
            "Somebody, most likely you or an agent of yours, asks to put an organization at SentryAgent.ai into the hands of \
             this address.",
        )
        .text("The link works once, for 24 hours.")
        .action("Take it over", link)
        .text("Or by curl:")
        .command(call)
        .text("If it was not you, do nothing: the organization ends by itself.")
}

/// An address that is known already.
pub(super) fn known(name: &str, recover: &str) -> Letter {
    Letter::new("You have an organization at SentryAgent.ai already")
        .text(format!(
            "Somebody, most likely you, signed up at SentryAgent.ai with this address. It belongs to your organization \
             \"{name}\" already, so a new one can't be confirmed with it."
        ))
        .text("If you lost its credential, make a new one. Its old ones stop working.")
        .action("Make a new credential", recover)
        .text("If it was not you, do nothing: nothing has changed.")
}

/// A new admin credential.
pub(super) fn recover(link: &str, call: &str) -> Letter {
    Letter::new("A new credential for SentryAgent.ai")
        .text("Somebody, most likely you, asks for a new admin credential of your organization at SentryAgent.ai.")
        .text("The link works once, for an hour. The old admin credentials and all sessions end with it.")
        .action("Make a new credential", link)
        .text("Or by curl:")
        .command(call)
        .text("If it was not you, do nothing: nothing has changed.")
}

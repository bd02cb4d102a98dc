//! Emails of sign-up: whose organization it is, one link, the same call with curl, and what to do if the recipient
//! didn't request it.

use domain::time::rfc3339;
use store::signup::OrganizationFacts;

use crate::mail::Email;

/// Describes the organization of a link, so that its recipient can tell whether it is theirs.
fn describe(facts: &OrganizationFacts) -> String {
    let row = &facts.organization;
    let count = |number: u64, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let from = row.signup_network.as_ref().map(|network| format!(" from the network {network}")).unwrap_or_default();
    format!(
        "Organization: {}, created on {}{from}. It has {} and {}.",
        quote(&row.name, &row.id),
        rfc3339(row.created_at),
        count(facts.agent_count, "agent"),
        count(facts.credential_count, "active credential"),
    )
}

/// Quotes the name of an organization with its ID. The sender of the sign-up chose the name: one that a mail program
/// could show as a link is left out.
fn quote(name: &str, id: &str) -> String {
    let is_plain = name.chars().all(|letter| letter.is_alphanumeric() || " -_'&,()".contains(letter));
    if is_plain { format!("\"{name}\" (ID {id})") } else { format!("ID {id}") }
}

/// Email to verify an address.
pub(super) fn verify(facts: &OrganizationFacts, link: &str, call: &str) -> Email {
    Email::new("Verify your email address for SentryAgent.ai")
        .text("Someone, probably you, signed up at SentryAgent.ai with this email address.")
        .text(describe(facts))
        .text("The link works once and expires in 24 hours. Its page shows the organization and asks what to do.")
        .action("Verify email address", link)
        .text(TERMINAL)
        .command(call)
        .text("If you didn't sign up, select \"Not mine\" on that page, or ignore this email. Until you confirm it, nobody can publish anything in your name.")
}

/// Email to claim a provisional organization.
pub(super) fn claim(facts: &OrganizationFacts, link: &str, call: &str) -> Email {
    Email::new("Claim your organization at SentryAgent.ai")
        .text(
            "Someone, probably you or one of your agents, wants to assign an organization at SentryAgent.ai to this email \
             address.",
        )
        .text(describe(facts))
        .text("The link works once and expires in 24 hours. Its page shows the organization and asks what to do.")
        .action("Claim organization", link)
        .text(TERMINAL)
        .command(call)
        .text("If you didn't request this, select \"Not mine\" on that page, or ignore this email. The organization will expire.")
}

/// Introduction of the command.
const TERMINAL: &str = "Or run this command. It revokes the credentials and sessions that the organization has; if you \
                        created them, replace \"revoke\" by \"keep\".";

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
pub(super) fn recover(facts: &OrganizationFacts, link: &str, call: &str) -> Email {
    Email::new("Recover your organization at SentryAgent.ai")
        .text("Someone, probably you, requested a new admin credential for your organization at SentryAgent.ai.")
        .text(describe(facts))
        .text("The link works once and expires in an hour. It revokes the old admin credentials and all sessions.")
        .action("Create a new credential", link)
        .text("Or run:")
        .command(call)
        .text("If you didn't request this, ignore this email. Nothing has changed.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_be_shown_as_a_link_is_left_out() {
        assert_eq!(quote("Ærø & Söhne (Test)", "1"), "\"Ærø & Söhne (Test)\" (ID 1)");
        for hostile in ["Win at evil.example", "https://evil", "a@b", "<b>x</b>", "x\u{202e}y"] {
            assert_eq!(quote(hostile, "1"), "ID 1", "{hostile}");
        }
    }
}

//! What mails say. Plain text, one link, the same by curl, and what to do if it was not you. To an address that nobody
//! has confirmed, they hold nothing that a stranger wrote.

/// Confirm an address.
pub(super) fn verify(link: &str, call: &str) -> String {
    format!(
        "Somebody, most likely you, signed up at SentryAgent.ai with this address.\n\n\
         Confirm the address here (the link works once, for 24 hours):\n\n{link}\n\n\
         Or by curl:\n\n{call}\n\n\
         If it was not you, do nothing: nobody can publish anything in your name.\n"
    )
}

/// Take a provisional organization over.
pub(super) fn claim(link: &str, call: &str) -> String {
    format!(
        "Somebody, most likely you or an agent of yours, asks to put an organization at SentryAgent.ai into the hands of \
         this address.\n\n\
         Confirm it here (the link works once, for 24 hours):\n\n{link}\n\n\
         Or by curl:\n\n{call}\n\n\
         If it was not you, do nothing: the organization ends by itself.\n"
    )
}

/// An address that is known already.
pub(super) fn known(name: &str, recover: &str) -> String {
    format!(
        "Somebody, most likely you, signed up at SentryAgent.ai with this address. It belongs to your organization \
         \"{name}\" already, so a new one can't be confirmed with it.\n\n\
         If you lost its credential, make a new one here. Its old ones stop working:\n\n{recover}\n\n\
         If it was not you, do nothing: nothing has changed.\n"
    )
}

/// A new admin credential.
pub(super) fn recover(link: &str, call: &str) -> String {
    format!(
        "Somebody, most likely you, asks for a new admin credential of your organization at SentryAgent.ai.\n\n\
         Make it here (the link works once, for an hour). The old admin credentials and all sessions end with it:\n\n{link}\n\n\
         Or by curl:\n\n{call}\n\n\
         If it was not you, do nothing: nothing has changed.\n"
    )
}

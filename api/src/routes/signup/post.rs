//! Links by mail: made and sent behind the answer, which takes as long for an address that nobody knows.

use std::sync::Arc;

use domain::email::Email;
use domain::id::OrganizationId;
use domain::secret::{Purpose, Secret};
use serde_json::json;
use store::organizations;
use store::parse_stored as stored;
use store::records::OrganizationRecord;
use store::signup::{self, LinkPurpose};

use super::mails;
use crate::error::ApiError;
use crate::limits::Key;
use crate::mail::Letter;
use crate::state::App;

/// Sends a link that puts an organization into the hands of an address, or confirms the address of one. An address that
/// belongs to an organization already is told so instead.
pub(super) fn confirmation(app: &Arc<App>, id: OrganizationId, purpose: LinkPurpose, email: Email) {
    let app = Arc::clone(app);
    tokio::spawn(async move {
        let sent = async {
            match organizations::find_verified(&app.store, &email).await? {
                Some(known) => {
                    known_already(&app, &known);
                    Ok(())
                }
                None => link(&app, id, purpose, &email).await,
            }
        };
        if let Err(error) = sent.await {
            tracing::error!(%error, "a link could not be sent");
        }
    });
}

/// Sends a link that makes a new admin credential, if somebody has this address confirmed.
pub(super) fn recovery(app: &Arc<App>, email: Email) {
    let app = Arc::clone(app);
    tokio::spawn(async move {
        let sent = async {
            let Some(row) = organizations::find_verified(&app.store, &email).await? else { return Ok(()) };
            // To the address that was confirmed, however the one that was asked for is spelt.
            let Some(own) = address(&row) else { return Ok(()) };
            link(&app, stored(&row.id)?, LinkPurpose::Recover, &own).await
        };
        if let Err(error) = sent.await {
            tracing::error!(%error, "a link could not be sent");
        }
    });
}

fn known_already(app: &App, known: &OrganizationRecord) {
    if let Some(own) = address(known) {
        let page = app.config.portal_page("/recover");
        send(app, LinkPurpose::Verify, &own, &mails::known(&known.name, &page));
    }
}

fn address(row: &OrganizationRecord) -> Option<Email> {
    row.email.as_deref().and_then(|email| Email::read(email).ok())
}

async fn link(app: &App, id: OrganizationId, purpose: LinkPurpose, email: &Email) -> Result<(), ApiError> {
    let code = Secret::make(Purpose::Link)?;
    let (hash, now, to) = (app.keys.pepper().hash(&code), app.clock.now(), email.clone());
    signup::create_link(&app.store, id, hash, purpose, to, now).await?;
    let (path, operation) = match purpose {
        LinkPurpose::Verify | LinkPurpose::Claim => ("verify", "verify"),
        LinkPurpose::Recover => ("recover", "recover/confirm"),
    };
    let page = app.config.portal_page(&format!("/{path}/{}", code.reveal()));
    let sent = json!({ "token": code.reveal() });
    let call = format!("curl {}/api/v1/signup/{operation} --json '{sent}'", app.issuer);
    let letter = match purpose {
        LinkPurpose::Verify => mails::verify(&page, &call),
        LinkPurpose::Claim => mails::claim(&page, &call),
        LinkPurpose::Recover => mails::recover(&page, &call),
    };
    send(app, purpose, email, &letter);
    Ok(())
}

/// Sends a mail, unless this mailbox had enough of its kind: nobody is told, but him who reads the log. Kinds are counted
/// apart, so that nobody keeps an owner from recovering by asking for other mails.
fn send(app: &App, purpose: LinkPurpose, to: &Email, letter: &Letter) {
    if app.limits.take(Key::Recipient(purpose.as_str(), to.key())).is_ok() {
        app.mail.send(to, letter);
    } else {
        tracing::warn!("a mail was not sent: its recipient had the most of this hour");
    }
}

//! Links by mail: made and sent behind the answer, which takes as long for an address that nobody knows.

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
use crate::services::SignupService;

/// Sends a link that puts an organization into the hands of an address, or confirms the address of one. An address that
/// belongs to an organization already is told so instead.
pub(super) fn confirmation(service: &SignupService, id: OrganizationId, purpose: LinkPurpose, email: Email) {
    let service = service.clone();
    tokio::spawn(async move {
        let sent = async {
            match organizations::find_verified(&service.registry.store, &email).await? {
                Some(known) => {
                    known_already(&service, &known);
                    Ok(())
                }
                None => link(&service, id, purpose, &email).await,
            }
        };
        if let Err(error) = sent.await {
            tracing::error!(%error, "a link could not be sent");
        }
    });
}

/// Sends a link that makes a new admin credential, if somebody has this address confirmed.
pub(super) fn recovery(service: &SignupService, email: Email) {
    let service = service.clone();
    tokio::spawn(async move {
        let sent = async {
            let Some(row) = organizations::find_verified(&service.registry.store, &email).await? else { return Ok(()) };
            // To the address that was confirmed, however the one that was asked for is spelt.
            let Some(own) = address(&row) else { return Ok(()) };
            link(&service, stored(&row.id)?, LinkPurpose::Recover, &own).await
        };
        if let Err(error) = sent.await {
            tracing::error!(%error, "a link could not be sent");
        }
    });
}

fn known_already(service: &SignupService, known: &OrganizationRecord) {
    if let Some(own) = address(known) {
        let page = service.origins.portal_page("/recover");
        send(service, LinkPurpose::Verify, &own, &mails::known(&known.name, &page));
    }
}

fn address(row: &OrganizationRecord) -> Option<Email> {
    row.email.as_deref().and_then(|email| Email::read(email).ok())
}

async fn link(
    service: &SignupService,
    id: OrganizationId,
    purpose: LinkPurpose,
    email: &Email,
) -> Result<(), ApiError> {
    let code = Secret::make(Purpose::Link)?;
    let (hash, now, to) = (service.keys.pepper().hash(&code), service.registry.now(), email.clone());
    signup::create_link(&service.registry.store, id, hash, purpose, to, now).await?;
    let (path, operation) = match purpose {
        LinkPurpose::Verify | LinkPurpose::Claim => ("verify", "verify"),
        LinkPurpose::Recover => ("recover", "recover/confirm"),
    };
    let page = service.origins.portal_page(&format!("/{path}/{}", code.reveal()));
    let sent = json!({ "token": code.reveal() });
    let call = format!("curl {}/api/v1/signup/{operation} --json '{sent}'", service.origins.issuer);
    let letter = match purpose {
        LinkPurpose::Verify => mails::verify(&page, &call),
        LinkPurpose::Claim => mails::claim(&page, &call),
        LinkPurpose::Recover => mails::recover(&page, &call),
    };
    send(service, purpose, email, &letter);
    Ok(())
}

/// Sends a mail, unless this mailbox had enough of its kind: nobody is told, but him who reads the log. Kinds are counted
/// apart, so that nobody keeps an owner from recovering by asking for other mails.
fn send(service: &SignupService, purpose: LinkPurpose, to: &Email, letter: &Letter) {
    if service.throttle.take(Key::Recipient(purpose.as_str(), to.key())).is_ok() {
        service.mailer.send(to, letter);
    } else {
        tracing::warn!("a mail was not sent: its recipient had the most of this hour");
    }
}

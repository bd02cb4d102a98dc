//! Emailed links, created and sent in the background, so that response times don't reveal which addresses are known.

use domain::email::Email as EmailAddress;
use domain::id::OrganizationId;
use domain::secret::{Purpose, Secret};
use serde_json::json;
use store::organizations;
use store::parse_stored as stored;
use store::records::OrganizationRecord;
use store::signup::{self, LinkPurpose};

use super::emails;
use crate::error::ApiError;
use crate::limits::Key;
use crate::mail::Email;
use crate::services::SignupService;

/// Emails a link that verifies an address or claims an organization. If the address already has an organization, emails
/// that instead.
pub(super) fn send_verification(
    service: &SignupService,
    id: OrganizationId,
    purpose: LinkPurpose,
    email: EmailAddress,
) {
    let service = service.clone();
    tokio::spawn(async move {
        let sent = async {
            match organizations::find_verified(&service.registry.store, &email).await? {
                Some(known) => {
                    already_registered(&service, &known);
                    Ok(())
                }
                None => send_link(&service, id, purpose, &email).await,
            }
        };
        if let Err(error) = sent.await {
            tracing::error!(%error, "could not send a link");
        }
    });
}

/// Emails a recovery link, if the address belongs to a verified organization.
pub(super) fn send_recovery(service: &SignupService, email: EmailAddress) {
    let service = service.clone();
    tokio::spawn(async move {
        let sent = async {
            let Some(row) = organizations::find_verified(&service.registry.store, &email).await? else { return Ok(()) };
            // Uses the verified address, not the requested spelling.
            let Some(own) = address(&row) else { return Ok(()) };
            send_link(&service, stored(&row.id)?, LinkPurpose::Recover, &own).await
        };
        if let Err(error) = sent.await {
            tracing::error!(%error, "could not send a link");
        }
    });
}

fn already_registered(service: &SignupService, known: &OrganizationRecord) {
    if let Some(own) = address(known) {
        let page = service.origins.portal_page("/recover");
        send_limited(service, LinkPurpose::Verify, &own, &emails::already_registered(&known.name, &page));
    }
}

fn address(row: &OrganizationRecord) -> Option<EmailAddress> {
    row.email.as_deref().and_then(|email| EmailAddress::parse(email).ok())
}

async fn send_link(
    service: &SignupService,
    id: OrganizationId,
    purpose: LinkPurpose,
    email: &EmailAddress,
) -> Result<(), ApiError> {
    let code = Secret::generate(Purpose::Link)?;
    let (hash, now, to) = (service.keys.pepper().hash(&code), service.registry.now(), email.clone());
    signup::create_link(&service.registry.store, id, hash, purpose, to, now).await?;
    let (path, operation) = match purpose {
        LinkPurpose::Verify | LinkPurpose::Claim => ("verify", "verify"),
        LinkPurpose::Recover => ("recover", "recover/confirm"),
    };
    let page = service.origins.portal_page(&format!("/{path}/{}", code.reveal()));
    let sent = json!({ "token": code.reveal() });
    let call = format!("curl {}/api/v1/signup/{operation} --json '{sent}'", service.origins.issuer);
    let message = match purpose {
        LinkPurpose::Verify => emails::verify(&page, &call),
        LinkPurpose::Claim => emails::claim(&page, &call),
        LinkPurpose::Recover => emails::recover(&page, &call),
    };
    send_limited(service, purpose, email, &message);
    Ok(())
}

/// Sends an email unless its recipient has reached the limit for its kind, which only the log reports. Kinds are
/// counted separately, so that nobody can block recovery emails by requesting other ones.
fn send_limited(service: &SignupService, purpose: LinkPurpose, to: &EmailAddress, message: &Email) {
    if service.throttle.take(Key::Recipient(purpose.as_str(), to.key())).is_ok() {
        service.mailer.send(to, message);
    } else {
        tracing::warn!("skipped an email: its recipient reached the hourly limit");
    }
}

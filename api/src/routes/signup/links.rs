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
/// that instead. Both ways take the same steps: link, event in the caller's audit trail, limit, email. Otherwise a caller
/// could find out which addresses have an organization.
pub(super) fn send_verification(
    service: &SignupService,
    id: OrganizationId,
    purpose: LinkPurpose,
    email: EmailAddress,
) {
    let service = service.clone();
    tokio::spawn(async move {
        let sent = async {
            let known = organizations::find_verified(&service.registry.store, &email).await?;
            // Nobody receives the code of a link to an address that is taken.
            let code = create_link(&service, id, purpose, &email).await?;
            let (to, message) = match &known {
                Some(known) => {
                    let page = service.origins.portal_page("/recover");
                    (address(known), emails::already_registered(&known.name, &page))
                }
                None => (Some(email.clone()), link_email(&service, purpose, &code)),
            };
            if let Some(to) = to.filter(|_| is_allowed(&service, purpose, &email)) {
                service.mailer.send(&to, &message);
            }
            Ok::<_, ApiError>(())
        };
        if let Err(error) = sent.await {
            tracing::error!(%error, "could not send a link");
        }
    });
}

/// Emails a recovery link, if the address belongs to a verified organization. The limit comes first: strangers can
/// request links, and must not fill the organization's audit trail.
pub(super) fn send_recovery(service: &SignupService, email: EmailAddress) {
    let service = service.clone();
    tokio::spawn(async move {
        let sent = async {
            let Some(row) = organizations::find_verified(&service.registry.store, &email).await? else { return Ok(()) };
            // Uses the verified address, not the requested spelling.
            let Some(own) = address(&row).filter(|own| is_allowed(&service, LinkPurpose::Recover, own)) else {
                return Ok(());
            };
            let code = create_link(&service, stored(&row.id)?, LinkPurpose::Recover, &own).await?;
            service.mailer.send(&own, &link_email(&service, LinkPurpose::Recover, &code));
            Ok::<_, ApiError>(())
        };
        if let Err(error) = sent.await {
            tracing::error!(%error, "could not send a link");
        }
    });
}

fn address(row: &OrganizationRecord) -> Option<EmailAddress> {
    row.email.clone().map(EmailAddress::stored)
}

/// Creates a link to an organization. Returns its code.
async fn create_link(
    service: &SignupService,
    id: OrganizationId,
    purpose: LinkPurpose,
    email: &EmailAddress,
) -> Result<Secret, ApiError> {
    let code = Secret::generate(Purpose::Link)?;
    let (hash, now) = (service.keys.pepper().hash(&code), service.registry.now());
    signup::create_link(&service.registry.store, id, hash, purpose, email.clone(), now).await?;
    Ok(code)
}

/// Builds the email with the link of a code.
fn link_email(service: &SignupService, purpose: LinkPurpose, code: &Secret) -> Email {
    let (path, operation) = match purpose {
        LinkPurpose::Verify | LinkPurpose::Claim => ("verify", "verify"),
        LinkPurpose::Recover => ("recover", "recover/confirm"),
    };
    let page = service.origins.portal_page(&format!("/{path}/{}", code.reveal()));
    let sent = json!({ "token": code.reveal() });
    let call = format!("curl {}/api/v1/signup/{operation} --json '{sent}'", service.origins.issuer);
    match purpose {
        LinkPurpose::Verify => emails::verify(&page, &call),
        LinkPurpose::Claim => emails::claim(&page, &call),
        LinkPurpose::Recover => emails::recover(&page, &call),
    }
}

/// Counts an email to a recipient. False if the mailbox has reached the limit for its kind, or its domain the limit for
/// emails other than recoveries, which only the log reports. Kinds are counted separately, so that nobody can block recovery emails by requesting other ones.
fn is_allowed(service: &SignupService, purpose: LinkPurpose, to: &EmailAddress) -> bool {
    // Recovery emails have no limit by domain: requests for others must not use it up.
    let has_domain_limit = purpose != LinkPurpose::Recover;
    let is_allowed = service.throttle.take(Key::Recipient(purpose.as_str(), to.mailbox_key())).is_ok()
        && (!has_domain_limit || service.throttle.take(Key::RecipientDomain(to.domain().to_owned())).is_ok());
    if !is_allowed {
        tracing::warn!("skipped an email: its recipient or their domain reached the hourly limit");
    }
    is_allowed
}

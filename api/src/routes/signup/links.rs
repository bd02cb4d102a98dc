//! Emailed links. Known and unknown addresses take the same steps, so that nobody can find out which have an organization.

use domain::audit::hex;
use domain::email::Email as EmailAddress;
use domain::secret::{Purpose, Secret};
use serde_json::json;
use store::organizations;
use store::parse_stored as stored;
use store::records::OrganizationRecord;
use store::signup::{self, LinkPurpose, NewLink, OrganizationFacts};

use super::emails;
use crate::error::ApiError;
use crate::limits::Key;
use crate::mail::Email;
use crate::services::SignupService;

/// Builds a link that verifies an address or claims an organization. If the address already has an organization, the
/// email tells its owner that instead. Both ways take the same steps: link, event in the caller's audit trail, limit,
/// email.
pub(super) async fn verification_link(
    service: &SignupService,
    facts: &OrganizationFacts,
    purpose: LinkPurpose,
    email: EmailAddress,
) -> Result<NewLink, ApiError> {
    let known = organizations::find_verified(&service.registry.store, &email).await?;
    // Nobody receives the code of a link to an address that is taken.
    let code = Secret::generate(Purpose::Link)?;
    let (to, message) = match &known {
        Some(known) => {
            let page = service.origins.portal_page("/recover");
            (address(known), emails::already_registered(&known.name, &page))
        }
        None => (Some(email.clone()), link_email(service, facts, purpose, &code)),
    };
    let to = to.filter(|_| is_allowed(service, purpose, &email));
    new_link(service, facts, purpose, email, &code, to.map(|to| (Some(to), message)))
}

/// Creates a link that verifies an address or claims an organization, and queues its email.
pub(super) async fn send_verification(
    service: &SignupService,
    row: OrganizationRecord,
    purpose: LinkPurpose,
    email: EmailAddress,
) -> Result<(), ApiError> {
    let (store, now) = (&service.registry.store, service.registry.now());
    let facts = signup::describe(store, row, now.as_millisecond()).await?;
    let link = verification_link(service, &facts, purpose, email).await?;
    signup::create_link(store, link, now).await?;
    service.mailer.wake();
    Ok(())
}

/// Emails a recovery link, if the address belongs to a verified organization. In the background, and with the same writes
/// for an unknown address: neither the time of the response nor the time that the next write waits shows whether the
/// address is known. The limit comes first: strangers can request links, and must not fill the organization's audit trail.
pub(super) fn send_recovery(service: &SignupService, email: EmailAddress) {
    let service = service.clone();
    tokio::spawn(async move {
        let sent = async {
            let (store, now) = (&service.registry.store, service.registry.now());
            let known = organizations::find_verified(store, &email).await?;
            // Uses the verified address, not the requested spelling.
            let own = known.as_ref().and_then(address);
            if !is_allowed(&service, LinkPurpose::Recover, own.as_ref().unwrap_or(&email)) {
                return Ok(());
            }
            let recipient = own.clone();
            // Of an unknown address, only the HMAC is stored.
            let own = own
                .unwrap_or_else(|| EmailAddress::stored(hex(&service.keys.pepper().hash(&Secret::new(email.key())))));
            let row = known.unwrap_or_else(|| signup::nobody(now.as_millisecond()));
            let facts = signup::describe(store, row, now.as_millisecond()).await?;
            let code = Secret::generate(Purpose::Link)?;
            let message = Some((recipient, link_email(&service, &facts, LinkPurpose::Recover, &code)));
            let link = new_link(&service, &facts, LinkPurpose::Recover, own, &code, message)?;
            signup::create_link(store, link, now).await?;
            service.mailer.wake();
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

fn new_link(
    service: &SignupService,
    facts: &OrganizationFacts,
    purpose: LinkPurpose,
    email: EmailAddress,
    code: &Secret,
    message: Option<(Option<EmailAddress>, Email)>,
) -> Result<NewLink, ApiError> {
    let organization_id = stored(&facts.organization.id)?;
    let seal =
        |(to, message): (Option<EmailAddress>, Email)| service.mailer.seal(organization_id, to.as_ref(), message);
    let message = message.map(seal).transpose().map_err(ApiError::internal)?;
    Ok(NewLink { organization_id, code_hash: service.keys.pepper().hash(code), purpose, email, message })
}

/// Builds the email with the link of a code.
fn link_email(service: &SignupService, facts: &OrganizationFacts, purpose: LinkPurpose, code: &Secret) -> Email {
    let is_recovery = matches!(purpose, LinkPurpose::Recover | LinkPurpose::Restore);
    let (path, operation, sent) = if is_recovery {
        ("recover", "recover/confirm", json!({ "token": code.reveal() }))
    } else {
        ("verify", "verify", json!({ "token": code.reveal(), "credentials": "revoke" }))
    };
    let page = service.origins.portal_page(&format!("/{path}/{}", code.reveal()));
    let call = format!("curl {}/api/v1/signup/{operation} --json '{sent}'", service.origins.issuer);
    match purpose {
        LinkPurpose::Verify => emails::verify(facts, &page, &call),
        LinkPurpose::Claim => emails::claim(facts, &page, &call),
        LinkPurpose::Recover | LinkPurpose::Restore => emails::recover(facts, &page, &call),
    }
}

/// Counts an email to a recipient. False if the mailbox has reached the limit for its kind, or its domain the limit for
/// emails other than recoveries, which only the log reports. Kinds are counted separately, so that nobody can block
/// recovery emails by requesting other ones.
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

/// Facts about an organization that is being created, with its first credential.
pub(super) fn facts_of_new(organization: OrganizationRecord) -> OrganizationFacts {
    OrganizationFacts { organization, agent_count: 0, credential_count: 1 }
}

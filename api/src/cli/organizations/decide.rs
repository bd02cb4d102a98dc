//! `api organizations suspend`, `restore`, `delete` and `end-credentials`

use domain::email::Email as EmailAddress;
use domain::id::OrganizationId;
use domain::organization::State;
use domain::rejection::Rejection;
use domain::retention::DELETION_GRACE_MS;
use domain::time::rfc3339;
use store::email_queue::NewEmail;
use store::records::OrganizationRecord;
use store::{Store, StoreError, organizations};

use super::Decision;
use crate::clock::Clock;
use crate::mail::EmailSeal;
use crate::mail::notices::{self, OperatorAction};

/// Opened installation with the organization of a decision.
struct Case {
    store: Store,
    seal: EmailSeal,
    id: OrganizationId,
    row: OrganizationRecord,
    reason: String,
}

impl Case {
    async fn open(decision: Decision) -> Result<Self, String> {
        let Decision { organization_id: id, reason, installation } = decision;
        let (store, keys) = installation.open().await?;
        let seal = EmailSeal::new(keys.pepper()).map_err(|error| error.to_string())?;
        let row = organizations::get(&store, id).await.map_err(|error| explain(id, &error))?;
        Ok(Self { store, seal, id, row, reason })
    }

    /// Builds the email to the verified address of the owner, if there is one.
    fn email(&self, action: OperatorAction) -> Result<Option<NewEmail>, String> {
        let is_verified = self.row.state == State::Verified.as_str();
        let Some(to) = self.row.email.clone().filter(|_| is_verified).map(EmailAddress::stored) else {
            return Ok(None);
        };
        let email = notices::decision(&self.row.name, action, &self.reason);
        self.seal.seal(self.id, Some(&to), email).map(Some).map_err(|error| error.to_string())
    }
}

fn explain(id: OrganizationId, error: &StoreError) -> String {
    match error {
        StoreError::Rejected(Rejection::NotFound(_)) => format!("There is no organization {id}."),
        error => error.to_string(),
    }
}

/// Tells what happened, and whether the owner gets an email.
#[expect(clippy::print_stdout, reason = "this is the command line")]
fn report(what: &str, is_emailed: bool) {
    let told = if is_emailed {
        "The server will email the owner."
    } else {
        "No email: the organization has no verified address."
    };
    println!("{what} {told}");
}

/// Suspends an organization.
pub(super) async fn suspend(decision: Decision, clock: &Clock) -> Result<(), String> {
    let case = Case::open(decision).await?;
    let email = case.email(OperatorAction::Suspend)?;
    let is_emailed = email.is_some();
    let done = organizations::suspend(&case.store, case.id, case.reason.clone(), email, clock.now()).await;
    done.map_err(|error| explain(case.id, &error))?;
    report(&format!("Suspended {}.", case.id), is_emailed);
    Ok(())
}

/// Lifts the suspension of an organization, and cancels its deletion.
pub(super) async fn restore(decision: Decision, clock: &Clock) -> Result<(), String> {
    let case = Case::open(decision).await?;
    let email = case.email(OperatorAction::Restore)?;
    let is_emailed = email.is_some();
    let done = organizations::restore_by_operator(&case.store, case.id, case.reason.clone(), email, clock.now()).await;
    if !done.map_err(|error| explain(case.id, &error))? {
        return Err(format!("{} is neither suspended nor being deleted.", case.id));
    }
    report(&format!("Restored {}.", case.id), is_emailed);
    Ok(())
}

/// Starts the deletion of an organization.
pub(super) async fn delete(decision: Decision, clock: &Clock) -> Result<(), String> {
    let case = Case::open(decision).await?;
    if case.row.deletion_asked_at.is_some() {
        return Err(format!("{} is already being deleted.", case.id));
    }
    let at = clock.now_ms() + DELETION_GRACE_MS;
    let email = case.email(OperatorAction::Delete { at })?;
    let is_emailed = email.is_some();
    let done = organizations::delete_by_operator(&case.store, case.id, case.reason.clone(), email, clock.now()).await;
    done.map_err(|error| explain(case.id, &error))?;
    report(&format!("{} ended, and will be deleted on {}.", case.id, rfc3339(at)), is_emailed);
    Ok(())
}

/// Revokes all credentials and sessions of an organization.
pub(super) async fn end_credentials(decision: Decision, clock: &Clock) -> Result<(), String> {
    let case = Case::open(decision).await?;
    let email = case.email(OperatorAction::EndCredentials)?;
    let is_emailed = email.is_some();
    let done = organizations::end_credentials(&case.store, case.id, case.reason.clone(), email, clock.now()).await;
    let ended = done.map_err(|error| explain(case.id, &error))?;
    let count = |number: u64, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let (credentials, sessions) = (count(ended.credentials, "credential"), count(ended.sessions, "session"));
    let what = format!("Revoked {credentials} and {sessions} of {}.", case.id);
    report(&what, is_emailed);
    Ok(())
}

//! Pages behind the links of mails, and those that send mails. Their addresses hold codes: no other page learns them.

use app::model::onboarding::{Field, FormPage, FormState, Shown};
use app::model::{Link, Page, View};
use client::{Error, ErrorCode};
use http::StatusCode;

use super::super::frame::frame;
use crate::generation::Generation;
use crate::onboarding::{Refused, form_key};
use crate::site_paths::{ACCOUNT, CLAIM, GET_STARTED, RECOVER, VERIFY};

/// What was typed into the one field, and what is wrong.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The text.
    pub text: String,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// What is wrong otherwise.
    pub notice: Option<String>,
}

/// Said of the link of a mail that works no more.
pub const SPENT: &str = "This link is invalid or has expired. Use the most recent email, or request a new link.";
/// Said of that which confirms an address.
pub const SPENT_VERIFY: &str = "This link is invalid or has expired. If you already used it, your organization is claimed. Otherwise, use the most recent email, or request a new link.";
/// Said of an address that a program gave to its person.
pub const SPENT_CLAIM: &str = "This claim link is invalid or has expired: the organization was already claimed, or it was deleted after 72 hours. If you didn’t claim it, ask the program for the link again.";

/// What is said where a link's code was not taken; `spent` for one that works no more.
pub fn said(error: &Error, refused: Refused, spent: &str) -> (StatusCode, String) {
    let is_spent = error.is_not_found() || matches!(error.code(), Some(ErrorCode::Validation | ErrorCode::Forbidden));
    if is_spent {
        return (StatusCode::GONE, spent.to_owned());
    }
    if error.is_unavailable() {
        let text = "The registry is currently unavailable. Try again in a minute. The link remains valid.";
        return (refused.status, text.to_owned());
    }
    let text = refused
        .notice
        .unwrap_or_else(|| "The registry rejected the request without a reason. Try again in a minute.".to_owned());
    (refused.status, text)
}

/// The button that confirms an address. `key` is that of the form that comes back.
pub fn verify(generation: &Generation, code: &str, key: Option<String>, notice: Option<String>) -> View {
    let text = [
        "Confirm your email address to claim the organization and sign in on this browser.",
        "If you didn’t request this email, close this page. Nothing changes.",
    ];
    let state = keyed(key, open(generation, &format!("{VERIFY}/{code}"), "Claim organization", None, notice));
    page(generation, "Claim organization", &text, state, vec![account(generation), start(generation)])
}

/// The form that has a mail sent to who lost the secret.
pub fn recover(generation: &Generation, typed: Typed) -> View {
    let text = [
        "A lost secret can’t be shown again. Enter your confirmed email address, and we’ll send a link to replace it.",
        "To replace an agent’s secret, use your organization’s page or the organization’s credential. No email is required.",
    ];
    let state = with_email(generation, RECOVER, "Email me a link", typed);
    page(generation, "Replace a lost secret", &text, state, vec![start(generation)])
}

/// What is said once the mail was asked for.
pub fn recover_sent(generation: &Generation, email: &str, mail_note: Option<&'static str>) -> View {
    let sent = format!(
        "If {email} is the confirmed address of an organization, an email with a link is on its way. The link works once."
    );
    let mut text = vec![&*sent, "Didn’t get it? Check your spam folder. We send only to confirmed addresses."];
    text.extend(mail_note);
    page(generation, "Check your email", &text, FormState::Told, vec![start(generation)])
}

/// The button behind that mail's link. `key` is that of the form that comes back.
pub fn recover_link(generation: &Generation, code: &str, key: Option<String>, notice: Option<String>) -> View {
    let text = [
        "Create a new secret for your organization. This revokes the old secret and all sessions immediately. Agents and their secrets don’t change.",
        "If you didn’t request this email, close this page. Nothing changes.",
    ];
    let state = keyed(key, open(generation, &format!("{RECOVER}/{code}"), "Replace secret", None, notice));
    let again = Link { title: "Request a new link".to_owned(), href: generation.site.href(RECOVER) };
    page(generation, "Replace a lost secret", &text, state, vec![again])
}

/// The new secret.
pub fn recovered(generation: &Generation, secret: Shown) -> View {
    let text = ["Copy your organization’s new client secret now. You won’t be able to see it again."];
    page(generation, "Your new client secret", &text, FormState::Secret(secret), vec![start(generation)])
}

/// The form by which a person takes over what a program made.
pub fn claim(generation: &Generation, code: &str, typed: Typed) -> View {
    let text = [
        "A program created this organization and asks you to claim it. Enter your email address, and we’ll send a link to claim the organization.",
        "An unclaimed organization and its agents are deleted 72 hours after creation. Claiming doesn’t change IDs or secrets.",
    ];
    let state = with_email(generation, &format!("{CLAIM}/{code}"), "Claim organization", typed);
    page(generation, "Claim organization", &text, state, vec![account(generation)])
}

/// What is said once the mail was asked for.
pub fn claim_sent(generation: &Generation, email: &str, mail_note: Option<&'static str>) -> View {
    let sent = format!(
        "An email with a link is on its way to {email}. The link works once. The first person to use a link owns the organization."
    );
    let text: Vec<&str> = [&*sent].into_iter().chain(mail_note).collect();
    page(generation, "Check your email", &text, FormState::Told, Vec::new())
}

fn with_email(generation: &Generation, path: &str, button: &'static str, typed: Typed) -> FormState {
    let field = Field { value: typed.text, problem: typed.problem };
    open(generation, path, button, Some(field), typed.notice)
}

fn open(
    generation: &Generation,
    path: &str,
    button: &'static str,
    email: Option<Field>,
    notice: Option<String>,
) -> FormState {
    let (action, key) = (generation.site.href(path), form_key());
    FormState::Open { action, key, kept: Vec::new(), email, button, notice }
}

/// The same form with the key that it had.
fn keyed(old: Option<String>, mut state: FormState) -> FormState {
    if let (FormState::Open { key, .. }, Some(old)) = (&mut state, old) {
        *key = old;
    }
    state
}

/// The form that sends again what could not be taken because the registry can't be reached: label, name and value of each
/// field.
pub fn again(
    generation: &Generation,
    path: &str,
    kept: Vec<(&'static str, &'static str, String)>,
    notice: Option<String>,
) -> View {
    let kept: Vec<_> = kept.into_iter().filter(|(.., value)| !value.is_empty()).collect();
    if path.is_empty() {
        // A button of a page was pressed: there it can be pressed again.
        let text = ["No changes were made. Go back and try again.", notice.as_deref().unwrap_or_default()];
        return page(
            generation,
            "Request not completed",
            &text,
            FormState::Told,
            vec![account(generation), start(generation)],
        );
    }
    let (action, key) = (generation.site.href(path), form_key());
    let state = FormState::Open { action, key, kept, email: None, button: "Submit again", notice };
    let text = ["No changes were made. Your input is shown below."];
    page(generation, "Request not completed", &text, state, vec![account(generation), start(generation)])
}

fn account(generation: &Generation) -> Link {
    Link { title: "Your organization".to_owned(), href: generation.site.href(ACCOUNT) }
}

fn start(generation: &Generation) -> Link {
    Link { title: "Get started".to_owned(), href: generation.site.href(GET_STARTED) }
}

fn page(generation: &Generation, title: &str, text: &[&str], state: FormState, links: Vec<Link>) -> View {
    // Without an address: what stands in it is nobody else's.
    let frame = frame(generation, title, text.first().copied().unwrap_or_default(), None, None);
    let text = text.iter().map(|one| (*one).to_owned()).collect();
    View { frame, page: Page::Form(Box::new(FormPage { title: title.to_owned(), text, state, links })) }
}

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
pub const SPENT: &str =
    "This link was used already, is too old, or is not whole. Open the newest mail, or have another one sent.";
/// Said of that which confirms an address.
pub const SPENT_VERIFY: &str = "This link was used already, is too old, or is not whole. Did you use it? Then the address is confirmed, and your organization is yours. Otherwise open the newest mail, or have another one sent.";
/// Said of an address that a program gave to its person.
pub const SPENT_CLAIM: &str = "This address works no more, or is not whole: somebody has taken the organization over, or nobody did within 72 hours. Was it you? Then it is yours. Otherwise ask the program for the address once more.";

/// What is said where a link's code was not taken; `spent` for one that works no more.
pub fn said(error: &Error, refused: Refused, spent: &str) -> (StatusCode, String) {
    let is_spent = error.is_not_found() || matches!(error.code(), Some(ErrorCode::Validation | ErrorCode::Forbidden));
    if is_spent {
        return (StatusCode::GONE, spent.to_owned());
    }
    if error.is_unavailable() {
        let text =
            "The registry can’t be reached at the moment. Press the button again in a minute: the link stays good.";
        return (refused.status, text.to_owned());
    }
    let text = refused.notice.unwrap_or_else(|| "The registry did not take it. Try again in a minute.".to_owned());
    (refused.status, text)
}

/// The button that confirms an address. `key` is that of the form that comes back.
pub fn verify(generation: &Generation, code: &str, key: Option<String>, notice: Option<String>) -> View {
    let text = [
        "Press the button: your organization is verified and yours, and this browser has a session of it.",
        "If you did not ask for the mail, close this page. Nothing happens.",
    ];
    let state = keyed(key, open(generation, &format!("{VERIFY}/{code}"), "Confirm the address", None, notice));
    page(generation, "Confirm your address", &text, state, vec![account(generation), start(generation)])
}

/// The form that has a mail sent to who lost the secret.
pub fn recover(generation: &Generation, typed: Typed) -> View {
    let text = [
        "A lost secret can’t be shown again: it is replaced. Give the address that you confirmed, and a mail brings a link.",
        "An agent’s own secret is replaced with the organization’s: no mail is needed.",
    ];
    let state = with_email(generation, RECOVER, "Send the mail", typed);
    page(generation, "Replace a lost secret", &text, state, vec![start(generation)])
}

/// What is said once the mail was asked for.
pub fn recover_sent(generation: &Generation, email: &str, mail_note: Option<&'static str>) -> View {
    let sent =
        format!("If {email} is confirmed with an organization, a mail is on its way there. Its link works once.");
    let mut text = vec![
        &*sent,
        "Nothing comes? Look among the unwanted mails, and mind that an address which was never confirmed gets none.",
    ];
    text.extend(mail_note);
    page(generation, "Look into your mail", &text, FormState::Told, vec![start(generation)])
}

/// The button behind that mail's link. `key` is that of the form that comes back.
pub fn recover_link(generation: &Generation, code: &str, key: Option<String>, notice: Option<String>) -> View {
    let text = [
        "Press the button: you get a new secret for your organization. The old one ends at once, and all sessions with it. Agents and their secrets stay.",
        "If you did not ask for the mail, close this page. Nothing happens.",
    ];
    let state = keyed(key, open(generation, &format!("{RECOVER}/{code}"), "Make a new secret", None, notice));
    let again = Link { title: "Have another mail sent".to_owned(), href: generation.site.href(RECOVER) };
    page(generation, "A new secret", &text, state, vec![again])
}

/// The new secret.
pub fn recovered(generation: &Generation, secret: Shown) -> View {
    let text = [
        "This is your organization’s new credential. It is shown here and nowhere else: keep it before you leave the page.",
    ];
    page(generation, "Your new secret", &text, FormState::Secret(secret), vec![start(generation)])
}

/// The form by which a person takes over what a program made.
pub fn claim(generation: &Generation, code: &str, typed: Typed) -> View {
    let text = [
        "A program signed up and asks you to answer for what it made. Give your address: a mail brings a link, and with it the organization is yours.",
        "Until somebody does, it is deleted 72 hours after it was made, with its agents. All identifiers and secrets stay as they are.",
    ];
    let state = with_email(generation, &format!("{CLAIM}/{code}"), "Send the mail", typed);
    page(generation, "Claim an organization", &text, state, vec![account(generation)])
}

/// What is said once the mail was asked for.
pub fn claim_sent(generation: &Generation, email: &str, mail_note: Option<&'static str>) -> View {
    let sent = format!(
        "A mail is on its way to {email}. Its link works once; the first who follows one has the organization."
    );
    let text: Vec<&str> = [&*sent].into_iter().chain(mail_note).collect();
    page(generation, "Look into your mail", &text, FormState::Told, Vec::new())
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
        let text = ["Nothing was done. Go back, and press the button again.", notice.as_deref().unwrap_or_default()];
        return page(generation, "Not done yet", &text, FormState::Told, vec![account(generation), start(generation)]);
    }
    let (action, key) = (generation.site.href(path), form_key());
    let state = FormState::Open { action, key, kept, email: None, button: "Send it again", notice };
    let text = ["This was not taken. It stands here as you sent it."];
    page(generation, "Not done yet", &text, state, vec![account(generation), start(generation)])
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

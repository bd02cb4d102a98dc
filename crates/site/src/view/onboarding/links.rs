//! Pages behind links in emails, and forms that send emails. Their addresses contain codes and are never sent as referrer.

use app::model::onboarding::{Field, FormPage, FormState, NewCredential};
use app::model::{Link, Page, View};

use crate::context::SiteContext;
use crate::forms::{FormFields, new_form_key};
use crate::paths::{ACCOUNT, CLAIM, GET_STARTED, RECOVER, VERIFY};
use crate::view::frame::frame;

/// The email field of a form, with its error.
#[derive(Clone, Debug, Default)]
pub struct EmailInput {
    /// The submitted text.
    pub text: String,
    /// The error of the field.
    pub problem: Option<String>,
    /// An error without a field.
    pub notice: Option<String>,
}

/// Builds the button that verifies an email address. `key` is that of a submitted form.
pub fn verify(context: &SiteContext, code: &str, key: Option<String>, notice: Option<String>) -> View {
    let text = [
        "Press the button: your organization is verified and yours, and this browser has a session of it.",
        "If you did not ask for the mail, close this page. Nothing happens.",
    ];
    let state = with_key(key, open_form(context, &format!("{VERIFY}/{code}"), "Confirm the address", None, notice));
    form_page(context, "Confirm your address", &text, state, vec![account_link(context), start_link(context)])
}

/// Builds the form that sends a recovery email.
pub fn recover(context: &SiteContext, input: EmailInput) -> View {
    let text = [
        "A lost secret can’t be shown again: it is replaced. Give the address that you confirmed, and a mail brings a link.",
        "An agent’s own secret is replaced with the organization’s: no mail is needed.",
    ];
    let state = email_form(context, RECOVER, "Send the mail", input);
    form_page(context, "Replace a lost secret", &text, state, vec![start_link(context)])
}

/// Builds the confirmation of a requested recovery email.
pub fn recover_sent(context: &SiteContext, email: &str, mail_note: Option<&'static str>) -> View {
    let sent =
        format!("If {email} is confirmed with an organization, a mail is on its way there. Its link works once.");
    let mut text = vec![
        &*sent,
        "Nothing comes? Look among the unwanted mails, and mind that an address which was never confirmed gets none.",
    ];
    text.extend(mail_note);
    form_page(context, "Look into your mail", &text, FormState::Message, vec![start_link(context)])
}

/// Builds the button behind the link of a recovery email. `key` is that of a submitted form.
pub fn recover_link(context: &SiteContext, code: &str, key: Option<String>, notice: Option<String>) -> View {
    let text = [
        "Press the button: you get a new secret for your organization. The old one ends at once, and all sessions with it. Agents and their secrets stay.",
        "If you did not ask for the mail, close this page. Nothing happens.",
    ];
    let state = with_key(key, open_form(context, &format!("{RECOVER}/{code}"), "Make a new secret", None, notice));
    let again = Link { title: "Have another mail sent".to_owned(), href: context.site.href(RECOVER) };
    form_page(context, "A new secret", &text, state, vec![again])
}

/// Builds the page with the new secret.
pub fn recovered(context: &SiteContext, secret: NewCredential) -> View {
    let text = [
        "This is your organization’s new credential. It is shown here and nowhere else: keep it before you leave the page.",
    ];
    form_page(context, "Your new secret", &text, FormState::Secret(secret), vec![start_link(context)])
}

/// Builds the form that claims an organization created by a program.
pub fn claim(context: &SiteContext, code: &str, input: EmailInput) -> View {
    let text = [
        "A program signed up and asks you to answer for what it made. Give your address: a mail brings a link, and with it the organization is yours.",
        "Until somebody does, it is deleted 72 hours after it was made, with its agents. All identifiers and secrets stay as they are.",
    ];
    let state = email_form(context, &format!("{CLAIM}/{code}"), "Send the mail", input);
    form_page(context, "Claim an organization", &text, state, vec![account_link(context)])
}

/// Builds the confirmation of a requested claim email.
pub fn claim_sent(context: &SiteContext, email: &str, mail_note: Option<&'static str>) -> View {
    let sent = format!(
        "A mail is on its way to {email}. Its link works once; the first who follows one has the organization."
    );
    let text: Vec<&str> = [&*sent].into_iter().chain(mail_note).collect();
    form_page(context, "Look into your mail", &text, FormState::Message, Vec::new())
}

fn email_form(context: &SiteContext, path: &str, button: &'static str, input: EmailInput) -> FormState {
    let field = Field { value: input.text, problem: input.problem };
    open_form(context, path, button, Some(field), input.notice)
}

fn open_form(
    context: &SiteContext,
    path: &str,
    button: &'static str,
    email: Option<Field>,
    notice: Option<String>,
) -> FormState {
    let (action, key) = (context.site.href(path), new_form_key());
    FormState::Open { action, key, kept: Vec::new(), email, button, notice }
}

/// Restores the key of a submitted form.
fn with_key(old: Option<String>, mut state: FormState) -> FormState {
    if let (FormState::Open { key, .. }, Some(old)) = (&mut state, old) {
        *key = old;
    }
    state
}

/// Builds the form that repeats a submission while the registry can't be reached.
pub fn retry(context: &SiteContext, path: &str, fields: FormFields, notice: Option<String>) -> View {
    let kept: Vec<_> = fields.into_iter().filter(|(.., value)| !value.is_empty()).collect();
    if path.is_empty() {
        // A button without fields: it can be pressed again on its page.
        let text = ["Nothing was done. Go back, and press the button again.", notice.as_deref().unwrap_or_default()];
        return form_page(
            context,
            "Not done yet",
            &text,
            FormState::Message,
            vec![account_link(context), start_link(context)],
        );
    }
    let (action, key) = (context.site.href(path), new_form_key());
    let state = FormState::Open { action, key, kept, email: None, button: "Send it again", notice };
    let text = ["This was not taken. It stands here as you sent it."];
    form_page(context, "Not done yet", &text, state, vec![account_link(context), start_link(context)])
}

fn account_link(context: &SiteContext) -> Link {
    Link { title: "Your organization".to_owned(), href: context.site.href(ACCOUNT) }
}

fn start_link(context: &SiteContext) -> Link {
    Link { title: "Get started".to_owned(), href: context.site.href(GET_STARTED) }
}

fn form_page(context: &SiteContext, title: &str, text: &[&str], state: FormState, links: Vec<Link>) -> View {
    // Without an address: its code is private.
    let frame = frame(context, title, text.first().copied().unwrap_or_default(), None, None);
    let text = text.iter().map(|one| (*one).to_owned()).collect();
    View { frame, page: Page::Form(Box::new(FormPage { title: title.to_owned(), text, state, links })) }
}

//! Pages of links in emails, and forms that send emails. Their URLs contain codes and are never sent as referrer.

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
        "Confirm your email address to claim the organization and sign in on this browser.",
        "If you didn’t request this email, close this page. Nothing changes.",
    ];
    let state = with_key(key, open_form(context, &format!("{VERIFY}/{code}"), "Claim organization", None, notice));
    form_page(context, "Claim organization", &text, state, vec![account_link(context), start_link(context)])
}

/// Builds the form that sends a recovery email.
pub fn recover(context: &SiteContext, input: EmailInput) -> View {
    let text = [
        "A lost secret can’t be shown again. Enter your confirmed email address, and we’ll send a link to replace it.",
        "To replace an agent’s secret, use your organization’s page or the organization’s credential. No email is required.",
    ];
    let state = email_form(context, RECOVER, "Email me a link", input);
    form_page(context, "Replace a lost secret", &text, state, vec![start_link(context)])
}

/// Builds the confirmation of a requested recovery email.
pub fn recover_sent(context: &SiteContext, email: &str, mail_note: Option<&'static str>) -> View {
    let sent = format!(
        "If {email} is the confirmed address of an organization, an email with a link is on its way. The link works once."
    );
    let mut text = vec![&*sent, "Didn’t get it? Check your spam folder. We send only to confirmed addresses."];
    text.extend(mail_note);
    form_page(context, "Check your email", &text, FormState::Message, vec![start_link(context)])
}

/// Builds the button for the link of a recovery email. `key` is that of a submitted form.
pub fn recover_link(context: &SiteContext, code: &str, key: Option<String>, notice: Option<String>) -> View {
    let text = [
        "Create a new secret for your organization. This revokes the old secret and all sessions immediately. Agents and their secrets don’t change.",
        "If you didn’t request this email, close this page. Nothing changes.",
    ];
    let state = with_key(key, open_form(context, &format!("{RECOVER}/{code}"), "Replace secret", None, notice));
    let retry_link = Link { title: "Request a new link".to_owned(), href: context.site.href(RECOVER) };
    form_page(context, "Replace a lost secret", &text, state, vec![retry_link])
}

/// Builds the page with the new secret.
pub fn recovered(context: &SiteContext, secret: NewCredential) -> View {
    let text = ["Copy your organization’s new client secret now. You won’t be able to see it again."];
    form_page(context, "Your new client secret", &text, FormState::Secret(secret), vec![start_link(context)])
}

/// Builds the form that claims an organization created by a program.
pub fn claim(context: &SiteContext, code: &str, input: EmailInput) -> View {
    let text = [
        "A program created this organization and asks you to claim it. Enter your email address, and we’ll send a link to claim the organization.",
        "An unclaimed organization and its agents are deleted 72 hours after creation. Claiming doesn’t change IDs or secrets.",
    ];
    let state = email_form(context, &format!("{CLAIM}/{code}"), "Claim organization", input);
    form_page(context, "Claim organization", &text, state, vec![account_link(context)])
}

/// Builds the confirmation of a requested claim email.
pub fn claim_sent(context: &SiteContext, email: &str, mail_note: Option<&'static str>) -> View {
    let sent = format!(
        "An email with a link is on its way to {email}. The link works once. The first person to use a link owns the organization."
    );
    let text: Vec<&str> = [&*sent].into_iter().chain(mail_note).collect();
    form_page(context, "Check your email", &text, FormState::Message, Vec::new())
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
    FormState::Open { action, key, hidden_fields: Vec::new(), email, button, notice }
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
    let hidden_fields: Vec<_> = fields.into_iter().filter(|(.., value)| !value.is_empty()).collect();
    if path.is_empty() {
        // A button without fields: it can be pressed again on its page.
        let text = ["No changes were made. Go back and try again.", notice.as_deref().unwrap_or_default()];
        return form_page(
            context,
            "Request not completed",
            &text,
            FormState::Message,
            vec![account_link(context), start_link(context)],
        );
    }
    let (action, key) = (context.site.href(path), new_form_key());
    let state = FormState::Open { action, key, hidden_fields, email: None, button: "Submit again", notice };
    let text = ["No changes were made. Your input is shown below."];
    form_page(context, "Request not completed", &text, state, vec![account_link(context), start_link(context)])
}

fn account_link(context: &SiteContext) -> Link {
    Link { title: "Your organization".to_owned(), href: context.site.href(ACCOUNT) }
}

fn start_link(context: &SiteContext) -> Link {
    Link { title: "Get started".to_owned(), href: context.site.href(GET_STARTED) }
}

fn form_page(context: &SiteContext, title: &str, text: &[&str], state: FormState, links: Vec<Link>) -> View {
    // No canonical URL: the code in it is private.
    let frame = frame(context, title, text.first().copied().unwrap_or_default(), None, None);
    let text = text.iter().map(|one| (*one).to_owned()).collect();
    View { frame, page: Page::Form(Box::new(FormPage { title: title.to_owned(), text, state, links })) }
}

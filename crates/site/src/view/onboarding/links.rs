//! Pages of links in emails, and forms that send emails. Their URLs contain codes and are never sent as referrer.

use app::model::onboarding::{Choice, Field, FormPage, FormState, NewCredential, OpenForm};
use app::model::{Link, Page, View};
use client::types::EmailedLink;

use crate::context::SiteContext;
use crate::forms::{FormFields, new_form_key};
use crate::paths::{ACCOUNT, CLAIM, GET_STARTED, RECOVER, RESTORE, VERIFY};
use crate::plain_text::plain_text;
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

/// A link of an email, as its page shows it.
#[derive(Clone, Debug)]
pub struct LinkPage<'page> {
    /// Code of the link.
    pub code: &'page str,
    /// Purpose and organization of the link.
    pub link: &'page EmailedLink,
    /// Whose session this browser has.
    pub browser: &'page Browser,
    /// Key of a submitted form.
    pub key: Option<String>,
    /// Error of a submitted form.
    pub notice: Option<String>,
}

/// Session of the browser that opens a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Of no organization.
    SignedOut,
    /// Of the organization of the link.
    Own,
    /// Of another organization, with its name.
    Other(String),
}

/// Builds the page that verifies an email address or claims an organization. It asks a browser without a session of the
/// organization what to do: whoever signed up may be a stranger.
pub fn verify(context: &SiteContext, page: &LinkPage<'_>) -> View {
    let text: &[&str] = match page.browser {
        Browser::Own => &["Confirm your email address to claim the organization."],
        _ => &[
            "Confirm that this organization is yours. It then belongs to your email address. If you don’t know it, delete it: then it and its agents are gone.",
        ],
    };
    let path = format!("{VERIFY}/{}", page.code);
    let mut form = link_form(context, &path, "Claim organization", page);
    if *page.browser == Browser::Own {
        form.markers = vec![("own", "yes".to_owned())];
    } else {
        form.choice = Some(Choice {
            legend: "Credentials and sessions that the organization has now",
            name: "credentials",
            options: vec![
                ("revoke", "End all of them. Choose this unless you know who created them."),
                ("keep", "Keep them. I created the organization, or my agent did."),
            ],
        });
        form.other = Some(("Not mine: delete organization", context.site.href(&format!("{path}/disown"))));
    }
    let links = vec![account_link(context), start_link(context)];
    form_page(context, "Claim organization", text, FormState::Open(Box::new(form)), links)
}

/// Builds the page of a link that can't be used, or can't be read now.
pub fn unusable(context: &SiteContext, title: &str, notice: &str, is_recovery: bool) -> View {
    let retry_link = Link { title: "Request a new link".to_owned(), href: context.site.href(RECOVER) };
    let mut links = vec![account_link(context), start_link(context)];
    if is_recovery {
        links.insert(0, retry_link);
    }
    form_page(context, title, &[notice], FormState::Message, links)
}

/// Builds the form that repeats the use of a link whose result is unknown, with the fields that were sent.
pub fn retry_link(
    context: &SiteContext,
    path: &str,
    key: String,
    markers: Vec<(&'static str, String)>,
    notice: String,
) -> View {
    let text = ["We don’t know whether the registry received your request. Submit it again: it takes effect once."];
    let form = OpenForm { key, markers, notice: Some(notice), ..open_form(context, path, "Submit again") };
    let links = vec![account_link(context), start_link(context)];
    form_page(context, "Request not completed", &text, FormState::Open(Box::new(form)), links)
}

/// Builds the confirmation that an organization was claimed in a browser that stays signed in to another one.
pub fn verified_elsewhere(context: &SiteContext, name: &str, other: &str) -> View {
    let text = [
        &*format!("“{}” now belongs to your email address.", plain_text(name)),
        &*format!(
            "This browser is still signed in to “{}”. To switch, sign out and replace a lost secret. This replaces the secret of the organization itself; secrets of agents don’t change.",
            plain_text(other)
        ),
    ];
    let recover = Link { title: "Replace a lost secret".to_owned(), href: context.site.href(RECOVER) };
    form_page(context, "Organization claimed", &text, FormState::Message, vec![account_link(context), recover])
}

/// Builds the confirmation that a sign-up was disowned.
pub fn disowned(context: &SiteContext) -> View {
    let text = ["The organization was deleted, with its agents and credentials. Your email address was removed."];
    form_page(context, "Organization deleted", &text, FormState::Message, vec![start_link(context)])
}

/// Builds the page that cancels the deletion of an organization.
pub fn restore(context: &SiteContext, page: &LinkPage<'_>) -> View {
    let text = [
        "Restore your organization. Its agents are listed again, and its tokens and secrets work again.",
        "If you want to delete the organization, close this page. Nothing changes.",
    ];
    let mut form = link_form(context, &format!("{RESTORE}/{}", page.code), "Restore organization", page);
    // No session is opened.
    form.checkbox = None;
    form.facts.push(("Deleted on", page.link.expires_at.strftime("%Y-%m-%d %H:%M UTC").to_string()));
    form_page(context, "Restore organization", &text, FormState::Open(Box::new(form)), Vec::new())
}

/// Builds the confirmation of a canceled deletion.
pub fn restored(context: &SiteContext) -> View {
    let text = ["The organization was restored. Its credentials, tokens and listings work again."];
    form_page(context, "Organization restored", &text, FormState::Message, vec![account_link(context)])
}

/// Builds the form of a link: what it is about, and whether this browser should be signed in.
fn link_form(context: &SiteContext, path: &str, button: &'static str, page: &LinkPage<'_>) -> OpenForm {
    let organization = &page.link.organization;
    let created = organization.created_at.strftime("%Y-%m-%d %H:%M UTC");
    let from = organization.network.as_ref().map(|network| format!(", from the network {network}")).unwrap_or_default();
    let checkbox = match page.browser {
        Browser::Other(name) => {
            Some(("switch", format!("Sign in to this organization here, and sign out of “{}”", plain_text(name))))
        }
        Browser::SignedOut | Browser::Own => None,
    };
    OpenForm {
        facts: vec![
            ("Organization", plain_text(&organization.name)),
            ("ID", organization.organization_id.to_string()),
            ("Created", format!("{created}{from}")),
            ("Agents", organization.agent_count.to_string()),
            ("Active credentials", organization.credential_count.to_string()),
            ("Your email address", plain_text(&page.link.email)),
        ],
        key: page.key.clone().unwrap_or_else(new_form_key),
        checkbox,
        notice: page.notice.clone(),
        ..open_form(context, path, button)
    }
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

/// Builds the button for the link of a recovery email.
pub fn recover_link(context: &SiteContext, page: &LinkPage<'_>) -> View {
    let text = [
        "Create a new secret for your organization. This revokes the old secret and all sessions immediately. Agents and their secrets don’t change.",
        "If you didn’t request this email, close this page. Nothing changes.",
    ];
    let form = link_form(context, &format!("{RECOVER}/{}", page.code), "Replace secret", page);
    let retry_link = Link { title: "Request a new link".to_owned(), href: context.site.href(RECOVER) };
    form_page(context, "Replace a lost secret", &text, FormState::Open(Box::new(form)), vec![retry_link])
}

/// Builds the page with the new credential of an agent, while the rest of its page can't be loaded.
pub fn new_credential(context: &SiteContext, secret: NewCredential) -> View {
    let text =
        ["Copy the client secret now. You won’t be able to see it again.", "The rest of the page could not be loaded."];
    let links = vec![account_link(context), start_link(context)];
    form_page(context, "New client secret", &text, FormState::Secret(secret), links)
}

/// Builds the page with the new secret.
pub fn recovered(context: &SiteContext, secret: NewCredential) -> View {
    let text = ["Copy your organization’s new client secret now. You won’t be able to see it again."];
    form_page(
        context,
        "Your new client secret",
        &text,
        FormState::Secret(secret),
        vec![account_link(context), start_link(context)],
    )
}

/// Builds the form that claims an organization created by a program.
pub fn claim(context: &SiteContext, code: &str, input: EmailInput) -> View {
    let text = [
        "A program created this organization and asks you to claim it. Enter your email address, and we’ll send a link to claim the organization.",
        "An unclaimed organization and its agents are deleted 72 hours after creation. Claiming doesn’t change IDs. The link asks whether secrets stay valid.",
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
    let email = Some(Field { value: input.text, problem: input.problem });
    FormState::Open(Box::new(OpenForm { email, notice: input.notice, ..open_form(context, path, button) }))
}

fn open_form(context: &SiteContext, path: &str, button: &'static str) -> OpenForm {
    OpenForm { action: context.site.href(path), key: new_form_key(), button, ..OpenForm::default() }
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
    let form = OpenForm { hidden_fields, notice, ..open_form(context, path, "Submit again") };
    let state = FormState::Open(Box::new(form));
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

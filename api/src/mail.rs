//! Mail: by SMTP, or into a folder while there is no server.

mod letter;
mod outlook;
mod way;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use domain::email::Email;
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use thiserror::Error;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use self::outlook::Outlook;
use self::way::{NotSent, Way};
pub use letter::{Letter, page, policy};

/// Mails that wait at most.
const MOST_WAITING: usize = 1000;
/// First pause before a mail is tried again, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_secs(2), Duration::from_mins(1));
/// How long a mail is tried: a server that is restarted or moved takes it then.
const LONGEST: Duration = Duration::from_hours(1);
/// How long it is tried while somebody waits for the end of a command.
const LONGEST_WATCHED: Duration = Duration::from_secs(30);

/// Why mail can't be sent at all.
#[derive(Debug, Error)]
pub enum MailError {
    /// `SMTP_URL` is wrong.
    #[error("SMTP_URL is not usable: {0}")]
    Url(#[from] lettre::transport::smtp::Error),
    /// `MAIL_FROM` is wrong.
    #[error("MAIL_FROM is not usable: {0}")]
    From(#[from] lettre::address::AddressError),
    /// The folder can't be made.
    #[error("{path}: {error}", path = .0.display(), error = .1)]
    Folder(PathBuf, std::io::Error),
}

/// Mails with their recipients.
type Shown = VecDeque<(String, Letter)>;

/// Sends mails behind the caller's back, so that nobody can tell by the time whether one was sent.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Arc<Mailbox>,
    way: Way,
    outlook: Outlook,
    /// Places for mails that wait.
    places: Arc<Semaphore>,
    runtime: Handle,
    /// In development, the last ones.
    shown: Option<Arc<Mutex<Shown>>>,
}

/// Mails that are shown in development.
const MOST_SHOWN: usize = 50;

impl Mailer {
    /// By what the operator set. Called from within a runtime, which sends.
    pub fn start(config: &crate::config::Mail, folder: PathBuf, is_development: bool) -> Result<Self, MailError> {
        Ok(Self {
            from: Arc::new(config.mail_from.parse()?),
            way: Way::new(config.smtp_url.as_ref().map(|url| url.expose().as_str()), folder)?,
            outlook: Outlook::default(),
            places: Arc::new(Semaphore::new(MOST_WAITING)),
            runtime: Handle::current(),
            shown: is_development.then(Arc::default),
        })
    }

    /// Whether mails leave, and how long it took to find out.
    pub async fn works(&self) -> (bool, Duration) {
        self.outlook.ask(&self.way).await
    }

    /// The last mails with their recipients, the newest first. `None` outside development.
    pub fn shown(&self) -> Option<Vec<(String, Letter)>> {
        let shown = self.shown.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        Some(shown.iter().rev().cloned().collect())
    }

    /// Hands a mail in. It is sent soon, and tried for an hour.
    pub fn send(&self, to: &Email, letter: &Letter) {
        if let Some(shown) = &self.shown {
            let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
            shown.push_back((to.to_string(), letter.clone()));
            while shown.len() > MOST_SHOWN {
                shown.pop_front();
            }
        }
        let Some(message) = self.message(to, letter) else { return };
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            tracing::error!("a mail was given up: too many wait");
            return;
        };
        let mailer = self.clone();
        // Each in a task of its own: a slow server holds nobody else's mail.
        self.runtime.spawn(async move {
            mailer.leave(&message, LONGEST).await;
            drop(place);
        });
    }

    /// Sends a mail, and says whether it left. For commands, which end when they are done.
    pub async fn deliver(&self, to: &Email, letter: &Letter) -> bool {
        match self.message(to, letter) {
            Some(message) => self.leave(&message, LONGEST_WATCHED).await,
            None => false,
        }
    }

    /// Whether it left in time.
    async fn leave(&self, message: &Message, longest: Duration) -> bool {
        let pauses = ExponentialBuilder::default()
            .with_min_delay(PAUSES.0)
            .with_max_delay(PAUSES.1)
            .without_max_times()
            .with_total_delay(Some(longest))
            .with_jitter();
        let sent = (|| self.attempt(message))
            .retry(pauses)
            .when(|error| !error.is_final())
            .notify(|error, pause| tracing::warn!(%error, ?pause, "a mail was not sent, and is tried again"))
            .await;
        sent.inspect_err(|error| tracing::error!(%error, "a mail was given up")).is_ok()
    }

    async fn attempt(&self, message: &Message) -> Result<(), NotSent> {
        let start = Instant::now();
        let sent = self.way.send(message.clone()).await;
        // One that is refused for good says nothing of others: it may be the mail's fault, or that of a password.
        if !sent.as_ref().is_err_and(NotSent::is_final) {
            self.outlook.learn(sent.is_ok(), start).await;
        }
        sent
    }

    /// Both forms in one: whoever reads it chooses (RFC 2046, section 5.1.4).
    fn message(&self, to: &Email, letter: &Letter) -> Option<Message> {
        let html = letter.html().inspect_err(|error| tracing::error!(%error, "a mail could not be drawn")).ok()?;
        let part = |kind: ContentType| SinglePart::builder().header(kind);
        let both = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN).body(unwrapped(&letter.plain())))
            .singlepart(part(ContentType::TEXT_HTML).body(html));
        let built = Message::builder()
            .from(self.from.as_ref().clone())
            .to(Mailbox::new(None, to.as_str().parse().ok()?))
            .subject(letter.subject)
            .multipart(both);
        built.inspect_err(|error| tracing::error!(%error, "a mail could not be written")).ok()
    }
}

/// A body whose lines stay as they are: a link that is cut in two can't be copied. Names beyond ASCII take the usual way.
fn unwrapped(body: &str) -> Body {
    let text = body.replace('\n', "\r\n");
    // Lines of a mail have 998 characters at most (RFC 5322, section 2.1.1).
    if text.is_ascii() && text.lines().all(|line| line.len() <= 998) {
        Body::dangerous_pre_encoded(text.into_bytes(), ContentTransferEncoding::SevenBit)
    } else {
        Body::new(text)
    }
}

//! Mail: by SMTP, or into a folder while there is no server.

mod letter;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncFileTransport, AsyncTransport as _, Message, Tokio1Executor};
use thiserror::Error;
use tokio::sync::mpsc;

use crate::domain::email::Email;

pub use letter::{Letter, page};

/// Mails that wait at most.
const MOST_WAITING: usize = 1000;
/// How often a mail is tried.
const TRIES: u32 = 4;

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

#[derive(Clone)]
enum Way {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>),
}

/// Mails with their recipients.
type Shown = VecDeque<(String, Letter)>;

/// Sends mails behind the caller's back, so that nobody can tell by the time whether one was sent.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Arc<Mailbox>,
    way: Way,
    queue: mpsc::Sender<Message>,
    /// In development, the last ones.
    shown: Option<Arc<Mutex<Shown>>>,
}

/// Mails that are shown in development.
const MOST_SHOWN: usize = 50;
impl std::fmt::Debug for Way {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the server's address: a password stands in it.
        out.write_str(match self {
            Self::Server(_) => "Server",
            Self::Folder(_) => "Folder",
        })
    }
}

impl Mailer {
    /// By what the operator set.
    pub fn start(config: &crate::config::Mail, folder: PathBuf, is_development: bool) -> Result<Self, MailError> {
        let way = match &config.smtp_url {
            Some(url) => Way::Server(AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.build()),
            None => {
                std::fs::create_dir_all(&folder).map_err(|error| MailError::Folder(folder.clone(), error))?;
                Way::Folder(AsyncFileTransport::new(folder))
            }
        };
        let (queue, waiting) = mpsc::channel(MOST_WAITING);
        tokio::spawn(send_all(way.clone(), waiting));
        let shown = is_development.then(Arc::default);
        Ok(Self { from: Arc::new(config.mail_from.parse()?), way, queue, shown })
    }

    /// The last mails with their recipients, the newest first. `None` outside development.
    pub fn shown(&self) -> Option<Vec<(String, Letter)>> {
        let shown = self.shown.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        Some(shown.iter().rev().cloned().collect())
    }

    /// Hands a mail in. It is sent soon, and tried a few times.
    pub fn send(&self, to: &Email, letter: &Letter) {
        if let Some(shown) = &self.shown {
            let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
            shown.push_back((to.to_string(), letter.clone()));
            while shown.len() > MOST_SHOWN {
                shown.pop_front();
            }
        }
        let Some(message) = self.message(to, letter) else { return };
        if self.queue.try_send(message).is_err() {
            tracing::error!("a mail was given up: too many wait");
        }
    }

    /// Sends a mail, and says whether it left. For commands, which end when they are done.
    pub async fn deliver(&self, to: &Email, letter: &Letter) -> bool {
        match self.message(to, letter) {
            Some(message) => send(self.way.clone(), message).await,
            None => false,
        }
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

async fn send_all(way: Way, mut waiting: mpsc::Receiver<Message>) {
    while let Some(message) = waiting.recv().await {
        // Each in a task of its own: a slow server holds nobody else's mail.
        let way = way.clone();
        tokio::spawn(async move { send(way, message).await });
    }
}

/// Whether it left.
async fn send(way: Way, message: Message) -> bool {
    for attempt in 1..=TRIES {
        let sent = match &way {
            Way::Server(server) => server.send(message.clone()).await.map(|_| ()).map_err(|error| error.to_string()),
            Way::Folder(folder) => folder.send(message.clone()).await.map(|_| ()).map_err(|error| error.to_string()),
        };
        match sent {
            Ok(()) => return true,
            Err(error) => tracing::warn!(error, attempt, "a mail was not sent"),
        }
        tokio::time::sleep(std::time::Duration::from_secs(u64::from(2 * attempt.pow(2)))).await;
    }
    tracing::error!("a mail was given up");
    false
}

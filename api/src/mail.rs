//! Email delivery by SMTP, or to a folder if no server is configured.

mod delivery_health;
mod message;
mod transport;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use domain::email::Email as EmailAddress;
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use thiserror::Error;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use uuid::Uuid;

use self::delivery_health::DeliveryHealth;
use self::transport::{DeliveryError, Transport};
pub use message::{Email, content_security_policy, render_page};

/// Name of the header of RFC 3834, section 5.
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");
/// Maximum number of queued emails.
const QUEUE_CAPACITY: usize = 1000;
/// Minimum and maximum delay between attempts.
const RETRY_DELAYS: (Duration, Duration) = (Duration::from_secs(2), Duration::from_mins(1));
/// Time for which delivery is retried: enough for a restarted or moved mail server.
const RETRY_TIME: Duration = Duration::from_hours(1);
/// Time for which a command retries delivery.
const COMMAND_RETRY_TIME: Duration = Duration::from_secs(30);

/// Invalid email settings.
#[derive(Debug, Error)]
pub enum MailError {
    /// `SMTP_URL` is invalid.
    #[error("SMTP_URL is invalid: {0}")]
    Url(#[from] lettre::transport::smtp::Error),
    /// `MAIL_FROM` is invalid.
    #[error("MAIL_FROM is invalid: {0}")]
    From(#[from] lettre::address::AddressError),
    /// Folder could not be created.
    #[error("{path}: {error}", path = .0.display(), error = .1)]
    Folder(PathBuf, std::io::Error),
}

/// Emails with their recipients.
type RecentEmails = VecDeque<(String, Email)>;

/// Sends emails in the background, so that response times don't reveal whether one is sent.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Arc<Mailbox>,
    transport: Transport,
    delivery_health: DeliveryHealth,
    /// Slots for queued emails.
    slots: Arc<Semaphore>,
    runtime: Handle,
    /// Last emails, in development.
    recent: Option<Arc<Mutex<RecentEmails>>>,
}

/// Maximum number of emails stored in development.
const MAX_RECENT: usize = 50;

impl Mailer {
    /// Creates a mailer from the configuration. Must be called within a runtime.
    pub fn start(config: &crate::config::Mail, folder: PathBuf, is_development: bool) -> Result<Self, MailError> {
        Ok(Self {
            from: Arc::new(config.mail_from.parse()?),
            transport: Transport::new(config.smtp_url.as_ref().map(|url| url.expose().as_str()), folder)?,
            delivery_health: DeliveryHealth::default(),
            slots: Arc::new(Semaphore::new(QUEUE_CAPACITY)),
            runtime: Handle::current(),
            recent: is_development.then(Arc::default),
        })
    }

    /// Returns true if delivery works, and the latency of that check.
    pub async fn check_delivery(&self) -> (bool, Duration) {
        self.delivery_health.check(&self.transport).await
    }

    /// Returns the last emails with their recipients, newest first. `None` outside development.
    pub fn recent(&self) -> Option<Vec<(String, Email)>> {
        let recent = self.recent.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        Some(recent.iter().rev().cloned().collect())
    }

    /// Queues an email. Delivery is retried for an hour.
    pub fn send(&self, to: &EmailAddress, email: &Email) {
        if let Some(recent) = &self.recent {
            let mut recent = recent.lock().unwrap_or_else(PoisonError::into_inner);
            recent.push_back((to.to_string(), email.clone()));
            while recent.len() > MAX_RECENT {
                recent.pop_front();
            }
        }
        let Some(message) = self.message(to, email) else { return };
        let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else {
            tracing::error!("dropped an email: the queue is full");
            return;
        };
        let mailer = self.clone();
        // One task per email: a slow server delays no other email.
        self.runtime.spawn(async move {
            mailer.send_with_retries(&message, RETRY_TIME).await;
            drop(slot);
        });
    }

    /// Sends an email and returns true on success. For commands, which exit when done.
    pub async fn deliver(&self, to: &EmailAddress, email: &Email) -> bool {
        match self.message(to, email) {
            Some(message) => self.send_with_retries(&message, COMMAND_RETRY_TIME).await,
            None => false,
        }
    }

    /// Retries delivery until success or until `max_time` has passed.
    async fn send_with_retries(&self, message: &Message, max_time: Duration) -> bool {
        let delays = ExponentialBuilder::default()
            .with_min_delay(RETRY_DELAYS.0)
            .with_max_delay(RETRY_DELAYS.1)
            .without_max_times()
            .with_total_delay(Some(max_time))
            .with_jitter();
        let sent = (|| self.attempt(message))
            .retry(delays)
            .when(|error| !error.is_permanent())
            .notify(|error, delay| tracing::warn!(%error, ?delay, "could not send an email, retrying"))
            .await;
        sent.inspect_err(|error| tracing::error!(%error, "an email was not delivered; no further attempts")).is_ok()
    }

    async fn attempt(&self, message: &Message) -> Result<(), DeliveryError> {
        let start = Instant::now();
        let sent = self.transport.send(message.clone()).await;
        // A permanent rejection doesn't indicate that delivery fails in general: the cause may be the email or the
        // password.
        if !sent.as_ref().is_err_and(DeliveryError::is_permanent) {
            self.delivery_health.record(sent.is_ok(), start).await;
        }
        sent
    }

    /// Builds a multipart alternative: plain text and HTML (RFC 2046, section 5.1.4).
    fn message(&self, to: &EmailAddress, email: &Email) -> Option<Message> {
        let html = email.html().inspect_err(|error| tracing::error!(%error, "could not render an email")).ok()?;
        let part = |kind: ContentType| SinglePart::builder().header(kind);
        let both = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN).body(unwrapped_body(&email.plain())))
            .singlepart(part(ContentType::TEXT_HTML).body(html));
        let built = Message::builder()
            .from(self.from.as_ref().clone())
            .to(Mailbox::new(None, to.as_str().parse().ok()?))
            .subject(email.subject)
            .message_id(Some(format!("<{}@{}>", Uuid::new_v4(), self.from.email.domain())))
            // Tells vacation responders not to answer (RFC 3834, section 5).
            .raw_header(HeaderValue::new(AUTO_SUBMITTED, "auto-generated".to_owned()))
            .multipart(both);
        built.inspect_err(|error| tracing::error!(%error, "could not build an email")).ok()
    }
}

/// Encodes a body without wrapping its lines, since a split link can't be copied. Non-ASCII text is encoded normally.
fn unwrapped_body(body: &str) -> Body {
    let text = body.replace('\n', "\r\n");
    // Lines can have 998 characters (RFC 5322, section 2.1.1).
    if text.is_ascii() && text.lines().all(|line| line.len() <= 998) {
        Body::dangerous_pre_encoded(text.into_bytes(), ContentTransferEncoding::SevenBit)
    } else {
        Body::new(text)
    }
}

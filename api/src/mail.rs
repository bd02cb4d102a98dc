//! Email delivery by SMTP, or to a folder if no server is configured. Emails wait in the database's queue.

mod delivery_health;
mod message;
pub mod notices;
mod sealed_email;
mod transport;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};
use domain::email::Email as EmailAddress;
use domain::id::OrganizationId;
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use store::email_queue::{self, NewEmail};
use store::records::QueuedEmailRecord;
use store::{Store, StoreError};
use thiserror::Error;
use tokio::sync::Notify;
use tokio::time::Instant;
use uuid::Uuid;

use self::delivery_health::DeliveryHealth;
use self::transport::{DeliveryError, Transport};
use crate::clock::Clock;
pub use message::{Email, content_security_policy, render_page};
pub use sealed_email::{EmailSeal, SealError};

/// Name of the header of RFC 3834, section 5.
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");
/// Number of emails that are sent at a time.
const MAX_CONCURRENT: usize = 16;
/// Minimum and maximum delay between attempts.
const RETRY_DELAYS: (Duration, Duration) = (Duration::from_secs(2), Duration::from_mins(10));
/// Time for which delivery is retried, in milliseconds.
const RETRY_MS: i64 = 24 * 3_600_000;

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
    /// Key of the queue unusable.
    #[error("KEY_DIR: {0}")]
    Seal(#[from] SealError),
}

/// Emails with their recipients.
type RecentEmails = VecDeque<(String, Email)>;

/// Sends the emails of the queue.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Arc<Mailbox>,
    transport: Transport,
    delivery_health: DeliveryHealth,
    seal: EmailSeal,
    /// Wakes the sender: there is a new email.
    wake: Arc<Notify>,
    /// Last emails, in development.
    recent: Option<Arc<Mutex<RecentEmails>>>,
}

/// Maximum number of emails stored in development.
const MAX_RECENT: usize = 50;

impl Mailer {
    /// Creates a mailer from the configuration.
    pub fn new(
        config: &crate::config::Mail,
        folder: PathBuf,
        is_development: bool,
        seal: EmailSeal,
    ) -> Result<Self, MailError> {
        Ok(Self {
            from: Arc::new(config.mail_from.parse()?),
            transport: Transport::new(config.smtp_url.as_ref().map(|url| url.expose().as_str()), folder)?,
            delivery_health: DeliveryHealth::default(),
            seal,
            wake: Arc::default(),
            recent: is_development.then(Arc::default),
        })
    }

    /// Encrypts an email for the queue. Without a recipient, it is removed instead of sent.
    ///
    /// # Errors
    ///
    /// [`SealError`] if the system has no random bytes.
    pub fn seal(
        &self,
        organization: OrganizationId,
        to: Option<&EmailAddress>,
        email: Email,
    ) -> Result<NewEmail, SealError> {
        // In development, an email is visible at once: the next command may read it.
        if let Some(to) = to {
            self.record_recent(to, &email);
        }
        self.seal.seal(organization, to, email)
    }

    /// Wakes the sender after an email was queued.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Completes when an email was queued since the last call. For the sender only.
    pub async fn woken(&self) {
        self.wake.notified().await;
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

    /// Sends the emails that are due. Returns their number.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the queue can't be read.
    pub async fn send_due(&self, store: &Store, clock: &Clock) -> Result<usize, StoreError> {
        let due = email_queue::claim_due(store, clock.now_ms(), MAX_CONCURRENT as u64).await?;
        let count = due.len();
        let sent = due.into_iter().map(|row| self.send_row(store, clock, row));
        for result in futures_util::future::join_all(sent).await {
            result?;
        }
        Ok(count)
    }

    /// Sends an email of the queue, and removes or postpones it.
    async fn send_row(&self, store: &Store, clock: &Clock, row: QueuedEmailRecord) -> Result<(), StoreError> {
        let (to, email) = match self.seal.open(row.content) {
            Ok(opened) => opened,
            Err(error) => {
                tracing::error!(%error, "removed an email from the queue");
                return email_queue::remove(store, row.id).await;
            }
        };
        let Some(to) = to else { return email_queue::remove(store, row.id).await };
        let Some(message) = self.message(&to, &email) else { return email_queue::remove(store, row.id).await };
        let now = clock.now_ms();
        match self.attempt(&message).await {
            Ok(()) => {
                self.record_recent(&to, &email);
                email_queue::remove(store, row.id).await
            }
            Err(error) if error.is_permanent() || now - row.created_at >= RETRY_MS => {
                tracing::error!(%error, attempts = row.attempts, "an email was not delivered; no further attempts");
                email_queue::remove(store, row.id).await
            }
            Err(error) => {
                let delay = delay_after(row.attempts);
                tracing::warn!(%error, ?delay, "could not send an email, retrying");
                let until = now + i64::try_from(delay.as_millis()).unwrap_or(i64::MAX / 2);
                email_queue::postpone(store, row.id, until).await
            }
        }
    }

    /// Records an email in development, unless it was recorded when it was queued: other processes queue emails too.
    fn record_recent(&self, to: &EmailAddress, email: &Email) {
        let Some(recent) = &self.recent else { return };
        let mut recent = recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.iter().any(|(recipient, known)| recipient == to.as_str() && known == email) {
            return;
        }
        recent.push_back((to.to_string(), email.clone()));
        while recent.len() > MAX_RECENT {
            recent.pop_front();
        }
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
            .subject(email.subject.as_str())
            .message_id(Some(format!("<{}@{}>", Uuid::new_v4(), self.from.email.domain())))
            // Tells vacation responders not to answer (RFC 3834, section 5).
            .raw_header(HeaderValue::new(AUTO_SUBMITTED, "auto-generated".to_owned()))
            .multipart(both);
        built.inspect_err(|error| tracing::error!(%error, "could not build an email")).ok()
    }
}

/// Delay after a number of failed attempts.
fn delay_after(attempts: i32) -> Duration {
    let mut delays = ExponentialBuilder::default()
        .with_min_delay(RETRY_DELAYS.0)
        .with_max_delay(RETRY_DELAYS.1)
        .without_max_times()
        .with_jitter()
        .build();
    delays.nth(usize::try_from(attempts - 1).unwrap_or(0)).unwrap_or(RETRY_DELAYS.1)
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

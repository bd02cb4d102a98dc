//! Transports of email: SMTP (RFC 5321) or a folder.

use std::path::PathBuf;

use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncFileTransport, AsyncTransport as _, Message, Tokio1Executor};
use thiserror::Error;

use super::MailError;

/// Transport.
#[derive(Clone)]
pub(super) enum Transport {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>, PathBuf),
}

/// Delivery error.
#[derive(Debug, Error)]
pub(super) enum DeliveryError {
    #[error("the mail server did not accept the email: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
    #[error("could not write the email: {0}")]
    Folder(#[from] lettre::transport::file::Error),
}

impl DeliveryError {
    /// Returns true if the server rejected this email: reply codes 550 to 553 (RFC 5321, section 4.2.3). Other permanent
    /// errors, such as a wrong password, are those of the settings: after their correction, the email can be sent.
    pub(super) fn is_permanent(&self) -> bool {
        let Self::Server(error) = self else { return false };
        error.status().is_some_and(|code| matches!(u16::from(code), 550..=553))
    }
}

impl Transport {
    /// Creates an SMTP transport for a URL, or else a folder transport and its folder.
    pub(super) fn new(smtp_url: Option<&str>, folder: PathBuf) -> Result<Self, MailError> {
        if let Some(url) = smtp_url {
            return Ok(Self::Server(AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.build()));
        }
        std::fs::create_dir_all(&folder).map_err(|error| MailError::Folder(folder.clone(), error))?;
        Ok(Self::Folder(AsyncFileTransport::new(&folder), folder))
    }

    pub(super) async fn send(&self, message: Message) -> Result<(), DeliveryError> {
        match self {
            Self::Server(server) => server.send(message).await.map(drop).map_err(DeliveryError::from),
            Self::Folder(files, _) => files.send(message).await.map(drop).map_err(DeliveryError::from),
        }
    }

    /// Probes the transport without sending.
    pub(super) async fn probe(&self) -> bool {
        match self {
            Self::Server(server) => server.test_connection().await.unwrap_or(false),
            Self::Folder(_, folder) => tokio::fs::try_exists(folder).await.unwrap_or(false),
        }
    }
}

impl std::fmt::Debug for Transport {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Omits the server's URL, which may contain a password.
        out.write_str(match self {
            Self::Server(_) => "Server",
            Self::Folder(..) => "Folder",
        })
    }
}

//! How mails leave: to a server by SMTP (RFC 5321), or into a folder.

use std::path::PathBuf;

use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncFileTransport, AsyncTransport as _, Message, Tokio1Executor};
use thiserror::Error;

use super::MailError;

/// Where mails go.
#[derive(Clone)]
pub(super) enum Way {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>, PathBuf),
}

/// Why a mail did not leave.
#[derive(Debug, Error)]
pub(super) enum NotSent {
    #[error("the mail server did not take it: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
    #[error("it could not be written: {0}")]
    Folder(#[from] lettre::transport::file::Error),
}

impl NotSent {
    /// Whether the same mail will never be taken: the server's answer is of the class 5yz (RFC 5321, section 4.2.1).
    pub(super) fn is_final(&self) -> bool {
        matches!(self, Self::Server(error) if error.is_permanent() || error.is_client())
    }
}

impl Way {
    /// To the server of a URL, or else into a folder, which is made.
    pub(super) fn new(smtp_url: Option<&str>, folder: PathBuf) -> Result<Self, MailError> {
        if let Some(url) = smtp_url {
            return Ok(Self::Server(AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.build()));
        }
        std::fs::create_dir_all(&folder).map_err(|error| MailError::Folder(folder.clone(), error))?;
        Ok(Self::Folder(AsyncFileTransport::new(&folder), folder))
    }

    pub(super) async fn send(&self, message: Message) -> Result<(), NotSent> {
        match self {
            Self::Server(server) => server.send(message).await.map(drop).map_err(NotSent::from),
            Self::Folder(files, _) => files.send(message).await.map(drop).map_err(NotSent::from),
        }
    }

    /// Whether a mail could leave now, as far as can be told without one.
    pub(super) async fn is_open(&self) -> bool {
        match self {
            Self::Server(server) => server.test_connection().await.unwrap_or(false),
            Self::Folder(_, folder) => tokio::fs::try_exists(folder).await.unwrap_or(false),
        }
    }
}

impl std::fmt::Debug for Way {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the server's address: a password stands in it.
        out.write_str(match self {
            Self::Server(_) => "Server",
            Self::Folder(..) => "Folder",
        })
    }
}

//! The audit trail.

use futures_util::{StreamExt as _, TryStreamExt as _};
use http::header::ACCEPT;
use tokio_util::codec::{FramedRead, LinesCodec, LinesCodecError};
use tokio_util::io::StreamReader;

use crate::list::{self, BoxStream};
use crate::operation::declare;
use crate::types::{AuditEvent, AuditHead, AuditQuery, AuditVerification};
use crate::{Client, Error, EventId, List, Result};

declare! {
    LIST = Get "listAuditEvents" "/api/v1/audit";
    GET = Get "getAuditEvent" "/api/v1/audit/{eventId}";
    VERIFY = Get "verifyAuditTrail" "/api/v1/audit/verify";
    HEAD = Get "getAuditHead" "/api/v1/audit/head";
    EXPORT = Get "exportAuditTrail" "/api/v1/audit/export";
}

/// Longest line of an export, in bytes.
const LONGEST_LINE: usize = 1024 * 1024;

/// The audit trail.
#[derive(Clone, Debug)]
pub struct Audit(pub(crate) Client);

impl Audit {
    /// A page of events, the newest first. An agent sees what is about itself.
    pub async fn list(&self, query: &AuditQuery) -> Result<List<AuditEvent>> {
        self.0.call(LIST).query(query).fetch().await
    }

    /// All of them, page by page, from the query's page on.
    pub fn all(&self, query: AuditQuery) -> BoxStream<AuditEvent> {
        let audit = self.clone();
        list::all(query.page, move |page| {
            let (audit, query) = (audit.clone(), AuditQuery { page: Some(page), ..query.clone() });
            async move { audit.list(&query).await }
        })
    }

    /// One event.
    pub async fn get(&self, id: EventId) -> Result<AuditEvent> {
        self.0.call_at(GET, &[&id]).fetch().await
    }

    /// Lets the server compute every hash anew.
    pub async fn verify(&self) -> Result<AuditVerification> {
        self.0.call(VERIFY).fetch().await
    }

    /// The end of the chain, signed.
    pub async fn head(&self) -> Result<AuditHead> {
        self.0.call(HEAD).fetch().await
    }

    /// The whole chain, the oldest event first, each a line of JSON as the server wrote it: what its hash is made of. An
    /// export that breaks off ends with an error.
    pub async fn export(&self) -> Result<BoxStream<String>> {
        let response = self.0.call(EXPORT).header(ACCEPT, "application/jsonl").stream().await?;
        let bytes = StreamReader::new(response.bytes_stream().map_err(std::io::Error::other));
        let lines = FramedRead::new(bytes, LinesCodec::new_with_max_length(LONGEST_LINE));
        Ok(lines.map_err(broken).boxed())
    }
}

fn broken(error: LinesCodecError) -> Error {
    let cause = match error {
        LinesCodecError::Io(error) => error.into_inner().and_then(|inner| inner.downcast::<reqwest::Error>().ok()),
        LinesCodecError::MaxLineLengthExceeded => None,
    };
    match cause {
        Some(error) => Error::from(*error),
        None => Error::Decode {
            status: http::StatusCode::OK,
            request_id: None,
            reason: "a line is no UTF-8, or longer than 1 MiB".to_owned(),
        },
    }
}

//! The audit trail.

use futures_util::{StreamExt as _, TryStreamExt as _};
use http::header::ACCEPT;
use tokio_util::codec::{FramedRead, LinesCodec, LinesCodecError};
use tokio_util::io::StreamReader;

use crate::list::{self, BoxStream};
use crate::operation::declare;
use crate::types::{AuditCheckpoint, AuditEvent, AuditHead, AuditQuery, AuditVerification};
use crate::{Client, Error, EventId, List, Result};

declare! {
    LIST = Get "listAuditEvents" "/api/v1/audit";
    GET = Get "getAuditEvent" "/api/v1/audit/{eventId}";
    VERIFY = Get "verifyAuditTrail" "/api/v1/audit/verify";
    HEAD = Get "getAuditHead" "/api/v1/audit/head";
    EXPORT = Get "exportAuditTrail" "/api/v1/audit/export";
}

/// Maximum length of an export line, in bytes.
const LONGEST_LINE: usize = 1024 * 1024;

/// The audit trail.
#[derive(Clone, Debug)]
pub struct Audit(Client);

impl Client {
    /// The audit trail.
    pub fn audit(&self) -> Audit {
        Audit(self.clone())
    }
}

impl Audit {
    /// Lists a page of events, newest first. An agent sees only events about itself.
    pub async fn list(&self, query: &AuditQuery) -> Result<List<AuditEvent>> {
        self.0.call(LIST).query(query).fetch().await
    }

    /// Streams all events, from the query's page.
    pub fn all(&self, query: AuditQuery) -> BoxStream<AuditEvent> {
        let audit = self.clone();
        list::all(query.page, move |page| {
            let (audit, query) = (audit.clone(), AuditQuery { page: Some(page), ..query.clone() });
            async move { audit.list(&query).await }
        })
    }

    /// Returns an event.
    pub async fn get(&self, id: EventId) -> Result<AuditEvent> {
        self.0.call_at(GET, &[&id]).fetch().await
    }

    /// Verifies the chain on the server: recomputes every hash, from the first event or from a checkpoint.
    pub async fn verify(&self, checkpoint: &AuditCheckpoint) -> Result<AuditVerification> {
        self.0.call(VERIFY).query(checkpoint).fetch().await
    }

    /// Returns the signed head of the chain.
    pub async fn head(&self) -> Result<AuditHead> {
        self.0.call(HEAD).fetch().await
    }

    /// Exports the chain, oldest event first: one JSON line per event, exactly as hashed. An interrupted export ends
    /// with an error.
    pub async fn export(&self) -> Result<BoxStream<String>> {
        let response = self.0.call(EXPORT).header(ACCEPT, "application/jsonl").stream().await?;
        let bytes = StreamReader::new(response.bytes_stream().map_err(std::io::Error::other));
        let lines = FramedRead::new(bytes, LinesCodec::new_with_max_length(LONGEST_LINE));
        Ok(lines.map_err(stream_error).boxed())
    }
}

fn stream_error(error: LinesCodecError) -> Error {
    let cause = match error {
        LinesCodecError::Io(error) => error.into_inner().and_then(|inner| inner.downcast::<reqwest::Error>().ok()),
        LinesCodecError::MaxLineLengthExceeded => None,
    };
    match cause {
        Some(error) => Error::from(*error),
        None => Error::Decode {
            status: http::StatusCode::OK,
            request_id: None,
            reason: "a line is not UTF-8 or exceeds 1 MiB".to_owned(),
        },
    }
}

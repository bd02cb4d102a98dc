//! Guarded client for URLs provided by users: prevents access to internal networks (SSRF).
//!
//! https only, port 443, no proxy, no cookies, no compression. Each host, including redirect targets, is resolved here;
//! every resolved address is checked against the special-purpose registries ([`address`]), and the connection uses a
//! checked address itself, so DNS rebinding has no effect. Follows at most three redirects, and only to the host with
//! or without `www`. Limits: body 64 KiB, total time 5 s.
//!
//! Errors name the rejected URL or address, so that publishers can fix it.

mod address;
mod fetch;
mod guard;
mod names;

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::field::sanitize;
use guard::Guard;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use thiserror::Error;

use crate::config::Config;
pub use address::{Special, special};

/// Time limit of a fetch with its redirects, and of a DNS query.
pub const TIME_LIMIT: Duration = Duration::from_secs(5);
/// Limit of a body, in bytes.
pub const MAX_BODY_BYTES: usize = 64 * 1024;
/// Maximum number of redirects.
pub const MAX_REDIRECTS: usize = 3;
/// Maximum length of quoted foreign text in an error, in characters.
const MAX_QUOTED: usize = 200;

/// Invalid verifier settings. Each error names the setting.
#[derive(Debug, Error)]
pub enum VerifierStart {
    /// Root certificates can't be read, or the file contains none.
    #[error("VERIFIER_ROOTS: {path}: {reason}", path = .0.display(), reason = .1)]
    Roots(PathBuf, String),
    /// TLS could not be set up.
    #[error("could not set up TLS of the verifier: {0}")]
    Tls(#[from] rustls::Error),
}

/// Error of a fetch, phrased for the publisher.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VerifierError {
    /// No DNS server configured.
    #[error("No DNS server is available. The operator of this service has to configure one.")]
    NoNameServer,
    /// Invalid https URL.
    #[error("{} is not an https URL", sanitize(.0, MAX_QUOTED))]
    NotHttps(String),
    /// URL with a user name or password.
    #[error("{} contains a user name", sanitize(.0, MAX_QUOTED))]
    UserInfo(String),
    /// Port other than 443.
    #[error("port {0} is not allowed; use 443")]
    Port(u16),
    /// IP address outside the public internet.
    #[error("{address} is {special}{}", host.as_ref().map(|host| format!(" (resolved from {host})")).unwrap_or_default())]
    Special {
        /// IP address.
        address: IpAddr,
        /// Special purpose of the address.
        special: Special,
        /// Host name that resolved to it, if any.
        host: Option<String>,
    },
    /// Host that the operator refuses.
    #[error("{0} is refused by VERIFIER_REFUSE")]
    Refused(String),
    /// Invalid host name.
    #[error("{} is not a host name", sanitize(.0, MAX_QUOTED))]
    HostName(String),
    /// Name or record doesn't exist.
    #[error("{name} has no {kind} record")]
    NoRecord {
        /// Name.
        name: String,
        /// Type: `A or AAAA`, or `TXT`.
        kind: &'static str,
    },
    /// DNS query failed.
    #[error("DNS query for {name} failed: {}", sanitize(.reason, MAX_QUOTED))]
    Names {
        /// Queried name.
        name: String,
        /// Cause.
        reason: String,
    },
    /// Too many redirects.
    #[error("more than {MAX_REDIRECTS} redirects")]
    Redirects,
    /// Redirect to another host: control of one host doesn't prove control of another.
    #[error("redirect to {}; only the same host, with or without www, is followed", sanitize(.0, MAX_QUOTED))]
    OtherHost(String),
    /// Redirect without a location.
    #[error("redirect without a Location")]
    RedirectNowhere,
    /// Status other than 200.
    #[error("status {0}; expected 200")]
    Status(u16),
    /// Body over the limit.
    #[error("the body exceeds {} KiB", MAX_BODY_BYTES / 1024)]
    TooLarge,
    /// Timeout.
    #[error("no complete response within {} s", TIME_LIMIT.as_secs())]
    TooSlow,
    /// Connection or TLS failed.
    #[error("connection failed: {}", sanitize(.0, MAX_QUOTED))]
    Connection(String),
}

impl VerifierError {
    /// Returns the words for the caller. All reasons why a host may not be reached have the same: their differences would
    /// show which names and addresses exist inside the operator's network. The log has the reason.
    pub fn for_caller(&self) -> String {
        match self {
            Self::Special { .. } | Self::Refused(_) | Self::Names { .. } | Self::NoRecord { .. } => {
                "the host has no address that may be reached from here".to_owned()
            }
            other => other.to_string(),
        }
    }
}

/// Guarded client.
#[derive(Clone, Debug)]
pub struct Verifier {
    guard: Guard,
    tls: rustls::ClientConfig,
    user_agent: String,
}

impl Verifier {
    /// Creates a verifier from the configuration. Must be called within a runtime, after the cryptography provider is
    /// installed.
    pub fn new(config: &Config) -> Result<Self, VerifierStart> {
        let claims = &config.claims;
        let names = names::Names::new(claims.verifier_dns);
        let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots(claims.verifier_roots.as_ref())?)
            .with_no_client_auth();
        let guard = Guard::new(claims, names);
        let user_agent =
            format!("SentryAgent-Verifier/{} (+{})", env!("CARGO_PKG_VERSION"), config.portal_page("/docs"));
        Ok(Self { guard, tls, user_agent })
    }

    /// Fetches the body of an https URL that returns 200, up to 64 KiB. Invalid UTF-8 is replaced.
    pub async fn fetch(&self, url: &str) -> Result<String, VerifierError> {
        let fetched =
            tokio::time::timeout(TIME_LIMIT, fetch::fetch(&self.guard, &self.tls, &self.user_agent, url)).await;
        fetched.map_err(|_| VerifierError::TooSlow)?
    }

    /// Queries the TXT records of a host name, each with its strings concatenated (as in RFC 7208, section 3.3).
    pub async fn txt(&self, name: &str) -> Result<Vec<String>, VerifierError> {
        self.guard.check_name(name)?;
        let result = tokio::time::timeout(TIME_LIMIT, self.guard.names.txt(name)).await;
        result.map_err(|_| VerifierError::TooSlow)?
    }
}

/// Loads the system's root certificates and the configured ones.
fn roots(more: Option<&PathBuf>) -> Result<RootCertStore, VerifierStart> {
    let mut store = RootCertStore::empty();
    let system = rustls_native_certs::load_native_certs();
    for error in system.errors {
        tracing::warn!(%error, "could not load a root certificate of the system");
    }
    store.add_parsable_certificates(system.certs);
    if let Some(path) = more {
        let wrong = |reason: String| VerifierStart::Roots(path.clone(), reason);
        let certificates = CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.to_string()))?;
        let certificates: Vec<_> = certificates.collect::<Result<_, _>>().map_err(|error| wrong(error.to_string()))?;
        if certificates.is_empty() {
            return Err(wrong("the file contains no certificate".to_owned()));
        }
        for certificate in certificates {
            store.add(certificate).map_err(|error| wrong(error.to_string()))?;
        }
    }
    Ok(store)
}

//! The one way by which the service fetches what others name: guarded, so that nobody reads our network through us.
//!
//! https alone, port 443, no proxy, no cookies, no compression. Each host, the first and those that redirects lead to,
//! is resolved here, every address of the answer is checked against the special-purpose registries ([`address`]), and
//! the connection goes to a checked address itself: an answer that changes in between changes nothing. Redirects are
//! followed by hand, three at most, and to no other host than the one with or without `www`. A body ends at 64 KiB, the whole at 5 seconds.
//!
//! What was refused is said by name, so that who publishes something knows what to repair.

mod address;
mod fetch;
mod guard;
mod names;

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::field::shown;
use guard::Guard;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use thiserror::Error;

use crate::config::Config;
pub use address::{Special, special};

/// Longest time of a fetch with all its redirects, and of a question to the name server.
pub const LONGEST: Duration = Duration::from_secs(5);
/// Largest body, in bytes.
pub const LARGEST: usize = 64 * 1024;
/// Most redirects that are followed.
pub const MOST_REDIRECTS: usize = 3;
/// Most characters of others' text in an error.
const SHOWN: usize = 200;

/// Why the verifier can't be made. Each names the setting.
#[derive(Debug, Error)]
pub enum VerifierStart {
    /// The file of roots can't be read, or holds none.
    #[error("VERIFIER_ROOTS: {path}: {reason}", path = .0.display(), reason = .1)]
    Roots(PathBuf, String),
    /// TLS can't be set up.
    #[error("the verifier's TLS can't be set up: {0}")]
    Tls(#[from] rustls::Error),
}

/// Why something was not fetched, in words for who published it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VerifierError {
    /// This service has none to ask.
    #[error("no name server can be asked at the moment; the operator of this service has to set one")]
    NoNameServer,
    /// What stands there is no address of the web.
    #[error("{} is no https address", shown(.0, SHOWN))]
    NotHttps(String),
    /// A name or password stands in the address.
    #[error("{} holds a user's name", shown(.0, SHOWN))]
    UserInfo(String),
    /// A port besides 443.
    #[error("port {0} is not asked: only 443 is")]
    Port(u16),
    /// An address that is not on the public internet.
    #[error("{address} is {special}{}", host.as_ref().map(|host| format!(" ({host} leads there)")).unwrap_or_default())]
    Special {
        /// The address.
        address: IpAddr,
        /// What it is.
        special: Special,
        /// The name whose address it is, if it came by one.
        host: Option<String>,
    },
    /// No host name.
    #[error("{} is no host name", shown(.0, SHOWN))]
    HostName(String),
    /// There is no such name, or it has no record of that kind.
    #[error("{name} has no {kind} record")]
    NoRecord {
        /// The name.
        name: String,
        /// `A or AAAA`, or `TXT`.
        kind: &'static str,
    },
    /// The name server failed.
    #[error("the name server could not answer for {name}: {}", shown(.reason, SHOWN))]
    Names {
        /// The name that was asked for.
        name: String,
        /// What happened.
        reason: String,
    },
    /// More redirects than are followed.
    #[error("it redirects more than {MOST_REDIRECTS} times")]
    Redirects,
    /// A redirect to somebody else: who controls one host may not prove another.
    #[error("it redirects to {}; besides the host itself, its name with or without www is followed", shown(.0, SHOWN))]
    OtherHost(String),
    /// A redirect that says not where.
    #[error("it redirects, but says not where")]
    RedirectNowhere,
    /// Another status than 200.
    #[error("it answered {0}, not 200")]
    Status(u16),
    /// A body that is too large.
    #[error("its body is larger than {} KiB", LARGEST / 1024)]
    TooLarge,
    /// It took too long.
    #[error("there was no whole answer within {} seconds", LONGEST.as_secs())]
    TooSlow,
    /// The connection or TLS failed.
    #[error("the connection failed: {}", shown(.0, SHOWN))]
    Connection(String),
}

/// Fetches, guarded.
#[derive(Clone, Debug)]
pub struct Verifier {
    guard: Guard,
    tls: rustls::ClientConfig,
    user_agent: String,
}

impl Verifier {
    /// By what the operator set. Called from within a runtime, once the process has chosen its cryptography.
    pub fn new(config: &Config) -> Result<Self, VerifierStart> {
        let claims = &config.claims;
        let names = names::Names::new(claims.verifier_dns);
        let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots(claims.verifier_roots.as_ref())?)
            .with_no_client_auth();
        let guard = Guard::new(claims.verifier_allow.clone(), claims.verifier_https_port, names);
        let user_agent =
            format!("SentryAgent-Verifier/{} (+{})", env!("CARGO_PKG_VERSION"), config.portal_page("/docs"));
        Ok(Self { guard, tls, user_agent })
    }

    /// The body of an https address that answers 200, at most 64 KiB of it; what is no UTF-8 is replaced.
    pub async fn fetch(&self, url: &str) -> Result<String, VerifierError> {
        let fetched = tokio::time::timeout(LONGEST, fetch::fetch(&self.guard, &self.tls, &self.user_agent, url)).await;
        fetched.map_err(|_| VerifierError::TooSlow)?
    }

    /// The TXT records of a host name, each with its parts put together (RFC 7208, section 3.3, does the same).
    pub async fn txt(&self, name: &str) -> Result<Vec<String>, VerifierError> {
        let asked = tokio::time::timeout(LONGEST, self.guard.names.txt(name)).await;
        asked.map_err(|_| VerifierError::TooSlow)?
    }
}

/// The system's roots, and those that the operator adds.
fn roots(more: Option<&PathBuf>) -> Result<RootCertStore, VerifierStart> {
    let mut store = RootCertStore::empty();
    let system = rustls_native_certs::load_native_certs();
    for error in system.errors {
        tracing::warn!(%error, "a root certificate of the system can't be read");
    }
    store.add_parsable_certificates(system.certs);
    if let Some(path) = more {
        let wrong = |reason: String| VerifierStart::Roots(path.clone(), reason);
        let read = CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.to_string()))?;
        let read: Vec<_> = read.collect::<Result<_, _>>().map_err(|error| wrong(error.to_string()))?;
        if read.is_empty() {
            return Err(wrong("it holds no certificate".to_owned()));
        }
        for certificate in read {
            store.add(certificate).map_err(|error| wrong(error.to_string()))?;
        }
    }
    Ok(store)
}

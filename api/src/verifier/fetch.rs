//! Fetches: request, manual redirects, bounded body.
//!
//! Each request uses its own client, which resolves only its own host, to the checked addresses. Connections are never
//! reused under another name.

use std::net::SocketAddr;
use std::sync::Arc;

use http::StatusCode;
use http::header::LOCATION;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use url::Url;

use super::guard::{Guard, host_of};
use super::{MAX_BODY_BYTES, MAX_REDIRECTS, VerifierError};

/// Checked addresses of one host.
struct Checked {
    host: String,
    sockets: Vec<SocketAddr>,
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let found = if name.as_str().eq_ignore_ascii_case(&self.host) {
            Ok(Box::new(self.sockets.clone().into_iter()) as Addrs)
        } else {
            Err(format!("{} was not checked", name.as_str()).into())
        };
        Box::pin(std::future::ready(found))
    }
}

/// Fetches a URL with redirects and returns its body.
pub(super) async fn fetch(
    guard: &Guard,
    tls: &rustls::ClientConfig,
    user_agent: &str,
    url: &str,
) -> Result<String, VerifierError> {
    let mut url = Url::parse(url).map_err(|_| VerifierError::NotHttps(url.to_owned()))?;
    let first = site(&url);
    for _ in 0..=MAX_REDIRECTS {
        host_of(&url)?;
        // Before its name is resolved: a redirect must not make the verifier look up names of its own network.
        if site(&url) != first {
            return Err(VerifierError::OtherHost(url.host_str().unwrap_or_default().to_owned()));
        }
        let sockets = guard.sockets(&url).await?;
        let response = request(sockets, tls.clone(), user_agent, &url).await?;
        match response.status() {
            StatusCode::OK => return body(response).await,
            StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT => url = next(&url, &response)?,
            status => return Err(VerifierError::Status(status.as_u16())),
        }
    }
    Err(VerifierError::Redirects)
}

async fn request(
    sockets: Vec<SocketAddr>,
    tls: rustls::ClientConfig,
    user_agent: &str,
    url: &Url,
) -> Result<Response, VerifierError> {
    // IP address hosts are connected to directly, so the URL needs the port.
    let mut url = url.clone();
    if let (Some(socket), false) = (sockets.first(), url.domain().is_some()) {
        let _ = url.set_port(Some(socket.port()));
    }
    let host = url.host_str().unwrap_or_default().to_owned();
    let client = Client::builder()
        .use_preconfigured_tls(tls)
        .dns_resolver(Arc::new(Checked { host, sockets }))
        .redirect(Policy::none())
        .no_proxy()
        .no_gzip()
        .no_brotli()
        .https_only(true)
        .http1_only()
        .referer(false)
        .pool_max_idle_per_host(0)
        .user_agent(user_agent)
        .build()
        .map_err(|error| connection(&error))?;
    client.get(url).send().await.map_err(|error| connection(&error))
}

/// Returns the host without `www`.
fn site(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// Returns the target of a redirect, which is checked like the first URL.
fn next(from: &Url, response: &Response) -> Result<Url, VerifierError> {
    let location = response.headers().get(LOCATION).ok_or(VerifierError::RedirectNowhere)?;
    let location = String::from_utf8_lossy(location.as_bytes());
    from.join(&location).map_err(|_| VerifierError::NotHttps(location.into_owned()))
}

async fn body(mut response: Response) -> Result<String, VerifierError> {
    let most = u64::try_from(MAX_BODY_BYTES).unwrap_or(u64::MAX);
    if response.content_length().is_some_and(|length| length > most) {
        return Err(VerifierError::TooLarge);
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| connection(&error))? {
        if bytes.len() + chunk.len() > MAX_BODY_BYTES {
            return Err(VerifierError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Extracts the innermost cause; the outer errors repeat the URL.
fn connection(error: &reqwest::Error) -> VerifierError {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    VerifierError::Connection(inner.to_string())
}

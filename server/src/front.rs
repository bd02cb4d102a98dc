//! Entry point of every request.
//!
//! A GET or HEAD of a URL with a prepared response is served here: no routing, no rendering, no lock. All other
//! requests go to the router, and their responses return through here for request ID, log line and metrics.

mod logged_path;

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv6Addr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use futures_util::future::Either as EitherFuture;
use http::{HeaderValue, Method, Request, Response};
use http_body_util::{Either, Full};
use hyper::body::Incoming;
use logged_path::redact_path;
use site::marketplace::{PageRequest, markdown_location};
use site::paths;
use site::response::PreparedResponse;
use site::response::respond::{respond, respond_in_place};
use tower::ServiceExt as _;
use web::client_address::Peer;
use web::host;
use web::query_limit;
use web::request_id::RequestId;

use crate::current_site::CurrentSite;
use crate::metrics::Metrics;

/// The body of a response: prepared bytes, or a body of the router.
pub type ResponseBody = Either<Full<Bytes>, Body>;
type ServiceResult = Result<Response<ResponseBody>, Infallible>;

/// The service of a connection.
#[derive(Clone, Debug)]
pub struct Front {
    current: Arc<CurrentSite>,
    metrics: Arc<Metrics>,
    router: Router,
    peer: Peer,
}

impl Front {
    /// Creates the service in front of a router.
    pub fn new(current: Arc<CurrentSite>, metrics: Arc<Metrics>, router: Router) -> Self {
        Self { current, metrics, router, peer: Peer(IpAddr::V6(Ipv6Addr::UNSPECIFIED)) }
    }

    /// Creates the service of a connection from `peer`.
    #[must_use]
    pub fn for_peer(&self, peer: Peer) -> Self {
        Self { peer, ..self.clone() }
    }

    /// The prepared response for a request, if there is one.
    fn prepared_response(&self, request: &Request<Incoming>) -> Option<Response<ResponseBody>> {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return None;
        }
        let snapshot = self.current.peek();
        let path = request.uri().path();
        let base = &snapshot.context.settings.base_path;
        if let Some(path) = path.strip_prefix(base.as_str()).filter(|path| path.starts_with(paths::MARKETPLACE)) {
            let page = PageRequest::parse(path, request.uri().query(), request.headers())?;
            let prepared = self.current.marketplace().fresh_response(&page, &snapshot)?;
            let location = if page.in_place { Some(markdown_location(&snapshot.context, &page)?) } else { None };
            return Some(respond_to(&prepared, location, request));
        }
        let (entry, location) = snapshot.select_entry(path, request.headers())?;
        if entry.depends_on_query() && request.uri().query().is_some() {
            return None;
        }
        let prepared = entry.prepared()?;
        Some(respond_to(&prepared, location.cloned(), request))
    }
}

/// Responds with a prepared response. `location` is the URL of the Markdown itself, for Markdown served at the page's
/// URL.
fn respond_to(
    prepared: &PreparedResponse,
    location: Option<HeaderValue>,
    request: &Request<Incoming>,
) -> Response<ResponseBody> {
    let (method, headers) = (request.method(), request.headers());
    let response = match location {
        Some(location) => respond_in_place(prepared, location, method, headers),
        None => respond(prepared, method, headers),
    };
    response.map(Either::Left)
}

impl hyper::service::Service<Request<Incoming>> for Front {
    type Response = Response<ResponseBody>;
    type Error = Infallible;
    type Future = EitherFuture<Ready<ServiceResult>, Pin<Box<dyn Future<Output = ServiceResult> + Send>>>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        let observed = Observed {
            start: Instant::now(),
            id: RequestId::of(self.peer, request.headers(), &self.current.config().listen.trusted_proxies),
            method: request.method().clone(),
        };
        // The router rejects the others: a prepared response and one that is not prepared yet obey the same rules.
        let is_valid = host::check(request.version(), request.headers()).is_ok()
            && query_limit::check(request.uri().query()).is_ok();
        if let Some(response) = self.prepared_response(&request).filter(|_| is_valid) {
            return EitherFuture::Left(ready(Ok(observed.finish(&self.metrics, request.uri().path(), response))));
        }
        let path = request.uri().path().to_owned();
        request.extensions_mut().insert(observed.id.clone());
        request.extensions_mut().insert(self.peer);
        let (router, metrics) = (self.router.clone(), Arc::clone(&self.metrics));
        EitherFuture::Right(Box::pin(async move {
            let response = match router.oneshot(request.map(Body::new)).await {
                Ok(response) => response.map(Either::Right),
                Err(never) => match never {},
            };
            Ok(observed.finish(&metrics, &path, response))
        }))
    }
}

/// A request in progress.
struct Observed {
    start: Instant,
    id: RequestId,
    method: Method,
}

impl Observed {
    /// Adds the request ID, counts and logs a response. Queries are not logged: they contain input of readers.
    fn finish<B>(self, metrics: &Metrics, path: &str, mut response: Response<B>) -> Response<B> {
        let took = self.start.elapsed();
        let status = response.status();
        metrics.record_response(status, took);
        tracing::info!(
            target: "portal::access",
            id = self.id.as_str(),
            method = self.method.as_str(),
            path = &*redact_path(path),
            status = status.as_u16(),
            micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            "request"
        );
        self.id.write_header(response.headers_mut());
        response
    }
}

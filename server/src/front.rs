//! What every request meets first.
//!
//! A GET or HEAD of an address whose answer is finished is answered here: no routing, no rendering, no lock. All
//! else goes to the router, whose answers pass here again for their request id, their line in the log and their
//! count.

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
use tower::ServiceExt as _;

use super::answer::{answer, answer_in_place};
use super::finished::Finished;
use super::logged;
use crate::live::Live;
use crate::marketplace::Ask;
use crate::metrics::Metrics;
use crate::middleware::client_address::Peer;
use crate::middleware::request_id::{self, RequestId};
use crate::site_paths;
use crate::view::marketplace;

/// A body: finished bytes, or whatever the router makes.
pub type AnswerBody = Either<Full<Bytes>, Body>;
type Answer = Result<Response<AnswerBody>, Infallible>;

/// The service of a connection.
#[derive(Clone, Debug)]
pub struct Front {
    live: Arc<Live>,
    metrics: Arc<Metrics>,
    router: Router,
    peer: Peer,
}

impl Front {
    /// Puts the fast way in front of the router.
    pub fn new(live: Arc<Live>, metrics: Arc<Metrics>, router: Router) -> Self {
        Self { live, metrics, router, peer: Peer(IpAddr::V6(Ipv6Addr::UNSPECIFIED)) }
    }

    /// The service of a connection from `peer`.
    #[must_use]
    pub fn of(&self, peer: IpAddr) -> Self {
        Self { peer: Peer(peer), ..self.clone() }
    }

    /// The answer, if it is finished.
    fn finished(&self, request: &Request<Incoming>) -> Option<Response<AnswerBody>> {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return None;
        }
        let generation = self.live.glance();
        let path = request.uri().path();
        let base = &generation.config.public.base_path;
        if let Some(path) = path.strip_prefix(base.as_str()).filter(|path| path.starts_with(site_paths::MARKETPLACE)) {
            let ask = Ask::read(path, request.uri().query(), request.headers())?;
            let finished = self.live.shelf().glance(&ask, &generation)?;
            let place = if ask.in_place { Some(marketplace::place(&generation, &ask)?) } else { None };
            return Some(given(&finished, place, request));
        }
        let (slot, in_place) = generation.choose(path, request.headers())?;
        if slot.takes_query() && request.uri().query().is_some() {
            return None;
        }
        let finished = slot.ready()?;
        Some(given(&finished, in_place.cloned(), request))
    }
}

/// A finished answer for a request; `place` is where it stands by itself, if that is elsewhere.
fn given(finished: &Finished, place: Option<HeaderValue>, request: &Request<Incoming>) -> Response<AnswerBody> {
    let (method, headers) = (request.method(), request.headers());
    let response = match place {
        Some(place) => answer_in_place(finished, place, method, headers),
        None => answer(finished, method, headers),
    };
    response.map(Either::Left)
}

impl hyper::service::Service<Request<Incoming>> for Front {
    type Response = Response<AnswerBody>;
    type Error = Infallible;
    type Future = EitherFuture<Ready<Answer>, Pin<Box<dyn Future<Output = Answer> + Send>>>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        let seen =
            Seen { start: Instant::now(), id: request_id::of(request.headers()), method: request.method().clone() };
        if let Some(response) = self.finished(&request) {
            return EitherFuture::Left(ready(Ok(seen.done(&self.metrics, request.uri().path(), response))));
        }
        let path = request.uri().path().to_owned();
        request.extensions_mut().insert(seen.id.clone());
        request.extensions_mut().insert(self.peer);
        let (router, metrics) = (self.router.clone(), Arc::clone(&self.metrics));
        EitherFuture::Right(Box::pin(async move {
            let response = match router.oneshot(request.map(Body::new)).await {
                Ok(response) => response.map(Either::Right),
                Err(never) => match never {},
            };
            Ok(seen.done(&metrics, &path, response))
        }))
    }
}

/// A request on its way.
struct Seen {
    start: Instant,
    id: RequestId,
    method: Method,
}

impl Seen {
    /// Names, counts and logs an answer. Queries are not logged: they hold what readers typed.
    fn done<B>(self, metrics: &Metrics, path: &str, mut response: Response<B>) -> Response<B> {
        let took = self.start.elapsed();
        let status = response.status();
        metrics.answered(status, took);
        tracing::info!(
            target: "portal::access",
            id = self.id.as_str(),
            method = self.method.as_str(),
            path = &*logged::path(path),
            status = status.as_u16(),
            micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            "answered"
        );
        if let Ok(id) = HeaderValue::try_from(self.id) {
            response.headers_mut().insert(request_id::HEADER, id);
        }
        response
    }
}

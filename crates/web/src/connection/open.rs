//! Open connections, counted by client.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::{Limits, Metrics};
use crate::client_address::Peer;
use crate::client_prefix::client_prefix;

/// Open connections of a server.
#[derive(Debug)]
pub(super) struct OpenConnections {
    limits: Limits,
    metrics: Metrics,
    state: Mutex<State>,
    /// True once the log has a line on a refused connection.
    has_warned: AtomicBool,
}

#[derive(Debug, Default)]
struct State {
    /// Connections of each client, oldest first. Those of trusted proxies are only counted.
    by_client: HashMap<IpAddr, VecDeque<Arc<Notify>>>,
    total: usize,
}

/// Place of a connection; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    all: Arc<OpenConnections>,
    /// Client with the signal that closes the connection. `None` for trusted proxies.
    client: Option<(IpAddr, Arc<Notify>)>,
}

impl OpenConnections {
    pub(super) fn new(limits: Limits, metrics: Metrics) -> Self {
        Self { limits, metrics, state: Mutex::default(), has_warned: AtomicBool::new(false) }
    }

    /// Reserves a place for a connection. `None` if it must be refused.
    pub(super) fn admit(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let is_trusted = Peer(peer).is_in(&self.limits.trusted);
        let client = (!is_trusted).then(|| (client_prefix(peer.to_canonical()), Arc::new(Notify::new())));
        let mut state = self.lock();
        let own = client.as_ref().and_then(|(client, _)| state.by_client.get(client)).map_or(0, VecDeque::len);
        let is_full = state.total >= self.limits.total;
        if own >= self.limits.per_client || (is_full && !state.close_oldest_of_heaviest(own)) {
            self.metrics.limited.inc();
            if !self.has_warned.swap(true, Ordering::Relaxed) {
                // Once: an attack must not fill the log. The metric counts all.
                tracing::warn!(
                    "a connection was refused: its client has too many. If the client is a proxy, add it to TRUSTED_PROXIES"
                );
            }
            return None;
        }
        if is_full {
            self.metrics.limited.inc();
        }
        if let Some((client, close)) = &client {
            state.by_client.entry(*client).or_default().push_back(Arc::clone(close));
        }
        state.total += 1;
        self.metrics.open.inc();
        Some(Place { all: Arc::clone(self), client })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Closes the oldest connection of the client with most connections, if it has more than `own`. Only called when the
    /// server is full, so that nobody's connection is closed for nothing.
    fn close_oldest_of_heaviest(&mut self, own: usize) -> bool {
        let heaviest = self.by_client.iter_mut().max_by_key(|(_, connections)| connections.len());
        let Some((_, connections)) = heaviest.filter(|(_, connections)| connections.len() > own) else { return false };
        let Some(close) = connections.pop_front() else { return false };
        close.notify_one();
        self.total -= 1;
        true
    }
}

impl Place {
    /// Waits until the connection must be closed in favor of another.
    pub(super) async fn closed(&self) {
        match &self.client {
            Some((_, close)) => close.notified().await,
            None => std::future::pending().await,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.all.lock();
        self.all.metrics.open.dec();
        let Some((client, close)) = &self.client else {
            state.total -= 1;
            return;
        };
        let Some(connections) = state.by_client.get_mut(client) else { return };
        let place = connections.iter().position(|one| Arc::ptr_eq(one, close));
        // A connection that was closed for another has left the count already.
        let is_counted = place.and_then(|place| connections.remove(place)).is_some();
        if connections.is_empty() {
            state.by_client.remove(client);
        }
        if is_counted {
            state.total -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::FutureExt as _;
    use prometheus::{IntCounter, IntGauge};

    use super::*;

    fn connections(total: usize, per_client: usize) -> Arc<OpenConnections> {
        let time = Duration::from_secs(1);
        let trusted = vec!["10.0.0.0/8".parse().expect("a network")];
        let metrics = Metrics {
            open: IntGauge::new("open", "Open.").expect("a gauge"),
            limited: IntCounter::new("limited", "Limited.").expect("a counter"),
        };
        let limits = Limits { head_timeout: time, write_timeout: time, total, per_client, trusted };
        Arc::new(OpenConnections::new(limits, metrics))
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn a_client_has_at_most_its_number_of_connections() {
        let all = connections(100, 2);
        let held: Vec<_> = ["2001:db8::1", "2001:db8::2"].map(|one| all.admit(address(one)).expect("a place")).into();
        assert!(all.admit(address("2001:db8::3")).is_none(), "the same /64");
        assert!(all.admit(address("2001:db8:0:1::1")).is_some());
        drop(held);
        assert!(all.admit(address("2001:db8::3")).is_some());
        assert_eq!(all.metrics.limited.get(), 1);
    }

    #[test]
    fn trusted_proxies_have_no_limit_of_their_own() {
        let all = connections(100, 2);
        let held: Vec<_> = (0..50).map(|_| all.admit(address("10.0.0.1")).expect("a place")).collect();
        assert_eq!(all.lock().total, 50);
        drop(held);
        assert_eq!((all.lock().total, all.metrics.open.get()), (0, 0));
    }

    #[test]
    fn a_full_server_closes_the_oldest_connection_of_the_client_with_most() {
        let all = connections(4, 10);
        let hostile: Vec<_> = (0..3).map(|_| all.admit(address("192.0.2.1")).expect("a place")).collect();
        let _other = all.admit(address("192.0.2.2")).expect("a place");
        let newcomer = all.admit(address("192.0.2.3")).expect("a place");
        let closed: Vec<bool> = hostile.iter().map(|place| place.closed().now_or_never().is_some()).collect();
        assert_eq!(closed, [true, false, false]);
        assert!(newcomer.closed().now_or_never().is_none());
        assert_eq!(all.lock().total, 4);
        drop(hostile);
        assert_eq!(all.lock().total, 2, "the closed one is not subtracted twice");
    }

    #[test]
    fn a_full_server_refuses_another_connection_of_the_client_with_most() {
        let all = connections(2, 10);
        let _one = all.admit(address("192.0.2.1")).expect("a place");
        let _two = all.admit(address("192.0.2.2")).expect("a place");
        assert!(all.admit(address("192.0.2.1")).is_none());
        assert!(all.admit(address("192.0.2.3")).is_some(), "a client without a connection takes one of the others");
    }
}

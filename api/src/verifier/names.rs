//! DNS queries, uncached: a newly published record is found immediately.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use domain::claim::host;
use hickory_resolver::config::{
    ConnectionConfig, LookupIpStrategy, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts,
};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{Name, RData};
use hickory_resolver::{Resolver, TokioResolver};

use super::VerifierError;

/// Timeout of one attempt; two fit into the time limit.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(2);

/// DNS client.
#[derive(Clone)]
pub(super) struct Names(Result<TokioResolver, String>);

impl fmt::Debug for Names {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Names")
    }
}

impl Names {
    /// Creates a client for this DNS server, or the system's. Without any, only checks of claims fail; the check and
    /// the startup log report it.
    pub(super) fn new(server: Option<SocketAddr>) -> Self {
        let resolver = Self::resolver(server).map_err(|error| error.to_string());
        if let Err(error) = &resolver {
            tracing::warn!(
                error,
                "No DNS server is available, so claims of domains and repositories can't be checked. Set VERIFIER_DNS."
            );
        }
        Self(resolver)
    }

    fn resolver(server: Option<SocketAddr>) -> Result<TokioResolver, NetError> {
        let mut builder = match server {
            Some(server) => Resolver::builder_with_config(resolver_config(server), TokioRuntimeProvider::default()),
            None => TokioResolver::builder_tokio()?,
        };
        set_options(builder.options_mut());
        builder.build()
    }

    fn usable(&self) -> Result<&TokioResolver, VerifierError> {
        self.0.as_ref().map_err(|_| VerifierError::NoNameServer)
    }

    /// Queries the IPv4 and IPv6 addresses of a host.
    pub(super) async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, VerifierError> {
        let found = self.usable()?.lookup_ip(absolute(host)?).await;
        let found = found.map_err(|error| failed(host, "A or AAAA", &error))?;
        Ok(found.iter().collect())
    }

    /// Queries the TXT records of a name.
    pub(super) async fn txt(&self, name: &str) -> Result<Vec<String>, VerifierError> {
        let found = self.usable()?.txt_lookup(absolute(name)?).await.map_err(|error| failed(name, "TXT", &error))?;
        let texts = found.answers().iter().filter_map(|record| match &record.data {
            RData::TXT(txt) => Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned()),
            _ => None,
        });
        Ok(texts.collect())
    }
}

fn resolver_config(server: SocketAddr) -> ResolverConfig {
    let at = |mut connection: ConnectionConfig| {
        connection.port = server.port();
        connection
    };
    let mut config = NameServerConfig::udp_and_tcp(server.ip());
    config.connections = vec![at(ConnectionConfig::udp()), at(ConnectionConfig::tcp())];
    ResolverConfig::from_parts(None, Vec::new(), vec![config])
}

fn set_options(options: &mut ResolverOpts) {
    options.cache_size = 0;
    options.timeout = ATTEMPT_TIMEOUT;
    options.attempts = 2;
    options.ip_strategy = LookupIpStrategy::Ipv4AndIpv6;
    // Names of this machine can't be claimed.
    options.use_hosts_file = ResolveHosts::Never;
}

/// Parses a fully qualified name: search domains don't apply.
fn absolute(name: &str) -> Result<Name, VerifierError> {
    let wrong = || VerifierError::HostName(name.to_owned());
    let bare = name.strip_suffix('.').unwrap_or(name);
    if !host::is_name(bare) {
        return Err(wrong());
    }
    Name::from_ascii(format!("{bare}.")).map_err(|_| wrong())
}

fn failed(name: &str, kind: &'static str, error: &NetError) -> VerifierError {
    let name = name.to_owned();
    match error {
        NetError::Timeout => VerifierError::TooSlow,
        error if error.is_no_records_found() => VerifierError::NoRecord { name, kind },
        error => VerifierError::Names { name, reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_host_names_are_queried() {
        for name in ["example.com", "_sentryagent-claim.example.com", "xn--bcher-kva.example", "example.com."] {
            assert!(absolute(name).is_ok_and(|name| name.is_fqdn()), "{name}");
        }
        for name in
            ["", ".", "a..b", "-a.b", "a b.c", "a/b.c", "a.b\\.c", "ä.example", &format!("{}.a", "a".repeat(64))]
        {
            assert!(absolute(name).is_err(), "{name}");
        }
    }
}

//! Settings of the operator: environment variables and equivalent flags, read once at startup.
//!
//! One struct for each concern. An invalid value stops the start with one line: the variable, the given value and the
//! expected form (`cli`).

use std::net::SocketAddr;
use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE_NO_PAD;
use clap::{ArgAction, Args, ValueEnum};
use ipnet::IpNet;
use url::Url;
use web::config::{SecretSetting, log_filter, network, origin, socket_addr, url};
use web::logs::LogFormat;

/// All settings of `portal serve`.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Listener and shutdown.
    #[command(flatten)]
    pub listen: Listen,
    /// Public URLs.
    #[command(flatten)]
    pub public: Public,
    /// Folders.
    #[command(flatten)]
    pub files: Files,
    /// API of the marketplace.
    #[command(flatten)]
    pub api: Api,
    /// Cookie encryption.
    #[command(flatten)]
    pub cookies: Cookies,
    /// Compression.
    #[command(flatten)]
    pub compression: Compression,
    /// Metrics, feedback and logs.
    #[command(flatten)]
    pub telemetry: Telemetry,
    /// Environment: production or development.
    #[arg(long = "env", env = "SENTRYAGENT_ENV", value_enum, default_value_t = Environment::Production)]
    pub environment: Environment,
}

/// Listener and shutdown.
#[derive(Args, Clone, Debug)]
pub struct Listen {
    /// IP address and port that the portal listens on.
    #[arg(long, env = "PORTAL_ADDR", value_name = "HOST:PORT", default_value = "127.0.0.1:3000", value_parser = socket_addr)]
    pub addr: SocketAddr,
    /// Proxies whose X-Forwarded-For and X-Request-Id are trusted: IP addresses or networks, separated by commas.
    #[arg(long, env = "TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// Maximum number of connections from one IP address (the first 64 bits of an IPv6 address). Trusted proxies have no limit.
    #[arg(long, env = "LIMIT_CONNECTIONS_PER_ADDRESS", value_name = "NUMBER", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..))]
    pub connections_per_address: u32,
    /// Worker threads. Defaults to one for each core.
    #[arg(long, env = "PORTAL_WORKERS", value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub workers: Option<u16>,
    /// Seconds that open requests have to finish during shutdown.
    #[arg(long, env = "PORTAL_SHUTDOWN_SECONDS", value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u16).range(0..=3600))]
    pub shutdown_seconds: u16,
}

/// Public URLs of the site.
#[derive(Args, Clone, Debug)]
pub struct Public {
    /// Public origin of the site, used in canonical links and feeds. Defaults to `http://localhost` with the port of `PORTAL_ADDR`.
    #[arg(long, env = "PUBLIC_SITE_URL", value_name = "ORIGIN", value_parser = origin)]
    pub site_url: Option<Url>,
    /// Path prefix of the site, such as /developers. Empty for the root of the host.
    #[arg(long, env = "BASE_PATH", value_name = "PATH", default_value = "", value_parser = base_path)]
    pub base_path: String,
    /// URL of the folder `content` in the repository's web editor. If unset, pages have no edit link.
    #[arg(long, env = "EDIT_URL", value_name = "URL", value_parser = url)]
    pub edit_url: Option<Url>,
}

/// API whose marketplace the site shows.
#[derive(Args, Clone, Debug)]
pub struct Api {
    /// Origin of the API for requests by the portal.
    #[arg(long = "api-url", env = "SENTRYAGENT_API_URL", value_name = "ORIGIN", default_value = "http://localhost:8080", value_parser = origin)]
    pub url: Url,
    /// Public origin of the API. Browsers fetch documents from it on the page Verify documents. Defaults to `SENTRYAGENT_API_URL`.
    #[arg(long = "public-api-url", env = "PUBLIC_API_URL", value_name = "ORIGIN", value_parser = origin)]
    pub public_url: Option<Url>,
    /// File with the portal's API credential, as returned by the API: JSON with clientId and clientSecret. Reads by an organization in the enterprise tier are not limited. If unset, the API limits the portal like any other IP address.
    #[arg(long = "api-credential", env = "SENTRYAGENT_API_CREDENTIAL", value_name = "FILE")]
    pub credential: Option<PathBuf>,
}

/// Cookie encryption.
#[derive(Args, Clone, Debug)]
pub struct Cookies {
    /// Encryption keys of session cookies, separated by commas: each at least 32 random bytes in base64. The first key encrypts, all keys decrypt. To rotate, add a new key in front and remove the old key a month later. If unset, the portal generates a key at startup, and readers are signed out by a restart. All instances of the portal need the same keys.
    #[arg(long = "cookie-keys", env = "COOKIE_KEYS", value_name = "KEYS", value_delimiter = ',', hide_env_values = true, value_parser = cookie_key)]
    pub keys: Vec<CookieKey>,
}

/// Encryption key of cookies. Never printed.
#[derive(Clone, Debug)]
pub struct CookieKey(SecretSetting<Vec<u8>>);

impl CookieKey {
    /// Bytes of the key: at least 32.
    pub fn bytes(&self) -> &[u8] {
        self.0.expose()
    }
}

/// Folders of the portal.
#[derive(Args, Clone, Debug)]
pub struct Files {
    /// Folder with the Markdown files.
    #[arg(long, env = "CONTENT_DIR", value_name = "FOLDER", default_value = "content")]
    pub content_dir: PathBuf,
    /// Folder with styles, scripts and icons, as produced by the build.
    #[arg(long, env = "PORTAL_SITE_ROOT", value_name = "FOLDER", default_value = "target/site")]
    pub site_root: PathBuf,
}

/// Compression of responses.
#[derive(Args, Clone, Debug)]
pub struct Compression {
    /// Compresses all responses again with the best effort, in the background, at startup and after changes. Responses get about a tenth smaller, for about 40 seconds of a core per 1,000 pages. Defaults to true in production and false in development.
    #[arg(long, env = "RECOMPRESS", value_name = "true|false", action = ArgAction::Set)]
    pub recompress: Option<bool>,
}

/// Metrics, feedback and logs.
#[derive(Args, Clone, Debug)]
pub struct Telemetry {
    /// IP address and port of the Prometheus metrics, served at /metrics. If unset, metrics are not served.
    #[arg(long, env = "METRICS_ADDR", value_name = "HOST:PORT", value_parser = socket_addr)]
    pub metrics_addr: Option<SocketAddr>,
    /// File to which page feedback is appended, one JSON object per line. If unset, feedback is written to the log.
    #[arg(long, env = "FEEDBACK_LOG", value_name = "FILE")]
    pub feedback_log: Option<PathBuf>,
    /// Format of log lines. Defaults to pretty in development and JSON in production.
    #[arg(long, env = "LOG_FORMAT", value_enum)]
    pub log_format: Option<LogFormat>,
    /// Log filter: a level, or targets with levels, in the syntax of tracing's `EnvFilter`.
    #[arg(long, env = "LOG_LEVEL", value_name = "FILTER", default_value = "info", value_parser = log_filter)]
    pub log_level: String,
}

/// Environment of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Environment {
    /// Published pages only, for readers.
    Production,
    /// Drafts included, and errors of a broken page shown immediately, for authors.
    Development,
}

impl Config {
    /// True in development: drafts and other aids for authors are enabled.
    pub fn is_development(&self) -> bool {
        self.environment == Environment::Development
    }

    /// True if responses are compressed again with the best effort.
    pub fn is_recompressing(&self) -> bool {
        self.compression.recompress.unwrap_or(!self.is_development())
    }

    /// Format of log lines.
    pub fn log_format(&self) -> LogFormat {
        let usual = if self.is_development() { LogFormat::Pretty } else { LogFormat::Json };
        self.telemetry.log_format.unwrap_or(usual)
    }

    /// Public origin of the site (RFC 6454, section 6.2), without a trailing slash.
    pub fn origin(&self) -> String {
        match &self.public.site_url {
            Some(url) => url.origin().ascii_serialization(),
            None => format!("http://localhost:{}", self.listen.addr.port()),
        }
    }

    /// Absolute URL of an href, which begins with the base path.
    pub fn absolute(&self, href: &str) -> String {
        format!("{}{href}", self.origin())
    }

    /// Public origin of the API, without a trailing slash.
    pub fn public_api(&self) -> String {
        self.api.public_url.as_ref().unwrap_or(&self.api.url).origin().ascii_serialization()
    }

    /// True if the public URL of the site uses https.
    pub fn is_https(&self) -> bool {
        self.public.site_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }
}

/// Decodes a key from either alphabet of base64 (RFC 4648, sections 4 and 5), padded or not.
fn cookie_key(text: &str) -> Result<CookieKey, String> {
    let text = text.trim().trim_end_matches('=').replace('+', "-").replace('/', "_");
    let bytes = URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() >= 32);
    bytes.map(|bytes| CookieKey(SecretSetting::new(bytes))).ok_or_else(|| {
        "expected at least 32 random bytes in base64, as printed by `openssl rand -base64 32`".to_owned()
    })
}

fn base_path(text: &str) -> Result<String, String> {
    let is_segment = |segment: &str| {
        !matches!(segment, "" | "." | "..")
            && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~'))
    };
    match text.strip_prefix('/') {
        None if text.is_empty() => Ok(String::new()),
        Some("") => Ok(String::new()),
        Some(rest) if rest.split('/').all(is_segment) => Ok(text.to_owned()),
        _ => Err("expected a path such as /developers, without a trailing slash".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_path_is_absolute_and_has_no_trailing_slash() {
        assert_eq!(base_path("/developers"), Ok("/developers".into()));
        assert_eq!(base_path("/"), Ok(String::new()));
        assert_eq!(base_path("/a/b"), Ok("/a/b".into()));
        for wrong in ["developers", "/a/", "/a//b", "/..", "/a?b", "/ä"] {
            assert!(base_path(wrong).is_err(), "{wrong}");
        }
    }
}

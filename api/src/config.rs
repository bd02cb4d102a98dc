//! Configuration, by environment variables or flags, with the same names in `--help` and the docs. Read once at
//! startup.
//!
//! One struct per concern. An invalid value fails startup with one line: the variable, the given value and the expected
//! one (`cli`).

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use url::Url;
use web::config::{SecretSetting, base_url, network, origin, socket_addr};
use web::logs::LogFormat;

/// Settings of `api serve`.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Network settings.
    #[command(flatten)]
    pub listen: Listen,
    /// Public URLs.
    #[command(flatten)]
    pub public: Public,
    /// Directories.
    #[command(flatten)]
    pub files: Files,
    /// Token settings.
    #[command(flatten)]
    pub tokens: Tokens,
    /// Limits.
    #[command(flatten)]
    pub limits: Limits,
    /// Email settings.
    #[command(flatten)]
    pub mail: Mail,
    /// Marketplace settings.
    #[command(flatten)]
    pub marketplace: Marketplace,
    /// Verifier settings.
    #[command(flatten)]
    pub claims: Claims,
    /// Telemetry settings.
    #[command(flatten)]
    pub telemetry: Telemetry,
    /// Environment: production or development.
    #[arg(long = "env", env = "SENTRYAGENT_ENV", value_enum, default_value_t = Environment::Production)]
    pub environment: Environment,
}

/// Network settings.
#[derive(Args, Clone, Debug)]
pub struct Listen {
    /// Address and port to listen on.
    #[arg(long, env = "API_ADDR", value_name = "HOST:PORT", default_value = "127.0.0.1:8080", value_parser = socket_addr)]
    pub addr: SocketAddr,
    /// Proxies whose X-Forwarded-For and X-Request-Id are trusted: IP addresses or networks, separated by commas.
    #[arg(long, env = "TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// Maximum number of connections from one IP address (the first 64 bits of IPv6). Trusted proxies have no limit.
    #[arg(long, env = "LIMIT_CONNECTIONS_PER_ADDRESS", value_name = "NUMBER", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..))]
    pub connections_per_address: u32,
    /// Origins allowed to call the API from browsers (CORS), separated by commas. Public data is open to all origins.
    #[arg(long, env = "CORS_ORIGINS", value_name = "ORIGINS", value_delimiter = ',', value_parser = origin)]
    pub cors_origins: Vec<Url>,
    /// Worker threads. Default: one per core.
    #[arg(long, env = "API_WORKERS", value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub workers: Option<u16>,
    /// Seconds to finish requests in flight on shutdown.
    #[arg(long, env = "API_SHUTDOWN_SECONDS", value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u16).range(0..=3600))]
    pub shutdown_seconds: u16,
}

/// Public URLs.
#[derive(Args, Clone, Debug)]
pub struct Public {
    /// Issuer: the API's origin, without a path. Part of tokens, DIDs and discovery documents. Default:
    /// `http://localhost` with the listen port.
    #[arg(long, env = "ISSUER_URL", value_name = "ORIGIN", value_parser = origin)]
    pub issuer: Option<Url>,
    /// URL of the portal, for links in emails and responses.
    #[arg(long, env = "PORTAL_URL", value_name = "URL", default_value = "http://localhost:3000", value_parser = base_url)]
    pub portal: Url,
}

/// Directories.
#[derive(Args, Clone, Debug)]
pub struct Files {
    /// Directory of the SQLite database.
    #[arg(long, env = "DATA_DIR", value_name = "FOLDER", default_value = "data")]
    pub data_dir: PathBuf,
    /// Directory of the signing keys and the HMAC key of secrets. Back it up separately from the database.
    #[arg(long, env = "KEY_DIR", value_name = "FOLDER", default_value = "keys")]
    pub key_dir: PathBuf,
    /// Directory of the anchors of audit trails. Default: `anchors` in `KEY_DIR`. Best on another machine or disk than the
    /// database.
    #[arg(long, env = "AUDIT_ANCHOR_DIR", value_name = "FOLDER")]
    pub audit_anchor_dir: Option<PathBuf>,
    /// Begin with an empty database although there are keys. Without it, the server doesn't start if its database is
    /// missing.
    #[arg(long)]
    pub new_database: bool,
}

/// Token settings.
#[derive(Args, Clone, Debug)]
pub struct Tokens {
    /// Signature algorithm of access tokens.
    #[arg(long, env = "TOKEN_ALGORITHM", value_enum, default_value_t = Algorithm::Rs256)]
    pub token_algorithm: Algorithm,
    /// Days after which signing keys are rotated. The old key stays published until its last token has expired.
    #[arg(long, env = "KEY_ROTATION_DAYS", value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=3650))]
    pub key_rotation_days: u16,
}

/// Signature algorithm of access tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Algorithm {
    /// RSA with SHA-256: supported by every client.
    #[value(name = "RS256")]
    Rs256,
    /// Ed25519: smaller and much faster to sign.
    #[value(name = "EdDSA")]
    EdDsa,
}

/// Limits.
#[derive(Args, Clone, Debug)]
pub struct Limits {
    /// Requests per minute from one IP address without a token.
    #[arg(long, env = "LIMIT_ADDRESS_PER_MINUTE", value_name = "NUMBER", default_value_t = 300)]
    pub address_per_minute: u32,
    /// Requests per minute from one IP address for public documents and health: keys, DID documents, discovery.
    #[arg(long, env = "LIMIT_DOCUMENTS_PER_MINUTE", value_name = "NUMBER", default_value_t = 3_000)]
    pub documents_per_minute: u32,
    /// Requests per minute with one credential.
    #[arg(long, env = "LIMIT_CREDENTIAL_PER_MINUTE", value_name = "NUMBER", default_value_t = 600)]
    pub credential_per_minute: u32,
    /// Requests per minute of one organization with all its credentials.
    #[arg(long, env = "LIMIT_TENANT_PER_MINUTE", value_name = "NUMBER", default_value_t = 1_200)]
    pub tenant_per_minute: u32,
    /// Sign-ups, and requests for or with emailed links, per hour from one IP address; ten times as many sign-ups per day
    /// from one network (/24, /48).
    #[arg(long, env = "LIMIT_SIGNUP_PER_HOUR", value_name = "NUMBER", default_value_t = 20)]
    pub signup_per_hour: u32,
    /// Wrong secrets and codes per hour from one IP address.
    #[arg(long, env = "LIMIT_FAILURES_PER_HOUR", value_name = "NUMBER", default_value_t = 60)]
    pub failures_per_hour: u32,
    /// Emails per hour to one recipient.
    #[arg(long, env = "LIMIT_MAILS_PER_HOUR", value_name = "NUMBER", default_value_t = 4)]
    pub mails_per_hour: u32,
    /// Emails per hour to all recipients of one domain.
    #[arg(long, env = "LIMIT_MAILS_PER_DOMAIN_PER_HOUR", value_name = "NUMBER", default_value_t = 500)]
    pub mails_per_domain_per_hour: u32,
    /// Reports of agents per hour from one IP address.
    #[arg(long, env = "LIMIT_REPORTS_PER_HOUR", value_name = "NUMBER", default_value_t = 10)]
    pub reports_per_hour: u32,
    /// Checks of claims per hour of one organization.
    #[arg(long, env = "LIMIT_CHECKS_PER_HOUR", value_name = "NUMBER", default_value_t = 60)]
    pub checks_per_hour: u32,
    /// Maximum number of provisional organizations in total.
    #[arg(long, env = "LIMIT_PROVISIONAL", value_name = "NUMBER", default_value_t = 5_000)]
    pub provisional: u32,
}

/// Email settings.
#[derive(Args, Clone, Debug)]
pub struct Mail {
    /// SMTP server, such as `smtps://user:password@mail.example.com`. Without it, emails are written to `MAIL_DIR`.
    #[arg(long, env = "SMTP_URL", value_name = "URL", hide_env_values = true)]
    pub smtp_url: Option<SecretSetting<String>>,
    /// Sender of emails.
    #[arg(long, env = "MAIL_FROM", value_name = "MAILBOX", default_value = "SentryAgent.ai <no-reply@localhost>")]
    pub mail_from: String,
    /// Directory for emails without `SMTP_URL`. Default: `mail` in `DATA_DIR`.
    #[arg(long, env = "MAIL_DIR", value_name = "FOLDER")]
    pub mail_dir: Option<PathBuf>,
}

/// Marketplace settings.
#[derive(Args, Clone, Debug)]
pub struct Marketplace {
    /// Enable the marketplace. If disabled, its paths return 404.
    #[arg(long = "marketplace", env = "MARKETPLACE_ENABLED", value_name = "BOOL", default_value_t = true, action = clap::ArgAction::Set)]
    pub is_enabled: bool,
}

/// Verifier settings.
#[derive(Args, Clone, Debug)]
pub struct Claims {
    /// Private networks that the verifier may access, for tests and closed networks.
    #[arg(long, env = "VERIFIER_ALLOW", value_name = "NETWORKS", value_delimiter = ',', value_parser = network)]
    pub verifier_allow: Vec<IpNet>,
    /// Domains that the verifier never accesses, with all names below them, separated by commas: those of your own network.
    #[arg(long, env = "VERIFIER_REFUSE", value_name = "DOMAINS", value_delimiter = ',')]
    pub verifier_refuse: Vec<String>,
    /// File with PEM certificates that the verifier trusts in addition to the system's.
    #[arg(long, env = "VERIFIER_ROOTS", value_name = "FILE")]
    pub verifier_roots: Option<PathBuf>,
    /// DNS server of the verifier. Default: the system's.
    #[arg(long, env = "VERIFIER_DNS", value_name = "HOST:PORT")]
    pub verifier_dns: Option<SocketAddr>,
    /// Port of https in the networks of `VERIFIER_ALLOW`, for tests. 443 everywhere else.
    #[arg(long, env = "VERIFIER_HTTPS_PORT", value_name = "PORT", default_value_t = 443, hide = true)]
    pub verifier_https_port: u16,
}

/// Telemetry settings.
#[derive(Args, Clone, Debug)]
pub struct Telemetry {
    /// Address and port of the Prometheus metrics, at /metrics. Without it, metrics are disabled.
    #[arg(long, env = "METRICS_ADDR", value_name = "HOST:PORT", value_parser = socket_addr)]
    pub metrics_addr: Option<SocketAddr>,
    /// Log format. Default: pretty in development, JSON in production.
    #[arg(long, env = "LOG_FORMAT", value_enum)]
    pub log_format: Option<LogFormat>,
    /// Days to keep client IP addresses with request IDs, in `addresses` in `DATA_DIR`. 0 disables the address log.
    #[arg(long, env = "ADDRESS_LOG_DAYS", value_name = "DAYS", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=366))]
    pub address_log_days: u16,
    /// Log level, or targets with levels, as in tracing's `EnvFilter`.
    #[arg(long, env = "LOG_LEVEL", value_name = "FILTER", default_value = "info")]
    pub log_level: String,
}

/// Environment: production or development.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Environment {
    /// Production.
    Production,
    /// Development, with demo data and `/dev/mail`.
    Development,
}

impl Config {
    /// Returns true in development.
    pub fn is_development(&self) -> bool {
        self.environment == Environment::Development
    }

    /// Returns the issuer as in tokens and discovery documents: an origin without a trailing slash (RFC 8414, section
    /// 2).
    pub fn issuer(&self) -> String {
        match &self.public.issuer {
            Some(url) => url.origin().ascii_serialization(),
            None => format!("http://localhost:{}", self.listen.addr.port()),
        }
    }

    /// Returns the host of the issuer in did:web form: the colon before the port is `%3A`.
    pub fn did_host(&self) -> String {
        let issuer = self.issuer();
        issuer.split_once("://").map_or(issuer.as_str(), |(_, host)| host).replace(':', "%3A")
    }

    /// Returns the URL of a page of the portal.
    pub fn portal_page(&self, path: &str) -> String {
        format!("{}{path}", self.public.portal.as_str().trim_end_matches('/'))
    }

    /// Returns the log format.
    pub fn log_format(&self) -> LogFormat {
        let usual = if self.is_development() { LogFormat::Pretty } else { LogFormat::Json };
        self.telemetry.log_format.unwrap_or(usual)
    }

    /// Returns the directory of the anchors of audit trails.
    pub fn anchor_dir(&self) -> PathBuf {
        self.files.audit_anchor_dir.clone().unwrap_or_else(|| self.files.key_dir.join("anchors"))
    }

    /// Returns the directory for emails without `SMTP_URL`.
    pub fn mail_dir(&self) -> PathBuf {
        self.mail.mail_dir.clone().unwrap_or_else(|| self.files.data_dir.join("mail"))
    }
}

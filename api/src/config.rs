//! What an operator sets: by environment or flag, with the same names in `--help` and the docs. Read once.
//!
//! One struct for each concern. A wrong value stops the start with one line that names the variable, what was given and
//! what is wanted (`cli`).

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use url::Url;
use web::config::{SecretSetting, base_url, network, origin, socket_addr};
use web::logs::LogFormat;

/// All that `api serve` can be told.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Where it listens.
    #[command(flatten)]
    pub listen: Listen,
    /// What it is called outside.
    #[command(flatten)]
    pub public: Public,
    /// Where it keeps things.
    #[command(flatten)]
    pub files: Files,
    /// How tokens are signed.
    #[command(flatten)]
    pub tokens: Tokens,
    /// How much of anything there may be.
    #[command(flatten)]
    pub limits: Limits,
    /// How mail leaves.
    #[command(flatten)]
    pub mail: Mail,
    /// What is served to everybody.
    #[command(flatten)]
    pub marketplace: Marketplace,
    /// How claims are checked.
    #[command(flatten)]
    pub claims: Claims,
    /// What it tells its operators.
    #[command(flatten)]
    pub telemetry: Telemetry,
    /// Production or development.
    #[arg(long = "env", env = "SENTRYAGENT_ENV", value_enum, default_value_t = Environment::Production)]
    pub environment: Environment,
}

/// Where it listens.
#[derive(Args, Clone, Debug)]
pub struct Listen {
    /// Address and port that the API listens on.
    #[arg(long, env = "API_ADDR", value_name = "HOST:PORT", default_value = "127.0.0.1:8080", value_parser = socket_addr)]
    pub addr: SocketAddr,
    /// Proxies whose X-Forwarded-For is believed: addresses or networks, separated by commas.
    #[arg(long, env = "TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// Origins whose pages may call the API from a browser, separated by commas. Public data may be read by all.
    #[arg(long, env = "CORS_ORIGINS", value_name = "ORIGINS", value_delimiter = ',', value_parser = origin)]
    pub cors_origins: Vec<Url>,
    /// Threads that answer requests. Without it, one for each core.
    #[arg(long, env = "API_WORKERS", value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub workers: Option<u16>,
    /// Seconds that answers under way are given when the API is told to stop.
    #[arg(long, env = "API_SHUTDOWN_SECONDS", value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u16).range(0..=3600))]
    pub shutdown_seconds: u16,
}

/// What it is called outside.
#[derive(Args, Clone, Debug)]
pub struct Public {
    /// The issuer: the API's origin, without a path. Tokens, DIDs and discovery name it. Without it, `http://localhost` with the port that the API listens on.
    #[arg(long, env = "ISSUER_URL", value_name = "ORIGIN", value_parser = origin)]
    pub issuer: Option<Url>,
    /// The portal's address, for links in mails and answers.
    #[arg(long, env = "PORTAL_URL", value_name = "URL", default_value = "http://localhost:3000", value_parser = base_url)]
    pub portal: Url,
}

/// Where it keeps things.
#[derive(Args, Clone, Debug)]
pub struct Files {
    /// Folder of the SQLite database.
    #[arg(long, env = "DATA_DIR", value_name = "FOLDER", default_value = "data")]
    pub data_dir: PathBuf,
    /// Folder of the signing keys and of the key that secrets are hashed under. Back it up apart from the database.
    #[arg(long, env = "KEY_DIR", value_name = "FOLDER", default_value = "keys")]
    pub key_dir: PathBuf,
}

/// How tokens are signed.
#[derive(Args, Clone, Debug)]
pub struct Tokens {
    /// How access tokens are signed.
    #[arg(long, env = "TOKEN_ALGORITHM", value_enum, default_value_t = Algorithm::Rs256)]
    pub token_algorithm: Algorithm,
    /// Days after which a new signing key is made. The old one stays published until its last token has expired.
    #[arg(long, env = "KEY_ROTATION_DAYS", value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=3650))]
    pub key_rotation_days: u16,
}

/// How access tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Algorithm {
    /// RSA with SHA-256: what every client reads.
    #[value(name = "RS256")]
    Rs256,
    /// Ed25519: smaller, and much faster to make.
    #[value(name = "EdDSA")]
    EdDsa,
}

/// How much of anything there may be.
#[derive(Args, Clone, Debug)]
pub struct Limits {
    /// Requests a minute from one address without a token.
    #[arg(long, env = "LIMIT_ADDRESS_PER_MINUTE", value_name = "NUMBER", default_value_t = 300)]
    pub address_per_minute: u32,
    /// Requests a minute with one credential.
    #[arg(long, env = "LIMIT_CREDENTIAL_PER_MINUTE", value_name = "NUMBER", default_value_t = 600)]
    pub credential_per_minute: u32,
    /// Requests a minute of one organization with all its credentials.
    #[arg(long, env = "LIMIT_TENANT_PER_MINUTE", value_name = "NUMBER", default_value_t = 1_200)]
    pub tenant_per_minute: u32,
    /// Sign-ups, claims of organizations and recoveries an hour from one address; ten times as many sign-ups a day from one network (/24, /48).
    #[arg(long, env = "LIMIT_SIGNUP_PER_HOUR", value_name = "NUMBER", default_value_t = 20)]
    pub signup_per_hour: u32,
    /// Wrong secrets and codes an hour from one address.
    #[arg(long, env = "LIMIT_FAILURES_PER_HOUR", value_name = "NUMBER", default_value_t = 60)]
    pub failures_per_hour: u32,
    /// Mails an hour to one recipient.
    #[arg(long, env = "LIMIT_MAILS_PER_HOUR", value_name = "NUMBER", default_value_t = 4)]
    pub mails_per_hour: u32,
    /// Reports of agents an hour from one address.
    #[arg(long, env = "LIMIT_REPORTS_PER_HOUR", value_name = "NUMBER", default_value_t = 10)]
    pub reports_per_hour: u32,
    /// Checks of claims an hour of one organization.
    #[arg(long, env = "LIMIT_CHECKS_PER_HOUR", value_name = "NUMBER", default_value_t = 60)]
    pub checks_per_hour: u32,
    /// Organizations that may be provisional at one time, in all.
    #[arg(long, env = "LIMIT_PROVISIONAL", value_name = "NUMBER", default_value_t = 5_000)]
    pub provisional: u32,
}

/// How mail leaves.
#[derive(Args, Clone, Debug)]
pub struct Mail {
    /// Server that mail is sent by, such as `smtps://user:password@mail.example.com`. Without it, mails are written to `MAIL_DIR`.
    #[arg(long, env = "SMTP_URL", value_name = "URL", hide_env_values = true)]
    pub smtp_url: Option<SecretSetting<String>>,
    /// Sender of mails.
    #[arg(long, env = "MAIL_FROM", value_name = "MAILBOX", default_value = "SentryAgent.ai <no-reply@localhost>")]
    pub mail_from: String,
    /// Folder that mails are written to while there is no `SMTP_URL`. Without it, `mail` in `DATA_DIR`.
    #[arg(long, env = "MAIL_DIR", value_name = "FOLDER")]
    pub mail_dir: Option<PathBuf>,
}

/// What is served to everybody.
#[derive(Args, Clone, Debug)]
pub struct Marketplace {
    /// Whether there is a marketplace. Without it, its addresses answer 404.
    #[arg(long = "marketplace", env = "MARKETPLACE_ENABLED", value_name = "BOOL", default_value_t = true, action = clap::ArgAction::Set)]
    pub is_enabled: bool,
}

/// How claims are checked.
#[derive(Args, Clone, Debug)]
pub struct Claims {
    /// Networks that the verifier may reach although they are private. For tests and closed networks.
    #[arg(long, env = "VERIFIER_ALLOW", value_name = "NETWORKS", value_delimiter = ',', value_parser = network)]
    pub verifier_allow: Vec<IpNet>,
    /// File of certificates in PEM that the verifier trusts beside the system's.
    #[arg(long, env = "VERIFIER_ROOTS", value_name = "FILE")]
    pub verifier_roots: Option<PathBuf>,
    /// Name server that the verifier asks. Without it, the system's.
    #[arg(long, env = "VERIFIER_DNS", value_name = "HOST:PORT")]
    pub verifier_dns: Option<SocketAddr>,
    /// Port of https in the networks of `VERIFIER_ALLOW`, for tests. Everywhere else it is 443.
    #[arg(long, env = "VERIFIER_HTTPS_PORT", value_name = "PORT", default_value_t = 443, hide = true)]
    pub verifier_https_port: u16,
}

/// What it tells its operators.
#[derive(Args, Clone, Debug)]
pub struct Telemetry {
    /// Address and port of the Prometheus metrics, at /metrics. Without it, there are none.
    #[arg(long, env = "METRICS_ADDR", value_name = "HOST:PORT", value_parser = socket_addr)]
    pub metrics_addr: Option<SocketAddr>,
    /// How a line of the log is written. Without it, pretty in development and JSON in production.
    #[arg(long, env = "LOG_FORMAT", value_enum)]
    pub log_format: Option<LogFormat>,
    /// Days for which addresses of clients are kept beside the ids of their requests, in `addresses` in `DATA_DIR`. 0: they are written nowhere.
    #[arg(long, env = "ADDRESS_LOG_DAYS", value_name = "DAYS", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=366))]
    pub address_log_days: u16,
    /// What is logged: a level, or targets with levels, as in tracing's `EnvFilter`.
    #[arg(long, env = "LOG_LEVEL", value_name = "FILTER", default_value = "info")]
    pub log_level: String,
}

/// Production or development.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Environment {
    /// For users.
    Production,
    /// For people who work on it: demo data, `/dev/mail`.
    Development,
}

impl Config {
    /// Whether demo data and `/dev/mail` are there.
    pub fn is_development(&self) -> bool {
        self.environment == Environment::Development
    }

    /// The issuer, as tokens and discovery spell it: an origin without a slash at its end (RFC 8414, section 2).
    pub fn issuer(&self) -> String {
        match &self.public.issuer {
            Some(url) => url.origin().ascii_serialization(),
            None => format!("http://localhost:{}", self.listen.addr.port()),
        }
    }

    /// The issuer's host as it stands in a did:web, where the port's colon is `%3A`.
    pub fn did_host(&self) -> String {
        let issuer = self.issuer();
        issuer.split_once("://").map_or(issuer.as_str(), |(_, host)| host).replace(':', "%3A")
    }

    /// A page of the portal.
    pub fn portal_page(&self, path: &str) -> String {
        format!("{}{path}", self.public.portal.as_str().trim_end_matches('/'))
    }

    /// How a line of the log is written.
    pub fn log_format(&self) -> LogFormat {
        let usual = if self.is_development() { LogFormat::Pretty } else { LogFormat::Json };
        self.telemetry.log_format.unwrap_or(usual)
    }

    /// Where mails are written that no server sends.
    pub fn mail_dir(&self) -> PathBuf {
        self.mail.mail_dir.clone().unwrap_or_else(|| self.files.data_dir.join("mail"))
    }
}

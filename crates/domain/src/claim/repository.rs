//! Repositories on public hosting services, and the URLs of their files.

use std::fmt;

use crate::field::{InvalidValue, invalid};

/// Path of the file that verifies a repository, in its default branch.
pub const FILE: &str = ".sentryagent-claim";
/// Maximum number of path segments: GitLab has nested groups.
const MAX_SEGMENTS: usize = 8;

/// Hosting service whose repositories can be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HostingService {
    GitHub,
    GitLab,
    Codeberg,
}

impl HostingService {
    const ALL: [(Self, &'static str); 3] =
        [(Self::GitHub, "github.com"), (Self::GitLab, "gitlab.com"), (Self::Codeberg, "codeberg.org")];
}

/// Repository, displayed as its URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    service: HostingService,
    host: &'static str,
    /// Owner, groups if any, and name.
    path: String,
}

impl fmt::Display for Repository {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "https://{}/{}", self.host, self.path)
    }
}

impl Repository {
    /// Parses a URL such as `https://github.com/owner/name`, without trailing slash or query.
    pub fn parse(text: &str) -> Result<Self, InvalidValue> {
        let unsupported = || {
            InvalidValue(
                "must be a repository URL such as https://github.com/owner/name, on github.com, gitlab.com or codeberg.org"
                    .to_owned(),
            )
        };
        let (host, path) =
            text.strip_prefix("https://").and_then(|rest| rest.split_once('/')).ok_or_else(unsupported)?;
        let (service, host) =
            HostingService::ALL.into_iter().find(|(_, known)| *known == host).ok_or_else(unsupported)?;
        let names: Vec<&str> = path.split('/').collect();
        let max_segments = if service == HostingService::GitLab { MAX_SEGMENTS } else { 2 };
        if !(2..=max_segments).contains(&names.len()) {
            return invalid("must be a repository URL with an owner and a name after the host, and nothing else");
        }
        match names.iter().find(|name| !is_name(name)) {
            Some(&"") => invalid("has an empty path segment or a trailing slash"),
            Some(_) => invalid("has an invalid path segment; allowed are up to 100 letters, digits, `.`, `-` and `_`"),
            None => Ok(Self { service, host, path: path.to_owned() }),
        }
    }

    /// Returns the URL of the raw file in the default branch, readable without an account.
    pub fn raw_url(&self) -> String {
        let path = &self.path;
        match self.service {
            HostingService::GitHub => format!("https://raw.githubusercontent.com/{path}/HEAD/{FILE}"),
            HostingService::GitLab => format!("https://gitlab.com/{path}/-/raw/HEAD/{FILE}"),
            HostingService::Codeberg => format!("https://codeberg.org/{path}/raw/HEAD/{FILE}"),
        }
    }

    /// Returns the URL of the file's page.
    pub fn page_url(&self) -> String {
        match self.service {
            HostingService::GitHub => format!("{self}/blob/HEAD/{FILE}"),
            HostingService::GitLab => format!("{self}/-/blob/HEAD/{FILE}"),
            HostingService::Codeberg => format!("{self}/src/HEAD/{FILE}"),
        }
    }
}

/// Returns true for a valid name of an owner, group or repository. No leading dot or hyphen: `..` and GitLab's `-` have
/// a meaning in paths.
fn is_name(text: &str) -> bool {
    (1..=100).contains(&text.len())
        && text.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
        && !text.ends_with('.')
        && !text.to_ascii_lowercase().ends_with(".git")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_service_has_its_raw_url() {
        for (given, raw, page) in [
            (
                "https://github.com/Own-er/na.me_1",
                "https://raw.githubusercontent.com/Own-er/na.me_1/HEAD/.sentryagent-claim",
                "https://github.com/Own-er/na.me_1/blob/HEAD/.sentryagent-claim",
            ),
            (
                "https://gitlab.com/group/sub/name",
                "https://gitlab.com/group/sub/name/-/raw/HEAD/.sentryagent-claim",
                "https://gitlab.com/group/sub/name/-/blob/HEAD/.sentryagent-claim",
            ),
            (
                "https://codeberg.org/owner/name",
                "https://codeberg.org/owner/name/raw/HEAD/.sentryagent-claim",
                "https://codeberg.org/owner/name/src/HEAD/.sentryagent-claim",
            ),
        ] {
            let repository = Repository::parse(given).expect(given);
            assert_eq!((repository.raw_url().as_str(), repository.page_url().as_str()), (raw, page));
            assert_eq!(repository.to_string(), given);
        }
    }

    #[test]
    fn urls_that_could_lead_elsewhere_are_rejected() {
        for rejected in [
            "",
            "github.com/a/b",
            "http://github.com/a/b",
            "https://github.com/a",
            "https://github.com/a/b/",
            "https://github.com/a/b/c",
            "https://github.com/a/..",
            "https://github.com/../b",
            "https://github.com/./b",
            "https://github.com/a/b?x=1",
            "https://github.com/a/b#x",
            "https://github.com/a/b%2f..",
            "https://github.com/a/b.git",
            "https://github.com:443/a/b",
            "https://github.com@evil.example/a/b",
            "https://evil.example/a/b",
            "https://www.github.com/a/b",
            "https://github.com//b",
            "https://gitlab.com/a/-/b",
            "https://gitlab.com/a/b/../c",
            "https://GitHub.com/a/b",
            "https://github.com/a/b\\c",
            "https://github.com/a/b\n",
            "https://github.com/ä/b",
            " https://github.com/a/b",
        ] {
            assert!(Repository::parse(rejected).is_err(), "{rejected:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_raw_url_stays_on_its_service(owner in "[a-zA-Z0-9._/%?#@:-]{1,12}", name in "[ -~]{1,12}") {
            if let Ok(repository) = Repository::parse(&format!("https://github.com/{owner}/{name}")) {
                let url = url::Url::parse(&repository.raw_url()).expect("an address");
                proptest::prop_assert_eq!(url.as_str(), repository.raw_url());
                proptest::prop_assert_eq!(url.host_str(), Some("raw.githubusercontent.com"));
                proptest::prop_assert!(url.path().ends_with("/HEAD/.sentryagent-claim") && url.query().is_none());
            }
        }
    }
}

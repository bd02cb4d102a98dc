//! Repositories of public houses, and where their files are read.

use std::fmt;

use crate::field::{Refusal, refuse};

/// The file that proves a repository, in its default branch.
pub const FILE: &str = ".sentryagent-claim";
/// Most names between host and end: groups of groups at GitLab.
const MOST_NAMES: usize = 8;

/// A house whose repositories can be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum House {
    GitHub,
    GitLab,
    Codeberg,
}

impl House {
    const ALL: [(Self, &'static str); 3] =
        [(Self::GitHub, "github.com"), (Self::GitLab, "gitlab.com"), (Self::Codeberg, "codeberg.org")];
}

/// A repository, by its address. It displays as that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    house: House,
    host: &'static str,
    /// Owner and name, with what lies between them.
    path: String,
}

impl fmt::Display for Repository {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "https://{}/{}", self.host, self.path)
    }
}

impl Repository {
    /// Reads an address such as `https://github.com/owner/name`. Nothing stands behind the name: no slash, no query.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let known = || {
            Refusal(
                "is no repository such as https://github.com/owner/name; gitlab.com and codeberg.org are known too"
                    .to_owned(),
            )
        };
        let (host, path) = text.strip_prefix("https://").and_then(|rest| rest.split_once('/')).ok_or_else(known)?;
        let (house, host) = House::ALL.into_iter().find(|(_, known)| *known == host).ok_or_else(known)?;
        let names: Vec<&str> = path.split('/').collect();
        let most = if house == House::GitLab { MOST_NAMES } else { 2 };
        if !(2..=most).contains(&names.len()) {
            return refuse("names no repository: an owner and a name stand behind the host, and nothing else");
        }
        match names.iter().find(|name| !is_name(name)) {
            Some(&"") => refuse("has an empty name between slashes, or a slash at its end"),
            Some(_) => refuse("holds a name that no repository has: letters, digits, `.`, `-` and `_`, 100 at most"),
            None => Ok(Self { house, host, path: path.to_owned() }),
        }
    }

    /// Where the file is read, in the default branch, without an account.
    pub fn raw_url(&self) -> String {
        let path = &self.path;
        match self.house {
            House::GitHub => format!("https://raw.githubusercontent.com/{path}/HEAD/{FILE}"),
            House::GitLab => format!("https://gitlab.com/{path}/-/raw/HEAD/{FILE}"),
            House::Codeberg => format!("https://codeberg.org/{path}/raw/HEAD/{FILE}"),
        }
    }

    /// Where people see the file.
    pub fn page_url(&self) -> String {
        match self.house {
            House::GitHub => format!("{self}/blob/HEAD/{FILE}"),
            House::GitLab => format!("{self}/-/blob/HEAD/{FILE}"),
            House::Codeberg => format!("{self}/src/HEAD/{FILE}"),
        }
    }
}

/// A name of an owner, a group or a repository. It begins with no dot and no hyphen: `..` and GitLab's `-` are paths.
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
    fn each_house_has_its_raw_address() {
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
            let repository = Repository::read(given).expect(given);
            assert_eq!((repository.raw_url().as_str(), repository.page_url().as_str()), (raw, page));
            assert_eq!(repository.to_string(), given);
        }
    }

    #[test]
    fn what_could_lead_elsewhere_is_refused() {
        for refused in [
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
            assert!(Repository::read(refused).is_err(), "{refused:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_raw_address_stays_at_its_house(owner in "[a-zA-Z0-9._/%?#@:-]{1,12}", name in "[ -~]{1,12}") {
            if let Ok(repository) = Repository::read(&format!("https://github.com/{owner}/{name}")) {
                let url = url::Url::parse(&repository.raw_url()).expect("an address");
                proptest::prop_assert_eq!(url.as_str(), repository.raw_url());
                proptest::prop_assert_eq!(url.host_str(), Some("raw.githubusercontent.com"));
                proptest::prop_assert!(url.path().ends_with("/HEAD/.sentryagent-claim") && url.query().is_none());
            }
        }
    }
}

//! Paths in the log.

use std::borrow::Cow;

/// Longest logged path, in bytes.
const MAX_PATH: usize = 500;
/// Prefixes of the API's secrets and codes. Links in emails end with one.
const SECRETS: [&str; 5] = ["sadmin_", "sagent_", "sclaim_", "slink_", "ssession_"];

/// Shortens a path and redacts secrets. Queries are not logged at all: they contain input of readers.
pub(super) fn redact_path(path: &str) -> Cow<'_, str> {
    let short = &path[..path.floor_char_boundary(MAX_PATH)];
    // An encoded secret is still a secret.
    let is_secret = |part: &str| {
        SECRETS.iter().any(|begin| part.starts_with(begin)) || part.contains("%5F") || part.contains("%5f")
    };
    if !short.contains(['_', '%']) || !short.split('/').any(is_secret) {
        return Cow::Borrowed(short);
    }
    let parts = short.split('/').map(|part| if is_secret(part) { "…" } else { part });
    Cow::Owned(parts.collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::redact_path;

    #[test]
    fn a_secret_is_redacted_anywhere_in_a_path() {
        assert_eq!(redact_path("/claim/sclaim_I072abc"), "/claim/…");
        assert_eq!(redact_path("/a/slink_x/b"), "/a/…/b");
        assert_eq!(redact_path("/verify/slink%5Fx"), "/verify/…");
        for same in ["/docs/a_b", "/", "/docs/%C3%A4", "/x/slinky"] {
            assert_eq!(redact_path(same), same);
        }
    }

    #[test]
    fn a_long_path_is_truncated() {
        assert_eq!(redact_path(&"ä".repeat(400)).len(), 500);
    }
}

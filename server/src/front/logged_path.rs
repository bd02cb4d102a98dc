//! What of an address is logged.

use std::borrow::Cow;

/// Bytes of a path that a log line holds at most.
const MOST: usize = 500;
/// How the API's secrets and codes begin. Links in its mails end with one.
const SECRETS: [&str; 5] = ["sadmin_", "sagent_", "sclaim_", "slink_", "ssession_"];

/// A path, short enough and without a secret in it. Queries are not logged at all: they hold what readers typed.
pub(super) fn path(path: &str) -> Cow<'_, str> {
    let short = &path[..path.floor_char_boundary(MOST)];
    // Encoded, it would be one as well.
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
    use super::path;

    #[test]
    fn a_code_is_not_logged_wherever_it_stands() {
        assert_eq!(path("/claim/sclaim_I072abc"), "/claim/…");
        assert_eq!(path("/a/slink_x/b"), "/a/…/b");
        assert_eq!(path("/verify/slink%5Fx"), "/verify/…");
        for same in ["/docs/a_b", "/", "/docs/%C3%A4", "/x/slinky"] {
            assert_eq!(path(same), same);
        }
    }

    #[test]
    fn a_long_path_is_cut() {
        assert_eq!(path(&"ä".repeat(400)).len(), 500);
    }
}

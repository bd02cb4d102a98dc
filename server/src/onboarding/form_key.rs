//! Keys of forms: UUIDs of version 7, with the time of rendering.

use uuid::Uuid;

/// Minimum time that a person needs for the first form, in milliseconds.
const MIN_MILLIS: u64 = 1_500;

/// Parses a submitted key; none for a key that the portal didn't create.
pub fn parse_form_key(text: &str) -> Option<Uuid> {
    let key: Uuid = text.parse().ok()?;
    (key.get_version_num() == 7 && key.to_string() == text).then_some(key)
}

/// Returns true for a form submitted faster than a person types.
pub fn is_too_quick(key: Uuid) -> bool {
    let Some(rendered) = key.get_timestamp() else { return true };
    let (seconds, nanoseconds) = rendered.to_unix();
    let rendered = seconds * 1000 + u64::from(nanoseconds) / 1_000_000;
    let now = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or_default();
    now < rendered + MIN_MILLIS
}

#[cfg(test)]
mod tests {
    use site::forms::new_form_key;

    use super::*;

    #[test]
    fn a_form_key_contains_the_render_time_and_other_keys_are_rejected() {
        let key = parse_form_key(&new_form_key()).expect("a key");
        assert!(is_too_quick(key));
        let earlier = uuid::Timestamp::from_unix_time(1_700_000_000, 0, 0, 0);
        assert!(!is_too_quick(Uuid::new_v7(earlier)));
        for other in ["", "x", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"] {
            assert_eq!(parse_form_key(other), None, "{other}");
        }
    }
}

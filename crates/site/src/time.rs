//! Display formats of times.

use client::Timestamp;

/// Formats a time to the minute: `2026-11-27 09:40 UTC`.
pub fn format_minute(at: Timestamp) -> String {
    let text = at.to_string();
    match (text.get(..10), text.get(11..16)) {
        (Some(day), Some(time)) => format!("{day} {time} UTC"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_formatted_to_the_minute() {
        assert_eq!(format_minute("2026-11-27T09:40:31.5Z".parse().expect("a time")), "2026-11-27 09:40 UTC");
    }
}

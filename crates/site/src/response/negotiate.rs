//! Content negotiation: weighted lists (RFC 9110, section 12.4.2), parsed without allocation.

use http::header::{ACCEPT, ACCEPT_ENCODING};
use http::{HeaderMap, HeaderName};

/// Content encodings (RFC 9110, section 8.4.1; RFC 7932).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// No encoding.
    Identity,
    /// `gzip`
    Gzip,
    /// `br`
    Brotli,
}

/// Selects the best accepted encoding: brotli before gzip before none, unless the weights differ.
///
/// Identity is the fallback even when rejected (`identity;q=0`): a readable response is better than a 406.
pub fn select_encoding(headers: &HeaderMap) -> Encoding {
    // Fast path for the value that browsers send.
    if let Some(value) = headers.get(ACCEPT_ENCODING)
        && value.as_bytes().starts_with(b"gzip, deflate, br")
        && !value.as_bytes().contains(&b';')
    {
        return Encoding::Brotli;
    }
    let (mut brotli, mut gzip, mut any) = (None, None, None);
    for (name, weight) in weighted(headers, &ACCEPT_ENCODING) {
        match name {
            name if name.eq_ignore_ascii_case("br") => brotli = Some(weight),
            name if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => gzip = Some(weight),
            "*" => any = Some(weight),
            _ => {}
        }
    }
    let brotli = brotli.or(any).unwrap_or(0);
    let gzip = gzip.or(any).unwrap_or(0);
    match (brotli, gzip) {
        (0, 0) => Encoding::Identity,
        (brotli, gzip) if brotli >= gzip => Encoding::Brotli,
        _ => Encoding::Gzip,
    }
}

/// Returns true if the client lists `text/markdown` with at least the weight of HTML (RFC 9110, section 12.5.1). `*/*`
/// does not count, and no `Accept` means HTML.
pub fn prefers_markdown(headers: &HeaderMap) -> bool {
    // Fast path: browsers never list `text/markdown`.
    let names_it =
        |value: &http::HeaderValue| value.as_bytes().windows(8).any(|part| part.eq_ignore_ascii_case(b"markdown"));
    if !headers.get_all(ACCEPT).into_iter().any(names_it) {
        return false;
    }
    let (mut markdown, mut html, mut text, mut any) = (0, None, None, None);
    for (range, weight) in weighted(headers, &ACCEPT) {
        match range {
            range if range.eq_ignore_ascii_case("text/markdown") => markdown = weight,
            range if range.eq_ignore_ascii_case("text/html") => html = Some(weight),
            range if range.eq_ignore_ascii_case("text/*") => text = Some(weight),
            "*/*" => any = Some(weight),
            _ => {}
        }
    }
    markdown > 0 && markdown >= html.or(text).or(any).unwrap_or(0)
}

/// Returns true if an error may be an HTML page: the client lists HTML, or accepts anything. Requests for images and
/// scripts get a line of text.
pub fn accepts_html(headers: &HeaderMap) -> bool {
    let mut is_present = false;
    for (range, weight) in weighted(headers, &ACCEPT) {
        is_present = true;
        if weight > 0
            && (range.eq_ignore_ascii_case("text/html") || range.eq_ignore_ascii_case("application/xhtml+xml"))
        {
            return true;
        }
    }
    !is_present || headers.get(ACCEPT).is_some_and(|value| value == "*/*")
}

/// Names and weights in thousandths. An invalid weight counts as absent.
fn weighted<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = (&'a str, u16)> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).filter_map(|part| {
        let mut parts = part.split(';').map(str::trim);
        let name = parts.next().filter(|name| !name.is_empty())?;
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        Some((name, weight.map_or(1000, thousandths)))
    })
}

/// Parses `0.25` as 250. At most three decimals count.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole != "0" {
        return 1000;
    }
    let digits = fraction.bytes().take(3).take_while(u8::is_ascii_digit);
    let (sum, places) =
        digits.fold((0_u16, 0_u32), |(sum, places), digit| (sum * 10 + u16::from(digit - b'0'), places + 1));
    sum * 10_u16.pow(3 - places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: HeaderName, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().expect("a header"));
        headers
    }

    #[test]
    fn the_preferred_supported_encoding_is_selected() {
        for (value, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip, deflate", Encoding::Gzip),
            ("br;q=0.5, gzip;q=0.8", Encoding::Gzip),
            ("br;q=0, gzip", Encoding::Gzip),
            ("br;q=0, gzip;q=0", Encoding::Identity),
            ("gzip, deflate, br;q=0", Encoding::Gzip),
            ("*", Encoding::Brotli),
            ("*;q=0", Encoding::Identity),
            ("*, br;q=0", Encoding::Gzip),
            ("identity", Encoding::Identity),
            ("BR", Encoding::Brotli),
            ("", Encoding::Identity),
            (",;q=,,", Encoding::Identity),
            ("gzip;q=0.001", Encoding::Gzip),
            ("brotli", Encoding::Identity),
        ] {
            assert_eq!(select_encoding(&with(ACCEPT_ENCODING, value)), expected, "{value}");
        }
        assert_eq!(select_encoding(&HeaderMap::new()), Encoding::Identity);
    }

    #[test]
    fn html_is_accepted_by_browsers_and_by_default() {
        let takes = |value| accepts_html(&with(ACCEPT, value));
        assert!(takes("text/html,application/xhtml+xml,*/*;q=0.8") && takes("*/*") && accepts_html(&HeaderMap::new()));
        assert!(!takes("image/avif,*/*;q=0.8") && !takes("application/json") && !takes("text/html;q=0"));
    }

    #[test]
    fn markdown_is_served_if_named_and_not_ranked_below_html() {
        for (accept, expected) in [
            ("text/markdown", true),
            ("text/markdown, text/html, */*", true),
            ("text/html, text/markdown", true),
            ("text/html;q=0.9, text/markdown", true),
            ("text/markdown;q=0.9, text/html", false),
            ("text/markdown;q=0.5, */*", false),
            ("text/markdown;q=0.5, text/html;q=0.4, */*", true),
            ("text/markdown;q=0", false),
            ("TEXT/Markdown;charset=utf-8;q=1", true),
            ("text/markdown-extra", false),
            ("*/*", false),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", false),
            ("text/*", false),
        ] {
            assert_eq!(prefers_markdown(&with(ACCEPT, accept)), expected, "{accept}");
        }
        assert!(!prefers_markdown(&HeaderMap::new()));
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_headers_do_not_panic(value in "[ -~]{0,60}") {
            let _ = select_encoding(&with(ACCEPT_ENCODING, &value));
            let _ = accepts_html(&with(ACCEPT, &value));
            let _ = prefers_markdown(&with(ACCEPT, &format!("{value}text/markdown{value}")));
        }
    }
}

//! What a page's markup must be, whatever the file says: elements that are closed in their order, nothing that runs.

/// Elements that the pipeline writes. All else is text.
const ELEMENTS: &[&str] = &[
    "a",
    "aside",
    "blockquote",
    "br",
    "button",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "path",
    "pre",
    "section",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "use", "wbr",
];
/// Elements without an end.
const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

/// Panics where the markup is not sound.
///
/// # Panics
/// That is a finding.
pub fn assert_sound(markup: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut ids: Vec<&str> = Vec::new();
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        assert!(!rest[..start].contains('>'), "a bare > in {:?}", &rest[..start]);
        let end = tag_end(&rest[start..]).unwrap_or_else(|| panic!("an open tag: {:?}", &rest[start..])) + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "in {markup}");
            continue;
        }
        let (name, attributes) = tag.split_once(|byte: char| byte.is_ascii_whitespace()).unwrap_or((tag, ""));
        assert!(ELEMENTS.contains(&name), "<{name}> in {markup}");
        for (attribute, value) in pairs(attributes) {
            assert!(!attribute.starts_with("on") && attribute != "style", "{attribute} in {markup}");
            let value = value.to_ascii_lowercase();
            let scheme = value.split_once(':').map(|(scheme, _)| scheme.trim());
            if attribute == "href" || attribute == "src" {
                assert!(
                    !matches!(scheme, Some("javascript" | "data" | "vbscript" | "file")),
                    "{attribute}={value} in {markup}"
                );
            }
        }
        ids.extend(pairs(attributes).into_iter().filter(|(name, _)| *name == "id").map(|(_, value)| value));
        if !VOID.contains(&name) && !attributes.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?} in {markup}");
    ids.sort_unstable();
    if let Some(twice) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
        panic!("the id {:?} twice in {markup}", twice[0]);
    }
}

/// Where the tag at the start ends: the first `>` outside quotes.
fn tag_end(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    text.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b'>' && !is_quoted
    })
}

/// The attributes, as `name="value"` or `name`.
fn pairs(attributes: &str) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    let mut rest = attributes.trim_matches(['/', ' ']);
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let name = &rest[..end];
        assert!(
            name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit() || byte == b'B'),
            "{attributes}"
        );
        rest = &rest[end..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').expect("a closing quote");
            value = &quoted[..end];
            rest = &quoted[end + 1..];
        }
        pairs.push((name, value));
        rest = rest.trim_start();
    }
    pairs
}

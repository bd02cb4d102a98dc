//! JSON as highlighted code, rendered from the value instead of parsed from its text: an agent's documents are rendered
//! on every change, and the highlighter's patterns would cost more than the rest of the page.

use app::model::Html;
use serde_json::Value;

use crate::plain_text::plain_text;
use crate::view::body::pipeline_html;

/// Deepest indented nesting; deeper values stay on one line.
const MAX_DEPTH: usize = 12;

/// Formats a value as text, indented by two spaces.
pub(super) fn text(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value, 0, &mut |out, _, text| out.push_str(text));
    out
}

/// Formats a value as a figure, in the classes of the content pipeline (`style/syntax.css`): `a` for names, `s` for
/// text, `n` for numbers, `k` for words.
pub(super) fn figure(text: &str, value: &Value) -> Html {
    let mut out = String::with_capacity(text.len() * 2);
    out.push_str("<figure class=\"code\"><pre><code class=\"language-json\">");
    write(&mut out, value, 0, &mut |out, class, text| {
        if class.is_empty() {
            escape_into(out, text);
        } else {
            out.push_str("<span class=\"");
            out.push_str(class);
            out.push_str("\">");
            escape_into(out, text);
            out.push_str("</span>");
        }
    });
    out.push_str("</code></pre></figure>\n");
    pipeline_html(out)
}

fn write(out: &mut String, value: &Value, depth: usize, put: &mut impl FnMut(&mut String, &'static str, &str)) {
    let line = |depth: usize| if depth > MAX_DEPTH { String::new() } else { format!("\n{}", "  ".repeat(depth)) };
    match value {
        Value::Object(members) if !members.is_empty() => {
            put(out, "", "{");
            for (index, (name, value)) in members.iter().enumerate() {
                put(out, "", &format!("{}{}", if index == 0 { "" } else { "," }, line(depth + 1)));
                put(out, "a", &quoted(name));
                put(out, "", ": ");
                write(out, value, depth + 1, put);
            }
            put(out, "", &format!("{}}}", line(depth)));
        }
        Value::Array(values) if !values.is_empty() => {
            put(out, "", "[");
            for (index, value) in values.iter().enumerate() {
                put(out, "", &format!("{}{}", if index == 0 { "" } else { "," }, line(depth + 1)));
                write(out, value, depth + 1, put);
            }
            put(out, "", &format!("{}]", line(depth)));
        }
        Value::String(text) => put(out, "s", &quoted(text)),
        Value::Number(number) => put(out, "n", &number.to_string()),
        other => put(out, if other.is_object() || other.is_array() { "" } else { "k" }, &other.to_string()),
    }
}

/// Quotes a text without hidden characters: the URL above the figure serves the original document.
fn quoted(text: &str) -> String {
    Value::String(plain_text(text)).to_string()
}

fn escape_into(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            letter => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_round_trips_as_text_and_is_escaped_in_markup() {
        let value = json!({ "id": "</code><script>", "n": 1.5, "list": [true, null, {}], "none": [] });
        let text = text(&value);
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
        let html = figure(&text, &value);
        assert!(!html.as_str().contains("<script>") && html.as_str().contains("&lt;script&gt;"));
        assert!(html.as_str().contains("<span class=\"a\">\"id\"</span>: <span class=\"s\">"));
    }

    #[test]
    fn indentation_of_deep_nesting_is_limited() {
        let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
        assert!(text(&deep).len() < 1000);
    }
}

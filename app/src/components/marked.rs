//! Text with highlighted search terms.

use leptos::prelude::*;

use crate::model::{Marked, Run};

/// Wraps search terms in `mark`.
pub(crate) fn marked(text: Marked) -> AnyView {
    let run = |Run { text, marked }: Run| {
        if marked { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    };
    text.into_iter().map(run).collect_view().into_any()
}

/// Markdown form: search terms are strong.
pub(crate) fn strong(text: &Marked) -> String {
    let run = |Run { text, marked }: &Run| {
        let text = crate::markdown::text(text);
        if *marked { format!("**{text}**") } else { text }
    };
    text.iter().map(run).collect()
}

//! A field of the form: what is in it, and when something is said of it.

use std::time::Duration;

use leptos::html::Input;
use leptos::prelude::*;

/// As long as a press takes.
const PRESS: Duration = Duration::from_millis(250);

/// A field, as it is filled.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    /// What is in it.
    pub(super) value: RwSignal<String>,
    /// Whether its reader has gone on from it.
    pub(super) is_left: RwSignal<bool>,
    /// Where it is in the page.
    pub(super) node: NodeRef<Input>,
    /// What was sent, and what the server found wrong with it.
    sent: StoredValue<(String, Option<String>)>,
}

impl Slot {
    pub(super) fn new(value: String, problem: Option<String>) -> Self {
        Self {
            value: RwSignal::new(value.clone()),
            is_left: RwSignal::new(false),
            node: NodeRef::new(),
            sent: StoredValue::new((value, problem)),
        }
    }

    /// What was sent.
    pub(super) fn sent(self) -> String {
        self.sent.with_value(|(value, _)| value.clone())
    }

    /// What is said of it, where `live` is what is wrong now.
    pub(super) fn said(self, live: Option<String>) -> Option<String> {
        let is_left = self.is_left.get();
        self.sent.with_value(|(sent, problem)| {
            let is_unchanged = problem.is_some() && self.value.with(|value| value == sent);
            if is_unchanged { problem.clone() } else { live.filter(|_| is_left || problem.is_some()) }
        })
    }

    /// Takes over what is in the page: also what was typed before the island came to life.
    pub(super) fn read(self) {
        if let Some(node) = self.node.get_untracked() {
            self.value.set(node.value());
        }
    }

    /// Its reader goes on. Nothing is wrong with a field that was left as empty as it was.
    pub(super) fn leave(self) {
        if !self.value.with_untracked(String::is_empty) {
            // What is said moves what stands below. A button that was pressed must stay under the finger until it is let go.
            set_timeout(move || self.is_left.set(true), PRESS);
        }
    }

    /// Fills it.
    pub(super) fn write(self, text: String) {
        if let Some(node) = self.node.get_untracked() {
            node.set_value(&text);
        }
        self.value.set(text);
    }
}

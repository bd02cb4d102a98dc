//! A field of the form: what is in it, and when something is said of it.

use std::time::Duration;

use leptos::ev::{pointercancel, pointerdown, pointerup};
use leptos::html::Input;
use leptos::prelude::*;

/// As long as a tap takes, whose press is over before the field is left.
const TAP: Duration = Duration::from_millis(250);

/// A field, as it is filled.
#[derive(Clone, Copy)]
pub(super) struct FormField {
    /// What is in it.
    pub(super) value: RwSignal<String>,
    /// Whether its reader has gone on from it.
    pub(super) is_left: RwSignal<bool>,
    /// Where it is in the page.
    pub(super) node: NodeRef<Input>,
    /// Whether its reader goes on from it by a press that is not over yet.
    leaves: StoredValue<bool>,
    /// What was sent, and what the server found wrong with it.
    sent: StoredValue<(String, Option<String>)>,
}

impl FormField {
    pub(super) fn new(value: String, problem: Option<String>) -> Self {
        Self {
            value: RwSignal::new(value.clone()),
            is_left: RwSignal::new(false),
            node: NodeRef::new(),
            leaves: StoredValue::new(false),
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
    ///
    /// What is said moves what stands below: a button that is pressed stays under the finger until it is let go.
    pub(super) fn leave(self, is_pressed: bool) {
        if self.value.with_untracked(String::is_empty) {
            return;
        }
        if is_pressed {
            self.leaves.set_value(true);
        } else {
            set_timeout(move || self.is_left.set(true), TAP);
        }
    }

    /// The press is over, and what it does is done.
    pub(super) fn release(self) {
        if self.leaves.get_value() {
            self.leaves.set_value(false);
            self.is_left.set(true);
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

/// Whether a finger or a mouse is down. Fields that were left by it are released when it is up.
pub(super) fn presses<const N: usize>(slots: [FormField; N]) -> StoredValue<bool> {
    let is_pressed = StoredValue::new(false);
    Effect::new(move || {
        let release = move || {
            is_pressed.set_value(false);
            // The click comes after it, and first.
            set_timeout(move || slots.into_iter().for_each(FormField::release), Duration::ZERO);
        };
        window_event_listener(pointerdown, move |_| is_pressed.set_value(true));
        window_event_listener(pointerup, move |_| release());
        window_event_listener(pointercancel, move |_| release());
    });
    is_pressed
}

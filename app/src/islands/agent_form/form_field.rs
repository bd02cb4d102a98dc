//! State of a form field: its value, and when its problem is shown.

use std::time::Duration;

use leptos::ev::{pointercancel, pointerdown, pointerup};
use leptos::html::Input;
use leptos::prelude::*;

/// Duration of a tap: its press ends before the field loses focus.
const TAP: Duration = Duration::from_millis(250);

/// State of a form field.
#[derive(Clone, Copy)]
pub(super) struct FormField {
    /// Current value.
    pub(super) value: RwSignal<String>,
    /// True once the field has lost focus with a value.
    pub(super) was_blurred: RwSignal<bool>,
    /// Input element.
    pub(super) node: NodeRef<Input>,
    /// True while the press that moved the focus away isn't released.
    blur_is_pending: StoredValue<bool>,
    /// Submitted value and the server's problem with it.
    sent: StoredValue<(String, Option<String>)>,
}

impl FormField {
    pub(super) fn new(value: String, problem: Option<String>) -> Self {
        Self {
            value: RwSignal::new(value.clone()),
            was_blurred: RwSignal::new(false),
            node: NodeRef::new(),
            blur_is_pending: StoredValue::new(false),
            sent: StoredValue::new((value, problem)),
        }
    }

    /// Submitted value.
    pub(super) fn sent(self) -> String {
        self.sent.with_value(|(value, _)| value.clone())
    }

    /// Problem to show; `live` is the problem of the current value.
    pub(super) fn shown_problem(self, live: Option<String>) -> Option<String> {
        let was_blurred = self.was_blurred.get();
        self.sent.with_value(|(sent, problem)| {
            let is_unchanged = problem.is_some() && self.value.with(|value| value == sent);
            if is_unchanged { problem.clone() } else { live.filter(|_| was_blurred || problem.is_some()) }
        })
    }

    /// Reads the input element's value, including text typed before hydration.
    pub(super) fn read(self) {
        if let Some(node) = self.node.get_untracked() {
            self.value.set(node.value());
        }
    }

    /// Handles loss of focus. A field that is still empty shows no problem.
    ///
    /// Showing a problem moves the elements below, so a pressed button must stay in place until its release.
    pub(super) fn handle_blur(self, is_pressed: bool) {
        if self.value.with_untracked(String::is_empty) {
            return;
        }
        if is_pressed {
            self.blur_is_pending.set_value(true);
        } else {
            set_timeout(move || self.was_blurred.set(true), TAP);
        }
    }

    /// Handles the end of a press, after its click.
    pub(super) fn release(self) {
        if self.blur_is_pending.get_value() {
            self.blur_is_pending.set_value(false);
            self.was_blurred.set(true);
        }
    }

    /// Sets the value.
    pub(super) fn write(self, text: String) {
        if let Some(node) = self.node.get_untracked() {
            node.set_value(&text);
        }
        self.value.set(text);
    }
}

/// Tracks whether a pointer is down. Its release updates the fields that lost focus by it.
pub(super) fn presses<const N: usize>(fields: [FormField; N]) -> StoredValue<bool> {
    let is_pressed = StoredValue::new(false);
    Effect::new(move || {
        let release = move || {
            is_pressed.set_value(false);
            // The click event follows and must be handled first.
            set_timeout(move || fields.into_iter().for_each(FormField::release), Duration::ZERO);
        };
        window_event_listener(pointerdown, move |_| is_pressed.set_value(true));
        window_event_listener(pointerup, move |_| release());
        window_event_listener(pointercancel, move |_| release());
    });
    is_pressed
}

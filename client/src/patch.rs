//! Fields of a PATCH that may be emptied.

use serde::{Serialize, Serializer};

/// What becomes of a field. (RFC 7396 tells `null` from a field that is not there; an `Option` can't.)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// It stays as it is.
    #[default]
    Leave,
    /// It is emptied: `null`.
    Null,
    /// It gets this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field stays as it is, and is not sent.
    pub fn is_leave(&self) -> bool {
        matches!(self, Self::Leave)
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Leave | Self::Null => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Patch;
    use crate::types::AgentChange;

    #[test]
    fn null_and_leave_are_told_apart() {
        let change = AgentChange {
            email: Patch::Null,
            endpoint_url: "https://agents.example.com/".to_owned().into(),
            ..AgentChange::default()
        };
        let sent = serde_json::to_value(&change).expect("JSON");
        assert_eq!(sent, json!({ "email": null, "endpointUrl": "https://agents.example.com/" }));
    }
}

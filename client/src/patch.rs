//! Nullable fields of a PATCH.

use serde::{Serialize, Serializer};

/// Change of a nullable field. RFC 7396 distinguishes `null` from an absent field; an `Option` can't.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Unchanged: not sent.
    #[default]
    Leave,
    /// Cleared: `null`.
    Null,
    /// Set to a value.
    Set(T),
}

impl<T> Patch<T> {
    /// Returns true if the field is unchanged.
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
    use crate::types::AgentUpdate;

    #[test]
    fn null_is_sent_and_unset_fields_are_omitted() {
        let change = AgentUpdate {
            email: Patch::Null,
            endpoint_url: "https://agents.example.com/".to_owned().into(),
            ..AgentUpdate::default()
        };
        let sent = serde_json::to_value(&change).expect("JSON");
        assert_eq!(sent, json!({ "email": null, "endpointUrl": "https://agents.example.com/" }));
    }
}

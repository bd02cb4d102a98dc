//! Enums that newer servers may extend.

/// Declares an enum of known values, with a last variant for unknown ones, so that older clients accept newer servers.
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident, $other:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$word_doc])* $word,)+
            /// Value unknown to this version of the client.
            $other(String),
        }

        impl $name {
            /// Returns the value as sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$word => $text,)+
                    Self::$other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$word,)+
                    other => Self::$other(other.to_owned()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(|text| Self::from(text.as_str()))
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    use crate::types::AgentType;

    #[test]
    fn unknown_variants_are_preserved() {
        let known: AgentType = serde_json::from_str("\"router\"").expect("an agent type");
        assert_eq!(known, AgentType::Router);
        let newer: AgentType = serde_json::from_str("\"negotiator\"").expect("an agent type");
        assert_eq!(newer, AgentType::Other("negotiator".to_owned()));
        assert_eq!(serde_json::to_string(&newer).expect("JSON"), "\"negotiator\"");
    }
}

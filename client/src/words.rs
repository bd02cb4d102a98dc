//! Closed lists of words that a newer server may have more of.

/// An enum of words with a last one for all others, so that an older client reads what a newer server says.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $other:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$word_doc])* $word,)+
            /// A word that this version of the client does not know.
            $other(String),
        }

        impl $name {
            /// As it is written.
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

pub(crate) use words;

#[cfg(test)]
mod tests {
    use crate::types::AgentType;

    #[test]
    fn a_word_of_a_newer_server_is_kept() {
        let known: AgentType = serde_json::from_str("\"router\"").expect("a word");
        assert_eq!(known, AgentType::Router);
        let newer: AgentType = serde_json::from_str("\"negotiator\"").expect("a word");
        assert_eq!(newer, AgentType::Other("negotiator".to_owned()));
        assert_eq!(serde_json::to_string(&newer).expect("JSON"), "\"negotiator\"");
    }
}

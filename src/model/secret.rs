//! A text that only its addressee may see: whoever shows one by mistake shows that there is one.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

/// What is shown where a secret stood.
pub const VEIL: &str = "***";

/// Shorter secrets aren't looked for in texts: they would be found in every word.
const MIN_BYTES: usize = 4;

/// A password, a token, a cookie. It can't be printed and its `Debug` is silent.
#[derive(Clone, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Takes a text out of sight.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for its addressee.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(VEIL)
    }
}

impl JsonSchema for Secret {
    fn schema_name() -> Cow<'static, str> {
        "Secret".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// A text in which no secret can be read, neither as it is nor as addresses write it.
#[must_use]
pub fn veiled(text: &str, secrets: &[Secret]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().map(Secret::reveal).filter(|secret| secret.len() >= MIN_BYTES) {
        for written in [secret.to_owned(), escaped(secret, false), escaped(secret, true), secret.replace(' ', "%20")] {
            if text.contains(&written) {
                text = text.replace(&written, VEIL);
            }
        }
    }
    text
}

/// As an address writes it: all but letters, digits and `-._~` escaped.
fn escaped(text: &str, is_lower: bool) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if is_lower => format!("%{byte:02x}"),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_nothing_of_itself() {
        let secret = Secret::new("hunter2");

        assert_eq!(format!("{secret:?} {:#?}", Some(&secret)), format!("*** {:#?}", Some(&secret)));
        assert!(!format!("{:?}", [secret]).contains("hunter"));
    }

    #[test]
    fn a_secret_is_veiled_in_every_spelling() {
        let secrets = [Secret::new("a b/c+é"), Secret::new("xyz"), Secret::new("")];

        for text in ["key=a b/c+é!", "key=a%20b%2Fc%2B%C3%A9!", "key=a%20b%2fc%2b%c3%a9!", "key=a%20b/c+é!"] {
            assert_eq!(veiled(text, &secrets), "key=***!", "{text}");
        }
        assert_eq!(veiled("xyz", &secrets), "xyz");
    }
}

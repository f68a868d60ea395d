//! How much memory JSON takes once it is read: three letters of it can become half a kilobyte.

/// Most memory for the values of one document, in bytes, roughly. The data of a large page is a fifth of this.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// Memory that is left for the JSON of one document.
#[derive(Debug, Clone)]
pub struct JsonBudget {
    n_left: usize,
}

impl Default for JsonBudget {
    fn default() -> Self {
        Self { n_left: MAX_BYTES }
    }
}

impl JsonBudget {
    /// Whether there is room for a text's values; if so, it is taken.
    pub fn takes(&mut self, text: &str) -> bool {
        match self.n_left.checked_sub(cost(text)) {
            Some(n_left) => {
                self.n_left = n_left;
                true
            }
            None => false,
        }
    }
}

/// What a text's values take, by the signs that make them: an object's smallest node holds eleven pairs. Signs within
/// strings count as well, since leaving them out takes ten times as long and prose has few.
fn cost(text: &str) -> usize {
    let n = |sign: u8| memchr::memchr_iter(sign, text.as_bytes()).count();
    n(b'{') * 640 + n(b'[') * 128 + n(b',') * 48
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b4_what_becomes_large_is_told_before_it_is_read() {
        let text = "He came, saw (in 2026) and {perhaps} won. ".repeat(20_000);
        for (json, is_modest) in [
            (format!("[{}{{}}]", "{},".repeat(1_000_000)), false),
            (format!("[{}[]]", "[],".repeat(1_000_000)), false),
            (format!("[{}0]", "0,".repeat(2_000_000)), false),
            (format!("[{}{{}}]", "{\"id\":1,\"title\":\"x\"},".repeat(10_000)), true),
            (format!("{{\"content_html\":\"{text}\"}}"), true),
            (String::new(), true),
        ] {
            assert_eq!(JsonBudget::default().takes(&json), is_modest, "{}", &json[..json.len().min(40)]);
        }
    }

    #[test]
    fn b4_a_budget_is_for_all_of_a_document() {
        let part = format!("[{}{{}}]", "{},".repeat(20_000));
        let mut budget = JsonBudget::default();

        let n_taken = (0..100).filter(|_| budget.takes(&part)).count();

        assert!((1..4).contains(&n_taken), "{n_taken}");
    }
}

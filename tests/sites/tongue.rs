//! A language to write articles in: phrases, sentence shapes and the labels of a site.

/// Phrases of one language. Lists are written as one string with `|` between their entries.
pub struct Tongue {
    pub code: &'static str,
    /// Who does something.
    pub subjects: &'static str,
    /// What they do.
    pub verbs: &'static str,
    /// To what.
    pub objects: &'static str,
    /// Where.
    pub places: &'static str,
    /// When or how.
    pub times: &'static str,
    /// Shapes of sentences: `{s}`, `{v}`, `{o}`, `{p}`, `{t}` and a number `{n}`.
    pub sentences: &'static str,
    /// Shapes of headlines.
    pub titles: &'static str,
    pub sections: &'static str,
    pub tags: &'static str,
    pub authors: &'static str,
    /// In the order of [`Label`].
    pub labels: &'static str,
}

/// Words that stand around articles.
#[derive(Clone, Copy)]
pub enum Label {
    Home,
    About,
    Contact,
    Privacy,
    Search,
    ReadMore,
    Related,
    Comments,
    Newsletter,
    NewsletterText,
    Subscribe,
    Cookies,
    Accept,
    Archive,
    Recent,
    Tags,
    MostRead,
    Next,
    Previous,
    Share,
}

impl Tongue {
    pub fn label(&self, label: Label) -> &'static str {
        entries(self.labels)[label as usize]
    }

    pub fn sections(&self) -> Vec<&'static str> {
        entries(self.sections)
    }

    pub fn tags(&self) -> Vec<&'static str> {
        entries(self.tags)
    }

    pub fn authors(&self) -> Vec<&'static str> {
        entries(self.authors)
    }

    pub fn direction(&self) -> &'static str {
        if self.code == "ar" { "rtl" } else { "ltr" }
    }

    /// Whether words are written without spaces between them.
    pub fn is_dense(&self) -> bool {
        matches!(self.code, "ja" | "th")
    }
}

/// The entries of a list.
pub fn entries(list: &'static str) -> Vec<&'static str> {
    list.split('|').map(str::trim).collect()
}

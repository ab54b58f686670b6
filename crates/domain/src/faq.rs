//! Answers: entries and the search over them.

/// One question and its answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Id, unique in the file.
    pub id: String,
    /// The question in customers' words.
    pub question: String,
    /// The answer: a small Markdown subset (paragraphs, lists, emphasis, links), see [`crate::markup`].
    pub answer: String,
    /// Where it belongs; empty when nowhere.
    pub category: String,
    /// More words that customers use for it.
    pub tags: Vec<String>,
    /// Shown before anything is typed.
    pub popular: bool,
}

//! Answers: entries in the config, addresses of files, or both.

use domain::config::Faq;
use domain::faq::Entry;
use domain::limits::TEXT_CHARS_MAX;

use super::form::Form;
use super::leaf::Leaf;
use super::notes::Notes;
use super::reader::{LEFT_OUT, Reader, manual};
use crate::json::push_whole;

/// Entries of one FAQ. More are left out, and said so.
pub(crate) const ENTRIES_MAX: usize = 2_000;

/// Characters of a question. Longer ones are left out, and said so.
pub(crate) const QUESTION_CHARS_MAX: usize = 300;

/// Groups of words. More are left out, and said so.
const SYNONYMS_MAX: usize = 200;

/// Reads the answers.
pub(super) fn faq(reader: &mut Reader<'_, impl Notes>, faq: &mut Faq) {
    reader.down("faq", manual!("Answers: a list of entries, the address of a file of them, or both."));
    let mut url = String::new();
    if reader.instead(Leaf::Form(Form::Address, &mut url)) {
    } else if reader.value().is_some_and(crate::value::Value::is_array) {
        entries(reader, &mut faq.entries);
    } else if reader.enter() {
        reader.down("entries", manual!("Entries in the config itself."));
        entries(reader, &mut faq.entries);
        reader.up();
        reader.form("url", Form::Address, &mut url, manual!("Address of a file of entries."));
        reader.down("urls", manual!("Address of a file for each language."));
        reader.free(60, "<language>", &mut |reader, tag| {
            let mut own = String::new();
            reader.leaf(Leaf::Form(Form::Address, &mut own));
            if reader.language(tag) && !own.is_empty() {
                faq.urls.push((tag.to_owned(), own));
            }
        });
        reader.up();
        let sentence = manual!(
            "Words that your customers use for one another, a group each, with commas between: `hoody, jumper`."
        );
        let synonyms = &mut faq.synonyms;
        reader.list("synonyms", SYNONYMS_MAX, &mut |reader| synonyms.extend(reader.word(200)), sentence);
        reader.leave();
        #[cfg(feature = "docs")]
        reader.or_like("entries");
    }
    if !url.is_empty() {
        faq.urls.push(("*".to_owned(), url));
    }
    reader.up();
}

/// Reads the list of entries that stands here, and gives an id to those that lack one.
pub(crate) fn entries(reader: &mut Reader<'_, impl Notes>, into: &mut Vec<Entry>) {
    reader.items(ENTRIES_MAX, &mut |reader| {
        let Some(mut own) = entry(reader) else { return };
        let twice = !own.id.is_empty() && into.iter().any(|entry| entry.id == own.id);
        if twice {
            reader.note_at("id", "comes twice", "one gets another id");
        }
        if twice || own.id.is_empty() {
            own.id = "entry-".to_owned();
            push_whole(&mut own.id, into.len() as u64 + 1);
        }
        into.push(own);
    });
}

fn entry(reader: &mut Reader<'_, impl Notes>) -> Option<Entry> {
    let mut own = Entry::default();
    if !reader.enter() {
        return None;
    }
    reader.text("id", 64, &mut own.id, manual!("Id, unique in the list; used in signals and events."));
    if !reader.text(
        "question",
        QUESTION_CHARS_MAX,
        &mut own.question,
        manual!("The question in customers' words."),
    ) {
        reader.missing("question", LEFT_OUT);
    }
    if !reader.text(
        "answer",
        TEXT_CHARS_MAX,
        &mut own.answer,
        manual!("The answer: paragraphs, lists, emphasis and links in Markdown."),
    ) {
        reader.missing("answer", LEFT_OUT);
    }
    reader.text("category", 80, &mut own.category, manual!("Where it belongs."));
    let sentence = manual!("More words that customers use for it.");
    let tags = &mut own.tags;
    reader.list("tags", 60, &mut |reader| tags.extend(reader.word(80)), sentence);
    reader.take("popular", Leaf::Flag(&mut own.popular), manual!("Shown before anything is typed."));
    let sentence = manual!(
        "Paths of pages on which it is shown first, each for all below it; `/` stands for the front page alone."
    );
    let pages = &mut own.pages;
    reader.list("pages", 60, &mut |reader| pages.extend(reader.word(200)), sentence);
    reader.leave();
    (!own.question.is_empty() && !own.answer.is_empty()).then_some(own)
}

//! The options of the config, each named once: its key, its bounds and its sentence for the manual stand in the
//! function that reads it; its default is what `domain::config` says. Reading never fails as a whole.

mod company;
mod complaint;
mod endpoint;
mod faq;
mod form;
mod hours;
mod issue;
mod leaf;
#[cfg(feature = "docs")]
mod manual;
mod notes;
#[cfg(feature = "docs")]
mod outline;
mod reader;
#[cfg(feature = "docs")]
mod schema;
mod survey;
#[cfg(feature = "docs")]
mod typescript;

use domain::config::{Config, TextOverride, Theme};
use domain::message::pieces;

pub use self::issue::{ConfigIssue, ISSUES_MAX};
#[cfg(feature = "docs")]
pub use self::manual::manual;
#[cfg(feature = "docs")]
pub use self::schema::schema;
#[cfg(feature = "docs")]
pub use self::typescript::typescript;
pub use crate::config_input::ConfigInput;
pub(crate) use faq::entries as faq_entries;
#[cfg(feature = "server")]
pub(crate) use faq::{ENTRIES_MAX, QUESTION_CHARS_MAX};
pub(crate) use form::is_address;
pub(crate) use issue::{below, did_you_mean, either, push_shown};
pub(crate) use leaf::Leaf;
pub(crate) use notes::{Issues, Mistaken, Notes};
pub(crate) use reader::Reader;

use self::reader::manual;
use crate::value::Value;

/// Reads a config as a company wrote it: what is usable, and one issue for each mistake.
pub fn read(value: &Value) -> (Config, Vec<ConfigIssue>) {
    let (config, issues) = read_noting::<Issues>(value);
    (config, issues.finish())
}

/// The same with any kind of notes.
pub(crate) fn read_noting<N: Notes>(value: &Value) -> (Config, N) {
    let mut config = Config::default();
    let mut reader = Reader::new(Some(value));
    everything(&mut reader, &mut config);
    (config, reader.notes)
}

/// Notes what is wrong with the looks that stand here.
pub(crate) fn read_theme(reader: &mut Reader<'_, impl Notes>) {
    if reader.enter() {
        company::theme(reader, &mut Theme::default());
        reader.leave();
    }
}

/// Walks all options in the order of the manual.
fn everything(reader: &mut Reader<'_, impl Notes>, config: &mut Config) {
    if reader.enter() {
        version(reader);
        company::company(reader, &mut config.company);
        endpoint::endpoints(reader, &mut config.endpoint);
        company::texts(reader, config);
        company::looks(reader, config);
        company::menu(reader, &mut config.menu.items);
        let sentence = manual!("News that is shown first.");
        let notices = &mut config.notices;
        reader.list("notices", 20, &mut |reader| notices.extend(company::notice(reader)), sentence);
        survey::surveys(reader, &mut config.surveys);
        faq::faq(reader, &mut config.faq);
        complaint::complaint(reader, &mut config.complaint);
        company::privacy(reader, &mut config.privacy);
        reader.leave();
    }
    endpoint::complete(reader, &config.endpoint);
}

/// The version of this shape, and the address that editors look for.
fn version(reader: &mut Reader<'_, impl Notes>) {
    let mut schema = String::new();
    reader.text("$schema", 2_000, &mut schema, manual!("For editors: address of the JSON Schema."));
    reader.down("version", manual!("Version of this shape."));
    if reader.outlining() {
        reader.leaf(Leaf::Number(1, 1, &mut 1));
    } else if reader.value().is_some_and(|version| version.as_f64() != Some(1.0)) {
        reader.wrong("1", "read as 1");
    }
    reader.up();
}

/// Notes the company's own texts whose keys are not among those that exist, one a line. The widget knows these only once a config
/// has texts, and fetches them then.
pub(crate) fn note_texts(texts: &[TextOverride], keys: &str, notes: &mut impl Notes) {
    for text in texts.iter().filter(|text| pieces(keys, "\n").all(|key| key != text.key)) {
        notes.add(|_| {
            let path = below(below("texts".to_owned(), &text.locale), &text.key);
            let keys: Vec<&str> = pieces(keys, "\n").collect();
            ConfigIssue::unknown(path, "unknown text", &text.key, &keys)
        });
    }
}

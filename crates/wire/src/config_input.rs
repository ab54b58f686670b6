//! What a host page hands in besides the JSON: attributes of the tag, laid over the config before it is read, so that
//! there is one way from the page to the checked config.

use domain::config::Config;
use domain::view::View;

use crate::json::push_whole;
use crate::options::{self, ConfigIssue, Issues, Mistaken, Notes, below, did_you_mean, either, push_shown};
use crate::value::{Map, Value};

/// Attributes of this product. The first ones stand for an option each, at the place in `PLACES`.
const OWN: [&str; 17] = [
    "endpoint", "company", "email", "phone", "locale", "accent", "scheme", "label", "faq", "position",
    "view", "context", "config", "survey", "delay", "inline", "hidden",
];
/// Where the options stand in the config.
const PLACES: [&[&str]; 9] = [
    &["endpoint"],
    &["company", "name"],
    &["company", "contact", "email"],
    &["company", "contact", "phone"],
    &["locale"],
    &["theme", "accent"],
    &["theme", "scheme"],
    &["launcher", "label"],
    &["faq"],
];
/// Attributes that any element and any script tag may have.
const OTHERS: [&str; 22] = [
    "class",
    "id",
    "style",
    "part",
    "exportparts",
    "slot",
    "lang",
    "dir",
    "title",
    "role",
    "tabindex",
    "inert",
    "popover",
    "src",
    "async",
    "defer",
    "type",
    "crossorigin",
    "integrity",
    "nonce",
    "is",
    "translate",
];
/// Corners for the button.
const CORNERS: [&str; 2] = ["bottom-right", "bottom-left"];

/// A config as the page handed it in.
pub struct ConfigInput {
    /// The JSON, with the attributes of the tag laid over it.
    whole: Value,
    /// A text that was to be the JSON and is none.
    torn: Option<String>,
    attributes: Vec<(String, String)>,
    /// The keys of the messages, one a line; empty where no text is replaced.
    keys: String,
}

impl ConfigInput {
    /// Lays the attributes of the tag over a config: an attribute wins.
    pub fn new(mut whole: Value, attributes: Vec<(String, String)>, keys: String) -> Self {
        for (name, text) in &attributes {
            if let Some(place) = own(name).and_then(|at| PLACES.get(at)) {
                put(&mut whole, place, text);
            }
        }
        Self { whole, torn: None, attributes, keys }
    }

    /// The same over a text. An empty one is a config that did not arrive, which is no mistake of its writer.
    pub fn of(source: String, attributes: Vec<(String, String)>, keys: String) -> Self {
        let whole = Value::parse(&source);
        let torn = (whole.is_none() && !source.is_empty()).then_some(source);
        Self { torn, ..Self::new(whole.unwrap_or_default(), attributes, keys) }
    }

    /// All that is to be read.
    pub fn whole(&self) -> &Value {
        &self.whole
    }

    /// What is usable, and whether there may be a mistake.
    pub fn read(&self) -> (Config, bool) {
        let (config, mistaken) = self.read_noting::<Mistaken>();
        (config, mistaken.0 || self.torn.is_some())
    }

    /// Each mistake, in words.
    pub fn issues(&self) -> Vec<ConfigIssue> {
        let told = self.read_noting::<Issues>().1.finish();
        self.torn.as_deref().and_then(torn).into_iter().chain(told).collect()
    }

    fn read_noting<N: Notes>(&self) -> (Config, N) {
        let (config, mut notes) = options::read_noting::<N>(&self.whole);
        for (name, text) in &self.attributes {
            check(name, text, &mut notes);
        }
        if !self.keys.is_empty() {
            options::note_texts(&config.texts, &self.keys, &mut notes);
        }
        (config, notes)
    }
}

/// Where a text stops being JSON.
fn torn(source: &str) -> Option<ConfigIssue> {
    let (line, there) = Value::torn(source)?;
    let mut found = String::new();
    match there {
        Some(there) => found.push(there),
        None => found.push_str("its end"),
    }
    found.push_str(" in line ");
    push_whole(&mut found, line as u64);
    let hint = "all of it is left out".to_owned();
    Some(ConfigIssue { path: "config".to_owned(), expected: "JSON".to_owned(), found, hint })
}

/// The place of a name among our own.
fn own(name: &str) -> Option<usize> {
    OWN.iter().position(|own| *own == name)
}

/// Notes what is wrong with an attribute that stands for no option: those are looked at where they lie.
fn check(name: &str, text: &str, notes: &mut impl Notes) {
    let words: &[&str] = match name {
        "position" => &CORNERS,
        "view" => &View::NAMES,
        "context" => {
            if !Value::parse(text).is_some_and(|value| value.is_object()) {
                let expected = "a JSON object such as {\"order\": \"A-1001\"}";
                notes.add(|_| wrong(name, expected.to_owned(), text, String::new()));
            }
            return;
        }
        _ => {
            if own(name).is_none() && !OTHERS.contains(&name) && !foreign(name) {
                notes.add(|_| ConfigIssue::unknown(attribute(name), "unknown attribute", name, &OWN));
            }
            return;
        }
    };
    if !words.contains(&text) {
        notes.add(|_| wrong(name, either(words), text, did_you_mean(text, words)));
    }
}

/// Attributes of other tools: `data-turbo`, `aria-label`, `on…`, `x-show`, `:class`, `v-cloak`, `jsname`.
fn foreign(name: &str) -> bool {
    ["data-", "aria-", "on", "x-", "v-", "ng-", "hx-", "js", "xml"]
        .into_iter()
        .any(|prefix| name.starts_with(prefix))
        || name.bytes().any(|byte| matches!(byte, b':' | b'@' | b'_' | b'.'))
}

fn wrong(name: &str, expected: String, text: &str, hint: String) -> ConfigIssue {
    let mut found = String::new();
    push_shown(&mut found, text);
    ConfigIssue { path: attribute(name), expected, found, hint }
}

fn attribute(name: &str) -> String {
    "attribute ".to_owned() + &below(String::new(), name)
}

/// Puts a text at a path, making objects on the way. A config that is no object stays, to be reported when read.
fn put(whole: &mut Value, path: &[&str], text: &str) {
    let mut place = whole;
    for key in path {
        if place.is_null() || (place.as_object().is_none() && *key != path[0]) {
            *place = Value::Object(Map::default());
        }
        let Some(map) = place.as_object_mut() else { return };
        let Some(next) = map.at(key) else { return };
        place = next;
    }
    *place = Value::String(text.to_owned());
}

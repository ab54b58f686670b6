//! What a host page hands in besides the JSON: attributes of the tag, laid over the config before it is read, so that
//! there is one way from the page to the checked config.

use domain::view::View;

use crate::options::{ConfigIssue, did_you_mean, either, push_plain, push_shown};
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

/// Lays the attributes of the tag over a config. An attribute wins over the config; an unknown one is an issue.
pub fn from_attributes(pairs: &[(String, String)], base: Value) -> (Value, Vec<ConfigIssue>) {
    let mut issues = Vec::new();
    let mut whole = base;
    for (name, text) in pairs {
        let own = OWN.iter().position(|own| own == name);
        if let Some(place) = own.and_then(|at| PLACES.get(at)) {
            put(&mut whole, place, text);
        } else if own.is_some() {
            issues.extend(check(name, text));
        } else if !OTHERS.contains(&name.as_str()) && !foreign(name) {
            issues.push(ConfigIssue::unknown(attribute(name), "unknown attribute", name, &OWN));
        }
    }
    (whole, issues)
}

/// What is wrong with an attribute that the loader or the session reads.
fn check(name: &str, text: &str) -> Option<ConfigIssue> {
    let views = View::ALL.map(View::as_str);
    let words: &[&str] = match name {
        "position" => &CORNERS,
        "view" => &views,
        "context" => {
            let object = Value::parse(text).is_some_and(|value| value.is_object());
            let expected = "a JSON object such as {\"order\": \"A-1001\"}".to_owned();
            return (!object).then(|| wrong(name, expected, text, String::new()));
        }
        _ => return None,
    };
    (!words.contains(&text)).then(|| wrong(name, either(words), text, did_you_mean(text, words)))
}

/// Attributes of other tools: `data-turbo`, `aria-label`, `on…`, `x-show`, `:class`, `v-cloak`, `jsname`.
fn foreign(name: &str) -> bool {
    ["data-", "aria-", "on", "x-", "v-", "ng-", "hx-", "js", "xml"]
        .into_iter()
        .any(|prefix| name.starts_with(prefix))
        || name.contains([':', '@', '_', '.'])
}

fn wrong(name: &str, expected: String, text: &str, hint: String) -> ConfigIssue {
    let mut found = String::new();
    push_shown(&mut found, text);
    ConfigIssue { path: attribute(name), expected, found, hint }
}

fn attribute(name: &str) -> String {
    let mut path = "attribute ".to_owned();
    push_plain(&mut path, name);
    path
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

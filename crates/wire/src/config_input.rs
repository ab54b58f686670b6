//! What a host page hands in besides the JSON: attributes of the tag, laid over the config before it is read, so that
//! there is one way from the page to the checked config.

use domain::view::View;
use serde_json::{Map, Value};

use crate::options::{ConfigIssue, did_you_mean, either, push_plain, push_shown};

/// Attributes that stand for an option, and where it stands in the config.
const OPTIONS: [(&str, &[&str]); 9] = [
    ("endpoint", &["endpoint"]),
    ("company", &["company", "name"]),
    ("email", &["company", "contact", "email"]),
    ("phone", &["company", "contact", "phone"]),
    ("locale", &["locale"]),
    ("accent", &["theme", "accent"]),
    ("scheme", &["theme", "scheme"]),
    ("label", &["launcher", "label"]),
    ("faq", &["faq"]),
];
/// Where the button may stand.
const PLACES: [&str; 2] = ["bottom-right", "bottom-left"];
/// Attributes that the loader reads, or that any element and any script tag may have.
const OTHERS: [&str; 29] = [
    "config",
    "survey",
    "context",
    "delay",
    "inline",
    "view",
    "position",
    "hidden",
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
];
/// Those of them that belong to this product.
const OWN: usize = 8;

/// Lays the attributes of the tag over a config. An attribute wins over the config; an unknown one is an issue.
pub fn from_attributes(pairs: &[(String, String)], base: Value) -> (Value, Vec<ConfigIssue>) {
    let mut issues = Vec::new();
    let mut whole = base;
    let views = View::ALL.map(View::as_str);
    for (name, text) in pairs {
        let words: Option<&[&str]> = match name.as_str() {
            "position" => Some(&PLACES),
            "view" => Some(&views),
            _ => None,
        };
        if let Some((_, path)) = OPTIONS.iter().find(|(own, _)| own == name) {
            put(&mut whole, path, text);
        } else if let Some(words) = words {
            if !words.contains(&text.as_str()) {
                issues.push(wrong(name, either(words), text, did_you_mean(text, words)));
            }
        } else if name == "context" {
            if !serde_json::from_str(text).is_ok_and(|value: Value| value.is_object()) {
                let expected = "a JSON object such as {\"order\": \"A-1001\"}".to_owned();
                issues.push(wrong(name, expected, text, String::new()));
            }
        } else if !OTHERS.contains(&name.as_str()) && !foreign(name) {
            let known: Vec<&str> =
                OPTIONS.iter().map(|(own, _)| *own).chain(OTHERS[..OWN].iter().copied()).collect();
            issues.push(ConfigIssue {
                path: attribute(name),
                found: "unknown attribute".to_owned(),
                hint: did_you_mean(name, &known),
                ..ConfigIssue::default()
            });
        }
    }
    (whole, issues)
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
            *place = Value::Object(Map::new());
        }
        let Some(map) = place.as_object_mut() else { return };
        // Not `entry`: looking twice costs less of the visitor's download.
        if !map.contains_key(*key) {
            map.insert((*key).to_owned(), Value::Null);
        }
        let Some(next) = map.get_mut(*key) else { return };
        place = next;
    }
    *place = Value::String(text.to_owned());
}

//! Between a page on which texts are written and the language checker: `lint`. No rule, no format but what a script reads.

mod report;

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{JSON, Reflect};
use tone::{Checker, LOCALES, Voice};
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** A wording that refuses, blames or sends away. Places count UTF-16 units, as strings and text areas do. */
export interface Finding {
  /** The rule, with its language: `en.refusal.we-cannot`. */
  rule: string;
  family: string;
  level: 'hint' | 'warn' | 'error';
  /** The sentence goes on with what is possible: a note, and the sentence can stay. */
  open: boolean;
  start: number;
  end: number;
  /** The sentence around it, which a suggestion takes the place of. */
  sentence: { start: number; end: number };
  why: string;
  /** Best first. One that is not `safe` may hold a `[slot]` for the author, who knows the facts. */
  suggestions: { text: string; safe: boolean }[];
}
export interface LintOptions {
  /** Who speaks; of the customer only what is rude is found. */
  voice?: 'service' | 'customer';
  /** The company's own rules, in the form of the packs. */
  rules?: string;
}
";

thread_local! {
    /// One checker a language and set of rules: reading a pack takes longer than a page of text.
    static CHECKERS: RefCell<HashMap<(String, String), Checker>> = RefCell::default();
}

/// The findings in a text, line by line, in their order. Throws where there are no rules for the language, and where the
/// company's own rules cannot be read.
#[wasm_bindgen(unchecked_return_type = "Finding[]")]
pub fn lint(
    text: &str,
    locale: &str,
    #[wasm_bindgen(unchecked_param_type = "LintOptions | undefined")] options: &JsValue,
) -> Result<JsValue, JsError> {
    let voice = match option(options, "voice").as_deref() {
        Some("customer") => Voice::Customer,
        Some(_) | None => Voice::Service,
    };
    let rules = option(options, "rules").unwrap_or_default();
    let found = checked(text, locale, voice, &rules).map_err(|what| JsError::new(&what))?;
    JSON::parse(&found).map_err(|_| JsError::new("the findings cannot be written down"))
}

/// The languages that have rules.
#[wasm_bindgen(unchecked_return_type = "string[]")]
pub fn locales() -> Vec<JsValue> {
    LOCALES.iter().map(|tag| JsValue::from_str(tag)).collect()
}

fn option(options: &JsValue, name: &str) -> Option<String> {
    if !options.is_object() {
        return None;
    }
    Reflect::get(options, &JsValue::from_str(name)).ok()?.as_string()
}

fn checked(text: &str, locale: &str, voice: Voice, rules: &str) -> Result<String, String> {
    CHECKERS.with_borrow_mut(|checkers| {
        let key = (locale.to_owned(), rules.to_owned());
        if !checkers.contains_key(&key) {
            let mut checker = Checker::for_locale(locale).ok_or_else(|| {
                format!("there are no rules for {locale:?}; there are for {}", LOCALES.join(" and "))
            })?;
            checker.overlay(rules).map_err(|error| format!("the own rules: {error}"))?;
            // Whoever edits rules makes a new set with each key pressed.
            checkers.clear();
            checkers.insert(key.clone(), checker);
        }
        Ok(checkers.get(&key).map(|checker| report::json(checker, text, voice)).unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::{Voice, checked};

    #[test]
    fn a_language_without_rules_and_rules_that_are_none_are_told() {
        let error = checked("Hi", "fr", Voice::Service, "").unwrap_err();
        assert_eq!(error, "there are no rules for \"fr\"; there are for en and zh-Hans");
        let error = checked("Hi", "en", Voice::Service, "nonsense").unwrap_err();
        assert!(error.starts_with("the own rules: line 1"), "{error}");
    }

    #[test]
    fn own_rules_are_laid_over_and_the_voice_counts() {
        let rules = "accept can not stop the music\n";
        assert_eq!(checked("We can't stop the music.", "en", Voice::Service, rules).unwrap(), "[]");
        assert_ne!(checked("We can't stop the music.", "en", Voice::Service, "").unwrap(), "[]");
        assert_eq!(checked("We can't find it.", "en", Voice::Customer, "").unwrap(), "[]");
    }
}

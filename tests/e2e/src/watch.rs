//! What the screen says of delivery, noted in the moment in which it stands there, and held against what was true then:
//! "sent" only of what the endpoint has stored, "saved" only of what lies in the store.

use std::time::Instant;

use serde_json::{Value, json};

use crate::world::World;
use crate::{Failure, Outcome, ensure};

const WATCH: &str = include_str!("js/watch.js");
/// The sentences, by their keys behind `sending.`.
const SENTENCES: [&str; 6] = ["sending", "saved", "held", "sent", "unsaved", "rejected"];

/// Something about some words, and when: a sentence on the screen, or their arrival in the endpoint's store.
#[derive(Clone, Debug)]
pub struct Note {
    /// When.
    pub at: Instant,
    /// The sentence's key; with `-here` or `-absent` behind it what a look into the store found.
    pub what: String,
    /// The customer's words.
    pub words: String,
}

/// Watches the page from now on for what it says of these words.
pub fn watch(world: &World<'_>, words: &str) -> Outcome {
    let mut sentences = json!({});
    for key in SENTENCES {
        sentences[key] = world.texts.resolve(&format!("sending.{key}"))?.into();
    }
    let body = format!("{WATCH}\nwatch(arguments[0], arguments[1]);");
    world.script(&body, &[sentences, Value::from(words)]).map(drop)
}

/// Watches, then presses *Send*.
pub fn hand_in(world: &World<'_>, words: &str) -> Outcome {
    watch(world, words)?;
    world.click("button", "feedback.send")
}

/// Fails on a sentence that was not true when it stood there.
pub fn judge(shown: &[Note], stored: &[Note]) -> Outcome {
    for Note { at, what, words } in shown {
        let received = || stored.iter().any(|note| note.words == *words && note.at <= *at);
        let claim = match what.as_str() {
            "sent" => "is sent, and the endpoint had not stored it",
            // Between the sentence and the look it may have been received.
            "saved-absent" | "held-absent" => "is kept here, and no store had it",
            _ => continue,
        };
        ensure(received(), || format!("it said that {words:?} {claim}; in all it said {}", said(shown)))?;
    }
    Ok(())
}

/// What was said, in order.
fn said(shown: &[Note]) -> String {
    shown.iter().map(|note| note.what.as_str()).collect::<Vec<_>>().join(", ")
}

/// Awaits one of the sentences about delivery and gives its key. The watch has to have seen it as well, and nothing
/// that was false.
pub fn sentence(world: &World<'_>, expected: &[&'static str]) -> Outcome<&'static str> {
    let key = world.until(&format!("one of the sentences {expected:?}"), || {
        for key in expected {
            if world.shows(key)? {
                return Ok(Some(*key));
            }
        }
        Ok(None)
    });
    // What was false says more than what is missing.
    judge(&world.site.shown(), &world.site.stored())?;
    let key = key?;
    let seen = |notes: &[Note]| notes.iter().any(|note| key.strip_prefix("sending.") == Some(&note.what));
    world
        .until(&format!("{key} noted by the watch"), || Ok(seen(&world.site.shown()).then_some(())))
        .map_err(|Failure(why)| Failure(format!("{why}; noted: {}", said(&world.site.shown()))))?;
    Ok(key)
}

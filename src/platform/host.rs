//! The page and the loader around the widget, reached through the object that `mount` was given.

use wasm_bindgen::JsValue;
use wire::options::ConfigIssue;
use yew::Callback;

use super::js;

/// What the loader handed over.
#[derive(Clone)]
pub struct Host {
    setup: JsValue,
}

impl Host {
    /// Wraps the object that `mount` was given.
    pub fn new(setup: JsValue) -> Self {
        Self { setup }
    }

    /// The sender.
    pub fn sender(&self) -> JsValue {
        js::get(&self.setup, "sender").unwrap_or_default()
    }

    /// Tells the page. `detail` are members of the event's detail; never personal data.
    pub fn emit(&self, name: &str, detail: &[(&str, String)]) {
        let mut members: Vec<(&str, JsValue)> = Vec::new();
        for (key, value) in detail {
            members.push((key, value.into()));
        }
        let _gone = js::call(&self.setup, "emit", &[name.into(), js::bare_object(&members).into()]);
    }

    /// Tells the web team about each mistake: the console once, and the page by an event.
    pub fn tell(&self, issues: &[ConfigIssue]) {
        if issues.is_empty() {
            return;
        }
        let mut lines = String::from("all-ears config:");
        for issue in issues {
            let line = issue.message();
            lines.push_str("\n  ");
            lines.push_str(&line);
            self.emit("config-issue", &[("path", issue.path.clone()), ("message", line)]);
        }
        warn(&lines);
    }

    /// Closes the panel.
    pub fn hide(&self) {
        let _gone = js::call(&self.setup, "hide", &[]);
    }

    /// Fetches a part of the widget. What does not arrive is the loader's to deal with: it puts the plain form here.
    pub fn fetch_part(&self, name: &str, arrived: Callback<()>) {
        let done = js::once(Box::new(move |_| arrived.emit(())));
        let _gone = js::call(&self.setup, "part", &[name.into(), done]);
    }

    /// Says so once what looks for an answer is here. If it does not arrive, nobody hears of it.
    pub fn offer_search(&self, arrived: Callback<()>) {
        let done = js::once(Box::new(move |_| arrived.emit(())));
        let _gone = js::call(&self.setup, "offer", &[done]);
    }

    /// Asks for another language; the text comes back through the handle.
    pub fn load_locale(&self, tag: &str) {
        let _gone = js::call(&self.setup, "load_locale", &[tag.into()]);
    }
}

/// Says something to the web team, once each.
pub fn warn(text: &str) {
    if let Some(console) = js::get(&js::global(), "console") {
        let _patched = js::call(&console, "warn", &[text.into()]);
    }
}

//! Between JavaScript and Rust: `mount`, and the handle that the loader passes the page's calls to. No logic.

use std::cell::RefCell;
use std::rc::Rc;

use domain::config::Config;
use domain::session::Action;
use js_sys::{Array, Object};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wire::host_call::{self, HostCall};
use wire::options::ConfigInput;
use wire::value::Value;
use yew::{AppHandle, Renderer};

use crate::app::{App, Msg, Props, Start};
use crate::parts::{self, Mistake};
use crate::platform::{self, Host};

/// A mounted widget.
#[wasm_bindgen]
pub struct Handle {
    app: AppHandle<App>,
    host: Host,
}

fn member(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).unwrap_or_default()
}

fn text(object: &JsValue, name: &str) -> String {
    member(object, name).as_string().unwrap_or_default()
}

/// A value of the page. What JSON lacks (a function, a cycle) counts as absent. One by one: pages are known to patch
/// how lists are written.
fn json(value: &JsValue) -> Value {
    let text = js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.and_then(|text| Value::parse(&text)).unwrap_or_default()
}

fn arguments(values: &Array) -> Vec<Value> {
    let mut args = Vec::new();
    for value in values.iter() {
        args.push(json(&value));
    }
    args
}

/// An opening brings along what the page fills in.
fn with_prefill(action: Action, args: &[Value]) -> Vec<Action> {
    let mut actions = Vec::new();
    if matches!(action, Action::Opened(_)) {
        actions = host_call::prefill(args);
    }
    actions.insert(0, action);
    actions
}

fn attributes(setup: &JsValue) -> Vec<(String, String)> {
    let entries = Object::entries(member(setup, "attributes").unchecked_ref());
    let mut pairs = Vec::new();
    for entry in entries.iter() {
        let pair: Array = entry.unchecked_into();
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            pairs.push((name, value));
        }
    }
    pairs
}

/// What is usable of a config. Its mistakes are told a moment later.
fn config(host: &Host, input: ConfigInput) -> Config {
    let (config, mistaken) = input.read();
    if mistaken {
        parts::tell(host, Mistake::Config(input));
    }
    config
}

/// Mounts the widget in an element of a shadow root. `setup` is what the loader gathered: config, attributes, texts,
/// sender and ways back. `Err` when there is no endpoint to send to: then the loader shows other ways to a person.
#[wasm_bindgen]
pub fn mount(root: web_sys::Element, setup: JsValue) -> Result<Handle, JsValue> {
    let host = Host::new(setup.clone());
    let attributes = attributes(&setup);
    let mut actions = host_call::from_attributes(&attributes);
    let keys = text(&setup, "keys");
    let config = config(&host, ConfigInput::of(text(&setup, "source"), attributes, keys.clone()));
    if config.endpoint.default.is_none() && config.endpoint.by_kind.is_empty() {
        return Err("all-ears: no endpoint".into());
    }
    let inline = member(&setup, "inline").is_truthy();
    for call in Array::from(&member(&setup, "calls")).iter() {
        let call: Array = call.unchecked_into();
        let args = arguments(&call.get(1).unchecked_into());
        let name = call.get(0).as_string().unwrap_or_default();
        match host_call::read(&name, &args) {
            Some(HostCall::Act(action)) => actions.extend(with_prefill(*action, &args)),
            Some(HostCall::Locale(..) | HostCall::Config | HostCall::Nothing) => {}
            None => parts::tell(&host, Mistake::Call(name, args)),
        }
    }
    let start = Start {
        host: host.clone(),
        actions: RefCell::new(actions),
        config: Rc::new(config),
        locale: text(&setup, "locale"),
        texts: text(&setup, "texts"),
        keys,
        inline,
        root: root.clone(),
    };
    let props = Props { start: Rc::new(start) };
    Ok(Handle { app: Renderer::<App>::with_root_and_props(root, props).render(), host })
}

#[wasm_bindgen]
impl Handle {
    /// Passes a call of the page on; A call that is not understood is reported and changes nothing.
    pub fn call(&self, name: &str, values: Array) {
        let args = arguments(&values);
        match host_call::read(name, &args) {
            Some(HostCall::Act(action)) => {
                for action in with_prefill(*action, &args) {
                    self.app.send_message(Msg::Act(action));
                }
            }
            Some(HostCall::Locale(tag, texts)) => self.app.send_message(Msg::Locale(tag, texts)),
            Some(HostCall::Config) => {
                let whole = args.into_iter().next().unwrap_or_default();
                let input = ConfigInput::new(whole, Vec::new(), String::new());
                self.app.send_message(Msg::Config(Rc::new(config(&self.host, input))));
            }
            Some(HostCall::Nothing) => {}
            None => parts::tell(&self.host, Mistake::Call(name.to_owned(), args)),
        }
    }

    /// Takes the widget away: no node, no listener, no timer stays. The nodes go at once, with the loader's root; the
    /// rest a turn later, since Yew would destroy the app before it is told to hand in an open rating.
    pub fn destroy(self) {
        self.app.send_message(Msg::Act(Action::Closed));
        platform::after(0, Box::new(move |_| self.app.destroy()));
    }
}

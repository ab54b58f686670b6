//! Reaching into JavaScript objects by name. Every failure is an `Err` or `None`; nothing throws into the page.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen]
extern "C" {
    /// `js_sys::global` would look for it in four places, for engines without WebAssembly.
    #[wasm_bindgen(thread_local_v2, js_name = globalThis)]
    static GLOBAL: JsValue;
}

/// Called once, with what came of something.
pub type Done = Box<dyn FnOnce(JsValue)>;

/// What everything else is reached from.
pub fn global() -> JsValue {
    GLOBAL.with(JsValue::clone)
}

/// A member of an object; `None` when it is absent, undefined or null.
pub fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// A text member; empty when it is absent or something else.
pub fn text(object: &JsValue, name: &str) -> String {
    get(object, name).and_then(|value| value.as_string()).unwrap_or_default()
}

/// Calls a method.
pub fn call(object: &JsValue, name: &str, args: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(object, &name.into())?.dyn_into()?;
    Reflect::apply(&function, object, &args.iter().collect::<Array>())
}

/// Calls a method that returns a promise, and hands on what becomes of it: the value, or the error, which callers tell
/// apart by its shape; null when there is no promise. A callback, since a future weighs several times as much.
///
/// A promise is what has a `then`: the page may have put another class in the place of the browser's, whose own promises
/// are none of that class.
pub fn ask(object: &JsValue, name: &str, args: &[JsValue], done: Done) {
    let settled = once(done);
    let promise = call(object, name, args);
    if promise.and_then(|promise| call(&promise, "then", &[settled.clone(), settled.clone()])).is_err() {
        let _none = call(&settled, "call", &[JsValue::NULL, JsValue::NULL]);
    }
}

/// A function of JavaScript that may be called once.
pub fn once(done: Done) -> JsValue {
    Closure::once_into_js(done)
}

/// An object without a prototype, so that nothing the page hung on `Object.prototype` gets in.
pub fn bare_object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::create(JsValue::NULL.unchecked_ref());
    for (name, value) in members {
        set(&object, name, value);
    }
    object
}

/// Sets a member. A refusal (a frozen object) is the object's own business.
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _refused = Reflect::set(object, &name.into(), value);
}

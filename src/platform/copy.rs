//! The customer's own copy: to the clipboard, or as a file.

use wasm_bindgen::JsValue;
use yew::Callback;

use super::{js, timers};

/// Puts a text on the clipboard. Browsers refuse that on plain http and without a gesture.
pub fn to_clipboard(text: &str, done: Callback<bool>) {
    let navigator = js::get(&js::global(), "navigator").unwrap_or_default();
    let clipboard = js::get(&navigator, "clipboard").unwrap_or_default();
    // It answers with nothing, a refusal with an error.
    let told = Box::new(move |answer: JsValue| done.emit(answer.is_undefined()));
    js::ask(&clipboard, "writeText", &[text.into()], told);
}

/// Offers a text as a file.
pub fn to_file(name: &str, media_type: &str, text: &str) -> bool {
    save(name, media_type, text).is_ok()
}

fn save(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let global = js::global();
    let options = js::bare_object(&[("type", media_type.into())]);
    let parts = js_sys::Array::of1(&text.into());
    let blob_constructor = js::get(&global, "Blob").unwrap_or_default();
    let blob = js_sys::Reflect::construct(&blob_constructor.into(), &js_sys::Array::of2(&parts, &options))?;
    let urls = js::get(&global, "URL").unwrap_or_default();
    let address = js::call(&urls, "createObjectURL", &[blob])?;
    let document = js::get(&global, "document").unwrap_or_default();
    let link = js::call(&document, "createElement", &["a".into()])?;
    js::set(&link, "href", &address);
    js::set(&link, "download", &name.into());
    js::call(&link, "click", &[])?;
    // The browser has taken the blob over by the time the click returns to the event loop.
    timers::after(
        10_000,
        Box::new(move |_| {
            let _gone = js::call(&urls, "revokeObjectURL", &[address]);
        }),
    );
    Ok(())
}

//! Random bytes from the browser's own source.

use js_sys::Uint8Array;

use super::js;

/// Ten random bytes. Zeros where the browser has none to give, which no browser that runs WASM does.
pub fn bytes() -> [u8; 10] {
    let mut bytes = [0; 10];
    if let Some(crypto) = js::get(&js::global(), "crypto") {
        let array = Uint8Array::new_with_length(10);
        if js::call(&crypto, "getRandomValues", &[array.clone().into()]).is_ok() {
            array.copy_to(&mut bytes);
        }
    }
    bytes
}

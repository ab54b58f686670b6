//! Moving the focus inside the widget.

use wasm_bindgen::JsValue;

use super::js;

/// Focuses the element of this id in the tree around `root`; one that is not there is left alone. Without an id the focus
/// stays where it is. What has it then comes into sight, with what is said around it.
pub fn focus(root: &web_sys::Element, id: &str) {
    let tree: JsValue = root.get_root_node().into();
    let found = if id.is_empty() {
        js::get(&tree, "activeElement")
    } else {
        js::call(&tree, "getElementById", &[id.into()]).ok()
    };
    let Some(element) = found else { return };
    let _absent = js::call(&element, "focus", &[]);
    // Firefox leaves the sentence below a field out of sight.
    if let Some(around) = js::get(&element, "parentElement") {
        let nearest = js::bare_object(&[("block", "nearest".into())]);
        let _absent = js::call(&around, "scrollIntoView", &[nearest.into()]);
    }
}

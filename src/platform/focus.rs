//! Moving the focus inside the widget.

use wasm_bindgen::JsValue;

use super::js;

/// Focuses the element of this id in the tree around `root`; one that is not there is left alone.
pub fn focus(root: &web_sys::Element, id: &str) {
    let tree: JsValue = root.get_root_node().into();
    if let Ok(element) = js::call(&tree, "getElementById", &[id.into()]) {
        let _absent = js::call(&element, "focus", &[]);
    }
}

/// Brings what has the focus back into sight.
pub fn show_focus(root: &web_sys::Element) {
    let tree: JsValue = root.get_root_node().into();
    if let Some(element) = js::get(&tree, "activeElement") {
        let nearest = js::bare_object(&[("block", "nearest".into())]);
        let _absent = js::call(&element, "scrollIntoView", &[nearest.into()]);
    }
}

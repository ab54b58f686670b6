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

/// Brings what has the focus back into sight within the body of the panel, where that is what scrolls: where all of the
/// panel does, or the page, nothing has lost its room, and nothing moves under anybody's finger.
pub fn show_focus(root: &web_sys::Element) {
    let tree: JsValue = root.get_root_node().into();
    let Some(element) = js::get(&tree, "activeElement") else { return };
    let body = js::call(&element, "closest", &[".body".into()]).unwrap_or_default();
    let height = |name| js::get(&body, name).and_then(|height| height.as_f64());
    if height("scrollHeight") > height("clientHeight") {
        let nearest = js::bare_object(&[("block", "nearest".into())]);
        let _absent = js::call(&element, "scrollIntoView", &[nearest.into()]);
    }
}

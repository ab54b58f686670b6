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

/// Whether something in the tree around `root` has the focus.
pub fn has_focus(root: &web_sys::Element) -> bool {
    let tree: JsValue = root.get_root_node().into();
    js::get(&tree, "activeElement").is_some()
}

/// Brings what has the focus back into sight within the body of the panel, where that is what scrolls: where all of the
/// panel does, or the page, nothing has lost its room, and nothing moves under anybody's finger.
pub fn show_focus(root: &web_sys::Element) {
    let tree: JsValue = root.get_root_node().into();
    let Some(element) = js::get(&tree, "activeElement") else { return };
    let body = js::call(&element, "closest", &[".body".into()]).unwrap_or_default();
    let height = |name| js::get(&body, name).and_then(|height| height.as_f64());
    if height("scrollHeight") > height("clientHeight") {
        into_sight(&element);
    }
}

/// Brings the element of this id into sight, and leaves the focus where it is.
pub fn show(root: &web_sys::Element, id: &str) {
    let tree: JsValue = root.get_root_node().into();
    if let Ok(element) = js::call(&tree, "getElementById", &[id.into()]) {
        into_sight(&element);
    }
}

fn into_sight(element: &JsValue) {
    let nearest = js::bare_object(&[("block", "nearest".into())]);
    let _absent = js::call(element, "scrollIntoView", &[nearest.into()]);
}

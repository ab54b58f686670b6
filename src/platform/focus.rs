//! Moving the focus inside the widget.

use wasm_bindgen::JsValue;

use super::js;

/// Focuses the element of this id in the tree around `root`; one that is not there is left alone. What is said around it
/// comes into sight too: Firefox leaves the sentence below a field out. Without an id the focus stays where it is, and
/// what has it comes into sight only within a body that scrolls: a page is not moved under anybody's finger.
pub fn focus(root: &web_sys::Element, id: &str) {
    let tree: JsValue = root.get_root_node().into();
    let shown = if id.is_empty() {
        js::get(&tree, "activeElement").filter(|element| {
            let body = js::call(element, "closest", &[".body".into()]).unwrap_or_default();
            let height = |name| js::get(&body, name).and_then(|height| height.as_f64());
            height("scrollHeight") > height("clientHeight")
        })
    } else {
        let element = js::call(&tree, "getElementById", &[id.into()]).unwrap_or_default();
        let _absent = js::call(&element, "focus", &[]);
        js::get(&element, "parentElement")
    };
    if let Some(shown) = shown {
        let nearest = js::bare_object(&[("block", "nearest".into())]);
        let _absent = js::call(&shown, "scrollIntoView", &[nearest.into()]);
    }
}

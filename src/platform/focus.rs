//! Moving the focus inside the widget.

use super::js;

/// Focuses the element of this id in the tree around `root`; one that is not there is left alone.
pub fn focus(root: &web_sys::Element, id: &str) {
    let tree = root.get_root_node();
    if let Ok(element) = js::call(&tree, "getElementById", &[id.into()]) {
        let _absent = js::call(&element, "focus", &[]);
    }
}

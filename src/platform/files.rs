//! Handing what was chosen in a field for files to the sender, which reads it. The bytes never come in here.

use domain::attachment;
use domain::session::Action;
use domain::submission::SubmissionId;
use wasm_bindgen::JsValue;
use yew::Callback;

use super::host::Host;
use super::{fresh_id, js};

/// Files that are looked at in one go; many more than may go along, so that each of them is spoken of.
const LOOKED_AT_MAX: usize = 20;

/// Reads what was chosen in the field of this id. What cannot be read at all comes back as nothing.
pub fn read(host: &Host, root: &web_sys::Element, id: &str, reply: Callback<Action>) {
    let tree = root.get_root_node();
    let field = js::call(&tree, "getElementById", &[id.into()]).unwrap_or_default();
    let files = js::get(&field, "files").unwrap_or_default();
    let count = js::get(&files, "length").and_then(|count| count.as_f64()).unwrap_or_default() as usize;
    let mut ids = String::new();
    for _ in 0..count.min(LOOKED_AT_MAX) {
        ids.push_str(fresh_id().as_str());
        ids.push(' ');
    }
    let told = Box::new(move |told: JsValue| {
        let picked = wire::stored::picked(&told.as_string().unwrap_or_default());
        reply.emit(Action::Files(attachment::Action::Read(picked)));
    });
    js::ask(&host.sender(), "take", &[field, ids.into()], told);
}

/// Lets go of one.
pub fn drop_file(sender: &JsValue, id: &SubmissionId) {
    let _gone = js::call(sender, "drop", &[id.as_str().into()]);
}

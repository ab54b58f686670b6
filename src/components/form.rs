//! A group of fields that Enter hands in. The browser itself never sends anything.

use yew::prelude::*;

/// Shows the fields; `role` is `search` or none.
pub fn form(role: Option<&'static str>, on_submit: Callback<()>, fields: Html) -> Html {
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.emit(());
    });
    html! { <form novalidate=true {role} {onsubmit}>{fields}</form> }
}

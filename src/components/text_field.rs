//! A labelled field for one line or many. Hint and error are tied to it, so that they are read out with it.

use yew::prelude::*;

use super::dom;
use super::icon::{Icon, icon};

/// What is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text.
    Line,
    /// Many lines; the box grows with them where the browser can.
    Long,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A query.
    Search,
    /// A day.
    Date,
}

/// Props of [`text_field`].
pub struct TextField {
    /// Unique in the widget; hint and error take their ids from it.
    pub id: &'static str,
    /// What is typed.
    pub kind: FieldKind,
    /// What belongs in it.
    pub label: AttrValue,
    /// Set small behind the label, such as "optional"; empty for none.
    pub note: AttrValue,
    /// Help below the label; empty for none.
    pub hint: AttrValue,
    /// What would make it clear; empty when all is well.
    pub error: AttrValue,
    /// The text as it stands.
    pub value: AttrValue,
    /// For the browser's own filling-in; empty for none.
    pub autocomplete: &'static str,
    /// Characters at which typing stops.
    pub chars_max: usize,
    /// Called with the whole text at every keystroke.
    pub on_input: Callback<String>,
}

impl Default for TextField {
    fn default() -> Self {
        Self {
            id: "",
            kind: FieldKind::Line,
            label: AttrValue::default(),
            note: AttrValue::default(),
            hint: AttrValue::default(),
            error: AttrValue::default(),
            value: AttrValue::default(),
            autocomplete: "",
            chars_max: 200,
            on_input: Callback::noop(),
        }
    }
}

/// Shows it.
pub fn text_field(props: TextField) -> Html {
    let id = props.id;
    let hint = below(id, "-hint", "hint", &props.hint);
    let error = below(id, "-error", "error", &props.error);
    html! {
        <div class="field">
            <label for={id}>
                {props.label.clone()}
                {note(props.note.clone())}
            </label>
            {hint}
            {control(&props)}
            {error}
        </div>
    }
}

/// A small word behind a label, set off by a space for those who hear it.
pub fn note(text: AttrValue) -> Html {
    if text.is_empty() {
        return Html::default();
    }
    html! { <>{' '}<span class="note">{text}</span></> }
}

fn control(props: &TextField) -> Html {
    let oninput = props.on_input.reform(|event: InputEvent| dom::value(&event));
    let maxlength = AttrValue::from(props.chars_max.to_string());
    let describedby = described_by(props);
    let invalid = (!props.error.is_empty()).then_some("true");
    let autocomplete = if props.autocomplete.is_empty() { "off" } else { props.autocomplete };
    let value = props.value.clone();
    let id = props.id;
    if props.kind == FieldKind::Long {
        return html! {
            <textarea {id} rows="4" {value} {maxlength} {autocomplete} aria-describedby={describedby}
                aria-invalid={invalid} {oninput} />
        };
    }
    let (kind, mode) = match props.kind {
        FieldKind::Line | FieldKind::Long => ("text", None),
        FieldKind::Email => ("email", Some("email")),
        FieldKind::Phone => ("tel", Some("tel")),
        FieldKind::Search => ("search", Some("search")),
        FieldKind::Date => ("date", None),
    };
    html! {
        <input {id} type={kind} inputmode={mode} {value} {maxlength} {autocomplete} aria-describedby={describedby}
            aria-invalid={invalid} {oninput} />
    }
}

fn described_by(props: &TextField) -> Option<AttrValue> {
    let mut ids = String::new();
    for (suffix, text) in [("-hint", &props.hint), ("-error", &props.error)] {
        if !text.is_empty() {
            if !ids.is_empty() {
                ids.push(' ');
            }
            ids.push_str(props.id);
            ids.push_str(suffix);
        }
    }
    (!ids.is_empty()).then(|| AttrValue::from(ids))
}

fn below(id: &str, suffix: &str, class: &'static str, text: &AttrValue) -> Html {
    if text.is_empty() {
        return Html::default();
    }
    let mut own = String::from(id);
    own.push_str(suffix);
    html! {
        <p id={own} {class}>
            if class == "error" {
                {icon(Icon::Info)}
            }
            <span>{text.clone()}</span>
        </p>
    }
}

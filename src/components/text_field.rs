//! A labelled field for one line or many. Hint and error are tied to it, so that they are read out with it.

use yew::{AttrValue, Html};

use super::attribute::Attribute;
use super::dom::{Event, Handler};
use super::icon::{Icon, icon};
use super::node::{Element, all, el, none, number, text, words};

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

/// Props of [`text_field`]. Texts that are empty are not shown.
pub struct TextField {
    /// Unique in the widget; hint and error take their ids from it.
    pub id: &'static str,
    /// What is typed.
    pub kind: FieldKind,
    /// What belongs in it.
    pub label: AttrValue,
    /// Set small behind the label, such as "optional".
    pub note: AttrValue,
    /// Help below the label.
    pub hint: AttrValue,
    /// What would make it clear.
    pub error: AttrValue,
    /// The text as it stands.
    pub value: AttrValue,
    /// For the browser's own filling-in.
    pub autocomplete: &'static str,
    /// Characters at which typing stops.
    pub chars_max: usize,
    /// Called with the whole text at every keystroke.
    pub on_input: Handler,
}

/// Shows it.
pub fn text_field(props: TextField) -> Html {
    let label =
        Element::new("label", "").set(Attribute::For, props.id).with([text(props.label), note(props.note)]);
    let (tag, kind, mode) = match props.kind {
        FieldKind::Line => ("input", "text", "text"),
        FieldKind::Long => ("textarea", "", ""),
        FieldKind::Email => ("input", "email", "email"),
        FieldKind::Phone => ("input", "tel", "tel"),
        FieldKind::Search => ("input", "search", "search"),
        FieldKind::Date => ("input", "date", ""),
    };
    let mut control = Element::new(tag, "").set(Attribute::Id, props.id);
    for (name, value) in
        [(Attribute::Type, kind), (Attribute::InputMode, mode), (Attribute::Autocomplete, props.autocomplete)]
    {
        if !value.is_empty() {
            control = control.set(name, value);
        }
    }
    let mut described = String::new();
    let hint = below(props.id, "-hint", props.hint, &mut described);
    if !props.error.is_empty() {
        control = control.set(Attribute::AriaInvalid, "true");
    }
    let error = below(props.id, "-error", props.error, &mut described);
    if !described.is_empty() {
        control = control.give(Attribute::AriaDescribedby, described.into());
    }
    let control = control
        .give(Attribute::MaxLength, number(props.chars_max))
        .value(props.value)
        .on(Event::Input, props.on_input)
        .with([]);
    el("div", "field", [label, hint, control, error])
}

/// A small word behind a label, set off by a space for those who hear it.
pub fn note(said: AttrValue) -> Html {
    if said.is_empty() { none() } else { all([text(AttrValue::Static(" ")), words("span", "note", said)]) }
}

/// A hint or an error with its id, which is added to what describes the field.
pub(super) fn below(id: &str, suffix: &'static str, said: AttrValue, described: &mut String) -> Html {
    if said.is_empty() {
        return none();
    }
    let mut own = String::from(id);
    own.push_str(suffix);
    if !described.is_empty() {
        described.push(' ');
    }
    described.push_str(&own);
    let error = suffix == "-error";
    let element = Element::new("p", if error { "error" } else { "hint" }).give(Attribute::Id, own.into());
    element.with([if error { icon(Icon::INFO) } else { none() }, words("span", "", said)])
}

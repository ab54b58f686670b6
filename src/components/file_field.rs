//! A field for files: the browser's own, behind a label that looks and works as a button. And a sign that one is on its way.

use yew::{AttrValue, Html};

use super::attribute::Attribute;
use super::dom::{Event, Handler};
use super::icon::{Icon, icon};
use super::node::{Element, el, words};
use super::text_field::below;

/// Props of [`file_field`]. Texts that are empty are not shown.
pub struct FileField {
    /// Unique in the widget; hint and error take their ids from it.
    pub id: &'static str,
    /// What a press is for.
    pub label: AttrValue,
    /// Help below it.
    pub hint: AttrValue,
    /// What would make it clear.
    pub error: AttrValue,
    /// Kinds of files that the browser offers first.
    pub accept: &'static str,
    /// Called once something was chosen.
    pub on_choose: Handler,
}

/// Shows it. The field itself is there for keyboards and voices; a pointer meets its label.
pub fn file_field(props: FileField) -> Html {
    let mut described = String::new();
    let mut field = Element::new("input", "hidden");
    if !props.error.is_empty() {
        field = field.set(Attribute::AriaInvalid, "true");
    }
    let hint = below(props.id, "-hint", props.hint, &mut described);
    let error = below(props.id, "-error", props.error, &mut described);
    let field = field
        .set(Attribute::Id, props.id)
        .set(Attribute::Type, "file")
        .set(Attribute::Accept, props.accept)
        .set(Attribute::Multiple, "")
        .give(Attribute::AriaDescribedby, described.into())
        .on(Event::Change, props.on_choose)
        .with([]);
    let label = Element::new("label", "button quiet")
        .set(Attribute::For, props.id)
        .with([icon(Icon::SHEET), words("span", "", props.label)]);
    el("div", "files", [field, label, hint, error])
}

/// Something is on its way. How far nobody knows: what would tell it follows redirects, and so is not used.
pub fn progress(label: AttrValue) -> Html {
    Element::new("progress", "").give(Attribute::AriaLabel, label).with([])
}

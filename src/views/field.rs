//! A text field with its words as message keys: each field of the product is one constant.

use domain::limits;
use domain::message::MessageKey;
use domain::session::Action;
use yew::{AttrValue, Html};

use super::{Scene, own};
use crate::components::{FieldKind, TextField, text_field};

/// What is fixed about a field.
pub struct Field {
    /// Unique in the widget.
    pub id: &'static str,
    /// What is typed.
    pub kind: FieldKind,
    /// What belongs in it.
    pub label: MessageKey,
    /// Help below the label.
    pub hint: Option<MessageKey>,
    /// Whether it is marked as optional.
    pub optional: bool,
    /// For the browser's own filling-in.
    pub autocomplete: &'static str,
    /// What typing means.
    pub typed: fn(String) -> Action,
}

impl Field {
    /// A field of this kind with nothing more to say.
    pub const fn new(
        id: &'static str,
        kind: FieldKind,
        label: MessageKey,
        typed: fn(String) -> Action,
    ) -> Self {
        Self { id, kind, label, hint: None, optional: false, autocomplete: "off", typed }
    }
}

impl Scene<'_> {
    /// A field, with what would make it clear if it is to be looked at again.
    #[inline(never)]
    pub(super) fn field(&self, field: &Field, value: &str, error: Option<MessageKey>) -> Html {
        let said = |key: Option<MessageKey>| key.map(|key| self.text(key)).unwrap_or_default();
        text_field(TextField {
            id: field.id,
            kind: field.kind,
            label: self.text(field.label),
            note: said(field.optional.then_some(MessageKey::PanelOptional)),
            hint: said(field.hint),
            error: said(error),
            value: own(value),
            autocomplete: field.autocomplete,
            chars_max: chars_max(field.kind),
            on_input: self.on.reform(field.typed),
        })
    }

    /// The word "optional", where it is set by hand.
    pub(super) fn optional(&self) -> AttrValue {
        self.text(MessageKey::PanelOptional)
    }
}

/// Characters at which typing stops.
pub fn chars_max(kind: FieldKind) -> usize {
    match kind {
        FieldKind::Long => limits::TEXT_CHARS_MAX,
        FieldKind::Search => limits::QUERY_CHARS_MAX,
        FieldKind::Line | FieldKind::Email | FieldKind::Phone | FieldKind::Date => limits::FIELD_CHARS_MAX,
    }
}

//! A button. It always works when pressed: what is still missing is said after the press, never by a grey button.

use yew::{AttrValue, Html};

use super::attribute::Attribute;
use super::dom::{Event, Handler};
use super::icon::{Icon, icon};
use super::node::{Element, el, none, words};

/// How much weight it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The one next step of a screen.
    Primary,
    /// The same, which Enter in a field of its form presses too.
    Submit,
    /// Another way on.
    Quiet,
    /// A way on within a text.
    Link,
    /// A whole row: drawing, words, arrow.
    Row,
    /// Only the drawing shows; the label is read out.
    Icon,
}

/// Shows a button with its words and perhaps a drawing before them.
pub fn button(look: Look, label: AttrValue, drawing: Option<Icon>, on_press: Handler) -> Html {
    let class = match look {
        Look::Primary | Look::Submit => "button primary",
        Look::Quiet => "button quiet",
        Look::Link => "link",
        Look::Row => "row",
        Look::Icon => "icon-button",
    };
    let said = words("span", if look == Look::Icon { "hidden" } else { "" }, label);
    let tag = Element::new("button", class)
        .set(Attribute::Type, if look == Look::Submit { "submit" } else { "button" });
    tag.on(Event::Click, on_press).with([drawing.map_or_else(none, icon), said])
}

/// Shows a face with its word below. It stays, and says whether it was pressed.
pub fn face(drawing: Icon, label: AttrValue, pressed: bool, on_press: Handler) -> Html {
    Element::new("button", "button quiet face")
        .set(Attribute::Type, "button")
        .set(Attribute::AriaPressed, if pressed { "true" } else { "false" })
        .on(Event::Click, on_press)
        .with([icon(drawing), words("span", "", label)])
}

/// Shows a row of a list that is searched: its name, and what says more.
pub fn found(id: AttrValue, label: Html, hint: Html, on_press: Handler) -> Html {
    let said = [el("span", "row-label", [label]), el("span", "row-hint", [hint])];
    let tag = Element::new("button", "row").set(Attribute::Type, "button").give(Attribute::Id, id);
    tag.on(Event::Click, on_press).with([el("span", "row-words", said), icon(Icon::FORWARD)])
}

/// Shows a row that is one button: drawing, label, more about it, how it stands, and an arrow.
pub fn row(
    drawing: Option<Icon>,
    label: AttrValue,
    hint: AttrValue,
    standing: Html,
    on_press: Handler,
) -> Html {
    let said = [words("span", "row-label", label), words("span", "row-hint", hint), standing];
    Element::new("button", "row").set(Attribute::Type, "button").on(Event::Click, on_press).with([
        drawing.map_or_else(none, |drawing| el("span", "row-icon", [icon(drawing)])),
        el("span", "row-words", said),
        icon(Icon::FORWARD),
    ])
}

//! One of several, or any of several: native radio buttons or check boxes as chips or as cards.

use yew::{AttrValue, Callback, Html};

use super::attribute::Attribute;
use super::dom::Event;
use super::icon::{Icon, icon};
use super::node::{Element, el, list, none, number, words};

/// How the choices stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceLook {
    /// Beside each other, small.
    Chips,
    /// Below each other, with room for a sentence.
    Cards,
}

/// One choice.
pub struct Choice {
    /// What it says.
    pub label: AttrValue,
    /// A drawing before the label.
    pub icon: Option<Icon>,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Props of [`choice_group`].
pub struct ChoiceGroup {
    /// Unique in the widget.
    pub name: &'static str,
    /// What is asked.
    pub legend: AttrValue,
    /// How the choices stand.
    pub look: ChoiceLook,
    /// Whether more than one may be chosen.
    pub many: bool,
    /// The choices.
    pub choices: Vec<Choice>,
    /// Called with the place of the choice that was pressed.
    pub on_choose: Callback<usize>,
}

/// Shows it.
pub fn choice_group(props: ChoiceGroup) -> Html {
    let mut choices = Vec::new();
    for (at, choice) in props.choices.into_iter().enumerate() {
        let on_choose = props.on_choose.clone();
        let input = Element::new("input", "")
            .set(Attribute::Type, if props.many { "checkbox" } else { "radio" })
            .set(Attribute::Name, props.name)
            .give(Attribute::Value, number(at))
            .checked(choice.chosen)
            .on(Event::Change, Callback::from(move |_| on_choose.emit(at)))
            .with([]);
        let drawing = choice.icon.map_or_else(none, icon);
        choices.push(el("label", "choice", [input, drawing, words("span", "", choice.label)]));
    }
    let class = match props.look {
        ChoiceLook::Chips => "choices chips",
        ChoiceLook::Cards => "choices cards",
    };
    el("fieldset", "question", [words("legend", "", props.legend), list("div", class, choices)])
}

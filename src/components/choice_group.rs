//! One of several, or any of several: native radio buttons or check boxes as chips or as cards.

use yew::prelude::*;

use super::icon::{Icon, icon};

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
    pub name: AttrValue,
    /// What is asked.
    pub legend: AttrValue,
    /// Help below the legend; empty for none.
    pub hint: AttrValue,
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
    let ChoiceGroup { name, legend, hint, look, many, choices, on_choose } = props;
    let kind = if many { "checkbox" } else { "radio" };
    let class = match look {
        ChoiceLook::Chips => "choices chips",
        ChoiceLook::Cards => "choices cards",
    };
    let one = |(at, choice): (usize, Choice)| {
        let on_choose = on_choose.clone();
        let onchange = Callback::from(move |_: Event| on_choose.emit(at));
        html! {
            <label class="choice">
                <input type={kind} name={name.clone()} value={at.to_string()} checked={choice.chosen} {onchange} />
                {choice.icon.map(icon).unwrap_or_default()}
                <span>{choice.label}</span>
            </label>
        }
    };
    html! {
        <fieldset class="question">
            <legend>{legend}</legend>
            if !hint.is_empty() {
                <p class="hint">{hint}</p>
            }
            <div {class}>{for choices.into_iter().enumerate().map(one)}</div>
        </fieldset>
    }
}

//! A scale as a group of native radio buttons: Tab reaches it, arrows move along it, each step has its words in sight.

use yew::{AttrValue, Callback, Html};

use super::attribute::Attribute;
use super::dom::Event;
use super::icon::{Icon, icon};
use super::node::{Element, el, list, none, number, text, words};

/// How the steps look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScaleLook {
    /// Stars, filled up to the chosen one.
    Stars,
    /// Faces.
    Faces,
    /// Numbers.
    Numbers,
    /// A thumb up and a thumb down.
    Thumbs,
}

/// Props of [`rating_scale`].
pub struct RatingScale {
    /// Unique in the widget.
    pub name: AttrValue,
    /// What is asked.
    pub legend: AttrValue,
    /// How the steps look.
    pub look: ScaleLook,
    /// Lowest step.
    pub low: u8,
    /// Highest step.
    pub high: u8,
    /// Words for the steps, lowest first. For numbers only the first and the last are shown, below the scale.
    pub labels: Vec<AttrValue>,
    /// The chosen step.
    pub value: Option<u8>,
    /// Called with the step as it is chosen.
    pub on_choose: Callback<usize>,
}

/// Shows it.
pub fn rating_scale(props: &RatingScale) -> Html {
    let class = match (props.look, props.high - props.low) {
        (ScaleLook::Stars, _) => "scale stars",
        (ScaleLook::Faces, _) => "scale faces",
        (ScaleLook::Thumbs, _) => "scale thumbs",
        (ScaleLook::Numbers, 10) => "scale numbers eleven",
        (ScaleLook::Numbers, 6) => "scale numbers seven",
        (ScaleLook::Numbers, _) => "scale numbers",
    };
    let mut steps: Vec<Html> = Vec::new();
    for step in props.low..=props.high {
        let one = one(props, step);
        // Yes stands before no.
        let place = if props.look == ScaleLook::Thumbs { 0 } else { steps.len() };
        steps.insert(place, one);
    }
    let ends = if props.look == ScaleLook::Numbers {
        Element::new("div", "ends")
            .set(Attribute::AriaHidden, "true")
            .with([words("span", "", label(props, props.low)), words("span", "", label(props, props.high))])
    } else {
        none()
    };
    el("fieldset", "question", [words("legend", "", props.legend.clone()), list("div", class, steps), ends])
}

fn one(props: &RatingScale, step: u8) -> Html {
    let on_choose = props.on_choose.clone();
    let checked = props.value == Some(step);
    let lit = match (props.look, props.value) {
        (ScaleLook::Stars, Some(value)) => step <= value,
        _ => checked,
    };
    let said = if props.look == ScaleLook::Numbers { "hidden" } else { "step-words" };
    let words_of = label(props, step);
    let input = Element::new("input", "")
        .set(Attribute::Type, "radio")
        .give(Attribute::Name, props.name.clone())
        .give(Attribute::Value, number(step.into()))
        .checked(checked)
        .on(Event::Change, Callback::from(move |_| on_choose.emit(usize::from(step))))
        .with([]);
    el(
        "label",
        if lit { "step lit" } else { "step" },
        [
            input,
            el("span", "mark", [mark(props.look, step)]),
            if words_of.is_empty() { none() } else { words("span", said, words_of) },
        ],
    )
}

fn mark(look: ScaleLook, step: u8) -> Html {
    let drawing = match (look, step) {
        (ScaleLook::Numbers, _) => return text(number(step.into())),
        (ScaleLook::Stars, _) => Icon::STAR,
        (ScaleLook::Thumbs, 0) => Icon::THUMB_DOWN,
        (ScaleLook::Thumbs, _) => Icon::THUMB_UP,
        (ScaleLook::Faces, 1) => Icon::FACE1,
        (ScaleLook::Faces, 2) => Icon::FACE2,
        (ScaleLook::Faces, 3) => Icon::FACE3,
        (ScaleLook::Faces, 4) => Icon::FACE4,
        (ScaleLook::Faces, _) => Icon::FACE5,
    };
    icon(drawing)
}

fn label(props: &RatingScale, step: u8) -> AttrValue {
    let at = match props.look {
        ScaleLook::Numbers if step == props.low => 0,
        ScaleLook::Numbers if step == props.high => props.labels.len().saturating_sub(1),
        ScaleLook::Numbers => return AttrValue::default(),
        ScaleLook::Stars | ScaleLook::Faces | ScaleLook::Thumbs => usize::from(step - props.low),
    };
    props.labels.get(at).cloned().unwrap_or_default()
}

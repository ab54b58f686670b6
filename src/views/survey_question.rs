//! One question of a survey, by its kind.

use domain::complaint::context_text;
use domain::limits;
use domain::message::{MessageKey, cut};
use domain::session::Action;
use domain::submission::AnswerValue;
use domain::survey::{self, Question, QuestionKind, Run, Wording};
use yew::{AttrValue, Callback, Html};

use super::{Scene, contact, own};
use crate::components::{
    Choice, ChoiceGroup, ChoiceLook, FieldKind, RatingScale, ScaleLook, TextField, choice_group,
    rating_scale, text_field,
};

const STARS: [MessageKey; 5] = [
    MessageKey::RatingStars1,
    MessageKey::RatingStars2,
    MessageKey::RatingStars3,
    MessageKey::RatingStars4,
    MessageKey::RatingStars5,
];
const FACES: [MessageKey; 5] = [
    MessageKey::RatingFaces1,
    MessageKey::RatingFaces2,
    MessageKey::RatingFaces3,
    MessageKey::RatingFaces4,
    MessageKey::RatingFaces5,
];
const NPS: [MessageKey; 2] = [MessageKey::RatingNpsLow, MessageKey::RatingNpsHigh];
const CSAT: [MessageKey; 2] = [MessageKey::RatingCsatLow, MessageKey::RatingCsatHigh];
const CES: [MessageKey; 2] = [MessageKey::RatingCesLow, MessageKey::RatingCesHigh];
const THUMBS: [MessageKey; 2] = [MessageKey::RatingThumbs0, MessageKey::RatingThumbs1];
/// Ids of fields and groups by the place of their question: as many as a survey may ask.
const IDS: [&str; 20] = [
    "answer-0",
    "answer-1",
    "answer-2",
    "answer-3",
    "answer-4",
    "answer-5",
    "answer-6",
    "answer-7",
    "answer-8",
    "answer-9",
    "answer-10",
    "answer-11",
    "answer-12",
    "answer-13",
    "answer-14",
    "answer-15",
    "answer-16",
    "answer-17",
    "answer-18",
    "answer-19",
];

/// Shows it.
pub fn question(scene: &Scene<'_>, run: &Run, at: usize, asked: &Question) -> Html {
    let answer = run.answer(&asked.id);
    let legend = wording(scene, &asked.text);
    let (look, keys): (ScaleLook, &[MessageKey]) = match asked.kind {
        QuestionKind::Stars => (ScaleLook::Stars, &STARS),
        QuestionKind::Smileys => (ScaleLook::Faces, &FACES),
        QuestionKind::Nps => (ScaleLook::Numbers, &NPS),
        QuestionKind::Csat => (ScaleLook::Numbers, &CSAT),
        QuestionKind::Ces => (ScaleLook::Numbers, &CES),
        QuestionKind::Thumbs => (ScaleLook::Thumbs, &THUMBS),
        QuestionKind::Choice | QuestionKind::Choices => return choices(scene, at, asked, legend, answer),
        QuestionKind::Text => return words(scene, at, legend, answer),
        QuestionKind::Contact => return contact::fields(scene, legend, None),
    };
    let (low, high) = asked.kind.scale().unwrap_or((1, 5));
    let mut labels = Vec::new();
    for key in keys {
        labels.push(scene.text(*key));
    }
    let on = scene.on.clone();
    rating_scale(&RatingScale {
        name: own(&asked.id),
        legend,
        look,
        low,
        high,
        labels,
        value: match answer {
            Some(AnswerValue::Score(score)) => Some(*score),
            Some(AnswerValue::Text(_) | AnswerValue::Many(_)) | None => None,
        },
        on_choose: Callback::from(move |step: usize| {
            on.emit(Action::Survey(survey::Action::Answered(at, AnswerValue::Score(step as u8))));
        }),
    })
}

fn choices(
    scene: &Scene<'_>,
    at: usize,
    asked: &Question,
    legend: AttrValue,
    answer: Option<&AnswerValue>,
) -> Html {
    let many = asked.kind == QuestionKind::Choices;
    let mut ids = Vec::new();
    let mut choices = Vec::new();
    for option in &asked.options {
        let chosen = match answer {
            Some(AnswerValue::Text(one)) => *one == option.id,
            Some(AnswerValue::Many(ids)) => ids.contains(&option.id),
            Some(AnswerValue::Score(_)) | None => false,
        };
        choices.push(Choice { label: own(&option.label), icon: None, chosen });
        ids.push(option.id.clone());
    }
    let on = scene.on.clone();
    choice_group(ChoiceGroup {
        name: id_of(at),
        legend,
        look: ChoiceLook::Cards,
        many,
        choices,
        on_choose: Callback::from(move |place: usize| {
            let Some(id) = ids.get(place).cloned() else { return };
            on.emit(Action::Survey(if many {
                survey::Action::OptionToggled(at, id)
            } else {
                survey::Action::Answered(at, AnswerValue::Text(id))
            }));
        }),
    })
}

fn words(scene: &Scene<'_>, at: usize, legend: AttrValue, answer: Option<&AnswerValue>) -> Html {
    let on = scene.on.clone();
    text_field(TextField {
        id: id_of(at),
        kind: FieldKind::Long,
        label: legend,
        note: scene.optional(),
        hint: AttrValue::default(),
        error: AttrValue::default(),
        value: match answer {
            Some(AnswerValue::Text(text)) => own(text),
            Some(AnswerValue::Score(_) | AnswerValue::Many(_)) | None => AttrValue::default(),
        },
        autocomplete: "off",
        chars_max: limits::TEXT_CHARS_MAX,
        on_input: Callback::from(move |text| {
            on.emit(Action::Survey(survey::Action::Answered(at, AnswerValue::Text(text))));
        }),
    })
}

fn id_of(at: usize) -> &'static str {
    IDS[at.min(IDS.len() - 1)]
}

fn wording(scene: &Scene<'_>, wording: &Wording) -> AttrValue {
    let mut product = context_text(&scene.session.context, "product");
    if product.is_empty() {
        product = scene.text(MessageKey::TemplatePurchaseFallback).as_str().to_owned();
    }
    match wording {
        Wording::Message(key) => scene.catalog.with(*key, &[("product", &product)]),
        Wording::Own(text) => AttrValue::from(fill_context(scene, text)),
    }
}

/// Fills `{{context.name}}` from what the page said; a name that the page did not give leaves nothing behind.
fn fill_context(scene: &Scene<'_>, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = cut(rest, "{{context.") {
        let (name, tail) = cut(after, "}}").unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&context_text(&scene.session.context, name.trim()));
        rest = tail;
    }
    out.push_str(rest);
    out
}

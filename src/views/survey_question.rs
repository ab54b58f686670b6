//! One question of a survey, by its kind.

use domain::complaint::context_text;
use domain::limits;
use domain::message::MessageKey;
use domain::session::Action;
use domain::submission::AnswerValue;
use domain::survey::{self, Question, QuestionKind, Run, Wording};
use yew::prelude::*;

use super::{Scene, contact, own};
use crate::components::{
    Choice, ChoiceGroup, ChoiceLook, FieldKind, RatingScale, ScaleLook, TextField, choice_group, rating_scale,
    text_field,
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
/// Ids of the text fields by place; a survey with more text questions shares the last.
const FIELDS: [&str; 8] = ["answer-0", "answer-1", "answer-2", "answer-3", "answer-4", "answer-5", "answer-6", "answer-7"];

/// Shows it.
pub fn question(scene: &Scene<'_>, run: &Run, at: usize, asked: &Question) -> Html {
    let answer = run.answer(&asked.id);
    let (look, labels): (ScaleLook, &[MessageKey]) = match asked.kind {
        QuestionKind::Stars => (ScaleLook::Stars, &STARS),
        QuestionKind::Smileys => (ScaleLook::Faces, &FACES),
        QuestionKind::Nps => (ScaleLook::Numbers, &NPS),
        QuestionKind::Csat => (ScaleLook::Numbers, &CSAT),
        QuestionKind::Ces => (ScaleLook::Numbers, &CES),
        QuestionKind::Thumbs => (ScaleLook::Thumbs, &THUMBS),
        QuestionKind::Choice | QuestionKind::Choices => return choices(scene, at, asked, answer),
        QuestionKind::Text => return words(scene, at, asked, answer),
        QuestionKind::Contact => return contact::fields(scene, wording(scene, &asked.text), AttrValue::default()),
    };
    let (low, high) = asked.kind.scale().unwrap_or((1, 5));
    let on = scene.on.clone();
    rating_scale(&RatingScale {
        name: own(&asked.id),
        legend: wording(scene, &asked.text),
        look,
        low,
        high,
        labels: labels.iter().map(|key| scene.text(*key)).collect(),
        value: match answer {
            Some(AnswerValue::Score(score)) => Some(*score),
            Some(AnswerValue::Text(_) | AnswerValue::Many(_)) | None => None,
        },
        on_choose: Callback::from(move |step| {
            on.emit(Action::Survey(survey::Action::Answered(at, AnswerValue::Score(step))));
        }),
    })
}

fn choices(scene: &Scene<'_>, at: usize, asked: &Question, answer: Option<&AnswerValue>) -> Html {
    let many = asked.kind == QuestionKind::Choices;
    let chosen = |id: &String| match answer {
        Some(AnswerValue::Text(one)) => one == id,
        Some(AnswerValue::Many(ids)) => ids.contains(id),
        Some(AnswerValue::Score(_)) | None => false,
    };
    let option = |option: &survey::ChoiceOption| Choice {
        label: own(&option.label),
        icon: None,
        chosen: chosen(&option.id),
    };
    let ids: Vec<String> = asked.options.iter().map(|option| option.id.clone()).collect();
    let on = scene.on.clone();
    choice_group(ChoiceGroup {
        name: own(&asked.id),
        legend: wording(scene, &asked.text),
        hint: AttrValue::default(),
        look: ChoiceLook::Cards,
        many,
        choices: asked.options.iter().map(option).collect(),
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

fn words(scene: &Scene<'_>, at: usize, asked: &Question, answer: Option<&AnswerValue>) -> Html {
    let on = scene.on.clone();
    text_field(TextField {
        id: FIELDS[at.min(FIELDS.len() - 1)],
        kind: FieldKind::Long,
        label: wording(scene, &asked.text),
        note: scene.text(MessageKey::PanelOptional),
        value: match answer {
            Some(AnswerValue::Text(text)) => own(text),
            Some(AnswerValue::Score(_) | AnswerValue::Many(_)) | None => AttrValue::default(),
        },
        chars_max: limits::TEXT_CHARS_MAX,
        on_input: Callback::from(move |text| {
            on.emit(Action::Survey(survey::Action::Answered(at, AnswerValue::Text(text))));
        }),
        ..TextField::default()
    })
}

fn wording(scene: &Scene<'_>, wording: &Wording) -> AttrValue {
    let mut product = context_text(&scene.session.context, "product");
    if product.is_empty() {
        product = scene.text(MessageKey::TemplatePurchaseFallback).to_string();
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
    while let Some((before, after)) = rest.split_once("{{context.") {
        let (name, tail) = after.split_once("}}").unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&context_text(&scene.session.context, name.trim()));
        rest = tail;
    }
    out.push_str(rest);
    out
}

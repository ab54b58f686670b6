//! Praise, an idea, a question.

use domain::delivery::{Delivery, DeliveryState};
use domain::feedback;
use domain::message::MessageKey;
use domain::session::Action;
use domain::submission::Topic;
use yew::Html;

use super::field::Field;
use super::panel::{Frame, complain, panel};
use super::{Scene, contact, promise, sending, trouble};
use crate::components::node::{all, el, none};
use crate::components::{
    Choice, ChoiceGroup, ChoiceLook, FieldKind, Icon, Look, Tone, choice_group, icon, notice,
};

const TEXT: Field = Field::new("feedback-text", FieldKind::Long, MessageKey::FeedbackTextAny, |text| {
    Action::Feedback(feedback::Action::TextChanged(text))
});

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    match scene.session.feedback.sent.as_ref() {
        Some(id) => after(scene, scene.session.deliveries.of(id)),
        None => draft(scene),
    }
}

fn draft(scene: &Scene<'_>) -> Html {
    let draft = &scene.session.feedback;
    let label = match draft.topic {
        None => MessageKey::FeedbackTextAny,
        Some(Topic::Praise) => MessageKey::FeedbackTextPraise,
        Some(Topic::Idea) => MessageKey::FeedbackTextIdea,
        Some(Topic::Question) => MessageKey::FeedbackTextQuestion,
    };
    let missing = draft.text_missing.then_some(MessageKey::FeedbackTextMissing);
    let afresh = || {
        scene.button(Look::Link, MessageKey::FeedbackAfresh, None, || {
            Action::Feedback(feedback::Action::StartAfresh)
        })
    };
    let body = all([
        if draft.restored {
            notice(Tone::Plain, scene.text(MessageKey::FeedbackRestored), afresh())
        } else {
            none()
        },
        topics(scene, draft.topic),
        scene.field(&Field { label, ..TEXT }, &draft.text, missing),
        contact::group(
            scene,
            scene.text(MessageKey::FeedbackReply),
            Some(MessageKey::FeedbackReplyHint),
            contact::email(scene),
        ),
        trouble::privacy(scene),
    ]);
    let send = scene.button(Look::Primary, MessageKey::FeedbackSend, None, || {
        Action::Feedback(feedback::Action::SendPressed)
    });
    panel(
        scene,
        Frame {
            name: "feedback",
            reading: false,
            title: scene.text(MessageKey::FeedbackTitle),
            above: none(),
            body,
            actions: send,
            complain: Some(|| Action::Feedback(feedback::Action::ComplaintChosen)),
        },
    )
}

fn topics(scene: &Scene<'_>, chosen: Option<Topic>) -> Html {
    let one = |topic: Topic, key, drawing| Choice {
        label: scene.text(key),
        icon: Some(drawing),
        chosen: chosen == Some(topic),
    };
    choice_group(ChoiceGroup {
        name: "topic",
        legend: scene.text(MessageKey::FeedbackTopicLegend),
        look: ChoiceLook::Chips,
        many: false,
        choices: vec![
            one(Topic::Praise, MessageKey::FeedbackTopicPraise, Icon::HEART),
            one(Topic::Idea, MessageKey::FeedbackTopicIdea, Icon::BULB),
            one(Topic::Question, MessageKey::FeedbackTopicQuestion, Icon::QUESTION),
        ],
        on_choose: scene
            .choose(|at| Action::Feedback(feedback::Action::TopicChosen(Topic::ALL[at % Topic::ALL.len()]))),
    })
}

fn after(scene: &Scene<'_>, delivery: Option<&Delivery>) -> Html {
    let state = delivery.map_or(DeliveryState::Pending, |delivery| delivery.state);
    let title = match state {
        DeliveryState::Unsaved => MessageKey::ComplaintPromiseUnsaved,
        DeliveryState::Rejected | DeliveryState::Expired => MessageKey::ComplaintPromiseRejected,
        DeliveryState::Pending
        | DeliveryState::Stored
        | DeliveryState::Sending
        | DeliveryState::Sent
        | DeliveryState::Held => MessageKey::FeedbackSentTitle,
    };
    let arrived = state == DeliveryState::Sent;
    let sentence = delivery.map(|delivery| sending::view(scene, delivery, &scene.session.feedback.text));
    let body = all([
        if arrived { el("span", "seal", [icon(Icon::HEART)]) } else { none() },
        sentence.unwrap_or_default(),
        match state {
            DeliveryState::Sent => scene.say("p", "lead", MessageKey::FeedbackSentNext),
            DeliveryState::Pending | DeliveryState::Unsaved => none(),
            // Where it says that something is saved, the way to it is near.
            DeliveryState::Stored
            | DeliveryState::Sending
            | DeliveryState::Held
            | DeliveryState::Rejected
            | DeliveryState::Expired => promise::check(scene),
        },
    ]);
    let again = scene.button(Look::Quiet, MessageKey::FeedbackAgain, None, || {
        Action::Feedback(feedback::Action::StartAfresh)
    });
    panel(
        scene,
        Frame {
            name: "feedback-sent",
            reading: true,
            title: scene.text(title),
            above: none(),
            body: el("div", "finish", [body]),
            actions: again,
            complain: complain(),
        },
    )
}

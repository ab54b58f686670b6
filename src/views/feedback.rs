//! Praise, an idea, a question.

use domain::delivery::{Delivery, DeliveryState};
use domain::feedback;
use domain::limits;
use domain::message::MessageKey;
use domain::session::{Action, Field};
use domain::submission::Topic;
use yew::prelude::*;

use super::panel::{Frame, complain, panel};
use super::{Scene, contact, own, sending};
use crate::components::{
    Button, Choice, ChoiceGroup, ChoiceLook, FieldKind, Icon, Look, TextField, Tone, button, choice_group, icon, notice,
    text_field,
};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let sent = scene.session.feedback.sent.as_ref();
    match sent {
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
    let missing = scene.text(MessageKey::FeedbackTextMissing);
    let body = html! {
        <>
            if draft.restored {
                {notice(Tone::Plain, scene.text(MessageKey::FeedbackRestored), button(Button {
                    look: Look::Link,
                    label: scene.text(MessageKey::FeedbackAfresh),
                    on_press: scene.press(|| Action::Feedback(feedback::Action::StartAfresh)),
                    ..Button::default()
                }))}
            }
            {topics(scene, draft.topic)}
            {text_field(TextField {
                id: Field::FeedbackText.id(),
                kind: FieldKind::Long,
                label: scene.text(label),
                error: if draft.text_missing { missing } else { AttrValue::default() },
                value: own(&draft.text),
                chars_max: limits::TEXT_CHARS_MAX,
                on_input: scene.typed(|text| Action::Feedback(feedback::Action::TextChanged(text))),
                ..TextField::default()
            })}
            <fieldset class="question contact">
                <legend>{scene.text(MessageKey::FeedbackReply)}</legend>
                <p class="hint">{scene.text(MessageKey::FeedbackReplyHint)}</p>
                {contact::email(scene)}
            </fieldset>
            {super::trouble::privacy(scene)}
        </>
    };
    let action = button(Button {
        look: Look::Primary,
        label: scene.text(MessageKey::FeedbackSend),
        on_press: scene.press(|| Action::Feedback(feedback::Action::SendPressed)),
        ..Button::default()
    });
    panel(
        scene,
        Frame {
            name: "feedback",
            title: scene.text(MessageKey::FeedbackTitle),
            reading: false,
            above: Html::default(),
            body,
            action,
            complain: Some(|| Action::Feedback(feedback::Action::ComplaintChosen)),
        },
    )
}

fn topics(scene: &Scene<'_>, chosen: Option<Topic>) -> Html {
    let one = |topic: Topic| {
        let (key, drawing) = match topic {
            Topic::Praise => (MessageKey::FeedbackTopicPraise, Icon::Heart),
            Topic::Idea => (MessageKey::FeedbackTopicIdea, Icon::Bulb),
            Topic::Question => (MessageKey::FeedbackTopicQuestion, Icon::Question),
        };
        Choice { label: scene.text(key), icon: Some(drawing), chosen: chosen == Some(topic) }
    };
    choice_group(ChoiceGroup {
        name: AttrValue::Static("topic"),
        legend: scene.text(MessageKey::FeedbackTopicLegend),
        hint: AttrValue::default(),
        look: ChoiceLook::Chips,
        many: false,
        choices: Topic::ALL.into_iter().map(one).collect(),
        on_choose: scene.on.reform(|at: usize| {
            Action::Feedback(feedback::Action::TopicChosen(Topic::ALL[at.min(Topic::ALL.len() - 1)]))
        }),
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
    let body = html! {
        <div class="finish">
            if arrived {
                <span class="seal">{icon(Icon::Heart)}</span>
            }
            {for delivery.map(|delivery| sending::view(scene, delivery, &scene.session.feedback.text))}
            if arrived {
                <p class="lead">{scene.text(MessageKey::FeedbackSentNext)}</p>
            }
        </div>
    };
    let action = button(Button {
        label: scene.text(MessageKey::FeedbackAgain),
        on_press: scene.press(|| Action::Feedback(feedback::Action::StartAfresh)),
        ..Button::default()
    });
    panel(
        scene,
        Frame {
            name: "feedback-sent",
            title: scene.text(title),
            reading: true,
            above: Html::default(),
            body,
            action,
            complain: complain(),
        },
    )
}

//! Apologise: one sentence about what happened, signed by the person who looks after it. No reason, no condition.

use domain::complaint::{self, Draft};
use domain::message::{MessageKey, pieces};
use domain::session::Action;
use yew::{AttrValue, Html};

use super::complaint::{Part, part};
use super::{Scene, own};
use crate::components::Look;
use crate::components::attribute::Attribute;
use crate::components::node::{Element, el, list, none, text, words};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let draft = &scene.session.complaint;
    let effect = !draft.effect.trim().is_empty();
    let apology = [
        words("p", "big", sentence(scene, draft)),
        if effect { scene.say("p", "big", MessageKey::ComplaintApologyEffect) } else { none() },
        signature(scene),
        words("p", "lead", scene.catalog.with(MessageKey::ComplaintApologiseOwn, &[("owner", &who(scene))])),
    ];
    let next = scene.button(Look::Primary, MessageKey::ComplaintApologiseNext, None, || {
        Action::Complaint(complaint::Action::ApologyRead)
    });
    part(
        scene,
        Part {
            name: "apologise",
            at: 2,
            reading: true,
            title: MessageKey::ComplaintApologiseTitle,
            body: el("div", "apology", apology),
            actions: next,
            last: none(),
        },
    )
}

/// The owner's name, else the company's, else the words for somebody of the team.
pub fn who(scene: &Scene<'_>) -> AttrValue {
    let owner = scene.owner();
    if owner.is_empty() { scene.text(MessageKey::ComplaintTeam) } else { own(owner) }
}

fn sentence(scene: &Scene<'_>, draft: &Draft) -> AttrValue {
    let (product, order) = (draft.product.trim(), draft.order.trim());
    let key = if !product.is_empty() {
        MessageKey::ComplaintApologyProduct
    } else if !order.is_empty() {
        MessageKey::ComplaintApologyOrder
    } else {
        MessageKey::ComplaintApologyPlain
    };
    scene.catalog.with(key, &[("product", product), ("order", order)])
}

fn signature(scene: &Scene<'_>) -> Html {
    let company = scene.company;
    if scene.owner().is_empty() {
        return none();
    }
    let mut initials = String::new();
    for word in pieces(scene.owner(), " ").take(2) {
        initials.extend(word.chars().next());
    }
    let mut lines = vec![words("strong", "", own(scene.owner()))];
    if !company.owner_name.is_empty() {
        lines.push(words("span", "", own(&company.owner_role)));
        lines.push(words("span", "", own(&company.name)));
    }
    let initials =
        Element::new("span", "initials").set(Attribute::AriaHidden, "true").with([text(initials.into())]);
    el("div", "signature", [initials, list("p", "", lines)])
}

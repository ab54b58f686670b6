//! What the host page is told, as the names and details of its events: `all-ears:<name>`. Never personal data.

use domain::session::HostEvent;
use domain::submission::{Kind, SubmissionId};

/// Name and detail of an event.
pub type Parts = (&'static str, Vec<(&'static str, String)>);

/// The event as the page sees it.
pub fn parts(event: &HostEvent) -> Parts {
    match event {
        HostEvent::View(view) => ("view", vec![("view", view.as_str().to_owned())]),
        HostEvent::Answer(survey, question) => {
            ("answer", vec![("survey", survey.clone()), ("question", question.clone())])
        }
        HostEvent::Submit(kind, id) => ("submit", submission(*kind, id)),
        HostEvent::Stored(kind, id) => ("stored", submission(*kind, id)),
        HostEvent::Delivered(kind, id) => ("delivered", submission(*kind, id)),
        HostEvent::Refused(kind, id) => ("refused", submission(*kind, id)),
    }
}

fn submission(kind: Kind, id: &SubmissionId) -> Vec<(&'static str, String)> {
    vec![("kind", kind.as_str().to_owned()), ("id", id.as_str().to_owned())]
}

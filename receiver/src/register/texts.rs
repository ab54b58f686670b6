//! The sentences of the register, in one place. They are the service team's own and never reach a customer's browser,
//! so they stay out of the widget's locales.

use domain::message::MessageKey;
use domain::status::State;
use domain::submission::Kind;
use domain::survey::{Survey, Wording};

use crate::store::{ERASED, FOLLOW_UP, REOPENED};

/// `1 answer`, `2 answers`.
pub fn count(number: i64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What the team reads for a state.
pub fn state(state: State) -> &'static str {
    match state {
        State::Received => "Received",
        State::Assigned => "Assigned",
        State::Investigating => "Being looked into",
        State::WaitingForYou => "Waiting for the customer",
        State::Decided => "Answered",
        State::Closed => "Closed",
    }
}

/// What the team reads for an entry of the log.
pub fn event(kind: &str, actor: &str) -> &'static str {
    match (State::parse(kind), kind, actor) {
        (Some(State::Received), _, "customer") => "The complaint arrived",
        (Some(known), ..) => state(known),
        (None, REOPENED, _) => "Opened again: it is not put right yet",
        (None, FOLLOW_UP, "customer") => "The customer told us more",
        (None, FOLLOW_UP, _) => "A message was taken for the customer’s",
        (None, ERASED, _) => "Erased: what was said is gone",
        // Whatever it was, it is not ours to guess.
        (None, ..) => "Noted by a newer version",
    }
}

/// What the team does next, and what the customer sees of it.
pub fn next(state: State) -> &'static str {
    match state {
        State::Received => {
            "Say who looks after it: “Assigned”, with a name in the note. The customer sees it at once."
        }
        State::Assigned => "Look into it, and say so: “Being looked into”.",
        State::Investigating => {
            "Answer the customer, then choose “Answered” with the outcome in the note. Ask them for what is missing with “Waiting for the customer”."
        }
        State::WaitingForYou => {
            "Once the customer has written, go on with “Being looked into” or “Answered”."
        }
        State::Decided => {
            "Once it is put right, choose “Closed”. A customer who is not content opens it again."
        }
        State::Closed => "Nothing for now. A customer who is not content opens it again.",
    }
}

/// What the team reads for a kind of submission.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Rating => "Rating",
        Kind::Feedback => "Feedback",
        Kind::Complaint => "Complaint",
        Kind::FollowUp => "Follow-up",
        Kind::Signal => "Search",
    }
}

/// Why something waits apart, in words. The names stand in the database, several with a comma between.
pub fn suspicions(names: &str) -> String {
    let word = |name: &str| match name.trim() {
        "links" => "Many links".to_owned(),
        "markup" => "Links as forums write them".to_owned(),
        "same words" => "Others say it word for word".to_owned(),
        "without the key" => "Came without the customer’s key".to_owned(),
        other => other.to_owned(),
    };
    names.split(',').map(word).collect::<Vec<_>>().join(", ")
}

/// What a survey is called, if it is one that ships.
pub fn survey(id: &str) -> &str {
    match id {
        "post-purchase" => "After a purchase",
        "nps" => "Recommendation",
        "service-strategy" => "What customers expect",
        "after-complaint" => "After a complaint",
        other => other,
    }
}

/// What a question asks, if the company or its survey has words for it.
pub fn question(survey: Option<&Survey>, id: &str) -> Option<String> {
    let asked = survey?.questions.iter().find(|asked| asked.id == id)?;
    let key = match &asked.text {
        Wording::Own(words) => return Some(words.clone()),
        Wording::Message(key) => *key,
    };
    let shipped = [
        (MessageKey::TemplatePurchaseStars, "How happy are they with it?"),
        (MessageKey::TemplatePurchaseComment, "What made them choose that?"),
        (MessageKey::TemplateNpsScore, "Would they recommend us to a friend?"),
        (MessageKey::TemplateNpsReason, "The main reason"),
        (MessageKey::TemplateStrategyExpectation, "How well do we meet what they expected?"),
        (MessageKey::TemplateStrategyMatters, "What matters most to them"),
        (MessageKey::TemplateStrategyBest, "What we do best"),
        (MessageKey::TemplateStrategyBetter, "What we could do better"),
        (MessageKey::TemplateComplaintHandling, "How did we handle their complaint?"),
        (MessageKey::TemplateComplaintComment, "What to keep, and what to do better"),
    ];
    shipped.iter().find(|(own, _)| *own == key).map(|(_, words)| (*words).to_owned())
}

/// What would put it right, if it is an outcome that ships.
pub fn outcome(id: &str) -> String {
    match id {
        "replacement" => "A replacement".to_owned(),
        "refund" => "Their money back".to_owned(),
        "repair" => "A repair".to_owned(),
        "explanation" => "An explanation".to_owned(),
        "apology" => "An apology".to_owned(),
        "unsure" => "Our advice".to_owned(),
        "own" => "Something else, in their own words".to_owned(),
        other => other.replace('_', " "),
    }
}

/// A language by its name, where the widget speaks it.
pub fn language(tag: &str) -> &str {
    match tag {
        "en" => "English",
        "zh-Hans" => "Chinese (simplified)",
        other => other,
    }
}

/// A word for what its survey calls by an id: `easy_to_use` is `easy to use`.
pub fn plain(id: &str) -> String {
    id.replace(['_', '-'], " ")
}

#[cfg(test)]
mod tests {
    use domain::config::Config;
    use domain::survey::Survey;
    use domain::suspicion::Suspicion;

    use super::{count, outcome, question, survey, suspicions};

    #[test]
    fn one_is_one() {
        assert_eq!(
            (count(1, "answer", "answers"), count(0, "answer", "answers")),
            ("1 answer".to_owned(), "0 answers".to_owned())
        );
    }

    #[test]
    fn everything_that_ships_has_words() {
        for id in ["post-purchase", "nps", "service-strategy", "after-complaint"] {
            let shipped = Survey::template(id).expect("it ships");
            assert_ne!(survey(id), id);
            for asked in &shipped.questions {
                assert!(question(Some(&shipped), &asked.id).is_some(), "{id}: {}", asked.id);
            }
        }
        for own in &Config::default().complaint.outcomes {
            assert_ne!(outcome(&own.id), own.id);
        }
        for suspicion in [Suspicion::Links, Suspicion::Markup, Suspicion::SameWords, Suspicion::WithoutKey] {
            assert_ne!(suspicions(suspicion.as_str()), suspicion.as_str());
        }
        assert_eq!(suspicions("links, same words"), "Many links, Others say it word for word");
    }
}

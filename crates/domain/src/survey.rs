//! Surveys: what is asked, and the run of one.

mod draft;
mod run;

pub use draft::Draft;
pub use run::Run;

use crate::limits;
use crate::message::{Message, MessageKey};
use crate::session::{Ctx, Effect, Focus, HostEvent, Session, Timer, bounded};
use crate::submission::{AnswerValue, Body, Rating, SubmissionId};

/// The kinds of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    /// 0 to 10: how likely to recommend.
    Nps,
    /// 1 to 5: how satisfied.
    Csat,
    /// 1 to 7: how easy.
    Ces,
    /// 1 to 5 stars.
    Stars,
    /// 1 to 5 faces.
    Smileys,
    /// 0 or 1.
    Thumbs,
    /// One of several.
    Choice,
    /// Any of several.
    Choices,
    /// Words.
    Text,
    /// How to reach the customer.
    Contact,
}

impl QuestionKind {
    /// Every kind, in the order of the manual.
    pub const ALL: [Self; 10] = [
        Self::Nps,
        Self::Csat,
        Self::Ces,
        Self::Stars,
        Self::Smileys,
        Self::Thumbs,
        Self::Choice,
        Self::Choices,
        Self::Text,
        Self::Contact,
    ];

    /// Their words on the wire and in the config, in the same order.
    pub const NAMES: [&'static str; 10] =
        ["nps", "csat", "ces", "stars", "smileys", "thumbs", "choice", "choices", "text", "contact"];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|own| *own == name).map(|at| Self::ALL[at])
    }

    /// Lowest and highest step of a scale; `None` for the kinds that are not scales.
    pub fn scale(self) -> Option<(u8, u8)> {
        match self {
            Self::Nps => Some((0, 10)),
            Self::Csat | Self::Stars | Self::Smileys => Some((1, 5)),
            Self::Ces => Some((1, 7)),
            Self::Thumbs => Some((0, 1)),
            Self::Choice | Self::Choices | Self::Text | Self::Contact => None,
        }
    }
}

/// A wording: the company's own, or one that ships in every language.
#[derive(Clone, Debug, PartialEq)]
pub enum Wording {
    /// The company's words; `{{context.product}}` is filled in.
    Own(String),
    /// A message of the product.
    Message(MessageKey),
}

/// One of several.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceOption {
    /// Id on the wire.
    pub id: String,
    /// What the customer reads.
    pub label: String,
}

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Id on the wire.
    pub id: String,
    /// What kind of answer.
    pub kind: QuestionKind,
    /// What is asked.
    pub text: Wording,
    /// For `choice` and `choices`.
    pub options: Vec<ChoiceOption>,
}

/// A survey. Every question is optional; the first one opens the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// Id in calls and on the wire.
    pub id: String,
    /// In the order asked.
    pub questions: Vec<Question>,
    /// The company's thanks; empty for the default.
    pub thank_you: String,
    /// Where to tell others, shown to every rater alike; empty for none (C20: no review gating).
    pub review_url: String,
}

impl Survey {
    /// A survey that ships in every language. Names: `post-purchase`, `nps`, `service-strategy`, `after-complaint`.
    pub fn template(id: &str) -> Option<Self> {
        let questions = match id {
            "post-purchase" => vec![
                Question::shipped("satisfaction", QuestionKind::Stars, MessageKey::TemplatePurchaseStars),
                Question::shipped("comment", QuestionKind::Text, MessageKey::TemplatePurchaseComment),
            ],
            "nps" => vec![
                Question::shipped("recommend", QuestionKind::Nps, MessageKey::TemplateNpsScore),
                Question::shipped("reason", QuestionKind::Text, MessageKey::TemplateNpsReason),
            ],
            "service-strategy" => vec![
                Question::shipped("expectation", QuestionKind::Csat, MessageKey::TemplateStrategyExpectation),
                Question::shipped("matters", QuestionKind::Text, MessageKey::TemplateStrategyMatters),
                Question::shipped("best", QuestionKind::Text, MessageKey::TemplateStrategyBest),
                Question::shipped("better", QuestionKind::Text, MessageKey::TemplateStrategyBetter),
            ],
            "after-complaint" => vec![
                Question::shipped("handling", QuestionKind::Smileys, MessageKey::TemplateComplaintHandling),
                Question::shipped("comment", QuestionKind::Text, MessageKey::TemplateComplaintComment),
            ],
            _ => return None,
        };
        Some(Self { id: id.to_owned(), questions, thank_you: String::new(), review_url: String::new() })
    }

    /// The survey that is always there.
    pub fn post_purchase() -> Self {
        let none = Self {
            id: String::new(),
            questions: Vec::new(),
            thank_you: String::new(),
            review_url: String::new(),
        };
        Self::template("post-purchase").unwrap_or(none)
    }
}

impl Question {
    fn shipped(id: &str, kind: QuestionKind, key: MessageKey) -> Self {
        Self { id: id.to_owned(), kind, text: Wording::Message(key), options: Vec::new() }
    }
}

/// What the customer does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Answers a question, by its place in the survey.
    Answered(usize, AnswerValue),
    /// Toggles one of several, by place and option id.
    OptionToggled(usize, String),
    /// Lets go of what came back from the device.
    StartAfresh,
    /// Is done.
    FinishPressed,
    /// Takes the offer to have it put right; comment and order come along.
    ComplaintChosen,
}

impl Session {
    pub(crate) fn start_survey(&mut self, cx: &Ctx<'_>, id: Option<&str>) {
        let surveys = &cx.config.surveys;
        let chosen = id.and_then(|id| surveys.of(id)).or(surveys.list.first());
        let Some(survey) = chosen else { return };
        let running = self.survey.as_ref().is_some_and(|run| run.survey.id == survey.id && !run.done);
        if !running {
            self.survey = Some(Run::new(survey.clone(), self.context.clone()));
        }
    }

    /// Applies what the customer does.
    pub fn step_survey(&mut self, cx: &Ctx<'_>, action: Action, out: &mut Vec<Effect>) {
        let Some(run) = self.survey.as_mut().filter(|run| !run.done) else { return };
        match action {
            Action::Answered(at, value) => {
                let value = match value {
                    AnswerValue::Text(text) => AnswerValue::Text(bounded(&text, limits::TEXT_CHARS_MAX)),
                    AnswerValue::Score(_) | AnswerValue::Many(_) => value,
                };
                let typed = matches!(value, AnswerValue::Text(_));
                let first = run.set(at, value);
                self.answered(cx, first, typed, out);
            }
            Action::OptionToggled(at, option) => {
                let Some(question) = run.survey.questions.get(at) else { return };
                let mut many = match run.answer(&question.id) {
                    Some(AnswerValue::Many(many)) => many.clone(),
                    Some(AnswerValue::Score(_) | AnswerValue::Text(_)) | None => Vec::new(),
                };
                toggle(&mut many, option);
                let first = run.set(at, AnswerValue::Many(many));
                self.answered(cx, first, false, out);
            }
            Action::StartAfresh => {
                run.begin_again();
                let key = run.key();
                self.drop_draft(key, out);
                out.push(Effect::MoveFocus(Focus::Title));
            }
            Action::FinishPressed => {
                run.unsent = run.begun();
                run.done = true;
                self.settle_rating(cx, out);
                out.push(Effect::Announce(Message::plain(MessageKey::SurveyThanks)));
                out.push(Effect::MoveFocus(Focus::Title));
            }
            Action::ComplaintChosen => {
                let (words, rated) = (run.words(), run.rated());
                self.settle_rating(cx, out);
                self.carry_to_complaint(cx, &words, out);
                self.complaint.rated = rated.or(self.complaint.rated);
            }
        }
    }

    /// A tap counts at once. It is sent a moment later, since arrow keys pass over values on their way; words wait for more.
    fn answered(&mut self, cx: &Ctx<'_>, first: Option<String>, typed: bool, out: &mut Vec<Effect>) {
        if let (Some(question), Some(run)) = (first, &self.survey) {
            out.push(Effect::Emit(HostEvent::Answer(run.survey.id.clone(), question)));
        }
        self.want_rating(cx, out);
        let Some(key) = self.survey.as_ref().map(Run::key) else { return };
        if typed {
            Self::save_later(&mut self.unsaved_since, cx, key, out);
        } else {
            self.unsaved_since.of(key).get_or_insert(cx.now);
            out.push(Effect::StartTimer(Timer::SettleRating, limits::RATING_SETTLE_MS));
        }
    }

    /// Says that an answer is noted, once it is.
    pub(crate) fn rating_safe(&mut self, id: &SubmissionId, out: &mut Vec<Effect>) {
        if let Some(run) = self.survey.as_mut().filter(|run| !run.kept && run.sent.as_ref() == Some(id)) {
            run.kept = true;
            if !run.done {
                out.push(Effect::Announce(Message::plain(MessageKey::SurveyKept)));
            }
        }
    }

    /// Sends the rating as it stands, if something in it is new.
    pub(crate) fn settle_rating(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        let Some(run) = self.survey.as_mut().filter(|run| run.unsent) else { return };
        run.unsent = false;
        let (key, drafted) = (run.key(), run.drafted);
        *self.unsaved_since.of(key) = None;
        if !run.begun() && run.sent.is_none() {
            if drafted {
                // It was emptied.
                run.drafted = false;
                out.push(Effect::DropDraft(key));
            }
            return;
        }
        let id = (cx.fresh_id)();
        let rating =
            Rating { survey: run.survey.id.clone(), answers: run.answers.clone(), complete: run.done };
        let supersedes = run.sent.replace(id.clone());
        // The page may be about something else by now.
        let about = (!run.is_about(&self.context)).then(|| run.about.clone());
        let now = about.map(|about| std::mem::replace(&mut self.context, about));
        self.hand_in(cx, id, Body::Rating(rating), supersedes, out);
        if let Some(now) = now {
            self.context = now;
        }
        if drafted {
            self.deliveries.ends(key);
        }
    }
}

/// Adds an id, or takes it out.
pub(crate) fn toggle(list: &mut Vec<String>, id: String) {
    match list.iter().position(|own| *own == id) {
        Some(at) => {
            list.remove(at);
        }
        None => list.push(id),
    }
}

//! Surveys: shipped ones by name, own ones with their questions.

use domain::config::Surveys;
use domain::survey::{ChoiceOption, Question, QuestionKind, Survey, Wording};

use super::form::Form;
use super::leaf::Leaf;
use super::notes::Notes;
use super::reader::{LEFT_OUT, Reader, manual};
use crate::json::push_whole;

/// Surveys that ship in every language.
pub(crate) const TEMPLATES: [&str; 4] = ["post-purchase", "nps", "service-strategy", "after-complaint"];
const SURVEYS_MAX: usize = 50;
const QUESTIONS_MAX: usize = 20;
const OPTIONS_MAX: usize = 30;
/// Characters of a label or a question.
const LABEL_CHARS_MAX: usize = 300;

/// Reads the surveys. `post-purchase` is always among them.
pub(super) fn surveys(reader: &mut Reader<'_, impl Notes>, surveys: &mut Surveys) {
    let mut list: Vec<Survey> = Vec::new();
    reader.down("surveys", manual!("What may be asked; the first is what the menu opens."));
    reader.items(SURVEYS_MAX, &mut |reader| {
        if let Some(own) = survey(reader)
            && !reader.twice(list.iter().any(|before| before.id == own.id))
        {
            list.push(own);
        }
    });
    reader.up();
    list.extend(std::mem::take(&mut surveys.list));
    let shipped = list.len() - 1;
    if list[..shipped].iter().any(|own| own.id == list[shipped].id) {
        list.pop();
    }
    surveys.list = list;
}

fn survey(reader: &mut Reader<'_, impl Notes>) -> Option<Survey> {
    let mut template = usize::MAX;
    let shipped = |at: usize| TEMPLATES.get(at).and_then(|name| Survey::template(name));
    if reader.instead(Leaf::Word(&TEMPLATES, &mut template)) {
        return shipped(template);
    }
    if !reader.enter() {
        return None;
    }
    let mut own = Survey {
        id: String::new(),
        questions: Vec::new(),
        thank_you: String::new(),
        review_url: String::new(),
    };
    reader.form("id", Form::Id, &mut own.id, manual!("Id in calls and at the endpoint."));
    if let Some(named) = TEMPLATES.iter().position(|name| *name == own.id) {
        template = named;
    }
    reader.take(
        "template",
        Leaf::Word(&TEMPLATES, &mut template),
        manual!("Takes the questions of a shipped survey, in every language."),
    );
    reader.down("questions", manual!("In the order asked; the first opens the rest."));
    let questions = &mut own.questions;
    reader.items(QUESTIONS_MAX, &mut |reader| {
        let Some(mut question) = question(reader) else { return };
        if question.id.is_empty() {
            question.id.push('q');
            push_whole(&mut question.id, questions.len() as u64 + 1);
        }
        if !reader.twice(questions.iter().any(|before| before.id == question.id)) {
            questions.push(question);
        }
    });
    reader.up();
    reader.text("thank_you", LABEL_CHARS_MAX, &mut own.thank_you, manual!("The company's thanks."));
    reader.form(
        "review_url",
        Form::Address,
        &mut own.review_url,
        manual!("Where to tell others; shown to every rater alike."),
    );
    if let Some(shipped) = shipped(template) {
        if own.questions.is_empty() {
            own.questions = shipped.questions;
        }
        if own.id.is_empty() {
            own.id = shipped.id;
        }
    }
    if own.id.is_empty() {
        reader.note_at("id", "missing", LEFT_OUT);
    } else if own.questions.is_empty() {
        reader.note("no usable questions", LEFT_OUT);
    }
    reader.leave();
    (!own.id.is_empty() && !own.questions.is_empty()).then_some(own)
}

fn question(reader: &mut Reader<'_, impl Notes>) -> Option<Question> {
    let (mut id, mut kind, mut text) = (String::new(), usize::MAX, String::new());
    let mut options = Vec::new();
    if !reader.enter() {
        return None;
    }
    reader.form("id", Form::Id, &mut id, manual!("Id of the answer at the endpoint."));
    if !reader.take("kind", Leaf::Word(&QuestionKind::NAMES, &mut kind), manual!("What kind of answer.")) {
        reader.missing_word("kind", &QuestionKind::NAMES);
    }
    let kind = QuestionKind::ALL.get(kind).copied();
    if !reader.text(
        "text",
        LABEL_CHARS_MAX,
        &mut text,
        manual!("What is asked; `{{context.product}}` is filled in."),
    ) {
        reader.missing("text", LEFT_OUT);
    }
    reader.down("options", manual!("For `choice` and `choices`: what to choose from."));
    reader.items(OPTIONS_MAX, &mut |reader| {
        if let Some(own) = option(reader)
            && !reader.twice(options.iter().any(|before: &ChoiceOption| before.id == own.id))
        {
            options.push(own);
        }
    });
    reader.up();
    let chooses = matches!(kind, Some(QuestionKind::Choice | QuestionKind::Choices));
    if chooses && options.len() < 2 {
        reader.note_at("options", "fewer than 2", LEFT_OUT);
    } else if !chooses && kind.is_some() && !options.is_empty() {
        reader.note_at("options", "only for \"choice\" and \"choices\"", LEFT_OUT);
        options.clear();
    }
    reader.leave();
    let usable = !text.is_empty() && (!chooses || options.len() > 1);
    kind.filter(|_| usable).map(|kind| Question { id, kind, text: Wording::Own(text), options })
}

fn option(reader: &mut Reader<'_, impl Notes>) -> Option<ChoiceOption> {
    let (id, label) = labelled(reader, LABEL_CHARS_MAX)?;
    Some(ChoiceOption { id: if id.is_empty() { label.clone() } else { id }, label })
}

/// A label, or an object of id and label. One of them is there.
pub(super) fn labelled(reader: &mut Reader<'_, impl Notes>, chars_max: usize) -> Option<(String, String)> {
    let (mut id, mut label) = (String::new(), String::new());
    if !reader.instead(Leaf::Text(chars_max, &mut label)) {
        if !reader.enter() {
            return None;
        }
        reader.form("id", Form::Id, &mut id, manual!("Id at the endpoint; the label if absent."));
        reader.text("label", chars_max, &mut label, manual!("What the customer reads."));
        if id.is_empty() && label.is_empty() {
            reader.note_at("label", "missing", LEFT_OUT);
        } else if label.is_empty() {
            label.clone_from(&id);
        }
        reader.leave();
    }
    (!label.is_empty()).then_some((id, label))
}

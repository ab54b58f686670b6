//! Ratings: what each question says on the whole, then each rating. A rating that was completed later counts once.

use axum::extract::State;
use domain::submission::{Answer, AnswerValue, Body, Kind, Submission};
use domain::survey::{QuestionKind, Survey};

use super::access::Reader;
use super::html::Html;
use super::layout::{Tab, page, read, time};
use super::texts;
use super::words::from;
use crate::{App, Error, Shared};

/// Ratings that the averages are made from, the newest ones.
const COUNTED_MAX: u32 = 5_000;
/// Ratings that are shown one by one.
const SHOWN_MAX: usize = 200;

/// One question of one survey over all ratings.
struct Total {
    survey: String,
    question: String,
    kind: QuestionKind,
    scale: (u8, u8),
    counts: [u32; 11],
}

impl Total {
    fn answers(&self) -> u32 {
        self.counts.iter().sum()
    }

    fn average(&self) -> f64 {
        let sum: u32 = self.counts.iter().zip(0..).map(|(count, step)| count * step).sum();
        f64::from(sum) / f64::from(self.answers().max(1))
    }

    /// Promoters (9, 10) minus detractors (0 to 6), from -100 to 100.
    fn net_promoter(&self) -> f64 {
        let count =
            |steps: std::ops::RangeInclusive<usize>| f64::from(self.counts[steps].iter().sum::<u32>());
        100.0 * (count(9..=10) - count(0..=6)) / f64::from(self.answers().max(1))
    }
}

/// Shows them.
pub async fn ratings(State(app): State<Shared>, reader: Reader) -> Result<Html, Error> {
    let rows = app.store.bodies(Kind::Rating, COUNTED_MAX).await?;
    let counts = app.store.counts().await?;
    let read: Vec<_> =
        rows.iter().filter_map(|row| read(&row.body).map(|said| (row.received_at, said))).collect();
    let mut main = Html::new();
    main.raw("<h1>Ratings</h1>");
    if read.is_empty() {
        main.raw(
            "<p class=\"empty\">Every rating will stand here, and what each question says on the whole.</p>",
        );
    }
    summary(&app, &mut main, &totals(read.iter().map(|(_, submission)| submission)));
    main.raw("<ul class=\"cases\">");
    for (at, submission) in read.iter().take(SHOWN_MAX) {
        let Body::Rating(rating) = &submission.body else { continue };
        main.raw("<li class=\"card\"><p class=\"line\"><strong>")
            .text(texts::survey(&rating.survey))
            .raw("</strong>");
        time(&mut main, &app.zone, *at);
        main.raw("</p><dl>");
        for answer in &rating.answers {
            main.raw("<dt>")
                .text(&question(&app, &rating.survey, &answer.question))
                .raw("</dt><dd>")
                .text(&value(&app, &rating.survey, answer))
                .raw("</dd>");
        }
        main.raw("</dl>");
        from(&mut main, submission);
        main.raw("</li>");
    }
    main.raw("</ul>");
    Ok(page(&app, &reader, Tab::Ratings, counts, &main))
}

fn value(app: &App, survey: &str, answer: &Answer) -> String {
    match (&answer.value, answer.kind.scale()) {
        (AnswerValue::Score(score), _) if answer.kind == QuestionKind::Thumbs => {
            if *score == 0 {
                "No".to_owned()
            } else {
                "Yes".to_owned()
            }
        }
        (AnswerValue::Score(score), Some((_, high))) => format!("{score} of {high}"),
        (AnswerValue::Score(score), None) => score.to_string(),
        (AnswerValue::Text(text), _) if answer.kind == QuestionKind::Choice => {
            chosen(app, survey, answer, text)
        }
        (AnswerValue::Text(text), _) => text.clone(),
        (AnswerValue::Many(options), _) => {
            options.iter().map(|id| chosen(app, survey, answer, id)).collect::<Vec<_>>().join(", ")
        }
    }
}

/// What was chosen, as its customer read it.
fn chosen(app: &App, survey: &str, answer: &Answer, id: &str) -> String {
    let asked = app.config.surveys.of(survey).map(|survey| survey.questions.as_slice()).unwrap_or_default();
    let asked = asked.iter().find(|asked| asked.id == answer.question);
    let option = asked.and_then(|asked| asked.options.iter().find(|option| option.id == id));
    option.map_or_else(|| texts::plain(id), |option| option.label.clone())
}

fn totals<'a>(submissions: impl Iterator<Item = &'a Submission>) -> Vec<Total> {
    let mut totals: Vec<Total> = Vec::new();
    for submission in submissions {
        let Body::Rating(rating) = &submission.body else { continue };
        for answer in &rating.answers {
            let (AnswerValue::Score(score), Some(scale)) = (&answer.value, answer.kind.scale()) else {
                continue;
            };
            let same = |total: &Total| {
                total.survey == rating.survey
                    && total.question == answer.question
                    && total.kind == answer.kind
            };
            let at = totals.iter().position(same).unwrap_or_else(|| {
                totals.push(Total {
                    survey: rating.survey.clone(),
                    question: answer.question.clone(),
                    kind: answer.kind,
                    scale,
                    counts: [0; 11],
                });
                totals.len() - 1
            });
            if let Some(count) = totals[at].counts.get_mut(usize::from(*score)) {
                *count += 1;
            }
        }
    }
    totals.sort_by(|left, right| (&left.survey, &left.question).cmp(&(&right.survey, &right.question)));
    totals
}

/// What was asked, in the company's words or in ours, else by its id.
fn question(app: &App, survey: &str, id: &str) -> String {
    let own = texts::question(app.config.surveys.of(survey), id);
    own.or_else(|| texts::question(Survey::template(survey).as_ref(), id)).unwrap_or_else(|| texts::plain(id))
}

fn summary(app: &App, out: &mut Html, totals: &[Total]) {
    if totals.is_empty() {
        return;
    }
    out.raw("<section class=\"totals\" aria-label=\"On the whole\">");
    for total in totals {
        out.raw("<div class=\"panel\"><h2>")
            .text(&question(app, &total.survey, &total.question))
            .raw(" <span class=\"quiet\">")
            .text(texts::survey(&total.survey));
        out.raw("</span></h2><p class=\"figure\">");
        if total.kind == QuestionKind::Nps {
            out.text(&format!("{:+.0}", total.net_promoter()))
                .raw(" <span class=\"quiet\">net promoter score, ");
        } else {
            out.text(&format!("{:.1}", total.average()));
            out.raw(" <span class=\"quiet\">of ").text(&total.scale.1.to_string()).raw(", ");
        }
        out.text(&texts::count(i64::from(total.answers()), "answer", "answers"));
        out.raw("</span></p><ul class=\"bars\">");
        for step in (total.scale.0..=total.scale.1).rev() {
            let (step, count) = (step.to_string(), total.counts[usize::from(step)].to_string());
            out.raw("<li><span>")
                .text(&step)
                .raw("</span><meter min=\"0\" max=\"")
                .text(&total.answers().to_string());
            out.raw("\" value=\"").text(&count).raw("\" aria-label=\"").text(&step).raw("\"></meter><span>");
            out.text(&count).raw("</span></li>");
        }
        out.raw("</ul></div>");
    }
    out.raw("</section>");
}

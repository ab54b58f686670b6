//! schema.org's `FAQPage`, by which search engines know answers: written for a page, and read from one.

use domain::faq::Entry;
use domain::markup;
use serde_json::{Value, json};

use super::{Found, html};

/// The answers as JSON-LD that may stand in a page's `<script type="application/ld+json">` as it is.
pub fn write(entries: &[Entry]) -> String {
    let question = |entry: &Entry| {
        json!({
            "@type": "Question",
            "name": entry.question,
            "acceptedAnswer": { "@type": "Answer", "text": html::write(&entry.answer) },
        })
    };
    let page = json!({
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": entries.iter().map(question).collect::<Vec<_>>(),
    });
    // No text may end the script that it stands in.
    format!("{page:#}\n").replace('<', "\\u003c")
}

/// Reads every `FAQPage` in JSON-LD.
pub fn from_json(text: &str) -> Found {
    match serde_json::from_str(text) {
        Ok(value) => {
            let mut found = Found::default();
            walk(&value, &mut found);
            found
        }
        Err(error) => (Vec::new(), vec![format!("not JSON: {error}")]),
    }
}

/// Reads every `FAQPage` in the scripts of a page.
pub fn from_html(page: &str) -> Found {
    let mut all = Found::default();
    // Letters of one byte only, so places in both are the same.
    let lower = page.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find("<script").map(|at| from + at) {
        let Some(start) = lower[at..].find('>').map(|end| at + end + 1) else { break };
        let end = lower[start..].find("</script").map_or(page.len(), |end| start + end);
        let kind = html::attribute(&page[at + 1..start - 1], "type");
        if kind.eq_ignore_ascii_case("application/ld+json") {
            let (entries, notes) = from_json(&page[start..end]);
            all.0.extend(entries);
            all.1.extend(notes);
        }
        from = end;
    }
    if all.0.is_empty() && all.1.is_empty() {
        all.1.push("the page holds no FAQPage in JSON-LD".to_owned());
    }
    all
}

/// Looks for pages of answers, however deep.
fn walk(value: &Value, found: &mut Found) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
        Value::Object(object) if is(value, "FAQPage") => {
            each(object.get("mainEntity"), &mut |question| question_of(question, found));
        }
        Value::Object(object) => object.values().for_each(|inner| walk(inner, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn question_of(question: &Value, found: &mut Found) {
    let name = text(&question["name"]);
    let answers = [&question["acceptedAnswer"], &question["suggestedAnswer"]];
    let mut answer = String::new();
    for value in answers {
        each(Some(value), &mut |one| {
            if answer.is_empty() {
                answer = html::read(&text(&one["text"]));
            }
        });
    }
    if name.is_empty() || answer.is_empty() {
        found.1.push(format!("a question without an answer is left out: {name:?}"));
    } else {
        // A name is plain text; some pages put HTML there all the same.
        let tagged = name.contains("</") || name.contains("&#") || name.contains("&amp;");
        let question = if tagged { markup::plain(&html::read(&name)) } else { name };
        found.0.push(Entry { question, answer, ..Entry::default() });
    }
}

/// One value or a list of them.
fn each(value: Option<&Value>, take: &mut dyn FnMut(&Value)) {
    match value {
        Some(Value::Array(items)) => items.iter().for_each(take),
        Some(Value::Null) | None => {}
        Some(one) => take(one),
    }
}

/// Whether a value is of a type, its only one or one of several.
fn is(value: &Value, name: &str) -> bool {
    let mut found = false;
    each(value.get("@type"), &mut |kind| {
        let kind = kind.as_str().unwrap_or_default();
        found |= kind.rsplit(['/', ':']).next() == Some(name);
    });
    found
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(question: &str, answer: &str) -> Entry {
        Entry { question: question.into(), answer: answer.into(), ..Entry::default() }
    }

    #[test]
    fn what_is_written_is_read_again_from_a_page() {
        let entries = vec![
            entry("Why is 5 < 6 & so on?", "Because of **that**:\n\n- one\n- [two](https://a.example)"),
            entry("怎样退货？", "寄回即可。"),
        ];
        let written = write(&entries);
        assert!(!written.contains('<'), "{written}");
        let page =
            format!("<html><script>var a = 1;</script><SCRIPT TYPE='application/ld+json'>{written}</script>");
        assert_eq!(from_html(&page), (entries, vec![]));
    }

    #[track_caller]
    fn check(json: &str, expected: &[(&str, &str)], notes: usize) {
        let (entries, found) = from_json(json);
        let rows: Vec<(&str, &str)> =
            entries.iter().map(|entry| (&*entry.question, &*entry.answer)).collect();
        assert_eq!((rows.as_slice(), found.len()), (expected, notes), "{found:?}");
    }

    #[test]
    fn pages_of_all_kinds_are_read() {
        let question =
            r#"{"@type":"Question","name":" Q ","acceptedAnswer":{"@type":"Answer","text":"<p>A</p>"}}"#;
        let page = |inner: &str| format!(r#"{{"@type":"FAQPage","mainEntity":{inner}}}"#);
        check(&page(question), &[("Q", "A")], 0);
        check(&page(&format!("[{question},{question}]")), &[("Q", "A"), ("Q", "A")], 0);
        check(&format!(r#"{{"@graph":[{{"@type":"Thing"}},{}]}}"#, page(question)), &[("Q", "A")], 0);
        check(
            &page(question).replace("\"FAQPage\"", r#"["WebPage","https://schema.org/FAQPage"]"#),
            &[("Q", "A")],
            0,
        );
        check(&page(question).replace("acceptedAnswer", "suggestedAnswer"), &[("Q", "A")], 0);
        check(&page(&question.replace(" Q ", "<b>A</b> &amp; B")), &[("A & B", "A")], 0);
        check(&page(r#"{"name":"Q"}"#), &[], 1);
        check(&page("null"), &[], 0);
        check("[]", &[], 0);
        check("{", &[], 1);
        assert_eq!(from_html("<p>").1, ["the page holds no FAQPage in JSON-LD"]);
        assert_eq!(from_html("<script type=application/ld+json>{").1.len(), 1);
    }
}

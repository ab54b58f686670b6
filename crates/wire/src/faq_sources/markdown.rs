//! Answers in Markdown: a heading for each question with its answer below it. A heading with nothing below it but
//! other headings is a category. `{#id}` at the end of a heading gives the id, a line `Tags: …` more words for it.

use domain::faq::Entry;

use super::Found;

/// A heading and the lines below it.
struct Section<'a> {
    depth: usize,
    title: &'a str,
    body: Vec<&'a str>,
}

/// Reads a file.
pub fn read(text: &str) -> Found {
    let (sections, mut notes) = sections(text);
    let mut entries = Vec::new();
    // The open categories, outermost first.
    let mut open: Vec<(usize, &str)> = Vec::new();
    for section in &sections {
        open.retain(|(depth, _)| *depth < section.depth);
        let (title, id) = with_id(section.title);
        let (answer, tags) = answer(&section.body);
        if title.is_empty() {
            notes.push("a heading without words is left out".to_owned());
        } else if answer.is_empty() {
            open.push((section.depth, title));
        } else {
            // The first heading of a page is often its title, with a sentence below it.
            let category = open.last().map_or(String::new(), |(_, title)| (*title).to_owned());
            entries.push(Entry {
                id: id.to_owned(),
                question: title.to_owned(),
                answer,
                category,
                tags,
                ..Entry::default()
            });
        }
    }
    for pair in sections.windows(2) {
        let empty = pair[0].body.iter().all(|line| line.trim().is_empty());
        if empty && pair[1].depth <= pair[0].depth {
            notes.push(format!("{:?} has no answer", pair[0].title));
        }
    }
    if let Some(last) = sections.last().filter(|last| last.body.iter().all(|line| line.trim().is_empty())) {
        notes.push(format!("{:?} has no answer", last.title));
    }
    (entries, notes)
}

/// Splits a file at its headings. Front matter, comments and what stands before the first heading are no answers.
fn sections(text: &str) -> (Vec<Section<'_>>, Vec<String>) {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().peekable();
    if lines.peek().is_some_and(|line| line.trim_end() == "---") {
        lines.next();
        lines.by_ref().find(|line| line.trim_end() == "---");
    }
    let mut out: Vec<Section<'_>> = Vec::new();
    let mut notes = Vec::new();
    let mut fence = None;
    for line in lines {
        let mark = line.trim_start().get(..3).filter(|mark| matches!(*mark, "```" | "~~~"));
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        match (fence, heading(line)) {
            (None, Some((depth, title))) => out.push(Section { depth, title, body: Vec::new() }),
            _ => match out.last_mut() {
                Some(section) => section.body.push(line),
                None if line.trim().is_empty() => {}
                None => notes.push(format!("{line:?} stands before the first heading and is left out")),
            },
        }
    }
    (out, notes)
}

/// `## Heading ##`: its depth and its words.
fn heading(line: &str) -> Option<(usize, &str)> {
    let depth = line.bytes().take_while(|byte| *byte == b'#').count();
    let rest = line.get(depth..)?;
    let marked = (1..=6).contains(&depth) && (rest.is_empty() || rest.starts_with([' ', '\t']));
    marked.then(|| (depth, rest.trim().trim_end_matches('#').trim_end()))
}

/// A heading's words and the id behind them.
fn with_id(title: &str) -> (&str, &str) {
    let split = title.strip_suffix('}').and_then(|title| title.rsplit_once("{#"));
    split.map_or((title, ""), |(title, id)| (title.trim_end(), id.trim()))
}

/// The lines below a heading as an answer, and the words of its line of tags.
fn answer(body: &[&str]) -> (String, Vec<String>) {
    let mut tags = Vec::new();
    let mut lines = Vec::new();
    for line in body {
        let comment = line.trim_start().starts_with("<!--") && line.trim_end().ends_with("-->");
        match line.trim().strip_prefix("Tags:") {
            Some(words) => tags.extend(super::csv::words(words, ',')),
            None if comment => {}
            None => lines.push(line.trim_end()),
        }
    }
    (lines.join("\n").trim().to_owned(), tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[[&str; 4]], notes: &[&str]) {
        let (entries, found) = read(text);
        let rows: Vec<[&str; 4]> = entries
            .iter()
            .map(|entry| [&*entry.id, &*entry.question, &*entry.answer, &*entry.category])
            .collect();
        assert_eq!(
            (rows.as_slice(), found.iter().map(String::as_str).collect::<Vec<_>>()),
            (expected, notes.to_vec())
        );
    }

    #[test]
    fn headings_are_questions() {
        check("# Why?\nSo.\n\n- one\n- two\n", &[["", "Why?", "So.\n\n- one\n- two", ""]], &[]);
        check(
            "# Why? {#reason} #\nSo.",
            &[["", "Why? {#reason}", "So.", ""]].map(|_| ["reason", "Why?", "So.", ""]),
            &[],
        );
        check(
            "# Help\n## Orders\n### Where?\nHere.\n## Returns\n### How?\nSo.\n# Other\nAlso.",
            &[["", "Where?", "Here.", "Orders"], ["", "How?", "So.", "Returns"], ["", "Other", "Also.", ""]],
            &[],
        );
    }

    #[test]
    fn what_is_no_answer_is_left_out_and_named() {
        check("---\ntitle: x\n---\n# Q\nA", &[["", "Q", "A", ""]], &[]);
        check(
            "hello\n# Q\nA",
            &[["", "Q", "A", ""]],
            &["\"hello\" stands before the first heading and is left out"],
        );
        check("# Q\n# R\nA", &[["", "R", "A", ""]], &["\"Q\" has no answer"]);
        check("# Q\nA\n# R", &[["", "Q", "A", ""]], &["\"R\" has no answer"]);
        check("#\nA", &[], &["a heading without words is left out"]);
        check("# Q\n```\n# no heading\n```", &[["", "Q", "```\n# no heading\n```", ""]], &[]);
        check("#hashtag", &[], &["\"#hashtag\" stands before the first heading and is left out"]);
        check("", &[], &[]);
    }

    #[test]
    fn tags_stand_in_a_line_of_their_own() {
        let (entries, _) = read("# Q\nA\n\nTags: send back, 退货\n<!-- note -->");
        assert_eq!(
            (entries[0].answer.as_str(), entries[0].tags.join("|")),
            ("A", "send back|退货".to_owned())
        );
    }
}

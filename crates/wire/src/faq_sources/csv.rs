//! Answers in a table: a first line that names the columns `question` and `answer`, and if wanted `id`, `category`,
//! `tags`, `popular` and `pages`. Commas, semicolons or tabs between cells, quotes as in RFC 4180.

use domain::faq::Entry;

use super::Found;

/// Reads a file.
pub fn read(text: &str) -> Found {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let mut separator = ',';
    for other in [';', '\t'] {
        if head.matches(other).count() > head.matches(separator).count() {
            separator = other;
        }
    }
    let mut rows = rows(text, separator).into_iter();
    let head: Vec<String> =
        rows.next().unwrap_or_default().iter().map(|cell| cell.trim().to_lowercase()).collect();
    let mut notes: Vec<String> = head
        .iter()
        .filter(|name| {
            !matches!(name.as_str(), "id" | "question" | "answer" | "category" | "tags" | "popular" | "pages")
        })
        .map(|name| format!("the column {name:?} is left out"))
        .collect();
    let mut entries = Vec::new();
    for (at, row) in rows.enumerate() {
        let cell = |name: &str| {
            let place = head.iter().position(|own| own == name);
            place.and_then(|place| row.get(place)).map_or(String::new(), |cell| cell.trim().to_owned())
        };
        let entry = Entry {
            id: cell("id"),
            question: cell("question"),
            answer: cell("answer"),
            category: cell("category"),
            tags: words(&cell("tags"), if separator == ';' { ',' } else { ';' }),
            pages: words(&cell("pages"), if separator == ';' { ',' } else { ';' }),
            popular: matches!(cell("popular").to_lowercase().as_str(), "1" | "true" | "yes" | "x"),
            ..Entry::default()
        };
        if !entry.question.is_empty() && !entry.answer.is_empty() {
            entries.push(entry);
        } else if row.iter().any(|cell| !cell.trim().is_empty()) {
            notes.push(format!("row {} has no question or no answer", at + 2));
        }
    }
    (entries, notes)
}

/// The words between separators.
pub(super) fn words(text: &str, separator: char) -> Vec<String> {
    text.split(separator).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The cells of each row.
fn rows(text: &str, separator: char) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let (mut row, mut cell) = (Vec::new(), String::new());
    let mut quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                cell.push('"');
                signs.next();
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            '\r' if !quoted && signs.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                out.push(std::mem::take(&mut row));
            }
            _ if sign == separator && !quoted => row.push(std::mem::take(&mut cell)),
            _ => cell.push(sign),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        out.push(row);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str], notes: &[&str]) {
        let (entries, found) = read(text);
        let rows: Vec<String> = entries
            .iter()
            .map(|entry| {
                let tags = entry.tags.join("+");
                format!(
                    "{}|{}|{}|{}|{tags}|{}",
                    entry.id, entry.question, entry.answer, entry.category, entry.popular
                )
            })
            .collect();
        assert_eq!(
            (rows, found),
            (
                expected.iter().map(|row| (*row).to_owned()).collect(),
                notes.iter().map(|note| (*note).to_owned()).collect()
            )
        );
    }

    #[test]
    fn rows_are_entries() {
        check("question,answer\nWhy?,So.\n", &["|Why?|So.|||false"], &[]);
        check("\u{feff}Answer;Question;Tags\r\nSo.;Why?;a, b\r\n", &["|Why?|So.||a+b|false"], &[]);
        check(
            "id,question,answer,category,tags,popular\nx,\"Why, \"\"oh\"\" why?\",\"One\n\ntwo\",Cat,a;b c,yes",
            &["x|Why, \"oh\" why?|One\n\ntwo|Cat|a+b c|true"],
            &[],
        );
        check("question\tanswer\nA\tB", &["|A|B|||false"], &[]);
    }

    #[test]
    fn what_is_no_entry_is_named() {
        check("", &[], &[]);
        check(
            "question,answer,author\nA,,me\n\n,,\nC,D,x",
            &["|C|D|||false"],
            &["the column \"author\" is left out", "row 2 has no question or no answer"],
        );
        check("Why?,So.", &[], &["the column \"why?\" is left out", "the column \"so.\" is left out"]);
        check("question,answer\n\"open,end", &[], &["row 2 has no question or no answer"]);
    }
}

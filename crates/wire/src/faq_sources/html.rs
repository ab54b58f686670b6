//! The HTML that answers are published in: written from the blocks of an answer, and read back into Markdown.
//! Reads what pages hold, tidy or not; whatever is not understood is dropped, its words are kept.

use domain::markup::{Block, Inline, parse};

/// An answer as HTML.
pub fn write(answer: &str) -> String {
    let mut out = String::new();
    for block in parse(answer) {
        match block {
            Block::Paragraph(inner) => element(&mut out, "p", &inner),
            Block::List { ordered, items } => {
                let name = if ordered { "ol" } else { "ul" };
                out.push_str(&format!("<{name}>"));
                items.iter().for_each(|item| element(&mut out, "li", item));
                out.push_str(&format!("</{name}>"));
            }
        }
    }
    out
}

fn element(out: &mut String, name: &str, inner: &[Inline]) {
    out.push_str(&format!("<{name}>"));
    for inline in inner {
        match inline {
            Inline::Text(text) => push_escaped(out, text),
            Inline::Strong(inner) => element(out, "strong", inner),
            Inline::Emphasis(inner) => element(out, "em", inner),
            Inline::Link { text, url } => {
                out.push_str("<a href=\"");
                push_escaped(out, url);
                out.push_str("\">");
                push_escaped(out, text);
                out.push_str("</a>");
            }
        }
    }
    out.push_str(&format!("</{name}>"));
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

/// HTML as the Markdown of answers.
pub fn read(html: &str) -> String {
    let mut out = String::new();
    // Lists that are open: the number of the next item, 0 in one without numbers.
    let mut lists: Vec<usize> = Vec::new();
    let mut links: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push_text(&mut out, &rest[..at]);
        let Some(end) = rest[at..].find('>') else {
            push_text(&mut out, &rest[at..]);
            rest = "";
            break;
        };
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        let name_end = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
        let name = tag[..name_end].trim_end_matches('/').to_ascii_lowercase();
        match name.as_str() {
            "br" => out.push('\n'),
            "p" | "/p" | "div" | "/div" | "h1" | "h2" | "h3" | "h4" | "/h1" | "/h2" | "/h3" | "/h4" => {
                blank(&mut out)
            }
            "ul" | "ol" => {
                blank(&mut out);
                lists.push(usize::from(name == "ol"));
            }
            "/ul" | "/ol" => {
                lists.pop();
                blank(&mut out);
            }
            "li" => {
                line(&mut out);
                match lists.last_mut() {
                    Some(number) if *number > 0 => {
                        out.push_str(&format!("{number}. "));
                        *number += 1;
                    }
                    _ => out.push_str("- "),
                }
            }
            "strong" | "b" | "/strong" | "/b" => out.push_str("**"),
            "em" | "i" | "/em" | "/i" => out.push('*'),
            "a" => {
                links.push(attribute(tag, "href"));
                out.push('[');
            }
            "/a" => {
                if let Some(url) = links.pop() {
                    out.push_str(&format!("]({url})"));
                }
            }
            "script" | "style" => {
                let close = format!("</{name}");
                rest = rest.find(&close).map_or("", |at| &rest[at..]);
            }
            _ => {}
        }
    }
    push_text(&mut out, rest);
    tidy(&out)
}

/// A text between tags: white space as one space, entities as their characters.
fn push_text(out: &mut String, text: &str) {
    let decoded = decode(text);
    for c in decoded.chars() {
        let space = c.is_ascii_whitespace();
        if !space {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

fn line(out: &mut String) {
    while out.ends_with(' ') {
        out.pop();
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn blank(out: &mut String) {
    line(out);
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// No spaces at the ends of lines, and no mark without words.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").replace("****", "").trim().to_owned()
}

/// The value of a tag's attribute.
pub fn attribute(tag: &str, name: &str) -> String {
    let lower = tag.to_ascii_lowercase();
    let wanted = format!("{name}=");
    let mut from = 0;
    while let Some(at) = lower[from..].find(&wanted) {
        let start = from + at;
        let value = &tag[start + wanted.len()..];
        if lower[..start].ends_with(|c: char| c.is_ascii_whitespace()) {
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let value = match quote {
                Some(quote) => value[1..].split(quote).next(),
                None => value.split(|c: char| c.is_whitespace()).next(),
            };
            return decode(value.unwrap_or_default());
        }
        from = start + wanted.len();
    }
    String::new()
}

/// Entities as their characters; an unknown one stays as it is.
fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known =
            rest.find(';').filter(|end| *end < 10).and_then(|end| Some((entity(&rest[1..end])?, end)));
        match known {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    let known = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("rsquo", '’'),
        ("lsquo", '‘'),
        ("rdquo", '”'),
        ("ldquo", '“'),
        ("euro", '€'),
        ("pound", '£'),
    ];
    known.iter().find(|(own, _)| *own == name).map(|(_, c)| *c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(read(html), expected, "{html}");
    }

    #[test]
    fn html_becomes_markdown() {
        check("<p>One &amp; two.</p>\n<p>Three<br>four</p>", "One & two.\n\nThree\nfour");
        check("<ul><li>a</li><li>b</li></ul>c", "- a\n- b\n\nc");
        check("<ol>\n <li>a</li>\n <li>b</li>\n</ol>", "1. a\n2. b");
        check(
            "See <a class=x href='https://a.example/?a=1&amp;b'>the <b>page</b></a>.",
            "See [the **page**](https://a.example/?a=1&b).",
        );
        check("<script>alert(1)</script><em>so</em>", "*so*");
        check("a < b &unknown; &#8364; &#x20AC; &", "a < b &unknown; € € &");
        check("<b></b>plain <p", "plain <p");
        check("", "");
    }

    #[test]
    fn answers_come_back() {
        for answer in ["One.\n\n- a\n- **b**", "*So* [here](/x).", "1. a\n2. b", "5 < 6 & \"so\""] {
            assert_eq!(read(&write(answer)), answer);
        }
        assert_eq!(write("<img src=x onerror=y>"), "<p>&lt;img src=x onerror=y&gt;</p>");
    }
}

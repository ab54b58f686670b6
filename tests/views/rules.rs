//! What holds on every screen, read from its HTML: labels and descriptions lead somewhere, one heading is the title,
//! no button is without words, nothing is styled in place, the way to complain and the live region are there.

/// One start tag: its name and its attributes.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    /// What stands between this tag and its end tag, tags included.
    inside: &'a str,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| *value)
    }

    fn is_field(&self) -> bool {
        matches!(self.name, "input" | "textarea")
    }
}

/// The rules that a screen breaks, in words.
pub fn broken(html: &str) -> Vec<String> {
    let tags = tags(html);
    let mut found = Vec::new();
    let mut say = |broken: bool, what: String| {
        if broken {
            found.push(what);
        }
    };
    let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
    for (at, id) in ids.iter().enumerate() {
        say(ids[..at].contains(id), format!("two elements have the id {id}"));
    }
    for tag in &tags {
        let name = tag.name;
        say(tag.get("style").is_some(), format!("<{name}> has a style attribute"));
        for pointer in ["for", "aria-describedby", "aria-labelledby"] {
            for id in tag.get(pointer).unwrap_or_default().split_whitespace() {
                say(!ids.contains(&id), format!("{pointer} of <{name}> leads to no {id}"));
            }
        }
        if matches!(name, "button" | "a" | "legend" | "label" | "h2" | "h3" | "li" | "summary") {
            say(words(tag.inside).is_empty(), format!("<{name}> says nothing"));
        }
        if name == "a" && tag.get("target").is_some() {
            say(
                tag.get("rel") != Some("noopener noreferrer"),
                "a link tells the other page about this one".to_owned(),
            );
        }
        if tag.is_field() && !matches!(tag.get("type"), Some("radio" | "checkbox")) {
            let id = tag.get("id").unwrap_or_default();
            let labelled = tags.iter().any(|label| label.name == "label" && label.get("for") == Some(id));
            say(!labelled, format!("the field {id} has no label"));
            let invalid = tag.get("aria-invalid").is_some();
            let tells = tag.get("aria-describedby").is_some_and(|to| to.contains("-error"));
            say(invalid != tells, format!("the error of {id} is not tied to it"));
        }
        if name == "svg" {
            say(tag.get("aria-hidden") != Some("true"), "a drawing is read out".to_owned());
        }
    }
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    say(count("h2") != 1, format!("{} headings of the second rank", count("h2")));
    let title = tags.iter().find(|tag| tag.name == "h2");
    let focusable =
        title.is_some_and(|tag| tag.get("id") == Some("title") && tag.get("tabindex") == Some("-1"));
    say(!focusable, "the title cannot take the focus".to_owned());
    let regions = tags.iter().filter(|tag| tag.get("role") == Some("status")).count();
    say(regions != 1, format!("{regions} live regions"));
    let primary =
        tags.iter().filter(|tag| tag.get("class").is_some_and(|class| class.contains("primary"))).count();
    say(primary > 1, "more than one next step".to_owned());
    say(!html.contains("tel:"), "no person can be reached by phone".to_owned());
    say(html.contains('{'), "a placeholder is left over".to_owned());
    found
}

/// The text of a piece of HTML.
fn words(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<') {
        out.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    // The first part stands before any tag.
    let before = html.split('<').next().unwrap_or_default();
    format!("{before}{out}").trim().to_owned()
}

fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut out = Vec::new();
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        if rest.starts_with(['/', '!']) {
            continue;
        }
        let Some(end) = rest.find('>') else { continue };
        let text = rest[..end].trim_end_matches('/');
        let name = text.split_whitespace().next().unwrap_or_default();
        out.push(Tag {
            name,
            attributes: attributes(&text[name.len()..]),
            inside: inside(&rest[end + 1..], name),
        });
    }
    out
}

/// Up to the end tag of the same depth.
fn inside<'a>(rest: &'a str, name: &str) -> &'a str {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut depth = 0;
    for (at, _) in rest.match_indices('<') {
        if rest[at..].starts_with(&close) {
            if depth == 0 {
                return &rest[..at];
            }
            depth -= 1;
        } else if rest[at..].starts_with(&open)
            && !rest[at + open.len()..].starts_with(|next: char| next.is_alphanumeric())
        {
            depth += 1;
        }
    }
    ""
}

fn attributes(mut text: &str) -> Vec<(&str, &str)> {
    let mut out = Vec::new();
    while let Some((name, rest)) = text.split_once("=\"") {
        let (value, rest) = rest.split_once('"').unwrap_or((rest, ""));
        out.push((name.split_whitespace().last().unwrap_or_default(), value));
        text = rest;
    }
    out
}

#[test]
fn a_broken_screen_is_found_out() {
    let check = |html: &str, expected: &str| {
        let found = broken(html).join("; ");
        assert!(found.contains(expected), "{html} gave: {found}");
    };
    check("<p style=\"color:red\">x</p>", "<p> has a style attribute");
    check("<button><svg></svg></button>", "<button> says nothing");
    check("<button><svg></svg></button>", "a drawing is read out");
    check("<input id=\"a\" type=\"text\">", "the field a has no label");
    check("<label for=\"b\">x</label>", "for of <label> leads to no b");
    check("<input id=\"a\" aria-invalid=\"true\">", "the error of a is not tied to it");
    check("<i id=\"a\"></i><i id=\"a\"></i>", "two elements have the id a");
    check("<h2 id=\"other\">x</h2>", "the title cannot take the focus");
    check("<p>{name}</p>", "a placeholder is left over");
    check("<p>x</p>", "0 live regions");
}

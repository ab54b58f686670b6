//! R7: what a person reads comes from the locale files.

use crate::lexer::{Kind, Token, closing, product_code};

/// Attributes whose value is read out or shown.
const SPOKEN: [&str; 6] = ["alt", "aria-description", "aria-label", "label", "placeholder", "title"];

/// Text literals that `html!` would show.
pub fn literals(path: &str, source: &str) -> Vec<String> {
    let code = product_code(source);
    let mut findings = Vec::new();
    let mut at = 0;
    while at + 2 < code.len() {
        let is_macro = (code[at].word("html") || code[at].word("html_nested")) && code[at + 1].is("!");
        if !is_macro {
            at += 1;
            continue;
        }
        let end = closing(&code, at + 2);
        for place in at + 3..end {
            let literal = &code[place];
            let has_letters = literal.text.contains(char::is_alphabetic);
            if literal.kind == Kind::Text && has_letters && is_shown(&code[..place]) {
                findings.push(format!("{path}:{}: \"{}\" belongs to locales/", literal.line, literal.text));
            }
        }
        at = end;
    }
    findings
}

/// Whether a literal after these tokens is a child of an element, or the value of a spoken attribute.
fn is_shown(before: &[Token<'_>]) -> bool {
    let back = |steps: usize| before.len().checked_sub(steps).map(|at| before[at]);
    let Some(last) = back(1) else {
        return false;
    };
    if last.is("{") {
        return match back(2) {
            Some(sign) if sign.is("=") => is_spoken(&before[..before.len() - 2]),
            Some(sign) => sign.is(">") || sign.is("}") || sign.is("{") || sign.kind == Kind::Text,
            None => false,
        };
    }
    if last.is("=") {
        return is_spoken(&before[..before.len() - 1]);
    }
    last.is(">") && !back(2).is_some_and(|sign| sign.is("="))
}

/// Whether an attribute's name, which may have dashes, ends here and is one that people hear or see.
fn is_spoken(before: &[Token<'_>]) -> bool {
    let mut name = String::new();
    for token in before.iter().rev() {
        let dash = token.is("-");
        let follows = name.is_empty() || name.starts_with('-');
        if dash || (token.kind == Kind::Word && follows) {
            name.insert_str(0, token.text);
        } else {
            break;
        }
    }
    SPOKEN.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_html_is_found() {
        for (source, clean) in [
            ("html! { <p>{\"Sorry to hear\"}</p> }", false),
            ("html! { <p>\"Sorry\"</p> }", false),
            ("html! { <>{text}{\" of five\"}</> }", false),
            ("html! { <button aria-label=\"Close\" /> }", false),
            ("html! { <input placeholder={\"Your name\"} /> }", false),
            ("html! { <p class=\"lead\" title={title}>{lead}</p> }", true),
            ("html! { <p class={classes!(\"lead\", extra)}>{\"·\"}</p> }", true),
            ("html! { <ul role=\"list\">{for items.map(|item| row(item, \"plain\"))}</ul> }", true),
            ("html! { if open { <p>{text}</p> } else { <b data-part=\"x\"></b> } }", true),
            ("html! { match a { A => \"Sorry\".into() } }", true),
            ("fn f() -> &'static str { \"Sorry\" }", true),
        ] {
            let findings = literals("a.rs", source);
            assert_eq!(findings.is_empty(), clean, "{source}: {findings:?}");
        }
    }
}

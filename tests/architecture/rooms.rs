//! R3, R4, R5: which room of the widget names which, where the browser is named, where serde is derived.

use crate::lexer::{Kind, Token, closing, product_code};
use crate::rules::{BROWSER, BROWSER_EDGE, ROOMS, SERDE_DERIVED};

/// The browser is named only at the edge.
pub fn browser(path: &str, source: &str) -> Vec<String> {
    if BROWSER_EDGE.iter().any(|edge| path.starts_with(edge)) {
        return Vec::new();
    }
    product_code(source)
        .iter()
        .filter(|token| token.kind == Kind::Word && BROWSER.contains(&token.text))
        .map(|token| format!("{path}:{}: `{}` is named only at the browser's edge", token.line, token.text))
        .collect()
}

/// A room names only the rooms and crates of its line in the table.
pub fn edges(path: &str, source: &str) -> Vec<String> {
    let inner = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    if inner == "lib" {
        return Vec::new();
    }
    let name = inner.split('/').next().unwrap_or_default();
    let Some(room) = ROOMS.iter().find(|room| room.name == name) else {
        return vec![format!("{path}: `{name}` is not in the table of rooms")];
    };
    let code = product_code(source);
    let depth = inner.trim_end_matches("/mod").split('/').count();
    let mut findings = Vec::new();
    for (at, token) in code.iter().enumerate() {
        for other in named_in_crate(&code, at) {
            if other.text != name && !room.rooms.contains(&other.text) {
                findings.push(format!("{path}:{}: {name} may not name crate::{}", other.line, other.text));
            }
        }
        let outer = token.word("domain") || token.word("wire");
        if outer && is_path_start(&code, at) && !room.crates.contains(&token.text) {
            findings.push(format!("{path}:{}: {name} may not name {}", token.line, token.text));
        }
        if supers(&code[at..]) >= depth && (at == 0 || !code[at - 1].is(":")) {
            findings.push(format!("{path}:{}: name another room from `crate::`", token.line));
        }
    }
    findings
}

/// What follows `crate::`, one name or the first names of a group.
fn named_in_crate<'a>(code: &[Token<'a>], at: usize) -> Vec<Token<'a>> {
    let is_root = code[at].word("crate") && code.get(at + 1).is_some_and(|next| next.is(":"));
    let Some(first) = code.get(at + 3).filter(|_| is_root) else {
        return Vec::new();
    };
    if !first.is("{") {
        return vec![*first];
    }
    let mut names = Vec::new();
    let mut place = at + 4;
    let end = closing(code, at + 3);
    while place < end {
        if code[place - 1].is("{") || code[place - 1].is(",") {
            names.push(code[place]);
        }
        place = if code[place].is("{") { closing(code, place) + 1 } else { place + 1 };
    }
    names
}

/// Whether a crate's name stands here as the start of a path, not as a field, a variable or a later part.
fn is_path_start(code: &[Token<'_>], at: usize) -> bool {
    let pair = |first: usize| {
        code.get(first).is_some_and(|sign| sign.is(":"))
            && code.get(first + 1).is_some_and(|sign| sign.is(":"))
    };
    pair(at + 1) && !(at >= 2 && pair(at - 2))
}

/// How many times `super::` stands here in a row.
fn supers(code: &[Token<'_>]) -> usize {
    code.chunks(3).take_while(|part| part.len() == 3 && part[0].word("super") && part[1].is(":")).count()
}

/// serde is derived only where bytes are read and written.
pub fn derives(path: &str, source: &str) -> Vec<String> {
    if SERDE_DERIVED.iter().any(|place| path.starts_with(place)) {
        return Vec::new();
    }
    let code = product_code(source);
    let mut findings = Vec::new();
    for (at, _) in code.iter().enumerate().filter(|(_, token)| token.word("derive")) {
        for token in &code[at..closing(&code, at + 1)] {
            if token.word("Serialize") || token.word("Deserialize") {
                findings.push(format!("{path}:{}: {} is derived in wire", token.line, token.text));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_outside_its_edge_is_found() {
        let source = "use web_sys::window;";
        assert_eq!(browser("src/views/menu.rs", source).len(), 1);
        assert_eq!(
            browser("src/app.rs", "fn f() { gloo::timers::callback::Timeout::new(1, || ()); }").len(),
            1
        );
        assert!(browser("src/platform/clock.rs", source).is_empty());
        assert!(browser("src/components/dom.rs", source).is_empty());
        assert!(browser("src/app.rs", "// web_sys would do this").is_empty());
    }

    #[test]
    fn a_room_that_reaches_too_far_is_found() {
        for (path, source, allowed) in [
            ("src/views/menu.rs", "use crate::components::button;", true),
            ("src/views/menu.rs", "use crate::{components::{a, b}, i18n::Catalog};", true),
            ("src/views/menu.rs", "use crate::{components::{a, b}, platform};", false),
            ("src/views/menu.rs", "use super::panel;", true),
            ("src/views/menu.rs", "use super::super::platform;", false),
            ("src/views/mod.rs", "use super::app;", false),
            ("src/views/menu.rs", "fn f() { wire::stored::read() }", false),
            ("src/components/button.rs", "use crate::views::menu;", false),
            ("src/components/button.rs", "use domain::survey::Survey;", false),
            ("src/components/button.rs", "use super::dom;", true),
            ("src/app.rs", "use crate::components::button;", false),
            ("src/app.rs", "use crate::platform::run; use domain::session::Session;", true),
            ("src/bindings.rs", "use crate::app::App;", true),
            ("src/bindings.rs", "use crate::views::menu;", false),
            ("src/platform/mod.rs", "use crate::views::menu;", false),
            ("src/utils.rs", "", false),
        ] {
            let findings = edges(path, source);
            assert_eq!(findings.is_empty(), allowed, "{path}: {source}: {findings:?}");
        }
    }

    #[test]
    fn a_derived_shape_outside_wire_is_found() {
        let source = "#[derive(Debug, serde::Serialize)] struct A;";
        assert_eq!(derives("src/app.rs", source), ["src/app.rs:1: Serialize is derived in wire"]);
        assert_eq!(derives("receiver/src/store/mod.rs", source).len(), 1);
        assert!(derives("crates/wire/src/stored.rs", source).is_empty());
        assert!(derives("src/app.rs", "#[derive(Clone)] struct A;").is_empty());
    }
}

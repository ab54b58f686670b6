//! R1, R2, R6, R8: which package depends on which, and that no package leaves the lint table.

use serde_json::Value;

use crate::lexer::{Kind, closing, product_code, tokens};
use crate::rules::{FIRM_LINTS, NOT_IN_DOMAIN, PACKAGES};

/// Compares the output of `cargo metadata --no-deps` with the table.
pub fn dependencies(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    let names: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut findings = Vec::new();
    for package in &packages {
        let name = package["name"].as_str().unwrap_or_default();
        let Some(rule) = PACKAGES.iter().find(|rule| rule.name == name) else {
            findings.push(format!("{name}: not in the table of packages"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            if dependency["kind"] == "dev" {
                continue;
            }
            let other = dependency["name"].as_str().unwrap_or_default();
            let allowed = if names.contains(&other) {
                rule.knows.contains(&other)
            } else {
                rule.outside.is_none_or(|outside| outside.contains(&other))
            };
            if !allowed {
                findings.push(format!("{name}: may not depend on {other}"));
            }
        }
    }
    findings
}

/// The domain is handed what it needs to know.
pub fn pure(path: &str, source: &str) -> Vec<String> {
    let code = product_code(source);
    let mut findings = Vec::new();
    for (at, token) in code.iter().enumerate() {
        let of_std = at >= 3 && code[at - 3].word("std") && code[at - 1].is(":");
        let named = token.kind == Kind::Word && NOT_IN_DOMAIN.contains(&token.text);
        let is_type = token.text.starts_with(char::is_uppercase);
        if named && (of_std || is_type) {
            findings.push(format!("{path}:{}: the domain does not name `{}`", token.line, token.text));
        }
    }
    findings
}

/// A manifest takes the lints of the workspace.
pub fn lint_table(path: &str, manifest: &str) -> Vec<String> {
    let taken = manifest
        .split("[lints]")
        .nth(1)
        .is_some_and(|rest| rest.trim_start().starts_with("workspace = true"));
    if taken { Vec::new() } else { vec![format!("{path}: wants `[lints]` with `workspace = true`")] }
}

/// Product code switches no firm lint off, and gives a reason for any other.
pub fn switched_off(path: &str, source: &str) -> Vec<String> {
    let code = product_code(source);
    let mut findings = Vec::new();
    for (at, token) in code.iter().enumerate() {
        let opens = code.get(at + 1).is_some_and(|next| next.is("("));
        let attribute = at > 0 && (code[at - 1].is("[") || code[at - 1].is(",") || code[at - 1].is("("));
        if !(opens && attribute && (token.word("allow") || token.word("expect"))) {
            continue;
        }
        let inside = &code[at + 1..closing(&code, at + 1)];
        let reasoned = inside.iter().any(|word| word.word("reason"));
        for word in inside.iter().filter(|word| word.kind == Kind::Word) {
            if FIRM_LINTS.contains(&word.text) {
                findings.push(format!("{path}:{}: `{}` is not switched off", word.line, word.text));
            }
        }
        if !reasoned {
            findings.push(format!("{path}:{}: a lint is switched off without a `reason`", token.line));
        }
    }
    findings
}

/// SQL stands in the store, and nowhere else.
pub fn sql(path: &str, source: &str) -> Vec<String> {
    const STATEMENTS: [&str; 6] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE FROM", "CREATE TABLE", "PRAGMA "];
    tokens(source)
        .iter()
        .filter(|token| token.kind == Kind::Text)
        .filter(|token| STATEMENTS.iter().any(|start| token.text.trim_start().starts_with(start)))
        .map(|token| format!("{path}:{}: SQL belongs to the store", token.line))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(name: &str, dependency: &str) -> Value {
        let outside =
            r#"{"name":"all-ears","dependencies":[]},{"name":"all-ears-receiver","dependencies":[]}"#;
        let text = format!(
            r#"{{"packages":[{{"name":"{name}","dependencies":[{{"name":"{dependency}","kind":null}}]}},{outside}]}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_dependency_outside_the_table_is_found() {
        for (name, dependency, allowed) in [
            ("all-ears-domain", "serde", false),
            ("all-ears-wire", "serde_json", true),
            ("all-ears-wire", "chrono", false),
            ("all-ears-cli", "all-ears", false),
            ("all-ears-cli", "all-ears-receiver", true),
            ("all-ears", "all-ears-receiver", false),
            ("xtask", "all-ears", false),
            ("utils", "anyhow", false),
        ] {
            let findings = dependencies(&workspace(name, dependency));
            assert_eq!(findings.is_empty(), allowed, "{name} → {dependency}: {findings:?}");
        }
    }

    #[test]
    fn a_clock_in_the_domain_is_found() {
        assert_eq!(pure("a.rs", "use std::env;\nfn f() {}"), ["a.rs:1: the domain does not name `env`"]);
        assert_eq!(pure("a.rs", "fn f() -> SystemTime {}").len(), 1);
        assert!(
            pure("a.rs", "use std::fmt; fn f(env: &Env) {} #[cfg(test)] mod tests { use std::fs; }")
                .is_empty()
        );
    }

    #[test]
    fn a_package_without_the_lints_is_found() {
        assert_eq!(lint_table("a", "[package]\nname = \"a\"").len(), 1);
        assert!(lint_table("a", "[package]\n[lints]\nworkspace = true\n").is_empty());
    }

    #[test]
    fn a_lint_switched_off_is_found() {
        assert_eq!(switched_off("a.rs", "#[allow(clippy::unwrap_used, reason = \"x\")] fn f() {}").len(), 1);
        assert_eq!(switched_off("a.rs", "#![allow(dead_code)]").len(), 1);
        assert!(
            switched_off("a.rs", "#[expect(dead_code, reason = \"x\")] fn f() { a.expect(b) }").is_empty()
        );
    }

    #[test]
    fn sql_outside_the_store_is_found() {
        assert_eq!(sql("a.rs", "let x = \"SELECT 1\";"), ["a.rs:1: SQL belongs to the store"]);
        assert!(sql("a.rs", "// \"SELECT 1\"\nlet x = \"Select a colour\";").is_empty());
    }
}

//! Manual, JSON Schema and TypeScript types come from the options themselves.
#![cfg(feature = "docs")]

use domain::config::Config;
use serde_json::Value;
use wire::options::{manual, schema, typescript};

#[test]
fn the_manual_has_every_option_with_its_default() {
    let manual = manual();
    for row in [
        "| `version` | 1 | `1` | Version of this shape. |",
        "| `endpoint.timeout_seconds` | number 1 to 120 | `15` |",
        "| `theme.scheme` | `auto`, `light` or `dark` | `\"auto\"` |",
        "| `menu` | list of up to 12: `rating`, `feedback`, `answers`, `complaint` or `status` | \
         `[\"rating\", \"feedback\", \"answers\", \"complaint\", \"status\"]` |",
        "| `surveys[].questions[].kind` | `nps`, `csat`,",
        "| `complaint.promise.respond_within_hours` | number 1 to 400 | `16` |",
        "| `privacy.drafts` | true or false | `true` |",
    ] {
        assert!(manual.contains(row), "{row}\n{manual}");
    }
    let accent = ["`\"", &Config::default().theme.accent, "\"`"].concat();
    assert!(manual.contains(&accent));
    for line in manual.lines().filter(|line| line.starts_with("| `")) {
        assert_eq!(line.replace("\\|", "").matches('|').count(), 5, "{line}");
        assert!(!line.contains("|  | |") && line.ends_with(". |"), "{line}");
    }
}

#[track_caller]
fn described(schema: &Value, path: &[&str]) -> Value {
    let mut place = schema;
    for key in path {
        place = &place[*key];
    }
    assert!(!place.is_null(), "{path:?}");
    place.clone()
}

#[test]
fn the_schema_says_the_same() {
    let schema: Value = serde_json::from_str(&schema()).expect("valid JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["additionalProperties"], false);
    let timeout = described(&schema, &["$defs", "AllEarsEndpoint", "properties", "timeout_seconds"]);
    assert_eq!(timeout["default"], 15);
    let menu = described(&schema, &["properties", "menu", "items", "enum"]);
    assert_eq!(menu.as_array().map(Vec::len), Some(5));
    let question = described(&schema, &["properties", "notices", "items", "required"]);
    assert_eq!(question, serde_json::json!(["text"]));
}

#[test]
fn the_types_say_the_same() {
    let types = typescript();
    for line in [
        "export interface AllEarsConfig {",
        "  endpoint?: string | {",
        "    complaint?: string | AllEarsEndpoint;",
        "  texts?: Record<string, Record<string, string>>;",
        "      hours?: Record<string, string | Array<string>>;",
        "    scheme?: \"auto\" | \"light\" | \"dark\";",
        "      kind: \"nps\" |",
    ] {
        assert!(types.contains(line), "{line}\n{types}");
    }
    assert_eq!(types.matches('{').count(), types.matches('}').count());
}

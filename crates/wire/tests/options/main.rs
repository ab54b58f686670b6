//! The config: every option, good and bad.
#![cfg(feature = "server")]

mod attributes;
mod docs;
mod endpoint;
mod handling;
mod junk;
mod looks;

use domain::config::Config;
use serde_json::{Value, json};
use wire::options::{ConfigInput, ConfigIssue};

/// Reads a config as `serde_json` has it. Without words the same is read, and no mistake is passed over.
#[track_caller]
pub(crate) fn read(value: &Value) -> (Config, Vec<ConfigIssue>) {
    let (config, issues) = wire::options::read(&value.into());
    let (same, mistaken) = ConfigInput::new(value.into(), Vec::new(), String::new()).read();
    assert_eq!(same, config);
    assert!(mistaken || issues.is_empty(), "{issues:?}");
    (config, issues)
}

/// Reads a config that names its endpoint and holds the case besides.
#[track_caller]
pub(crate) fn with(case: &Value) -> (Config, Vec<String>) {
    let mut whole = json!({ "endpoint": "/feedback" });
    for (key, value) in case.as_object().into_iter().flatten() {
        whole[key] = value.clone();
    }
    let (config, issues) = read(&whole);
    (config, issues.iter().map(ToString::to_string).collect())
}

#[track_caller]
pub(crate) fn good(case: Value, holds: fn(&Config) -> bool) {
    let (config, issues) = with(&case);
    assert_eq!(issues, Vec::<String>::new());
    assert!(holds(&config), "{config:#?}");
}

/// One mistake, told so; the rest of the config is as if nothing had been said.
#[track_caller]
pub(crate) fn bad(case: Value, message: &str) {
    let (config, issues) = with(&case);
    assert_eq!(issues, [message]);
    assert_eq!(config, with(&json!({})).0);
}

/// One remark, while the rest of what was said is used.
#[track_caller]
pub(crate) fn remark(case: Value, message: &str, holds: fn(&Config) -> bool) {
    let (config, issues) = with(&case);
    assert_eq!(issues, [message]);
    assert!(holds(&config), "{config:#?}");
}

#[track_caller]
pub(crate) fn many(case: Value, messages: &[&str]) {
    assert_eq!(with(&case).1, messages);
}

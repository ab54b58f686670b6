//! Reads a config and names its mistakes, and wording in it that costs goodwill.

mod answers;

use std::path::Path;
use std::process::ExitCode;

use domain::config::Config;
use receiver::NamedZone;
use wire::options;

use crate::{files, lint};

/// The config in a file, with every mistake as a line. `Err` when there is nothing to read.
pub fn read(path: &Path) -> Result<(Config, Vec<String>), String> {
    let text = files::read(path)?;
    let value: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("{} is no JSON: {error}", path.display()))?;
    let (config, issues) = options::read(&(&value).into());
    let mut lines: Vec<String> = issues.iter().map(ToString::to_string).collect();
    let zone = &config.complaint.promise.time_zone;
    if NamedZone::named(zone).is_none() {
        lines.push(format!(
            "complaint.promise.time_zone: expected a time zone such as Europe/London, found {zone:?}"
        ));
    }
    Ok((config, lines))
}

/// Names them, and fails if there are some.
pub fn run(path: &Path) -> Result<ExitCode, String> {
    let (config, mut lines) = read(path)?;
    lines.extend(answers::mistakes(&config, path));
    let wording = lint::findings(path, config.locale.as_deref())?;
    for line in lines.iter().chain(&wording) {
        println!("{line}");
    }
    if lines.is_empty() && wording.is_empty() {
        println!("{}: every option is understood", path.display());
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::FAILURE)
    }
}

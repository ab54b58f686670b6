//! The files of answers that a config names: those that lie beside it are read as the widget will read them.

use std::path::{Path, PathBuf};

use domain::config::Config;

use crate::files;

/// Files of answers in other forms, which the widget does not read.
const OTHER_FORMS: [&str; 10] =
    ["md", "markdown", "csv", "tsv", "html", "htm", "jsonld", "txt", "xml", "yaml"];

/// Every mistake in the files of answers, as a line each. Addresses elsewhere on the web are left alone.
pub fn mistakes(config: &Config, beside: &Path) -> Vec<String> {
    let mut lines = Vec::new();
    for (_, address) in &config.faq.urls {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        if OTHER_FORMS.iter().any(|other| ending.eq_ignore_ascii_case(other)) {
            lines.push(format!(
                "faq: the widget reads JSON, found {address:?}; `all-ears faq build` makes JSON of such a file"
            ));
        } else if let Some(file) = local(path, beside) {
            match files::read(&file) {
                Ok(text) => {
                    let (entries, issues) = wire::faq_file::read(&text);
                    lines.extend(issues.iter().map(|issue| format!("{}: {issue}", file.display())));
                    if entries.is_empty() && issues.is_empty() {
                        lines.push(format!("{}: no question with an answer", file.display()));
                    }
                }
                Err(error) => lines.push(error),
            }
        }
    }
    lines
}

/// The file of an address, if it lies in the config's folder, or for an address from the site's root in one above.
fn local(path: &str, config: &Path) -> Option<PathBuf> {
    if path.contains("://") || path.starts_with("//") || path.is_empty() {
        return None;
    }
    let folder = config.parent()?;
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let roots: Vec<PathBuf> = match path.strip_prefix('/') {
        None => vec![folder.join(path)],
        Some(below) => {
            let whole = folder.canonicalize().ok()?;
            whole.ancestors().map(|root| root.join(below)).collect()
        }
    };
    roots.into_iter().find(|file| file.is_file())
}

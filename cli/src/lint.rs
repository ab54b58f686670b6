//! Checks the wording of texts and proposes what to say instead.

mod lines;
mod report;
mod text;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tone::document::{self, Found, Kind};
use tone::{Checker, Level};

use crate::arguments::{Lint, LintFormat};
use crate::files;

/// How many checkers share the lines: each reads the rules anew.
const THREADS_MAX: usize = 8;

/// A file with what was found in it.
pub struct Linted {
    pub path: PathBuf,
    pub source: String,
    pub found: Vec<Found>,
}

/// Does what was asked for.
pub fn run(lint: &Lint) -> Result<ExitCode, String> {
    if lint.lines {
        let locale = lint.locale.as_deref().unwrap_or("en");
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
        let checkers: Result<_, _> = (0..threads).map(|_| checker(locale, &lint.rules)).collect();
        return lines::run(checkers?);
    }
    let mut linted = Vec::new();
    let mut fixed = 0;
    for path in &lint.files {
        let (file, count) = file(path, lint)?;
        linted.push(file);
        fixed += count;
    }
    match lint.format {
        LintFormat::Text => print!("{}", text::report(&linted, fixed)),
        LintFormat::Json => print!("{}", report::json(&linted)),
        LintFormat::Sarif => print!("{}", report::sarif(&linted)),
        LintFormat::Github => print!("{}", report::github(&linted)),
    }
    let fail = lint.fail.unwrap_or(Level::Warn);
    let failed = linted.iter().flat_map(|file| &file.found).any(|found| found.finding.level >= fail);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What is found in the wording of a file, for other commands; nothing for a language without rules.
pub fn findings(path: &Path, locale: Option<&str>) -> Result<Vec<String>, String> {
    let source = files::read(path)?;
    let Some(checker) = Checker::for_locale(&locale_of(path, locale)) else { return Ok(Vec::new()) };
    let kind = Kind::of(&path.to_string_lossy()).unwrap_or(Kind::Json);
    let passages = document::passages(kind, &source)?;
    let found = checker.check_passages(&passages);
    let linted = Linted { path: path.to_owned(), source, found };
    Ok(linted.found.iter().map(|found| text::line(&linted, found)).collect())
}

fn file(path: &Path, lint: &Lint) -> Result<(Linted, usize), String> {
    let mut source = files::read(path)?;
    let kind = Kind::of(&path.to_string_lossy())
        .ok_or_else(|| format!("{} is neither JSON nor Markdown by its name", path.display()))?;
    let locale = locale_of(path, lint.locale.as_deref());
    let checker = checker(&locale, &lint.rules).map_err(|error| format!("{}: {error}", path.display()))?;
    let look = |source: &str| -> Result<_, String> {
        let passages =
            document::passages(kind, source).map_err(|error| format!("{}: {error}", path.display()))?;
        let found = checker.check_passages(&passages);
        Ok((passages, found))
    };
    let (passages, mut found) = look(&source)?;
    let mut count = 0;
    if lint.fix {
        let (fixed, number) = document::fix(kind, &source, &passages, &found);
        if number > 0 {
            fs::write(path, &fixed)
                .map_err(|error| format!("{} can't be written: {error}", path.display()))?;
            found = look(&fixed)?.1;
            source = fixed;
            count = number;
        }
    }
    Ok((Linted { path: path.to_owned(), source, found }, count))
}

fn checker(locale: &str, rules: &[PathBuf]) -> Result<Checker, String> {
    let mut checker = Checker::for_locale(locale).ok_or_else(|| {
        format!("there are no rules for {locale:?}; there are for {}", tone::LOCALES.join(" and "))
    })?;
    for path in rules {
        checker.overlay(&files::read(path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(checker)
}

/// The language of a file: as given, or as its name (`faq.zh-Hans.json`) or its folder (`locales/en/`) says, or English.
fn locale_of(path: &Path, given: Option<&str>) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let mut told = name.split('.').skip(1).map(str::to_owned).chain(folder).filter(|part| is_tag(part));
    given.map(str::to_owned).or_else(|| told.next()).unwrap_or_else(|| "en".to_owned())
}

/// A language tag: two letters, perhaps with a script or a region.
fn is_tag(part: &str) -> bool {
    let mut pieces = part.split('-');
    let language = pieces
        .next()
        .is_some_and(|first| first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_lowercase()));
    language && part != "md" && pieces.all(|piece| (2..=4).contains(&piece.len()) && piece.is_ascii())
}

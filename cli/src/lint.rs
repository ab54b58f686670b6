//! Checks the wording of texts and proposes what to say instead.

mod lines;
mod report;
mod text;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tone::document::{self, Found, Kind, Passage};
use tone::languages::{self, Checkers, Why};
use tone::{Checker, Level};

use crate::arguments::{Lint, LintFormat};
use crate::{files, output};

/// How many checkers share the lines: each reads the rules anew.
const THREADS_MAX: usize = 8;

/// What the command ends with where a file could not be looked at.
const UNREADABLE: u8 = 2;

/// A file with what was found in it.
pub struct Linted {
    pub path: PathBuf,
    pub source: String,
    pub found: Vec<Found>,
    /// How many passages were left out, by the reason, and where the first of them stands.
    pub left_out: BTreeMap<Why, (usize, usize)>,
    /// Names to be left alone that no rule has, and where the first text beside each stands.
    pub unknown: Vec<(String, usize)>,
}

impl Linted {
    fn new(path: &Path, source: String, passages: &[Passage], tag: &str, rules: &mut Rules) -> Self {
        let (mut found, left) = languages::check(passages, tag, rules);
        document::spare_marks(&source, passages, &mut found);
        let mut left_out = BTreeMap::new();
        for one in left {
            let place = passages[one.passage].place(&(0..0)).start;
            left_out.entry(one.why).or_insert((0, place)).0 += 1;
        }
        let unknown = languages::unknown(passages, tag, rules).into_iter();
        let unknown = unknown.map(|one| (one.name, passages[one.passage].place(&(0..0)).start)).collect();
        Self { path: path.to_owned(), source, found, left_out, unknown }
    }
}

/// The checkers that were asked for, each with the company's own files that fit its language.
struct Rules {
    own: Vec<String>,
    made: BTreeMap<String, Option<Checker>>,
}

impl Rules {
    /// Reads the company's files. Each has to fit the language that is asked for, or where none is, one of all.
    fn new(lint: &Lint) -> Result<Self, String> {
        let mut rules = Self { own: Vec::new(), made: BTreeMap::new() };
        for path in &lint.rules {
            let text = files::read(path)?;
            let asked = lint.locale.as_deref();
            let tags: Vec<&str> = asked.map_or_else(|| tone::LOCALES.to_vec(), |tag| vec![tag]);
            let mut wrong = None;
            let fits = tags.iter().any(|tag| {
                let Some(mut checker) = Checker::for_locale(tag) else { return false };
                checker.overlay(&text).map_err(|error| wrong.get_or_insert(error).line).is_ok()
            });
            if let Some(error) = wrong.filter(|_| !fits) {
                return Err(format!("{}: {error}", path.display()));
            }
            rules.own.push(text);
        }
        Ok(rules)
    }

    fn make(&self, tag: &str) -> Option<Checker> {
        let mut fitting: Vec<&str> = Vec::new();
        for own in &self.own {
            if Checker::for_locale(tag)?.overlay(own).is_ok() {
                fitting.push(own);
            }
        }
        let mut checker = Checker::for_locale(tag)?;
        fitting.into_iter().all(|own| checker.overlay(own).is_ok()).then_some(checker)
    }
}

impl Checkers for Rules {
    fn for_tag(&mut self, tag: &str) -> Option<&Checker> {
        if !self.made.contains_key(tag) {
            self.made.insert(tag.to_owned(), self.make(tag));
        }
        self.made.get(tag).and_then(Option::as_ref)
    }
}

/// Does what was asked for.
pub fn run(lint: &Lint) -> Result<ExitCode, String> {
    let mut rules = Rules::new(lint)?;
    if let Some(tag) = lint.locale.as_deref().filter(|tag| Checker::for_locale(tag).is_none()) {
        return Err(format!("there are no rules for {tag:?}; there are for {}", tone::LOCALES.join(" and ")));
    }
    if lint.lines {
        let locale = lint.locale.as_deref().unwrap_or("en");
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
        return lines::run((0..threads).filter_map(|_| rules.make(locale)).collect());
    }
    let (mut linted, mut fixed, mut unreadable) = (Vec::new(), 0, false);
    for path in &lint.files {
        match file(path, lint, &mut rules) {
            Ok((file, count)) => {
                linted.push(file);
                fixed += count;
            }
            Err(error) => {
                eprintln!("all-ears: {error}");
                unreadable = true;
            }
        }
    }
    linted.iter().flat_map(text::notes).for_each(|note| eprintln!("{note}"));
    output::say(&match lint.format {
        LintFormat::Text => text::report(&linted, fixed),
        LintFormat::Json => report::json(&linted),
        LintFormat::Sarif => report::sarif(&linted),
        LintFormat::Github => report::github(&linted),
    })?;
    let fail = lint.fail.unwrap_or(Level::Warn);
    let failed = linted.iter().flat_map(|file| &file.found).any(|found| found.finding.level >= fail);
    Ok(match (unreadable, failed) {
        (true, _) => ExitCode::from(UNREADABLE),
        (false, true) => ExitCode::FAILURE,
        (false, false) => ExitCode::SUCCESS,
    })
}

/// What is found in the wording of a file, for other commands, and what was left out.
pub fn findings(path: &Path, locale: Option<&str>) -> Result<(Vec<String>, Vec<String>), String> {
    let source = files::read(path)?;
    let kind = Kind::of(&path.to_string_lossy()).unwrap_or(Kind::Json);
    let passages = document::passages(kind, &source)?;
    let mut rules = Rules { own: Vec::new(), made: BTreeMap::new() };
    let linted = Linted::new(path, source, &passages, &locale_of(path, locale), &mut rules);
    let lines = linted.found.iter().map(|found| text::line(&linted, found)).collect();
    Ok((lines, text::notes(&linted)))
}

fn file(path: &Path, lint: &Lint, rules: &mut Rules) -> Result<(Linted, usize), String> {
    let source = files::read(path)?;
    let kind = Kind::of(&path.to_string_lossy())
        .ok_or_else(|| format!("{} is neither JSON nor Markdown by its name", path.display()))?;
    let tag = locale_of(path, lint.locale.as_deref());
    let read = |source: &str| {
        document::passages(kind, source).map_err(|error| format!("{}: {error}", path.display()))
    };
    let passages = read(&source)?;
    let linted = Linted::new(path, source, &passages, &tag, rules);
    if !lint.fix {
        return Ok((linted, 0));
    }
    let (fixed, count) = document::fix(kind, &linted.source, &passages, &linted.found);
    if count == 0 {
        return Ok((linted, 0));
    }
    fs::write(path, &fixed).map_err(|error| format!("{} can't be written: {error}", path.display()))?;
    let passages = read(&fixed)?;
    Ok((Linted::new(path, fixed, &passages, &tag, rules), count))
}

/// The language of a file that does not tell it inside: as given, or as its name or folder says, or English.
fn locale_of(path: &Path, given: Option<&str>) -> String {
    let name = path.to_string_lossy();
    given.or_else(|| languages::told_by(&name)).unwrap_or("en").to_owned()
}

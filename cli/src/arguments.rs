//! What was asked for.

use std::path::PathBuf;

use domain::submission::Kind;
use lexopt::prelude::{Long, Short, Value};
use lexopt::{Parser, ValueExt as _};
use receiver::store::Format;

/// What to do.
pub enum Command {
    /// Show how it is used.
    Help,
    /// Show the version.
    Version,
    /// Run the receiver.
    Serve(Serve),
    /// Write the register out.
    Export(Export),
    /// Make a new token for the register.
    Token(PathBuf),
    /// Name the mistakes of a config.
    Check(PathBuf),
    /// Search a file of answers.
    FaqSearch(PathBuf),
    /// Check the wording of texts.
    Lint(Lint),
}

/// What is checked for its wording, and how it is told.
#[derive(Debug, Default)]
pub struct Lint {
    /// One sentence a line on the standard input.
    pub lines: bool,
    /// The language of the texts, where their names do not tell it.
    pub locale: Option<String>,
    /// FAQ, config, locale and Markdown files.
    pub files: Vec<PathBuf>,
    /// How findings are told.
    pub format: LintFormat,
    /// Write safe suggestions into the files.
    pub fix: bool,
    /// The level from which on a finding fails the command.
    pub fail: Option<tone::Level>,
    /// The company's own rules and words.
    pub rules: Vec<PathBuf>,
}

/// How findings are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LintFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For code scanning.
    Sarif,
    /// For annotations in a pull request.
    Github,
}

/// How the receiver runs.
pub struct Serve {
    /// Address to listen at.
    pub host: String,
    /// Port to listen at; 0 takes a free one.
    pub port: u16,
    /// The database.
    pub db: PathBuf,
    /// The company's config.
    pub config: Option<PathBuf>,
    /// What is handed to the receiver as it is.
    pub receiver: receiver::Options,
}

/// What is written out.
pub struct Export {
    /// The database.
    pub db: PathBuf,
    /// How.
    pub format: Format,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Where to; standard output without.
    pub out: Option<PathBuf>,
}

/// Reads the command line.
pub fn read() -> Result<Command, lexopt::Error> {
    let mut parser = Parser::from_env();
    match parser.next()? {
        Some(Value(command)) => match command.string()?.as_str() {
            "serve" => serve(&mut parser),
            "export" => export(&mut parser),
            "token" => token(&mut parser),
            "check" => check(&mut parser),
            "faq" => faq(&mut parser),
            "lint" => lint(&mut parser),
            "help" => Ok(Command::Help),
            other => Err(format!("there is no command {other:?}").into()),
        },
        Some(Long("version") | Short('V')) => Ok(Command::Version),
        None | Some(Long("help") | Short('h')) => Ok(Command::Help),
        Some(other) => Err(other.unexpected()),
    }
}

fn serve(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let mut serve = Serve {
        host: "127.0.0.1".to_owned(),
        port: 8080,
        db: PathBuf::from("all-ears.db"),
        config: None,
        receiver: receiver::Options::default(),
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("host") => serve.host = parser.value()?.string()?,
            Long("port") => serve.port = parser.value()?.parse()?,
            Long("db") => serve.db = parser.value()?.into(),
            Long("config") => serve.config = Some(parser.value()?.into()),
            Long("assets") => serve.receiver.assets = Some(parser.value()?.into()),
            Long("site") => serve.receiver.site = Some(parser.value()?.into()),
            Long("allow-origin") => serve.receiver.allow_origins.push(origin(&parser.value()?.string()?)?),
            Long("public-url") => serve.receiver.public_url = Some(public_url(parser.value()?.string()?)?),
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected()),
        }
    }
    Ok(Command::Serve(serve))
}

/// Exactly what a browser sends as `Origin`.
fn origin(text: &str) -> Result<String, lexopt::Error> {
    let text = text.trim_end_matches('/').to_ascii_lowercase();
    let authority = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match authority {
        Some(authority) if !authority.is_empty() && !authority.contains(['/', '*', '?', '#', '@']) => {
            Ok(text)
        }
        _ => {
            Err(format!("--allow-origin needs an origin such as https://shop.example, found {text:?}").into())
        }
    }
}

fn public_url(text: String) -> Result<String, lexopt::Error> {
    if text.starts_with("https://") || text.starts_with("http://") {
        Ok(text)
    } else {
        Err(format!("--public-url needs an address such as https://care.example, found {text:?}").into())
    }
}

fn export(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let (mut db, mut format, mut kind, mut out) = (None, None, None, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("db") => db = Some(parser.value()?.into()),
            Long("out") => out = Some(parser.value()?.into()),
            Long("format") => {
                format = Some(match parser.value()?.string()?.as_str() {
                    "csv" => Format::Csv,
                    "jsonl" => Format::JsonLines,
                    other => return Err(format!("--format is csv or jsonl, found {other:?}").into()),
                });
            }
            Long("kind") => {
                let name = parser.value()?.string()?;
                let found = Kind::ALL.into_iter().find(|kind| kind.as_str() == name);
                kind = Some(found.ok_or_else(|| format!("there is no kind {name:?}"))?);
            }
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected()),
        }
    }
    let db = db.ok_or("export needs --db FILE")?;
    let format = format.ok_or("export needs --format csv or --format jsonl")?;
    Ok(Command::Export(Export { db, format, kind, out }))
}

fn token(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let mut db = PathBuf::from("all-ears.db");
    while let Some(argument) = parser.next()? {
        match argument {
            Long("db") => db = parser.value()?.into(),
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected()),
        }
    }
    Ok(Command::Token(db))
}

fn check(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    match parser.next()? {
        Some(Value(path)) => Ok(Command::Check(path.into())),
        Some(Long("help") | Short('h')) => Ok(Command::Help),
        Some(other) => Err(other.unexpected()),
        None => Err("check needs a config".into()),
    }
}

fn faq(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let mut file = None;
    let mut search = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Value(word) if word == "search" && !search => search = true,
            Long("faq") => file = Some(parser.value()?.into()),
            // A bare file after `search` will do too.
            Value(path) if search && file.is_none() => file = Some(path.into()),
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected()),
        }
    }
    match file {
        Some(file) if search => Ok(Command::FaqSearch(file)),
        _ => Err("faq needs: search --faq FILE".into()),
    }
}

fn lint(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let mut lint = Lint::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("lines") => lint.lines = true,
            Long("locale") => lint.locale = Some(parser.value()?.string()?),
            Long("fix") => lint.fix = true,
            Long("rules") => lint.rules.push(parser.value()?.into()),
            Long("fail") => {
                let name = parser.value()?.string()?;
                let level = tone::Level::named(&name);
                lint.fail =
                    Some(level.ok_or_else(|| format!("--fail is hint, warn or error, found {name:?}"))?);
            }
            Long("format") => {
                lint.format = match parser.value()?.string()?.as_str() {
                    "text" => LintFormat::Text,
                    "json" => LintFormat::Json,
                    "sarif" => LintFormat::Sarif,
                    "github" => LintFormat::Github,
                    other => {
                        return Err(
                            format!("--format is text, json, sarif or github, found {other:?}").into()
                        );
                    }
                };
            }
            Value(path) => lint.files.push(path.into()),
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_)) => return Err(other.unexpected()),
        }
    }
    if lint.lines == lint.files.is_empty() {
        Ok(Command::Lint(lint))
    } else {
        Err("lint needs files, or --lines for sentences on the standard input".into())
    }
}

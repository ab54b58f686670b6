//! What was asked for.

mod upkeep;

use std::path::PathBuf;

use domain::submission::Kind;
use lexopt::prelude::{Long, Short, Value};
use lexopt::{Parser, ValueExt as _};
use receiver::store::{Format, Target};

/// Submissions a minute from one address, twice as many at once: a whole outbox that comes back passes.
const RATE_PER_ADDRESS: u32 = 30;
/// Submissions a minute from one site, twice as many at once.
const RATE_PER_SITE: u32 = 6_000;

/// MiB of files a day from one address, as many at once: four complaints with all that they may bring.
const FILE_MIB_PER_ADDRESS: u64 = 100;
/// MiB of files a day from one site, as many at once.
const FILE_MIB_PER_SITE: u64 = 2_048;

/// What to do.
pub enum Command {
    /// Show how it is used.
    Help,
    /// Show the version.
    Version,
    /// Run the receiver.
    Serve(Box<Serve>),
    /// Write the register out.
    Export(Export),
    /// Make a new token for the register.
    Token(Target),
    /// Copy the database while it is used: from, to.
    Backup(Target, PathBuf),
    /// Put a copy where a database is expected: from, to.
    Restore(PathBuf, PathBuf),
    /// Look at everything that is stored.
    Verify { db: Target, ids: Option<PathBuf>, as_json: bool },
    /// Measure what the disk can do by itself.
    Measure { file: PathBuf, rows: u32, group: u32, bytes: usize },
    /// Erase what was said in a submission.
    Erase { db: Target, id: String },
    /// Show what is still to be told to other programs, or bring the dead back.
    Webhooks(Webhooks),
    /// Make a secret for a webhook.
    WebhookSecret,
    /// Name the mistakes of a config.
    Check(PathBuf),
    /// Search a file of answers.
    FaqSearch(PathBuf),
    /// Check the wording of texts.
    Lint(Lint),
    /// Make a file of answers from others.
    FaqBuild(FaqFiles),
    /// Write answers for search engines.
    FaqJsonLd(FaqFiles),
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

/// Files of answers, and where they go.
#[derive(Default)]
pub struct FaqFiles {
    /// What is read, in order.
    pub files: Vec<PathBuf>,
    /// The language that the answers are in, if it is to be written down.
    pub language: String,
    /// Where to; standard output without.
    pub out: Option<PathBuf>,
}

/// How the receiver runs.
pub struct Serve {
    /// Address to listen at.
    pub host: String,
    /// Port to listen at; 0 takes a free one.
    pub port: u16,
    /// The database.
    pub db: Target,
    /// The company's config.
    pub config: Option<PathBuf>,
    /// The operator's file of webhooks.
    pub webhooks: Option<PathBuf>,
    /// Bytes that have to be free on the disk.
    pub free_bytes_min: u64,
    /// What is handed to the receiver as it is.
    pub receiver: receiver::Options,
}

/// What is done about webhooks.
pub struct Webhooks {
    /// The database.
    pub db: Target,
    /// The webhook whose dead come back; all of them for `all`.
    pub replay: Option<String>,
    /// For programs.
    pub as_json: bool,
}

/// What is written out.
pub struct Export {
    /// The database.
    pub db: Target,
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
            "token" => upkeep::token(&mut parser),
            "backup" => upkeep::backup(&mut parser),
            "restore" => upkeep::restore(&mut parser),
            "verify" => upkeep::verify(&mut parser),
            "measure" => upkeep::measure(&mut parser),
            "erase" => upkeep::erase(&mut parser),
            "webhooks" => upkeep::webhooks(&mut parser),
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
        db: Target::from("all-ears.db"),
        config: None,
        webhooks: None,
        free_bytes_min: receiver::store::FREE_BYTES_MIN,
        receiver: receiver::Options {
            rate_per_address: RATE_PER_ADDRESS,
            rate_per_site: RATE_PER_SITE,
            file_bytes_per_address: FILE_MIB_PER_ADDRESS << 20,
            file_bytes_per_site: FILE_MIB_PER_SITE << 20,
            free_bytes_for_files: receiver::store::FREE_BYTES_MIN_FOR_FILES,
            ..receiver::Options::default()
        },
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("host") => serve.host = parser.value()?.string()?,
            Long("port") => serve.port = parser.value()?.parse()?,
            Long("db") => serve.db = target(parser)?,
            Long("config") => serve.config = Some(parser.value()?.into()),
            Long("webhooks") => serve.webhooks = Some(parser.value()?.into()),
            Long("assets") => serve.receiver.assets = Some(parser.value()?.into()),
            Long("site") => serve.receiver.site = Some(parser.value()?.into()),
            Long("allow-origin") => serve.receiver.allow_origins.push(origin(&parser.value()?.string()?)?),
            Long("rate-per-address") => serve.receiver.rate_per_address = parser.value()?.parse()?,
            Long("rate-per-site") => serve.receiver.rate_per_site = parser.value()?.parse()?,
            Long("file-mib-per-address") => serve.receiver.file_bytes_per_address = mib(parser)?,
            Long("file-mib-per-site") => serve.receiver.file_bytes_per_site = mib(parser)?,
            Long("min-free-mib-for-files") => serve.receiver.free_bytes_for_files = mib(parser)?,
            Long("proxy") => serve.receiver.proxies.push(parser.value()?.parse()?),
            Long("metrics-from") => serve.receiver.metrics_from.push(parser.value()?.parse()?),
            Long("min-free-mib") => serve.free_bytes_min = mib(parser)?,
            Long("public-url") => serve.receiver.public_url = Some(public_url(parser.value()?.string()?)?),
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected()),
        }
    }
    Ok(Command::Serve(Box::new(serve)))
}

/// Bytes, given in MiB.
fn mib(parser: &mut Parser) -> Result<u64, lexopt::Error> {
    Ok(parser.value()?.parse::<u64>()?.saturating_mul(1 << 20))
}

/// A file, or the address of a Postgres server.
fn target(parser: &mut Parser) -> Result<Target, lexopt::Error> {
    let given = parser.value()?;
    Ok(match given.to_str() {
        Some(text) => Target::from(text),
        None => Target::File(given.into()),
    })
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
            Long("db") => db = Some(target(parser)?),
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

fn check(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    match parser.next()? {
        Some(Value(path)) => Ok(Command::Check(path.into())),
        Some(Long("help") | Short('h')) => Ok(Command::Help),
        Some(other) => Err(other.unexpected()),
        None => Err("check needs a config".into()),
    }
}

fn faq(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    const TASKS: &str = "faq needs: search --faq FILE, build FILE..., or jsonld FILE...";
    let mut task = String::new();
    let mut faq = FaqFiles::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Value(word) if task.is_empty() => task = word.string()?,
            // A bare file after `search` will do too.
            Value(path) => faq.files.push(path.into()),
            Long("faq") if matches!(task.as_str(), "" | "search") => faq.files.push(parser.value()?.into()),
            Long("out") if task != "search" => faq.out = Some(parser.value()?.into()),
            Long("language") if task == "build" => faq.language = parser.value()?.string()?,
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_)) => return Err(other.unexpected()),
        }
    }
    match (task.as_str(), faq.files.len()) {
        ("search", 1) => Ok(Command::FaqSearch(faq.files.remove(0))),
        ("build", 1..) => Ok(Command::FaqBuild(faq)),
        ("jsonld", 1..) => Ok(Command::FaqJsonLd(faq)),
        _ => Err(TASKS.into()),
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

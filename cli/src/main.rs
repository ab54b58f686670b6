//! The command line: reads arguments, calls the receiver, prints. Decides nothing else.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "printing is what this program is for")]

mod arguments;
mod check;
mod export;
mod faq;
mod lint;
mod serve;

use std::process::ExitCode;

use arguments::Command;

const HELP: &str = "\
all-ears: the receiver of All Ears and its tools

all-ears serve [--host HOST] [--port PORT] [--db FILE] [--config FILE] [--assets FOLDER] [--site FOLDER]
               [--allow-origin ORIGIN]... [--public-url URL]
    Takes submissions in and shows the register. Default: 127.0.0.1, port 8080, all-ears.db.
      --config        the company's all-ears.json: hours, time zone and owner of the promises
      --assets        the folder with the built files, served under /all-ears/
      --site          a folder with index.html and demo/, served under /
      --allow-origin  a site that may send, https://shop.example; without any, this machine's own
      --public-url    where customers reach this receiver, when a proxy stands before it

all-ears export --db FILE --format csv|jsonl [--kind rating|feedback|complaint|follow_up|signal] [--out FILE]
    Writes every submission, or those of one kind.

all-ears token --db FILE
    Makes a new token for the register; the old one and everybody signed in with it are out.

all-ears check CONFIG
    Reads a config and names every mistake with its path, and every wording that `lint` would find.

all-ears faq search --faq FILE
    Searches a file of answers as the widget does: reads lines of NUMBER TAB QUERY, writes NUMBER TAB ID,ID,… best first.

all-ears lint FILE... [--locale en|zh-Hans] [--format text|json|sarif|github] [--fix] [--fail hint|warn|error]
              [--rules FILE]...
    Checks the wording of answers, configs, locales (JSON) and Markdown: names what refuses, blames or sends customers
    away, and what could be said instead.
      --locale  where a file's name or folder does not tell its language; without either, en
      --fix     writes what is safe into the files
      --fail    the level from which on the command fails; without it, warn
      --rules   the company's own words and rules

all-ears lint --lines [--locale en|zh-Hans] [--rules FILE]...
    Reads one sentence a line and writes what is found in it, one JSON object a line.
";

fn main() -> ExitCode {
    let outcome = match arguments::read() {
        Ok(Command::Help) => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        Ok(Command::Version) => {
            println!("all-ears {}", env!("CARGO_PKG_VERSION"));
            Ok(ExitCode::SUCCESS)
        }
        Ok(Command::Serve(options)) => serve::run(options),
        Ok(Command::Export(options)) => export::run(&options),
        Ok(Command::Token(db)) => serve::token(&db),
        Ok(Command::Check(path)) => check::run(&path),
        Ok(Command::FaqSearch(path)) => faq::search(&path),
        Ok(Command::Lint(lint)) => lint::run(&lint),
        Err(error) => Err(format!("{error}; all-ears --help shows how it is used")),
    };
    outcome.unwrap_or_else(|message| {
        eprintln!("all-ears: {message}");
        ExitCode::FAILURE
    })
}

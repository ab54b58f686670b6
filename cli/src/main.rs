//! The command line: reads arguments, calls the receiver, prints. Decides nothing else.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "printing is what this program is for")]

mod arguments;
mod check;
mod export;
mod faq;
mod faq_files;
mod files;
mod lint;
mod serve;
mod upkeep;
mod webhooks;

use std::process::ExitCode;

use arguments::Command;

const HELP: &str = "\
all-ears: the receiver of All Ears and its tools

all-ears serve [--host HOST] [--port PORT] [--db FILE|postgres://…] [--config FILE] [--assets FOLDER] [--site FOLDER]
               [--allow-origin ORIGIN]... [--public-url URL] [limits, see below]
    Takes submissions in and shows the register. Default: 127.0.0.1, port 8080, all-ears.db.
      --config        the company's all-ears.json: hours, time zone and owner of the promises
      --assets        the folder with the built files, served under /all-ears/
      --site          a folder with index.html and demo/, served under /
      --allow-origin  a site that may send, https://shop.example; without any, this machine's own
      --rate-per-address N, --rate-per-site N
                      submissions a minute, twice as many at once; 0 is no limit. Default: 30 and 6000
      --proxy         an address beyond this machine whose X-Forwarded-For is believed; may be repeated
      --metrics-from  an address that may read /metrics beside this machine; may be repeated
      --min-free-mib  free space below which a SQLite file takes nothing in. Default: 256
      --min-free-mib-for-files
                      the same for files of complaints, which wait before words do. Default: 2048
      --file-mib-per-address N, --file-mib-per-site N
                      MiB of files a day, as many at once; 0 is no limit. Default: 100 and 2048
      --public-url    where customers reach this receiver, when a proxy stands before it
      --webhooks      a file that names other programs which are told what was handed in; see docs/contracts.md

all-ears export --db FILE --format csv|jsonl [--kind rating|feedback|complaint|follow_up|signal] [--out FILE]
    Writes every submission, or those of one kind.

all-ears token --db FILE
    Makes a new token for the register; the old one and everybody signed in with it are out.

all-ears backup [--db FILE] --to FILE
    Copies the database while it is used; the copy is whole, flushed and checked.

all-ears restore --from FILE --db FILE
    Puts a copy back, after a check. Nothing is overwritten. Try it now and then: a copy is worth what it restores.

all-ears verify [--db FILE] [--ids FILE] [--json]
    Looks at every page, the hash of every submission, and the chain of the event log; --ids names submissions, one a
    line, that have to be there.

all-ears erase [--db FILE] ID
    Erases what was said in a submission. A repeat of it gets the same receipt and brings nothing back.

all-ears webhooks [--db FILE] [--json] [--replay NAME|all]
    Shows what is still to be told to whom, and what was given up; --replay tries what was given up again.

all-ears webhooks secret
    Makes a secret for a webhook.

all-ears measure [--file FILE] [--rows 20000] [--group 16] [--bytes 2048]
    What this disk and SQLite do by themselves: rows a second, flushed in groups. The file is new and goes again.

all-ears check CONFIG
    Reads a config and names every mistake with its path, and every wording that `lint` would find; and the mistakes in
    files of answers that lie beside it.

all-ears faq search --faq FILE
    Searches a file of answers as the widget does: reads lines of NUMBER TAB QUERY, writes NUMBER TAB ID,ID,… best first.
    Every entry is searched, under the id that it has; keys of other tools are named on standard error.

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
all-ears faq build FILE... [--language TAG] [--out FILE]
    Makes the file of answers that the widget reads from Markdown (a heading for each question), CSV (a line that names
    the columns question and answer, and if wanted id, category, tags, popular), JSON, or the FAQPage of a web page.

all-ears faq jsonld FILE... [--out FILE]
    Writes answers as schema.org's FAQPage, for a page's script of type application/ld+json.
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
        Ok(Command::Backup(db, to)) => upkeep::backup(&db, &to),
        Ok(Command::Restore(from, db)) => upkeep::restore(&from, &db),
        Ok(Command::Verify { db, ids, as_json }) => upkeep::verify(&db, ids.as_deref(), as_json),
        Ok(Command::Measure { file, rows, group, bytes }) => upkeep::measure(&file, rows, group, bytes),
        Ok(Command::Erase { db, id }) => upkeep::erase(&db, id),
        Ok(Command::Webhooks(webhooks)) => webhooks::run(&webhooks),
        Ok(Command::WebhookSecret) => webhooks::secret(),
        Ok(Command::Check(path)) => check::run(&path),
        Ok(Command::FaqSearch(path)) => faq::search(&path),
        Ok(Command::Lint(lint)) => lint::run(&lint),
        Ok(Command::FaqBuild(files)) => faq_files::build(&files),
        Ok(Command::FaqJsonLd(files)) => faq_files::json_ld(&files),
        Err(error) => Err(format!("{error}; all-ears --help shows how it is used")),
    };
    outcome.unwrap_or_else(|message| {
        eprintln!("all-ears: {message}");
        ExitCode::FAILURE
    })
}

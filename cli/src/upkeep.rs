//! Copies of the database, the way back, a check of everything, and erasing.

use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::calendar::Timestamp;
use receiver::Store;
use receiver::store::{self, Report, Target};

use crate::serve::runtime;

/// Copies, and says what the copy holds.
pub fn backup(from: &Target, to: &Path) -> Result<ExitCode, String> {
    let report = store::backup(from, to).map_err(|error| error.to_string())?;
    println!("{}: {}", to.display(), words(&report));
    Ok(verdict(&report))
}

/// Puts a copy back, and says what it holds.
pub fn restore(from: &Path, to: &Path) -> Result<ExitCode, String> {
    let report = store::restore(from, to).map_err(|error| error.to_string())?;
    println!("{}: {}", to.display(), words(&report));
    Ok(verdict(&report))
}

/// Looks at everything.
pub fn verify(db: &Target, ids: Option<&Path>, as_json: bool) -> Result<ExitCode, String> {
    let report = store::verify(db).map_err(|error| error.to_string())?;
    let missing = match ids {
        Some(path) => {
            let list = std::fs::read_to_string(path)
                .map_err(|error| format!("{} is out of reach: {error}", path.display()))?;
            store::missing(db, list.lines()).map_err(|error| error.to_string())?
        }
        None => Vec::new(),
    };
    if as_json {
        let told = serde_json::json!({
            "submissions": report.submissions,
            "last_seq": report.last_seq,
            "erased": report.erased,
            "complaints": report.complaints,
            "attachments": report.attachments,
            "events": report.events,
            "broken_event": report.broken_event,
            "broken_bodies": report.broken_bodies,
            "broken_attachments": report.broken_attachments,
            "missing_attachments": report.missing_attachments,
            "missing": missing,
            "sound": report.is_sound(),
        });
        println!("{told}");
    } else {
        println!("{db}: {}", words(&report));
        for id in &missing {
            println!("missing: {id}");
        }
    }
    Ok(if missing.is_empty() { verdict(&report) } else { ExitCode::FAILURE })
}

fn words(report: &Report) -> String {
    let Report { submissions, complaints, events, erased, .. } = report;
    let mut text = format!("{submissions} submissions, {complaints} complaints, {events} events");
    if report.attachments > 0 {
        text.push_str(&format!(", {} files", report.attachments));
    }
    if *erased > 0 {
        text.push_str(&format!(", {erased} erased"));
    }
    if let Some(seq) = report.broken_event {
        text.push_str(&format!("; event {seq} does not fit its seal"));
    }
    if !report.broken_bodies.is_empty() {
        text.push_str(&format!("; these do not fit their hash: {:?}", report.broken_bodies));
    }
    if !report.broken_attachments.is_empty() {
        text.push_str(&format!("; these files do not fit their hash: {:?}", report.broken_attachments));
    }
    if !report.missing_attachments.is_empty() {
        text.push_str(&format!("; these have fewer files than they name: {:?}", report.missing_attachments));
    }
    if report.is_sound() {
        text.push_str("; everything fits");
    }
    text
}

fn verdict(report: &Report) -> ExitCode {
    if report.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Measures what the disk and SQLite do by themselves.
pub fn measure(file: &Path, rows: u32, group: u32, bytes: usize) -> Result<ExitCode, String> {
    let speed = store::measure(file, rows, group, bytes).map_err(|error| error.to_string())?;
    let p99 = speed.p99.as_secs_f64() * 1e3;
    println!("{:.0} rows/s in groups of {group}, p99 of a group {p99:.2} ms", speed.rows_per_second);
    Ok(ExitCode::SUCCESS)
}

/// Erases what was said in a submission.
pub fn erase(db: &Target, id: String) -> Result<ExitCode, String> {
    if let Target::File(path) = db
        && !path.exists()
    {
        return Err(format!("{db} is out of reach: there is no such file"));
    }
    let store = Store::open(db).map_err(|error| error.to_string())?;
    let erased = runtime()?.block_on(store.erase(id.clone(), now())).map_err(|error| error.to_string())?;
    store.close();
    if !erased {
        return Err(format!("{id}: there is nothing to erase"));
    }
    println!("{id}: what was said is erased; copies made before still hold it");
    Ok(ExitCode::SUCCESS)
}

/// The time.
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

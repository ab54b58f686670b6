//! What is still to be told to other programs, and their secrets.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use receiver::store::{self, Letter};
use receiver::webhooks::{self, Endpoint, Secret};

use crate::arguments::Webhooks;
use crate::upkeep::now;

/// Reads the operator's file. It holds secrets, so that nobody else should read it.
pub fn read(path: &Path) -> Result<Vec<Endpoint>, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("{} is out of reach: {error}", path.display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let open = std::fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o004 != 0);
        if open {
            eprintln!(
                "{}: everybody on this machine may read it; chmod o-r keeps its secrets",
                path.display()
            );
        }
    }
    webhooks::read(&text).map_err(|faults| format!("{}: {}", path.display(), faults.join("; ")))
}

/// Shows the outbox, or brings back what was given up.
pub fn run(asked: &Webhooks) -> Result<ExitCode, String> {
    if let Some(name) = &asked.replay {
        let only = (name != "all").then_some(name.as_str());
        let count = store::replay(&asked.db, only, now()).map_err(|error| error.to_string())?;
        println!("{count} are tried again");
        return Ok(ExitCode::SUCCESS);
    }
    let (mut out, mut written, mut count) = (io::stdout().lock(), Ok(()), 0);
    let mut each = |letter: Letter| {
        count += 1;
        if written.is_ok() {
            written = writeln!(out, "{}", if asked.as_json { json(&letter) } else { words(&letter) });
        }
    };
    store::letters(&asked.db, &mut each).map_err(|error| error.to_string())?;
    if count == 0 && !asked.as_json {
        println!("everything has been told");
    }
    written.map(|()| ExitCode::SUCCESS).map_err(|error| error.to_string())
}

fn json(letter: &Letter) -> String {
    serde_json::json!({
        "webhook": letter.endpoint,
        "state": letter.state,
        "id": letter.id,
        "kind": letter.kind,
        "tries": letter.attempts,
        "since": letter.since.to_rfc3339(),
        "next": (letter.state == "waiting").then(|| letter.next.to_rfc3339()),
        "said": letter.said,
    })
    .to_string()
}

fn words(letter: &Letter) -> String {
    let Letter { endpoint, state, id, kind, attempts, said, .. } = letter;
    let mut text = format!("{endpoint}  {state}  {kind} {id}  since {}", letter.since.to_rfc3339());
    if *attempts > 0 {
        text.push_str(&format!("  {attempts} tries, the last: {said}"));
    }
    if state == "waiting" {
        text.push_str(&format!("  next {}", letter.next.to_rfc3339()));
    }
    text
}

/// Makes a secret.
pub fn secret() -> Result<ExitCode, String> {
    println!("{}", Secret::fresh().ok_or("the system has no randomness")?);
    Ok(ExitCode::SUCCESS)
}

//! What a visitor downloads, against the budgets. 1 KB is 1024 bytes after brotli 11.
//!
//! A budget has an aim, which the product has promised itself, and a limit, which fails the build. Where the aim is yet
//! to be reached, or was passed, the limit stands just above what is reached, so that no commit makes it worse: lower it
//! with each gain.

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::dist::Built;

const KB: usize = 1024;

/// A sum of files and what it may weigh.
struct Budget {
    name: &'static str,
    /// Roles that are added up. `locale-*` stands for each locale but English, judged one by one.
    roles: &'static [&'static str],
    /// Of these only the heaviest is added: a customer opens one.
    one_of: &'static [&'static str],
    aim: usize,
    most: usize,
}

const BUDGETS: [Budget; 7] = [
    Budget::of("loader with launcher styles", &["loader"], 3 * KB, 3 * KB),
    Budget::of("opening the menu", &["panel", "widget", "wasm", "locale-en"], 80 * KB, 64 * KB),
    Budget {
        one_of: &["part-answers", "part-complaint", "part-feedback", "part-rating", "part-status"],
        ..Budget::of(
            "opening any view",
            &["panel", "widget", "wasm", "locale-en", "part-shared"],
            80 * KB,
            80 * KB,
        )
    },
    Budget::of(
        "opening an answer",
        &["panel", "widget", "wasm", "locale-en", "part-shared", "part-answers"],
        80 * KB,
        78 * KB,
    ),
    // The first letter typed into the search field brings the search with its lists of words.
    Budget::of(
        "searching the answers",
        &["panel", "widget", "wasm", "locale-en", "part-shared", "part-answers", "part-search"],
        100 * KB,
        97 * KB,
    ),
    Budget::of("one more locale", &["locale-*"], 4 * KB, 4 * KB),
    Budget::of("sender", &["sender"], 4 * KB, 4 * KB),
];

impl Budget {
    const fn of(name: &'static str, roles: &'static [&'static str], aim: usize, most: usize) -> Self {
        Self { name, roles, one_of: &[], aim, most }
    }
}

/// A budget with what was measured.
struct Measured {
    name: String,
    brotli: usize,
    aim: usize,
    most: usize,
}

impl Measured {
    fn fits(&self) -> bool {
        self.brotli <= self.most
    }
}

/// Prints files and budgets; fails when one is exceeded.
pub fn report(files: &[Built], as_json: bool) -> Result<()> {
    let measured = measure(files)?;
    if as_json {
        println!("{}", serde_json::to_string_pretty(&to_json(files, &measured))?);
    } else {
        print_table(files, &measured);
    }
    let over: Vec<&str> =
        measured.iter().filter(|budget| !budget.fits()).map(|budget| budget.name.as_str()).collect();
    if !over.is_empty() {
        bail!("over budget: {}", over.join(", "));
    }
    Ok(())
}

fn measure(files: &[Built]) -> Result<Vec<Measured>> {
    let mut measured = Vec::new();
    for budget in BUDGETS {
        if budget.roles == ["locale-*"] {
            let others =
                files.iter().filter(|built| built.role.starts_with("locale-") && built.role != "locale-en");
            measured.extend(others.map(|built| Measured {
                name: format!("{} ({})", budget.name, built.role.trim_start_matches("locale-")),
                brotli: built.brotli,
                aim: budget.aim,
                most: budget.most,
            }));
            continue;
        }
        let brotli_of = |role: &str| match files.iter().find(|built| built.role == role) {
            Some(built) => Ok(built.brotli),
            None => bail!("the build has no file for `{role}`"),
        };
        let mut brotli = 0;
        for role in budget.roles {
            brotli += brotli_of(role)?;
        }
        let mut heaviest = 0;
        for role in budget.one_of {
            heaviest = heaviest.max(brotli_of(role)?);
        }
        brotli += heaviest;
        measured.push(Measured { name: budget.name.into(), brotli, aim: budget.aim, most: budget.most });
    }
    Ok(measured)
}

fn to_json(files: &[Built], measured: &[Measured]) -> Value {
    let files: Vec<Value> = files
        .iter()
        .map(|built| json!({"file": built.file, "role": built.role, "bytes": built.bytes, "brotli": built.brotli}))
        .collect();
    let budgets: Vec<Value> = measured
        .iter()
        .map(|budget| json!({"name": budget.name, "brotli": budget.brotli, "aim": budget.aim, "most": budget.most, "fits": budget.fits()}))
        .collect();
    json!({ "files": files, "budgets": budgets })
}

fn print_table(files: &[Built], measured: &[Measured]) {
    println!("\n{:<34} {:>10} {:>10}", "file", "bytes", "brotli");
    for built in files {
        println!("{:<34} {:>10} {:>10}", built.file, built.bytes, built.brotli);
    }
    println!("\n{:<34} {:>10} {:>10} {:>10}", "budget (1 KB = 1024 bytes)", "brotli", "aim", "at most");
    for budget in measured {
        let verdict = match (budget.fits(), budget.brotli <= budget.aim) {
            (true, true) => "",
            (true, false) => "  over its aim",
            (false, _) => "  over",
        };
        println!("{:<34} {:>10} {:>10} {:>10}{verdict}", budget.name, budget.brotli, budget.aim, budget.most);
    }
    println!();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(role: &str, brotli: usize) -> Built {
        Built { file: role.into(), role: role.into(), bytes: brotli, brotli, integrity: String::new() }
    }

    #[test]
    fn sums_fit_up_to_the_last_byte() {
        let mut files = vec![
            built("loader", 3 * KB),
            built("panel", 5 * KB),
            built("widget", 5 * KB),
            built("wasm", 65_000 - 20 * KB),
            built("locale-en", 10 * KB),
            built("locale-zh-Hans", 4 * KB),
            built("sender", 4 * KB),
            built("part-shared", 80 * KB - 65_000 - 5 * KB),
            built("part-answers", KB),
            built("part-search", 15 * KB),
            built("part-complaint", 5 * KB),
            built("part-feedback", KB),
            built("part-rating", 5 * KB),
            built("part-status", 5 * KB),
        ];
        assert!(report(&files, true).is_ok());
        files[5].brotli += 1;
        assert_eq!(report(&files, true).unwrap_err().to_string(), "over budget: one more locale (zh-Hans)");
        files[5].brotli -= 1;
        files[12].brotli += 1;
        assert_eq!(report(&files, true).unwrap_err().to_string(), "over budget: opening any view");
        assert!(report(&files[1..], true).is_err(), "a missing file is no small file");
    }
}

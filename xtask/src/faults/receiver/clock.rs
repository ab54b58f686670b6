//! R13: the clock of the server is a year off, forwards and backwards, and summer time begins within a promise.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use domain::calendar::Timestamp;
use serde_json::Value;

use super::Bench;
use super::client::{Client, complaint};
use super::disk::library;
use super::program::Program;

const YEAR_S: i64 = 365 * 24 * 60 * 60;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// R13: promises follow the clock that the receiver has, and the order of the rows is that of their arrival.
pub fn shifted(bench: &Bench) -> Result<String> {
    let folder = bench.place("R13")?;
    let config = folder.join("all-ears.json");
    std::fs::write(&config, r#"{"version":1,"complaint":{"promise":{"time_zone":"Europe/London"}}}"#)?;
    let now_s = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    // The Fridays before the clocks in London change: two working days later it is the same time there, another in UTC.
    let spring = Timestamp::parse_rfc3339("2027-03-26T15:00:00Z").context("a time")?.0 / 1_000 - now_s;
    let autumn = Timestamp::parse_rfc3339("2027-10-29T15:00:00Z").context("a time")?.0 / 1_000 - now_s;
    let mut number = 0;
    for (shift, ends) in
        [(0, ""), (YEAR_S, ""), (-YEAR_S, ""), (spring, "-30T14:05:00.000Z"), (autumn, "-02T16:05:00.000Z")]
    {
        let config = config.to_string_lossy();
        let program = Program::on_file(&bench.program, &folder)
            .told(&["--config", &config])
            .with("LD_PRELOAD", library(bench)?.to_string_lossy())
            .with("ALL_EARS_CLOCK_SHIFT_S", shift.to_string());
        let running = program.start()?;
        for _ in 0..3 {
            number += 1;
            let answer = Client::open(&running.address)?.post(&complaint(number))?;
            let receipt: Value = serde_json::from_str(&answer.body)?;
            let time = |key: &str| receipt[key].as_str().and_then(Timestamp::parse_rfc3339).map(|at| at.0);
            let (Some(received), Some(reply)) = (time("received_at"), time("reply_by")) else {
                bail!("a receipt without times: {}", answer.body);
            };
            if (received / 1_000 - now_s - shift).abs() > 120 {
                bail!("with the clock off by {shift} s it is received at {}", receipt["received_at"]);
            }
            if !(0..12 * DAY_MS).contains(&(reply - received))
                || !receipt["reply_by"].as_str().unwrap_or_default().ends_with(ends)
            {
                bail!("received {}, promised {}", receipt["received_at"], receipt["reply_by"]);
            }
        }
    }
    let program = Program::on_file(&bench.program, &folder);
    let (_, lines) = program.command(&["export", "--db", &program.db, "--format", "jsonl"])?;
    let ids: Vec<String> = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|line| line["submission"]["id"].as_str().map(str::to_owned))
        .collect();
    if ids != (1..=number).map(super::client::id).collect::<Vec<_>>() {
        bail!("the order of arrival is lost: {ids:?}");
    }
    program
        .verify(&ids)
        .and_then(|report| if report["sound"] == true { Ok(()) } else { bail!("{report}") })?;
    Ok(format!("{number} promises at 0, ±1 year and across both changes of the clocks, order kept"))
}

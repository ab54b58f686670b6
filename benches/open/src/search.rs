//! The search in Chromium: how long an index takes, how long a query, and how much memory; on this machine's processor
//! and on one four times slower.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::chrome::Chrome;
use crate::page::{Pace, Page, number, text};

/// What one call of the builder reads, in bytes, as in the widget.
const BUDGET: u32 = 8_000;
/// Pages of each kind; of each figure the middle one is told.
const ROUNDS: usize = 5;
const SIZES: [u32; 3] = [200, 2_000, 20_000];

/// Measures what lies in the folder: `glue.js`, `module.wasm`, `queries.txt`, and an FAQ for each size.
pub fn measure(folder: &Path, as_json: bool) -> Result<()> {
    let read = |name: &str| {
        fs::read_to_string(folder.join(name)).with_context(|| folder.join(name).display().to_string())
    };
    let glue = json!(read("glue.js")?);
    let module = json!(base64(&fs::read(folder.join("module.wasm"))?));
    let queries = json!(read("queries.txt")?.lines().collect::<Vec<_>>());
    let mut chrome = Chrome::start()?;
    let version = text(&chrome.call("", "Browser.getVersion", &json!({}))?["product"])?;
    let mut rows = Vec::new();
    for pace in [Pace::Full, Pace::SlowProcessor] {
        for size in SIZES {
            let faq = json!(read(&format!("{size}.tsv"))?);
            let measure = include_str!("search.js");
            let expression = format!("({measure})({glue}, {module}, {faq}, {queries}, {BUDGET})");
            let mut all = Vec::new();
            for _ in 0..ROUNDS {
                let mut page = Page::open(&mut chrome, pace)?;
                all.push(page.ask(&expression).context("measuring the search in the page")?);
            }
            let mut figures = middle(&all);
            figures["slower"] = json!(if pace == Pace::Full { 1 } else { 4 });
            rows.push(figures);
        }
    }
    if as_json {
        println!("{}", serde_json::to_string_pretty(&json!({ "browser": version, "search": rows }))?);
        return Ok(());
    }
    println!("\n{version}, the search as WebAssembly; milliseconds\n");
    println!(
        "| processor | entries | word lists | index | longest step | index, warm | its longest step | query | slowest query | memory, MB |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for row in &rows {
        println!("{}", line(row)?);
    }
    Ok(())
}

/// Of each figure the middle one.
fn middle(all: &[Value]) -> Value {
    let mut out = Map::new();
    for (name, _) in all.iter().filter_map(Value::as_object).flatten() {
        let mut figures: Vec<f64> = all.iter().filter_map(|one| one[name].as_f64()).collect();
        figures.sort_by(f64::total_cmp);
        out.insert(name.clone(), json!(figures.get(figures.len() / 2)));
    }
    Value::Object(out)
}

fn line(row: &Value) -> Result<String> {
    let of = |name: &str| number(&row[name]);
    let processor = if row["slower"] == 1 { "as it is" } else { "a quarter" };
    Ok(format!(
        "| {processor} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.2} | {:.1} | {:.1} |",
        of("entries")?,
        of("lists_ms")?,
        of("first_ms")?,
        of("first_longest_ms")?,
        of("best_ms")?,
        of("best_longest_ms")?,
        of("query_ms")?,
        of("worst_ms")?,
        of("memory_mb")?
    ))
}

/// Bytes as text, so that they fit into an expression.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at)) as usize & 63];
            out.push(if at <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn bytes_become_text() {
        for (bytes, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
        assert_eq!(base64(&[255, 254, 253]), "//79");
    }
}

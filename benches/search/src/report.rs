//! The figures as tables in Markdown, as `docs/answers.md` has them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::quality::Table;

/// Prints one table for each measure: rows are kinds of query, columns who searched.
pub fn print_quality(tables: &[(String, Table)]) {
    let Some((_, first)) = tables.last() else { return };
    print!("\nMRR@10 / Hit@3 / nDCG@10\n\n| | queries |");
    for (name, _) in tables {
        print!(" {name} |");
    }
    println!("\n| --- | ---: |{}", " ---: |".repeat(tables.len()));
    for (row, last) in first {
        print!("| {row} | {} |", last.queries);
        for (_, table) in tables {
            match table.get(row) {
                Some(found) => print!(" {:.3} / {:.3} / {:.3} |", found.mrr(), found.hit3(), found.ndcg()),
                None => print!(" |"),
            }
        }
        println!();
    }
}

/// Prints what each took at each size.
pub fn print_speed(speeds: &BTreeMap<usize, BTreeMap<String, Value>>) {
    println!("\n| entries | | index, ms | query, µs | slowest query, µs | memory, MB |");
    println!("| ---: | --- | ---: | ---: | ---: | ---: |");
    for (size, row) in speeds {
        for (name, figures) in row {
            let figure =
                |key: &str| figures[key].as_f64().map_or("–".to_owned(), |number| format!("{number:.1}"));
            println!(
                "| {size} | {name} | {} | {} | {} | {} |",
                figure("index_ms"),
                figure("query_us"),
                figure("worst_us"),
                figure("heap_mb")
            );
        }
        let step = row.values().find_map(|figures| figures["longest_step_ms"].as_f64());
        if let Some(step) = step {
            println!("| {size} | longest step of our index | {step:.2} | | | |");
        }
    }
}

/// A table as JSON.
pub fn to_json(table: &Table) -> Value {
    let row = |(name, found): (&String, &crate::quality::Quality)| {
        let figures = json!({
            "queries": found.queries, "mrr": found.mrr(), "hit3": found.hit3(), "ndcg": found.ndcg()
        });
        (name.clone(), figures)
    };
    Value::Object(table.iter().map(row).collect())
}

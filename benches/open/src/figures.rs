//! What was measured, round by round, and how it is shown: medians, and between what they lie.

use serde_json::{Value, json};

use crate::subject::Subject;

/// One measure with the values of all rounds.
struct Row {
    name: String,
    unit: &'static str,
    widget: Vec<f64>,
    vanilla: Vec<f64>,
}

/// All measures, in the order in which they were taken first.
#[derive(Default)]
pub struct Figures(Vec<Row>);

impl Figures {
    /// Writes down one value.
    pub fn add(&mut self, name: &str, unit: &'static str, subject: Subject, value: f64) {
        let place = self.0.iter().position(|row| row.name == name && row.unit == unit).unwrap_or_else(|| {
            self.0.push(Row { name: name.to_owned(), unit, widget: Vec::new(), vanilla: Vec::new() });
            self.0.len() - 1
        });
        let row = &mut self.0[place];
        match subject {
            Subject::Widget => row.widget.push(value),
            Subject::Vanilla => row.vanilla.push(value),
            Subject::Empty => {}
        }
    }

    /// A table of Markdown.
    pub fn table(&self) -> String {
        let mut text = String::from("| measure | widget | vanilla form |\n| --- | ---: | ---: |\n");
        for row in &self.0 {
            let name =
                if row.unit.is_empty() { row.name.clone() } else { format!("{}, {}", row.name, row.unit) };
            let line =
                format!("| {name} | {} | {} |\n", cell(&row.widget, row.unit), cell(&row.vanilla, row.unit));
            text.push_str(&line);
        }
        text
    }

    /// The same for programs, with every value.
    pub fn json(&self) -> Value {
        let subject = |values: &[f64]| {
            let (low, middle, high) = spread(values);
            json!({ "median": rounded(middle), "min": rounded(low), "max": rounded(high) })
        };
        let row = |row: &Row| {
            json!({
                "measure": row.name, "unit": row.unit,
                "widget": subject(&row.widget), "vanilla": subject(&row.vanilla),
            })
        };
        self.0.iter().map(row).collect()
    }
}

/// Median, and from where to where the values go if they differ.
fn cell(values: &[f64], unit: &str) -> String {
    let places = if unit == "KB" { 1 } else { 0 };
    let show = |value: f64| {
        let text = format!("{value:.places$}");
        if text.trim_matches(['-', '0', '.']).is_empty() { text.replace('-', "") } else { text }
    };
    let (low, middle, high) = spread(values);
    let (low, middle, high) = (show(low), show(middle), show(high));
    if low == high { middle } else { format!("{middle} ({low}–{high})") }
}

fn spread(values: &[f64]) -> (f64, f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.as_slice() {
        [] => (f64::NAN, f64::NAN, f64::NAN),
        [low, .., high] => {
            let middle = sorted.len() / 2;
            let median = if sorted.len() % 2 == 1 {
                sorted[middle]
            } else {
                (sorted[middle - 1] + sorted[middle]) / 2.0
            };
            (*low, median, *high)
        }
        [only] => (*only, *only, *only),
    }
}

fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_stands_with_its_bounds() {
        let mut figures = Figures::default();
        for value in [30.0, 10.0, 20.4] {
            figures.add("press", "ms", Subject::Widget, value);
            figures.add("press", "ms", Subject::Vanilla, -0.1);
        }
        assert!(figures.table().ends_with("| press, ms | 20 (10–30) | 0 |\n"), "{}", figures.table());
        assert_eq!(figures.json()[0]["widget"]["median"], 20.4);
        assert_eq!(spread(&[1.0, 2.0]), (1.0, 1.5, 2.0));
    }
}

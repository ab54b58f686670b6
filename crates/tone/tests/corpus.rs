//! The packs against sentences of many trades. One half of them (`look`) was looked at while the rules were written;
//! of the other (`apart`) only the figures. `cargo test -p all-ears-tone --test corpus -- --nocapture` prints both.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops hard, and prints its figures"
)]

use std::collections::BTreeMap;
use std::fs;

use tone::{Checker, Voice};

/// What is measured on a file of `family TAB sentence`; families that begin with `ok` are to pass.
#[derive(Debug, Default)]
struct Figures {
    caught: u32,
    missed: u32,
    false_alarms: u32,
    passed: u32,
    suggested: u32,
    ready: u32,
    clean: u32,
    families: BTreeMap<String, (u32, u32)>,
}

impl Figures {
    fn of(locale: &str, half: &str) -> Self {
        let checker = Checker::for_locale(locale).unwrap();
        let path = format!("{}/tests/corpus/{locale}.{half}.tsv", env!("CARGO_MANIFEST_DIR"));
        let mut figures = Self::default();
        for line in fs::read_to_string(path).unwrap().lines().skip(1) {
            let (family, sentence) = line.split_once('\t').unwrap();
            let findings = checker.check(sentence, Voice::Service);
            let found = findings.iter().any(|finding| !finding.open);
            match (family.starts_with("ok"), found) {
                (true, true) => figures.false_alarms += 1,
                (true, false) => figures.passed += 1,
                (false, _) => {
                    let count = figures.families.entry(family.to_owned()).or_default();
                    count.0 += u32::from(found);
                    count.1 += 1;
                    figures.caught += u32::from(found);
                    figures.missed += u32::from(!found);
                    if let Some(best) = Checker::rewrites(sentence, &findings).first() {
                        figures.suggested += 1;
                        figures.ready += u32::from(!best.contains('['));
                        figures.clean += u32::from(checker.is_clean(best, Voice::Service));
                    }
                }
            }
        }
        figures
    }

    fn precision(&self) -> f64 {
        share(self.caught, self.caught + self.false_alarms)
    }

    fn recall(&self) -> f64 {
        share(self.caught, self.caught + self.missed)
    }

    fn by_family(&self) -> f64 {
        let shares: Vec<f64> = self.families.values().map(|(caught, all)| share(*caught, *all)).collect();
        shares.iter().sum::<f64>() / f64::from(u32::try_from(shares.len()).unwrap())
    }

    fn alarms(&self) -> f64 {
        share(self.false_alarms, self.false_alarms + self.passed)
    }
}

fn share(part: u32, all: u32) -> f64 {
    f64::from(part) / f64::from(all.max(1))
}

#[test]
fn the_packs_keep_their_figures() {
    let mut told = Vec::new();
    for locale in tone::LOCALES {
        for half in ["look", "apart"] {
            let figures = Figures::of(locale, half);
            println!(
                "{locale:8} {half:6} sentences {:4} precision {:.3} recall {:.3} by family {:.3} alarms {:.3} suggested {:.3} clean {:.3} ready {} of {}",
                figures.caught + figures.missed + figures.false_alarms + figures.passed,
                figures.precision(),
                figures.recall(),
                figures.by_family(),
                figures.alarms(),
                share(figures.suggested, figures.caught),
                share(figures.clean, figures.suggested),
                figures.ready,
                figures.suggested,
            );
            told.push((locale, half, figures));
        }
    }
    for (locale, half, figures) in told {
        let at = format!("{locale} {half}: {figures:?}");
        assert!(figures.precision() >= 0.93, "{at}");
        assert!(figures.recall() >= 0.92, "{at}");
        assert!(figures.by_family() >= 0.90, "{at}");
        assert!(figures.alarms() <= 0.06, "{at}");
        assert!(share(figures.suggested, figures.caught) >= 0.93, "{at}");
        assert_eq!(figures.clean, figures.suggested, "{at}");
    }
}

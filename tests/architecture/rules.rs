//! The rules of the house as tables: the tests hold the code to them, `cargo xtask generate` prints them in
//! `docs/architecture.md`. A new crate, room or exception changes a table here, with its reason beside it.

/// A rule, and who refuses what breaks it.
pub struct Rule {
    pub name: &'static str,
    pub says: &'static str,
    pub held_by: &'static str,
}

/// R1 to R10.
pub const RULES: [Rule; 10] = [
    rule(
        "R1",
        "`domain` depends on nothing and reads neither clock nor disk nor network; `wire` depends on `domain`, serde and serde_json",
        "`packages.rs`: the manifests against a table; a scan for parts of `std`",
    ),
    rule(
        "R2",
        "Receiver, command line and xtask never depend on the widget, the widget never on them",
        "`packages.rs`: the same table",
    ),
    rule(
        "R3",
        "The browser (web-sys, js-sys, gloo, wasm-bindgen) is named only in `platform/`, `bindings.rs` and `components/dom.rs`, and where the checker is bound for authoring pages",
        "`rooms.rs`: a scan; `clippy.toml`: bans",
    ),
    rule("R4", "Inside `src/` rooms know each other only as the table below says", "`rooms.rs`: a scan"),
    rule(
        "R5",
        "`Serialize` and `Deserialize` are derived only in `wire` and for the receiver's own configuration",
        "`rooms.rs`: a scan",
    ),
    rule(
        "R6",
        "`Action` and `Effect` are closed enums, matched without `_`",
        "clippy `wildcard_enum_match_arm`; `packages.rs`: nobody leaves the lint table",
    ),
    rule(
        "R7",
        "Every text that a person reads is a `MessageKey`; `html!` holds no literal",
        "`texts.rs`: a scan",
    ),
    rule(
        "R8",
        "No `unsafe`; no `unwrap`, `expect`, `todo`, `dbg!` or printing outside tests and xtask",
        "the lint table; `packages.rs`: nobody leaves it",
    ),
    rule(
        "R9",
        "A file has at most 400 lines (views and components 200), a function 70",
        "`tidy.rs`: a count; clippy `too_many_lines`",
    ),
    rule("R10", "Generated files are current", "`cargo xtask generate`, run by the test"),
];

const fn rule(name: &'static str, says: &'static str, held_by: &'static str) -> Rule {
    Rule { name, says, held_by }
}

/// A package, and which packages of the workspace it may depend on (R1, R2).
pub struct Package {
    pub name: &'static str,
    pub knows: &'static [&'static str],
    /// All that it may depend on from elsewhere; `None` leaves that open.
    pub outside: Option<&'static [&'static str]>,
}

pub const PACKAGES: [Package; 12] = [
    Package { name: "all-ears-domain", knows: &[], outside: Some(&[]) },
    Package { name: "all-ears-wire", knows: &["all-ears-domain"], outside: Some(&["serde", "serde_json"]) },
    // The language checker is for authors: a package of its own, so that nothing of it reaches a visitor, and without
    // dependencies, so that it can run wherever texts are written.
    Package { name: "all-ears-tone", knows: &[], outside: Some(&[]) },
    // The same checker for pages on which texts are written. Beside the widget, so that a visitor's module never holds it.
    Package {
        name: "all-ears-authoring",
        knows: &["all-ears-tone"],
        outside: Some(&["wasm-bindgen", "js-sys"]),
    },
    Package { name: "all-ears", knows: &["all-ears-domain", "all-ears-wire"], outside: None },
    Package { name: "all-ears-receiver", knows: &["all-ears-domain", "all-ears-wire"], outside: None },
    Package {
        name: "all-ears-cli",
        knows: &["all-ears-domain", "all-ears-wire", "all-ears-tone", "all-ears-receiver"],
        outside: None,
    },
    // xtask prints the manual of the options, which `wire` writes.
    Package { name: "xtask", knows: &["all-ears-domain", "all-ears-wire"], outside: None },
    // The journeys use what a host page can use, so they know no package.
    Package { name: "all-ears-e2e", knows: &[], outside: None },
    Package { name: "all-ears-bench", knows: &[], outside: None },
    // The search is measured without the widget around it.
    Package { name: "all-ears-bench-search", knows: &["all-ears-domain"], outside: None },
    Package { name: "all-ears-bench-search-wasm", knows: &["all-ears-domain"], outside: None },
];

/// Parts of `std` that the domain leaves alone (R1): what it needs to know is handed in.
pub const NOT_IN_DOMAIN: [&str; 9] =
    ["SystemTime", "Instant", "HashMap", "env", "fs", "io", "net", "process", "thread"];

/// A room of the widget and what it may name (R4).
pub struct Room {
    pub name: &'static str,
    pub rooms: &'static [&'static str],
    pub crates: &'static [&'static str],
}

pub const ROOMS: [Room; 7] = [
    Room { name: "components", rooms: &[], crates: &[] },
    Room { name: "i18n", rooms: &[], crates: &["domain"] },
    Room { name: "views", rooms: &["components", "i18n"], crates: &["domain"] },
    Room { name: "platform", rooms: &[], crates: &["domain", "wire"] },
    // Where the module is cut: what stands here is called from the main part and lives in another.
    Room { name: "parts", rooms: &["views", "platform"], crates: &["domain", "wire"] },
    Room { name: "app", rooms: &["parts", "views", "platform", "i18n"], crates: &["domain"] },
    // The functions of the loader come in through bindings and are kept by the platform's `Host`. What the page gets
    // wrong is told by a part of its own.
    Room { name: "bindings", rooms: &["app", "parts", "platform"], crates: &["domain", "wire"] },
];

/// The crates through which the browser is reached (R3), and the files that may name them.
pub const BROWSER: [&str; 6] =
    ["web_sys", "js_sys", "gloo", "wasm_bindgen", "wasm_bindgen_futures", "serde_wasm_bindgen"];
pub const BROWSER_EDGE: [&str; 4] =
    ["src/platform/", "src/bindings.rs", "src/components/dom.rs", "crates/authoring/src/lib.rs"];

/// Where serde may be derived (R5).
pub const SERDE_DERIVED: [&str; 2] = ["crates/wire/src/", "receiver/src/config.rs"];

/// Lints that no product code may switch off (R6, R8).
pub const FIRM_LINTS: [&str; 9] = [
    "unsafe_code",
    "wildcard_enum_match_arm",
    "unwrap_used",
    "expect_used",
    "panic",
    "todo",
    "unimplemented",
    "dbg_macro",
    "too_many_lines",
];

/// The longest file, and the longest of what should stay small (R9).
pub const FILE_LINES_MAX: usize = 400;
pub const SMALL_FILE_LINES_MAX: usize = 200;
pub const SMALL_FILES: [&str; 2] = ["src/views/", "src/components/"];
pub const FUNCTION_LINES_MAX: usize = 70;

/// Where a test may let time pass: the harness plays slow networks, and the moment of a power cut is a time.
pub const MAY_SLEEP: [&str; 2] = ["tests/e2e/src/", "cli/tests/kill.rs"];

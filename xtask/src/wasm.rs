//! The widget as WebAssembly: compiled with a `std` of its own, bound to JavaScript, made small.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use walrus::{ConstExpr, Element, ElementItems, Module};
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::lean;
use crate::project::{Project, Step, ask, run};
use crate::split;

/// What browsers of the last years have; `--all-features` would emit encodings that they refuse. Inlining is off:
/// it makes the module smaller, and what travels larger. So is the sharing of common terms, for the same reason.
pub const WASM_OPT: [&str; 15] = [
    "-Oz",
    "--always-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    "--skip-pass=local-cse",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
    "--quiet",
];

/// The parts as `src/parts.rs` names them, and what they share.
pub const PARTS: [&str; 9] =
    ["answers", "check", "complaint", "feedback", "files", "rating", "search", "status", split::SHARED];

/// What comes out: JavaScript that loads the module, the module, and its parts.
pub struct Widget {
    /// The glue as wasm-bindgen wrote it, an ES module.
    pub glue: PathBuf,
    /// The optimised module.
    pub module: PathBuf,
    /// The parts that are fetched later, by name.
    pub parts: Vec<(String, PathBuf)>,
}

/// Compiles, cuts, binds and shrinks the widget.
pub fn build(project: &Project) -> Result<Widget> {
    let compiled = compile(project)?;
    let bound = project.staging().join("wasm");
    let part = |name: &str| (name.to_owned(), bound.join(name).with_extension("wasm"));
    let parts: Vec<_> = PARTS.into_iter().map(part).collect();
    let widget = Widget { glue: bound.join("widget.js"), module: bound.join("widget.wasm"), parts };
    let version = bindgen_version(project)?;
    let after = split::AFTER;
    let recipe = format!(
        "bindgen {version}, thin, tidy, shortest names, parts {PARTS:?}, {after:?}, {}",
        WASM_OPT.join(" ")
    );
    let lock = project.root.join("package-lock.json");
    let mut outputs = vec![widget.glue.clone(), widget.module.clone()];
    outputs.extend(widget.parts.iter().map(|(_, path)| path.clone()));
    Step::new(project, "wasm", &recipe, &[compiled.clone(), lock], &outputs)?.run(|| {
        let cut = split::cut(project, &compiled, &project.staging().join("cut"))?;
        bind(&cut.main, &bound)?;
        shrink(project, &bound.join("widget_bg.wasm"), &widget.module)?;
        for (name, path) in &cut.parts {
            let (_, target) = widget.parts.iter().find(|(known, _)| known == name).with_context(|| {
                format!("`{name}` is a part in src/parts.rs, and unknown to xtask/src/wasm.rs")
            })?;
            shrink(project, path, target)?;
        }
        Ok(())
    })?;
    Ok(widget)
}

fn shrink(project: &Project, from: &Path, to: &Path) -> Result<()> {
    run(project.npm_bin("wasm-opt").args(WASM_OPT).arg(from).arg("-o").arg(to))?;
    println!("wasm-opt: {} → {} bytes", fs::metadata(from)?.len(), fs::metadata(to)?.len());
    Ok(())
}

/// `std` is compiled from source for size, and a panic is one instruction.
fn compile(project: &Project) -> Result<PathBuf> {
    compile_package(project, "all-ears").context("the widget did not compile for WebAssembly")
}

/// Compiles a package the way the widget is.
pub fn compile_package(project: &Project, package: &str) -> Result<PathBuf> {
    let target = project.target.join("wasm");
    run(project
        .cargo()
        .args(["build", "--quiet", "--package", package, "--lib", "--profile", "wasm"])
        .args(["--target", "wasm32-unknown-unknown"])
        .args(lean::arguments(project)?)
        .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", rust_flags(project).join("\u{1f}"))
        .env("CARGO_TARGET_DIR", &target))?;
    Ok(target.join("wasm32-unknown-unknown/wasm").join(package.replace('-', "_")).with_extension("wasm"))
}

/// Paths of this machine are taken out, so that each machine builds the same bytes.
fn rust_flags(project: &Project) -> Vec<String> {
    // Where a panic stood and what a value looks like in debugging is of no use to a trap.
    let lean = [
        "-Zunstable-options",
        "-Cpanic=immediate-abort",
        "-Zlocation-detail=none",
        "-Zfmt-debug=none",
        "-Clink-arg=--emit-relocs",
        // Half of the usual: what is read nests 32 deep at most, and addresses behind the stack are a byte shorter.
        "-Clink-arg=-zstack-size=524288",
    ];
    let mut flags: Vec<String> = lean.map(String::from).to_vec();
    let sysroot = ask(project.command("rustc").args(["--print", "sysroot"])).map(PathBuf::from);
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let places = [(Some(project.root.clone()), "."), (sysroot, "rust"), (cargo_home, "cargo")];
    for (folder, name) in places {
        if let Some(folder) = folder {
            flags.push(format!("--remap-path-prefix={}={name}", folder.display()));
        }
    }
    flags
}

/// Where the module imports from, as wasm-bindgen names it, and as the visitor's own does.
const GLUE: &str = "./widget_bg.js";
const SHORT_GLUE: &str = "w";
/// What names hold that module and glue share, and nobody else.
const SHARED: [&str; 4] = ["__wb", "wasm_bindgen", "__externref", "handle_"];

fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    let mut output = Bindgen::new()
        .input_path(compiled)
        .out_name("widget")
        .web(true)
        .context("wasm-bindgen refuses the web target")?
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The parts share the table of functions.
        .keep_lld_exports(true)
        .typescript(false)
        .generate_output()
        .context("wasm-bindgen could not bind the widget")?;
    tidy(output.wasm_mut());
    let names = shorten(&mut output);
    output.emit(folder)?;
    let glue = folder.join("widget.js");
    fs::write(&glue, rename(&fs::read_to_string(&glue)?.replace(GLUE, SHORT_GLUE), &names))?;
    Ok(())
}

/// Takes out what nobody asks for: places in the table that the parts fill, filled with nothing before, and what the
/// linker exports for debuggers. What the parts import gets its short name.
fn tidy(module: &mut Module) {
    let empty = |element: &Element| match &element.items {
        ElementItems::Functions(functions) => functions.is_empty(),
        ElementItems::Expressions(_, items) => items.iter().all(|item| matches!(item, ConstExpr::RefNull(_))),
    };
    let gone: Vec<_> =
        module.elements.iter().filter(|element| empty(element)).map(|element| element.id()).collect();
    for id in gone {
        for table in module.tables.iter_mut() {
            table.elem_segments.remove(&id);
        }
        module.elements.delete(id);
    }
    for name in ["__heap_base", "__data_end", "__abort_handler", "__instance_terminated"] {
        // Exports are looked for by name; one that is not there is none.
        let _known = module.exports.remove(name);
    }
    for export in module.exports.iter_mut() {
        export.name = split::short(&export.name).to_owned();
    }
}

/// The names by which module and glue know each other carry hashes, and travel twice: short ones take their place.
fn shorten(output: &mut Output) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let module = output.wasm_mut();
    let imports = module.imports.iter_mut().map(|import| &mut import.name);
    let exports = module.exports.iter_mut().map(|export| &mut export.name);
    let shared = |name: &&mut String| SHARED.iter().any(|part| name.contains(part));
    for name in imports.chain(exports).filter(shared) {
        let next = format!("w{}", names.len());
        let short = names.entry(name.clone()).or_insert(next);
        name.clone_from(short);
    }
    for import in module.imports.iter_mut().filter(|import| import.module == GLUE) {
        import.module = SHORT_GLUE.to_owned();
    }
    names
}

/// Replaces whole words.
fn rename(script: &str, names: &BTreeMap<String, String>) -> String {
    let outside =
        |character: char| !character.is_ascii_alphanumeric() && character != '_' && character != '$';
    let mut out = String::new();
    for piece in script.split_inclusive(outside) {
        let word = piece.trim_end_matches(outside);
        out.push_str(names.get(word).map_or(word, String::as_str));
        out.push_str(&piece[word.len()..]);
    }
    out
}

/// The library that binds must have the version of the library that was bound.
fn bindgen_version(project: &Project) -> Result<String> {
    let lock = fs::read_to_string(project.root.join("Cargo.lock"))?;
    let version_of = |name: &str| {
        let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
        rest.split('"').next().map(str::to_owned)
    };
    let widget = version_of("wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    let tool =
        version_of("wasm-bindgen-cli-support").context("Cargo.lock has no wasm-bindgen-cli-support")?;
    if widget != tool {
        bail!(
            "the widget uses wasm-bindgen {widget}, xtask binds with {tool}; \
             set `wasm-bindgen-cli-support = \"={widget}\"` in xtask/Cargo.toml"
        );
    }
    Ok(widget)
}

//! Cuts the widget's WebAssembly into a main module and the parts that screens fetch when they come: `wasm_split_cli_support`
//! follows the ways of `src/parts.rs` through the relocations that the linker leaves. What several parts share becomes
//! one module, which comes with the first of them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use walrus::{ExportItem, ImportKind, Module};
use wasm_split_cli_support::{Options, transform};

use crate::project::{Project, run};

/// The module of what several parts share.
pub const SHARED: &str = "shared";

/// Where the parts import from, as the splitter names it, and as the shared module does, which was merged.
const FROM_MAIN: &str = "__wasm_split";
const HANDED_ON: &str = "main";

/// What comes out of the cut.
pub struct Cut {
    /// To be bound to JavaScript.
    pub main: PathBuf,
    /// The parts by name, the shared one last.
    pub parts: Vec<(String, PathBuf)>,
}

/// Cuts the compiled module; `folder` is emptied first.
pub fn cut(project: &Project, compiled: &Path, folder: &Path) -> Result<Cut> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let wasm = fs::read(compiled).context("reading the compiled widget")?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(&wasm);
    options.output_dir = folder;
    options.main_out_path = &main;
    let cut = transform(options).map_err(|error| anyhow!("cutting the widget into parts: {error:?}"))?;
    let (mut parts, mut shared) = (Vec::new(), Vec::new());
    for path in cut.split_modules {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        match name.strip_prefix("split_") {
            Some(name) => parts.push((name.to_owned(), path.clone())),
            None => shared.push(path),
        }
    }
    parts.sort();
    shared.sort();
    parts.push((SHARED.to_owned(), merge(project, &shared, &folder.join("shared.wasm"))?));
    Ok(Cut { main, parts })
}

/// One module out of several. A module between them takes in what each of them imports, so that they import it once.
fn merge(project: &Project, modules: &[PathBuf], merged: &Path) -> Result<PathBuf> {
    let between = merged.with_file_name("between.wasm");
    hand_on(modules)?.emit_wasm_file(&between)?;
    let mut command = project.npm_bin("wasm-merge");
    command.arg(&between).arg(FROM_MAIN);
    for (at, module) in modules.iter().enumerate() {
        command.arg(module).arg(format!("shared{at}"));
    }
    command.args(["--enable-bulk-memory", "--enable-reference-types", "--enable-multivalue", "--quiet"]);
    run(command.args(["--enable-nontrapping-float-to-int", "--enable-sign-ext"]).arg("-o").arg(merged))?;
    Ok(merged.to_path_buf())
}

/// Imports what these modules import from the main one, and exports it by the same names.
fn hand_on(modules: &[PathBuf]) -> Result<Module> {
    let mut out = Module::default();
    for path in modules {
        let module = Module::from_file(path)?;
        for import in module.imports.iter() {
            if out.exports.iter().any(|known| known.name == import.name) {
                continue;
            }
            let name = import.name.as_str();
            let item: ExportItem = match import.kind {
                ImportKind::Memory(id) => {
                    let memory = module.memories.get(id);
                    let (initial, maximum) = (memory.initial, memory.maximum);
                    out.add_import_memory(HANDED_ON, name, false, false, initial, maximum, None).0.into()
                }
                ImportKind::Table(id) => {
                    let table = module.tables.get(id);
                    let (initial, maximum) = (table.initial, table.maximum);
                    out.add_import_table(HANDED_ON, name, false, initial, maximum, table.element_ty).0.into()
                }
                ImportKind::Global(id) => {
                    let global = module.globals.get(id);
                    out.add_import_global(HANDED_ON, name, global.ty, global.mutable, false).0.into()
                }
                ImportKind::Function(_) | ImportKind::Tag(_) => bail!("a part imports the function `{name}`"),
            };
            out.exports.add(name, item);
        }
    }
    Ok(out)
}

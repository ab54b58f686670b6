//! Cuts the widget's WebAssembly into a main module and the parts that screens fetch when they come: `wasm_split_cli_support`
//! follows the ways of `src/parts.rs` through the relocations that the linker leaves. What several parts share becomes
//! one module, which comes with the first of them; but what a part shares only with one that never comes without it
//! travels with that one.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use walrus::{ExportItem, ImportKind, Module};
use wasm_split_cli_support::{Options, transform};

use crate::descriptions;
use crate::project::{Project, run};

/// The module of what several parts share.
pub const SHARED: &str = "shared";

/// Parts that are called only where another one is, as `src/parts.rs` asks for them, and that other one.
pub const AFTER: [(&str, &str); 1] = [("search", "answers")];

/// Where the parts import from, as the splitter names it, and as the visitor's own does.
const FROM_MAIN: &str = "__wasm_split";
const FROM: &str = "m";
/// What they import, as the splitter names it: it travels with each of them under a short name.
const SHORT: [(&str, &str); 2] = [("__indirect_function_table", "t"), ("__wasm_split_shared0", "s")];

/// What comes out of the cut.
pub struct Cut {
    /// To be bound to JavaScript.
    pub main: PathBuf,
    /// The parts by name.
    pub parts: Vec<(String, PathBuf)>,
}

/// Cuts the compiled module; `folder` is emptied first.
pub fn cut(project: &Project, compiled: &Path, folder: &Path) -> Result<Cut> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let wasm = descriptions::thin(&fs::read(compiled).context("reading the compiled widget")?)?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(&wasm);
    options.output_dir = folder;
    options.main_out_path = &main;
    let cut = transform(options).map_err(|error| anyhow!("cutting the widget into parts: {error:?}"))?;
    let homes = homes(&cut.prefetch_map);
    let mut modules: BTreeMap<&str, Vec<PathBuf>> = BTreeMap::new();
    for path in cut.split_modules {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let home = homes.iter().find(|(known, _)| known.as_str() == stem).map_or(SHARED, |(_, home)| *home);
        modules.entry(home).or_default().push(path.clone());
    }
    let mut parts = Vec::new();
    for (name, mut modules) in modules {
        modules.sort();
        let merged = merge(project, &modules, &folder.join(name).with_extension("wasm"))?;
        parts.push((name.to_owned(), merged));
    }
    Ok(Cut { main, parts })
}

/// The part that each module travels in, by the module's name: `needed` holds the modules that each part needs.
fn homes(needed: &HashMap<String, Vec<String>>) -> BTreeMap<String, &str> {
    let mut homes = BTreeMap::new();
    for (part, modules) in needed {
        let own = format!("split_{part}");
        for module in modules {
            let part = part.as_str();
            let home = AFTER.iter().find(|(later, _)| *later == part && *module != own);
            let home = home.map_or(part, |(_, first)| first);
            homes
                .entry(module.clone())
                .and_modify(|known| {
                    if *known != home {
                        *known = SHARED
                    }
                })
                .or_insert(home);
        }
    }
    homes
}

/// What the parts import is exported by the main module under this name.
pub fn short(name: &str) -> &str {
    SHORT.iter().find(|(long, _)| *long == name).map_or(name, |(_, short)| short)
}

/// One module out of several. A module between them takes in what each of them imports, so that they import it once.
fn merge(project: &Project, modules: &[PathBuf], merged: &Path) -> Result<PathBuf> {
    let between = merged.with_extension("between.wasm");
    hand_on(modules)?.emit_wasm_file(&between)?;
    let mut command = project.npm_bin("wasm-merge");
    command.arg(&between).arg(FROM_MAIN);
    for (at, module) in modules.iter().enumerate() {
        command.arg(module).arg(format!("part{at}"));
    }
    command.args(["--enable-bulk-memory", "--enable-reference-types", "--enable-multivalue", "--quiet"]);
    run(command.args(["--enable-nontrapping-float-to-int", "--enable-sign-ext"]).arg("-o").arg(merged))?;
    Ok(merged.to_path_buf())
}

/// Imports what these modules import from the main one by short names, and exports it by those that they know.
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
                    out.add_import_memory(FROM, short(name), false, false, initial, maximum, None).0.into()
                }
                ImportKind::Table(id) => {
                    let table = module.tables.get(id);
                    let (initial, maximum) = (table.initial, table.maximum);
                    out.add_import_table(FROM, short(name), false, initial, maximum, table.element_ty)
                        .0
                        .into()
                }
                ImportKind::Global(id) => {
                    let global = module.globals.get(id);
                    out.add_import_global(FROM, short(name), global.ty, global.mutable, false).0.into()
                }
                ImportKind::Function(_) | ImportKind::Tag(_) => bail!("a part imports the function `{name}`"),
            };
            out.exports.add(name, item);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_only_a_later_part_shares_travels_with_the_first() {
        let needed = HashMap::from([
            ("answers".to_owned(), list(&["chunk_1", "chunk_2", "chunk_3", "split_answers"])),
            ("search".to_owned(), list(&["chunk_1", "chunk_2", "split_search"])),
            ("status".to_owned(), list(&["chunk_2", "chunk_3", "split_status"])),
        ]);
        let homes = homes(&needed);
        let told: Vec<_> = homes.iter().map(|(module, home)| (module.as_str(), *home)).collect();
        assert_eq!(
            told,
            [
                ("chunk_1", "answers"),
                ("chunk_2", SHARED),
                ("chunk_3", SHARED),
                ("split_answers", "answers"),
                ("split_search", "search"),
                ("split_status", "status"),
            ]
        );
    }
}

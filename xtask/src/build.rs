//! The whole build in order: widget, styles, texts, chunks, loader; see `dist/manifest.json` for what comes out.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::dist::{Built, Dist};
use crate::project::{Project, Step, capture, files_under, write_if_changed};
use crate::wasm::Widget;
use crate::{authoring, generate, locales, setup, wasm};

/// These come first, the others follow by name.
const STYLES_FIRST: [&str; 2] = ["tokens.css", "base.css"];

/// Builds everything into `dist/`.
pub fn build(project: &Project) -> Result<Vec<Built>> {
    let _one_at_a_time = lock(project)?;
    setup::for_build(project)?;
    generate::keys(project)?;
    let widget = wasm::build(project)?;
    let widget = pack(project, widget)?;
    let styles = styles(project)?;
    let chunks = chunks(project, &widget)?;
    let built = assemble(project, &widget, &styles, &chunks)?;
    authoring::build(project)?;
    Ok(built)
}

/// Two builds at once would mix their files.
fn lock(project: &Project) -> Result<File> {
    let folder = project.root.join("target");
    fs::create_dir_all(&folder)?;
    let file = File::create(folder.join("build.lock"))?;
    if file.try_lock().is_err() {
        println!("another build is running, waiting for it");
        file.lock()?;
    }
    Ok(file)
}

/// One minified sheet out of `styles/`.
fn styles(project: &Project) -> Result<PathBuf> {
    let joined_path = project.staging().join("joined.css");
    let minified = project.staging().join("widget.css");
    let folder = project.root.join("styles");
    let mut joined = String::new();
    for name in style_order(&folder)? {
        joined.push_str(&fs::read_to_string(folder.join(name))?);
        joined.push('\n');
    }
    write_if_changed(&joined_path, joined.as_bytes())?;
    let inputs = [joined_path.clone(), project.root.join("package-lock.json")];
    Step::new(project, "styles", "esbuild --minify", &inputs, std::slice::from_ref(&minified))?.run(
        || {
            let css = capture(project.npm_bin("esbuild").arg("--minify").arg(&joined_path))?;
            write_if_changed(&minified, css.trim_ascii_end())?;
            Ok(())
        },
    )?;
    Ok(minified)
}

fn style_order(folder: &Path) -> Result<Vec<String>> {
    let mut names: Vec<String> = files_under(folder)?
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .filter(|name| name.ends_with(".css"))
        .collect();
    names.sort_by_key(|name| {
        let place = STYLES_FIRST.iter().position(|first| first == name);
        (place.unwrap_or(STYLES_FIRST.len()), name.clone())
    });
    Ok(names)
}

/// The modules that know no other file: widget, plain form, what sends files, what a customer does with what is kept.
fn chunks(project: &Project, widget: &Widget) -> Result<PathBuf> {
    let out = project.staging().join("chunks");
    let mut inputs = loader_sources(project)?;
    inputs.push(widget.glue.clone());
    let outputs = ["widget.js", "uploads.js", "shape.js", "shelf.js", "plain.js"].map(|name| out.join(name));
    let order = json!({ "phase": "chunks", "outdir": out, "glue": widget.glue });
    bundle(project, &order, &inputs, &outputs)?;
    Ok(out)
}

/// Module and parts as they travel; the glue stays.
fn pack(project: &Project, widget: Widget) -> Result<Widget> {
    let out = project.staging().join("packed");
    let mut inputs = loader_sources(project)?;
    inputs.extend(files_under(&project.root.join("loader/pack"))?);
    let (mut modules, mut outputs) = (Map::new(), Vec::new());
    let mut packed = |name: &str, path: &Path| {
        modules.insert(name.to_owned(), path.to_string_lossy().into());
        inputs.push(path.to_path_buf());
        outputs.push(out.join(name).with_extension("wasm"));
        outputs.last().cloned().unwrap_or_default()
    };
    let module = packed("widget", &widget.module);
    let parts = widget.parts.iter().map(|(name, path)| (name.clone(), packed(name, path))).collect();
    let order = json!({ "phase": "pack", "outdir": out, "modules": modules });
    bundle(project, &order, &inputs, &outputs)?;
    Ok(Widget { module, parts, ..widget })
}

/// Hands an order to `loader/build.mjs`, whose header says what it takes.
fn bundle(project: &Project, order: &Value, inputs: &[PathBuf], outputs: &[PathBuf]) -> Result<()> {
    let phase = order["phase"].as_str().unwrap_or_default();
    let order = order.to_string();
    Step::new(project, phase, &order, inputs, outputs)?.run(|| {
        capture(project.command("node").args(["loader/build.mjs", &order]))?;
        Ok(())
    })
}

/// Everything that decides about the JavaScript.
fn loader_sources(project: &Project) -> Result<Vec<PathBuf>> {
    let mut sources = files_under(&project.root.join("loader/src"))?;
    sources.push(project.root.join("loader/build.mjs"));
    sources.push(project.root.join("package-lock.json"));
    Ok(sources)
}

/// Names every file by its content, then builds those that know these names: the sender, the panel, and last the loader.
fn assemble(project: &Project, widget: &Widget, styles: &Path, chunks: &Path) -> Result<Vec<Built>> {
    let mut dist = Dist::new(project);
    let english = locales::read(project, "en")?;
    let keys = locales::key_lines(&english);
    let mut later = json!({
        "plain": module(&mut dist, "plain", chunks)?,
        "shape": module(&mut dist, "shape", chunks)?,
        "shelf": module(&mut dist, "shelf", chunks)?,
        "keys": entry(&dist.add_hashed("keys", "keys", "txt", keys.as_bytes())?),
    });
    for (name, path) in &widget.parts {
        let role = format!("part-{name}");
        let content = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        later[name] = entry(&dist.add_hashed(&role, &format!("widget-{name}"), "wasm", &content)?);
    }
    let wasm = fs::read(&widget.module).context("reading the WASM")?;
    let mut files = Map::new();
    files.insert("widget".into(), module(&mut dist, "widget", chunks)?);
    files.insert("wasm".into(), entry(&dist.add_hashed("wasm", "widget", "wasm", &wasm)?));
    let uploads = module(&mut dist, "uploads", chunks)?;
    files.insert("sender".into(), module(&mut dist, "sender", &sender(project, uploads)?)?);
    let folder = panel(project, later, styles)?;
    files.insert("panel".into(), module(&mut dist, "panel", &folder)?);

    let mut by_tag = Map::new();
    for tag in locales::tags(project)? {
        let lines = locales::lines(&english, &locales::read(project, &tag)?);
        let name = format!("locale-{tag}");
        by_tag.insert(tag, entry(&dist.add_hashed(&name, &name, "txt", lines.as_bytes())?));
    }
    files.insert("locales".into(), by_tag.into());

    dist.add("loader", "all-ears.js", &loader(project, files)?)?;
    dist.finish(env!("CARGO_PKG_VERSION"))
}

/// Adds a module of the folder that it was built in.
fn module(dist: &mut Dist, role: &str, folder: &Path) -> Result<Value> {
    let path = folder.join(role).with_extension("js");
    let content = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    Ok(entry(&dist.add_hashed(role, role, "js", &content)?))
}

/// The sender, which brings in what sends files.
fn sender(project: &Project, uploads: Value) -> Result<PathBuf> {
    let out = project.staging().join("sender");
    let order = json!({ "phase": "sender", "outdir": out, "files": { "uploads": uploads } });
    bundle(project, &order, &loader_sources(project)?, &[out.join("sender.js")])?;
    Ok(out)
}

/// What stands between the loader and the widget, with the widget's styles.
fn panel(project: &Project, later: Value, styles: &Path) -> Result<PathBuf> {
    let out = project.staging().join("panel");
    let order = json!({ "phase": "panel", "outdir": out, "css": styles, "files": later });
    let mut inputs = loader_sources(project)?;
    inputs.push(styles.to_path_buf());
    bundle(project, &order, &inputs, &[out.join("panel.js")])?;
    Ok(out)
}

fn entry(built: &Built) -> Value {
    json!([built.file, built.integrity])
}

fn loader(project: &Project, files: Map<String, Value>) -> Result<Vec<u8>> {
    let out = project.staging().join("loader");
    let built = out.join("all-ears.js");
    let version = env!("CARGO_PKG_VERSION");
    let order = json!({ "phase": "loader", "outdir": out, "version": version, "files": files });
    let mut inputs = loader_sources(project)?;
    for tag in locales::tags(project)? {
        inputs.push(locales::path(project, &tag));
    }
    bundle(project, &order, &inputs, std::slice::from_ref(&built))?;
    fs::read(&built).with_context(|| format!("reading {}", built.display()))
}

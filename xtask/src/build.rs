//! The whole build in order: widget, styles, texts, chunks, loader; see `dist/manifest.json` for what comes out.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::dist::{Built, Dist};
use crate::project::{Project, Step, capture, files_under, run, write_if_changed};
use crate::wasm::Widget;
use crate::{generate, locales, setup, wasm};

/// These come first, the others follow by name. The launcher's styles travel in the loader.
const STYLES_FIRST: [&str; 2] = ["tokens.css", "base.css"];
const STYLES_OF_LOADER: &str = "launcher.css";

/// Builds everything into `dist/`.
pub fn build(project: &Project) -> Result<Vec<Built>> {
    let _one_at_a_time = lock(project)?;
    setup::for_build(project)?;
    generate::generate(project)?;
    let widget = wasm::build(project)?;
    let styles = styles(project)?;
    chunks(project, &widget, &styles)?;
    assemble(project, &widget)
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
    Step::new(
        project,
        "styles",
        "esbuild --minify",
        &inputs,
        &[minified.clone()],
    )?
    .run(|| {
        let css = capture(project.npm_bin("esbuild").arg("--minify").arg(&joined_path))?;
        write_if_changed(&minified, css.trim_ascii_end())?;
        Ok(())
    })?;
    Ok(minified)
}

fn style_order(folder: &Path) -> Result<Vec<String>> {
    let mut names: Vec<String> = files_under(folder)?
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .filter(|name| name.ends_with(".css") && name != STYLES_OF_LOADER)
        .collect();
    names.sort_by_key(|name| {
        let place = STYLES_FIRST.iter().position(|first| first == name);
        (place.unwrap_or(STYLES_FIRST.len()), name.clone())
    });
    Ok(names)
}

/// The modules that the loader fetches: widget, sender, plain form.
fn chunks(project: &Project, widget: &Widget, styles: &Path) -> Result<()> {
    let out = project.staging().join("chunks");
    let mut inputs = loader_sources(project)?;
    inputs.extend([widget.glue.clone(), styles.to_path_buf()]);
    let outputs = ["widget.js", "sender.js", "plain.js"].map(|name| out.join(name));
    Step::new(project, "chunks", "", &inputs, &outputs)?.run(|| {
        fs::create_dir_all(&out)?;
        let script = project.root.join("loader/build.mjs");
        run(project
            .command("node")
            .arg(script)
            .arg("chunks")
            .arg(&out)
            .arg(&widget.glue)
            .arg(styles))
    })
}

/// Everything that decides about the JavaScript.
fn loader_sources(project: &Project) -> Result<Vec<PathBuf>> {
    let mut sources = files_under(&project.root.join("loader/src"))?;
    sources.push(project.root.join("loader/build.mjs"));
    sources.push(project.root.join("styles").join(STYLES_OF_LOADER));
    sources.push(project.root.join("package-lock.json"));
    Ok(sources)
}

/// Names every file by its content, then builds the loader that knows these names.
fn assemble(project: &Project, widget: &Widget) -> Result<Vec<Built>> {
    let mut dist = Dist::new(project);
    let mut files = Map::new();
    let chunks = project.staging().join("chunks");
    for (role, path) in [
        ("widget", chunks.join("widget.js")),
        ("wasm", widget.module.clone()),
        ("sender", chunks.join("sender.js")),
        ("plain", chunks.join("plain.js")),
    ] {
        let (stem, extension) = if role == "wasm" {
            ("widget", "wasm")
        } else {
            (role, "js")
        };
        let content = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        files.insert(
            role.into(),
            entry(&dist.add_hashed(role, stem, extension, &content)?),
        );
    }

    let english = locales::read(project, "en")?;
    let keys = locales::key_lines(&english);
    files.insert(
        "keys".into(),
        entry(&dist.add_hashed("keys", "keys", "txt", keys.as_bytes())?),
    );
    let mut by_tag = Map::new();
    let mut labels = Map::new();
    for tag in locales::tags(project)? {
        let messages = locales::read(project, &tag)?;
        let lines = locales::lines(&english, &messages);
        let name = format!("locale-{tag}");
        by_tag.insert(
            tag.clone(),
            entry(&dist.add_hashed(&name, &name, "txt", lines.as_bytes())?),
        );
        let label = messages
            .get("launcher.label")
            .or_else(|| english.get("launcher.label"));
        labels.insert(
            tag,
            label.context("locales/en has no `launcher.label`")?.into(),
        );
    }
    files.insert("locales".into(), by_tag.into());

    let loader = loader(project, files, labels)?;
    dist.add("loader", "all-ears.js", &loader)?;
    dist.finish(env!("CARGO_PKG_VERSION"))
}

fn entry(built: &Built) -> Value {
    json!([built.file, built.integrity])
}

fn loader(
    project: &Project,
    files: Map<String, Value>,
    labels: Map<String, Value>,
) -> Result<Vec<u8>> {
    let out = project.staging().join("loader");
    let defines_path = project.staging().join("defines.json");
    let defines = json!({ "__FILES__": files, "__LABELS__": labels, "__VERSION__": env!("CARGO_PKG_VERSION") });
    write_if_changed(&defines_path, defines.to_string().as_bytes())?;
    let mut inputs = loader_sources(project)?;
    inputs.push(defines_path.clone());
    let built = out.join("all-ears.js");
    Step::new(project, "loader", "", &inputs, &[built.clone()])?.run(|| {
        fs::create_dir_all(&out)?;
        let script = project.root.join("loader/build.mjs");
        run(project
            .command("node")
            .arg(script)
            .arg("loader")
            .arg(&out)
            .arg(&defines_path))
    })?;
    fs::read(&built).with_context(|| format!("reading {}", built.display()))
}

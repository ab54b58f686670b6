//! Finds or installs the browsers and drivers of the end-to-end tests.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::project::{Project, ask, run, which};

/// A browser engine by the name that the tests know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium with chromedriver.
    Chromium,
    /// Firefox with geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser with WebKitWebDriver, on a virtual screen.
    Webkit,
}

/// All of them, in the order in which they run.
pub const ENGINES: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::Webkit];

impl Engine {
    /// Its name on the command line and in `E2E_ENGINES`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The engine of a name.
    pub fn named(name: &str) -> Option<Self> {
        ENGINES.into_iter().find(|engine| engine.name() == name)
    }
}

/// A program of an engine.
struct Need {
    engine: Engine,
    /// The variable through which the tests learn its path.
    variable: &'static str,
    /// Where it may be: a name on the search path, or a whole path.
    places: &'static [&'static str],
    /// The Debian package; geckodriver has none.
    package: Option<&'static str>,
}

const NEEDS: [Need; 7] = [
    need(Engine::Chromium, "E2E_CHROMIUM", &["chromium", "google-chrome"], Some("chromium")),
    need(Engine::Chromium, "E2E_CHROMEDRIVER", &["chromedriver"], Some("chromium-driver")),
    need(Engine::Firefox, "E2E_FIREFOX", &["firefox-esr", "firefox"], Some("firefox-esr")),
    need(Engine::Firefox, "E2E_GECKODRIVER", &["geckodriver"], None),
    need(Engine::Webkit, "E2E_WEBKITDRIVER", &["WebKitWebDriver"], Some("webkit2gtk-driver")),
    need(
        Engine::Webkit,
        "E2E_MINIBROWSER",
        &[
            "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
            "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
            "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
        ],
        Some("libwebkit2gtk-4.1-0"),
    ),
    need(Engine::Webkit, "E2E_XVFB", &["Xvfb"], Some("xvfb")),
];

const fn need(
    engine: Engine,
    variable: &'static str,
    places: &'static [&'static str],
    package: Option<&'static str>,
) -> Need {
    Need { engine, variable, places, package }
}

impl Need {
    fn find(&self) -> Option<PathBuf> {
        if let Some(named) = std::env::var_os(self.variable).filter(|path| !path.is_empty()) {
            return Some(named.into());
        }
        self.places.iter().find_map(|place| {
            if place.starts_with('/') {
                return Some(PathBuf::from(place)).filter(|path| path.is_file());
            }
            which(place).or_else(|| {
                own_tools().map(|folder| folder.join("bin").join(place)).filter(|path| path.is_file())
            })
        })
    }
}

/// Makes sure that the engines can run; returns the variables for the tests.
pub fn prepare(project: &Project, engines: &[Engine]) -> Result<Vec<(&'static str, PathBuf)>> {
    let wanted: Vec<&Need> = NEEDS.iter().filter(|need| engines.contains(&need.engine)).collect();
    let missing: BTreeSet<&str> =
        wanted.iter().filter(|need| need.find().is_none()).filter_map(|need| need.package).collect();
    if !missing.is_empty() {
        install(project, &missing)?;
    }
    if wanted.iter().any(|need| need.package.is_none() && need.find().is_none()) {
        install_geckodriver(project)?;
    }
    let mut found = Vec::new();
    let mut absent = Vec::new();
    for need in wanted {
        match need.find() {
            Some(path) => found.push((need.variable, path)),
            None => absent.push(need),
        }
    }
    if !absent.is_empty() {
        bail!("{}", explain(&absent));
    }
    Ok(found)
}

/// Debian packages, where this user may install them; otherwise `explain` will list them.
pub fn install(project: &Project, packages: &BTreeSet<&str>) -> Result<()> {
    if which("apt-get").is_none() {
        return Ok(());
    }
    let root = ask(project.command("id").arg("-u")).as_deref() == Some("0");
    if !root && ask(project.command("sudo").args(["-n", "true"])).is_none() {
        return Ok(());
    }
    let apt = |arguments: &[&str]| {
        let mut command = project.command(if root { "apt-get" } else { "sudo" });
        if !root {
            command.args(["-n", "apt-get"]);
        }
        command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        command
    };
    let names: Vec<&str> = packages.iter().copied().collect();
    println!("setup: apt-get install {}", names.join(" "));
    run(&mut apt(&["update", "-qq"]))?;
    run(apt(&["install", "-y", "-qq", "--no-install-recommends"]).args(&names))
}

/// The driver goes to a folder of this user's, never into the project.
fn install_geckodriver(project: &Project) -> Result<()> {
    let Some(folder) = own_tools() else {
        return Ok(());
    };
    println!("setup: cargo install geckodriver (into {})", folder.display());
    run(project
        .cargo()
        .args(["install", "--quiet", "--locked", "geckodriver", "--root"])
        .arg(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target")))
}

fn own_tools() -> Option<PathBuf> {
    let cache =
        std::env::var_os("XDG_CACHE_HOME").filter(|path| Path::new(path).is_absolute()).map(PathBuf::from);
    let cache = cache.or_else(|| std::env::home_dir().map(|home| home.join(".cache")))?;
    Some(cache.join("all-ears"))
}

fn explain(absent: &[&Need]) -> String {
    let mut text = String::from("these programs are missing:");
    let mut packages = BTreeSet::new();
    for need in absent {
        let name = need.places[0].rsplit('/').next().unwrap_or_default();
        text.push_str(&format!("\n  {name} ({}), or name it in {}", need.engine.name(), need.variable));
        packages.extend(need.package);
    }
    if !packages.is_empty() {
        let names: Vec<&str> = packages.into_iter().collect();
        text.push_str(&format!("\non Debian, as root: apt-get install {}", names.join(" ")));
    }
    if absent.iter().any(|need| need.package.is_none()) {
        text.push_str("\ngeckodriver: cargo install geckodriver");
    }
    text.push_str("\nor leave an engine out: cargo xtask test e2e --engine chromium");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_listed_with_the_way_to_get_it() {
        let absent: Vec<&Need> = NEEDS.iter().filter(|need| need.engine == Engine::Firefox).collect();
        let text = explain(&absent);
        assert!(text.contains("firefox-esr (firefox), or name it in E2E_FIREFOX"), "{text}");
        assert!(text.contains("apt-get install firefox-esr"), "{text}");
        assert!(text.contains("cargo install geckodriver"), "{text}");
    }
}

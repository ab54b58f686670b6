//! The three engines: where their programs are, how they start, and the few things that each does in its own way
//! (dark scheme, phone size).

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::webdriver::{Process, Session};
use crate::{Failure, Outcome, http};

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Blink, by chromedriver.
    Chromium,
    /// Gecko, by geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser, by WebKitWebDriver.
    WebKit,
}

/// An engine that runs, with what must live as long as it does.
pub struct Running {
    /// Which one it is.
    pub engine: Engine,
    /// Its one session.
    pub session: Session,
    profile: PathBuf,
    lasting: bool,
    _display: Option<Process>,
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.lasting {
            let _ = std::fs::remove_dir_all(&self.profile);
        }
    }
}

impl Engine {
    /// The engines asked for by `E2E_ENGINES`, all three if unset.
    pub fn asked() -> Outcome<Vec<Self>> {
        let names = std::env::var("E2E_ENGINES").unwrap_or_else(|_| "chromium,firefox,webkit".to_owned());
        names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| match name {
                "chromium" => Ok(Self::Chromium),
                "firefox" => Ok(Self::Firefox),
                "webkit" => Ok(Self::WebKit),
                _ => Err(Failure(format!("E2E_ENGINES names {name:?}; known are chromium, firefox, webkit"))),
            })
            .collect()
    }

    /// Its name in reports and folders.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Starts driver and browser with a profile of their own.
    pub fn start(self) -> Outcome<Running> {
        let profile =
            std::env::temp_dir().join(format!("all-ears-e2e-{}-{}", self.name(), http::free_port()?));
        self.start_with(profile, false, &[])
    }

    /// Starts with a profile that outlives the browser, and with more arguments for it. WebKit under a driver keeps
    /// nothing from one start to the next.
    pub fn start_with(self, profile: PathBuf, lasting: bool, more: &[&str]) -> Outcome<Running> {
        let port = http::free_port()?;
        std::fs::create_dir_all(&profile)?;
        let mut display = None;
        let (driver, capabilities) = match self {
            Self::Chromium => chromium(port, &profile, more)?,
            Self::Firefox => firefox(port, &profile, lasting)?,
            Self::WebKit => {
                let (server, name) = screen()?;
                display = Some(server);
                webkit(port, &profile, &name)?
            }
        };
        let session = Session::open(driver, port, &capabilities)?;
        let running = Running { engine: self, session, profile, lasting, _display: display };
        running.desktop()?;
        Ok(running)
    }
}

fn chromium(port: u16, profile: &Path, more: &[&str]) -> Outcome<(Command, Value)> {
    let mut driver = Command::new(program("E2E_CHROMEDRIVER", &["chromedriver"])?);
    driver.arg(format!("--port={port}"));
    let data = format!("--user-data-dir={}", profile.display());
    let mut arguments = vec![
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--lang=en-GB",
        &data,
    ];
    arguments.extend(more);
    let options = json!({
        "binary": program("E2E_CHROMIUM", &["chromium", "google-chrome"])?,
        "args": arguments,
    });
    Ok((
        driver,
        json!({
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        }),
    ))
}

fn firefox(port: u16, profile: &Path, lasting: bool) -> Outcome<(Command, Value)> {
    let mut driver = Command::new(program("E2E_GECKODRIVER", &["geckodriver"])?);
    let inner = http::free_port()?;
    driver
        .args(["--port", &port.to_string(), "--marionette-port", &inner.to_string()])
        .arg("--profile-root")
        .arg(profile)
        .arg("--allow-system-access")
        .args(["--log", "fatal"]);
    // Without a profile of its own the driver makes one, and takes it away again.
    let own = profile.join("own");
    let mut arguments = vec!["-headless".to_owned()];
    if lasting {
        std::fs::create_dir_all(&own)?;
        arguments.extend(["-profile".to_owned(), own.display().to_string()]);
    }
    let options = json!({
        "binary": program("E2E_FIREFOX", &["firefox-esr", "firefox"])?,
        "args": arguments,
        "prefs": {
            "intl.accept_languages": "en-GB,en",
            "datareporting.policy.dataSubmissionEnabled": false,
            "network.captive-portal-service.enabled": false,
            "network.connectivity-service.enabled": false,
        },
    });
    Ok((driver, json!({ "browserName": "firefox", "moz:firefoxOptions": options })))
}

/// MiniBrowser's own buttons, shrunk: its window must become as narrow as a phone.
const SLIM: &str =
    "* { padding: 0; margin: 0; min-width: 0; min-height: 0; border-width: 0; font-size: 2px; }";

fn webkit(port: u16, profile: &Path, display: &str) -> Outcome<(Command, Value)> {
    std::fs::create_dir_all(profile.join("gtk-3.0"))?;
    std::fs::write(profile.join("gtk-3.0/gtk.css"), SLIM)?;
    let mut driver = Command::new(program("E2E_WEBKITDRIVER", &["WebKitWebDriver"])?);
    driver
        .arg(format!("--port={port}"))
        .env("DISPLAY", display)
        .env("XDG_CONFIG_HOME", profile)
        .env("GDK_BACKEND", "x11")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("NO_AT_BRIDGE", "1")
        .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    let known = [
        "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
        "MiniBrowser",
    ];
    let options = json!({ "binary": program("E2E_MINIBROWSER", &known)?, "args": ["--automation"] });
    Ok((driver, json!({ "browserName": "MiniBrowser", "webkitgtk:browserOptions": options })))
}

/// A screen that nobody sees: WebKit has no headless mode.
fn screen() -> Outcome<(Process, String)> {
    let mut child = Command::new(program("E2E_XVFB", &["Xvfb"])?)
        .args(["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut number = String::new();
    if let Some(output) = child.stdout.take() {
        BufReader::new(output).read_line(&mut number)?;
    }
    let server = Process::adopt(child);
    match number.trim() {
        "" => Err(Failure("Xvfb names no display".to_owned())),
        number => Ok((server, format!(":{number}"))),
    }
}

/// A program: as the environment names it, else the first of `names` on the path, in `~/.cargo/bin` or as it stands.
fn program(variable: &str, names: &[&str]) -> Outcome<PathBuf> {
    if let Some(named) = std::env::var_os(variable).filter(|value| !value.is_empty()) {
        return Ok(named.into());
    }
    let mut folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    if let Some(home) = std::env::var_os("HOME") {
        folders.push(Path::new(&home).join(".cargo/bin"));
    }
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
        .ok_or_else(|| Failure(format!("{} is not installed (or name it in {variable})", names.join(" or "))))
}

impl Running {
    /// The size of a desk.
    pub fn desktop(&self) -> Outcome {
        self.size(1200, 860)
    }

    /// The size of a small phone, to the pixel.
    pub fn phone(&self) -> Outcome {
        self.size(320, 640)
    }

    /// Sets the size of the page's view, whatever frame the browser draws around it.
    pub fn size(&self, width: u32, height: u32) -> Outcome {
        match self.engine {
            Engine::Chromium => {
                let metrics =
                    json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
                self.cdp("Emulation.setDeviceMetricsOverride", &metrics)
            }
            Engine::Firefox => {
                self.chrome("document.documentElement.style.setProperty('min-width', '0', 'important');")?;
                self.window(width, height)
            }
            Engine::WebKit => self.window(width, height),
        }
    }

    /// Asks for a window, looks how much of it the page gets, and asks again by the difference.
    fn window(&self, width: u32, height: u32) -> Outcome {
        let (mut outer_width, mut outer_height) = (i64::from(width), i64::from(height));
        for _ in 0..4 {
            let rect = json!({ "width": outer_width, "height": outer_height });
            self.session.post("window/rect", &rect)?;
            let mut missing = (1, 1);
            for _ in 0..20 {
                let inner = self.session.script("return [innerWidth, innerHeight]", &[])?;
                missing.0 = i64::from(width) - inner[0].as_i64().unwrap_or(0);
                missing.1 = i64::from(height) - inner[1].as_i64().unwrap_or(0);
                if missing == (0, 0) {
                    return Ok(());
                }
                crate::breathe();
            }
            outer_width += missing.0;
            outer_height += missing.1;
        }
        let inner = self.session.script("return innerWidth + '×' + innerHeight", &[])?;
        Err(Failure(format!("the window does not take the size {width}×{height}: it is {inner}")))
    }

    /// What the customer's system prefers. WebKit has no such switch: the page's own `scheme` attribute stands in there.
    pub fn scheme(&self, dark: bool) -> Outcome {
        match self.engine {
            Engine::Chromium => {
                let value = if dark { "dark" } else { "light" };
                let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
                self.cdp("Emulation.setEmulatedMedia", &json!({ "features": features }))
            }
            Engine::Firefox => {
                let value = u8::from(!dark);
                let name = "layout.css.prefers-color-scheme.content-override";
                self.chrome(&format!("Services.prefs.setIntPref('{name}', {value});"))
            }
            Engine::WebKit => Ok(()),
        }
    }

    /// Ends the browser at once, as a power cut or a full memory would; its driver stays, without a browser.
    pub fn kill(&self) {
        for id in self.session.processes() {
            let _ = Command::new("kill").args(["-9", &id.to_string()]).stderr(Stdio::null()).status();
        }
    }

    /// Ends the processes that draw and run pages, and leaves the browser itself.
    pub fn kill_pages(&self) {
        for id in self.session.processes() {
            let line = std::fs::read_to_string(format!("/proc/{id}/cmdline")).unwrap_or_default();
            if ["WebKitWebProcess", "--type=renderer", "-isForBrowser"].iter().any(|sign| line.contains(sign))
            {
                let _ = Command::new("kill").args(["-9", &id.to_string()]).stderr(Stdio::null()).status();
            }
        }
    }

    /// One command of the Chrome DevTools protocol.
    pub fn cdp(&self, command: &str, parameters: &Value) -> Outcome {
        let body = json!({ "cmd": command, "params": parameters });
        self.session.post("goog/cdp/execute", &body).map(drop)
    }

    /// A script in Firefox's own window, then back to the page.
    fn chrome(&self, script: &str) -> Outcome {
        self.session.post("moz/context", &json!({ "context": "chrome" }))?;
        let done = self.session.script(script, &[]);
        self.session.post("moz/context", &json!({ "context": "content" }))?;
        done.map(drop)
    }
}

//! The stage on which the stories play: the built site, a receiver, and a browser for whoever comes.

mod evidence;
mod host;
mod http;
mod line;
mod receiver;
mod respondent;
mod service;
mod webdriver;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

pub use line::{Fate, Line};
pub use receiver::{Receiver, scores_of};
pub use respondent::{Focus, Key, Respondent};
pub use service::{StandIn, services};
use webdriver::Browser;

/// As root, in a container without graphics, and with nothing going out to anybody.
const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// What the tests need from outside.
struct Tools {
    site: PathBuf,
    driver: PathBuf,
    chromium: Option<OsString>,
    axe: PathBuf,
}

impl Tools {
    /// From where `cargo xtask` says they are, or from where they usually are.
    fn find() -> Result<Tools, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let named = |variable| env::var_os(variable).map(PathBuf::from);
        let site = named("ASKWELL_SITE").unwrap_or_else(|| root.join("dist"));
        if !site.join("wasm/askwell_bg.wasm").is_file() {
            return Err(String::from("no built site: run `cargo xtask build`"));
        }
        let driver = named("CHROMEDRIVER").or_else(|| on_path("chromedriver"));
        let driver = driver.ok_or("no ChromeDriver: run `cargo xtask setup`")?;
        let axe = target().join("tools/node_modules/axe-core/axe.min.js");
        let axe = named("ASKWELL_AXE").unwrap_or(axe);
        if !axe.is_file() {
            return Err(String::from("no axe-core: run `cargo xtask setup`"));
        }
        Ok(Tools { site, driver, chromium: env::var_os("CHROMIUM"), axe })
    }
}

fn on_path(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// One test's own receiver, database, site and browser profiles.
pub struct Stage {
    tools: Tools,
    folder: PathBuf,
    site: PathBuf,
    pub receiver: Receiver,
}

impl Stage {
    /// `None` where tools are missing: then the test says so and is over. On a build machine and
    /// under `cargo xtask test` they must be there.
    pub fn set(name: &str) -> Option<Stage> {
        let tools = match Tools::find() {
            Ok(tools) => tools,
            Err(missing) if must_run() => panic!("{missing}"),
            Err(missing) => {
                // Not by a macro, whose output a test that passes keeps to itself.
                let _ = writeln!(stderr(), "SKIPPED {name}, NOTHING WAS TESTED: {missing}");
                return None;
            }
        };
        let folder = target().join("e2e").join(name);
        let _ = fs::remove_dir_all(&folder);
        let site = folder.join("site");
        copy(&tools.site, &site);
        let receiver = Receiver::new(&folder, &site);
        Some(Stage { tools, folder, site, receiver })
    }

    /// The usual beginning: the receiver runs.
    pub fn set_with_receiver(name: &str) -> Option<Stage> {
        let mut stage = Stage::set(name)?;
        stage.receiver.start();
        Some(stage)
    }

    /// A page or definition of the test's own, beside the built ones.
    pub fn puts(&self, name: &str, content: &str) -> PathBuf {
        let path = self.site.join(name);
        fs::write(&path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        path
    }

    /// A file of the site.
    pub fn file(&self, name: &str) -> PathBuf {
        self.site.join(name)
    }

    /// Somebody else's site with this page under this content security policy; returns its port.
    pub fn hosts(&self, page: String, policy: String) -> u16 {
        host::serve(page, policy, &self.site)
    }

    /// Somebody else's site with this page, and a service that it may reach; returns the page's address.
    pub fn hosts_with_service(&self, page: &str, service: &Arc<Mutex<StandIn>>) -> String {
        service::serve(page, service, &self.site)
    }

    /// Takes a file of the built site away.
    pub fn removes(&self, name: &str) {
        fs::remove_file(self.site.join(name)).expect("the file was there");
    }

    /// Puts a file of the built site back as it was.
    pub fn restores(&self, name: &str) {
        fs::copy(self.tools.site.join(name), self.site.join(name)).expect("the file is built");
    }

    /// The pages of the built site.
    pub fn pages(&self) -> Vec<String> {
        let files = fs::read_dir(&self.tools.site).expect("the site can be read").flatten();
        let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
        let mut pages: Vec<String> = names.filter(|name| name.ends_with(".html")).collect();
        pages.sort();
        pages
    }

    /// What is stored, which must be one submission and no more.
    pub fn the_only_submission(&self) -> Value {
        let mut submissions = self.receiver.submissions();
        assert_eq!(submissions.len(), 1, "exactly one submission is stored");
        submissions.remove(0)
    }

    /// axe-core, as a script.
    pub fn axe(&self) -> String {
        fs::read_to_string(&self.tools.axe).expect("axe-core can be read")
    }

    /// Somebody with a new browser, in front of this receiver's site.
    pub fn respondent(&self) -> Respondent {
        self.respondent_at(self.receiver.port(), &json!({}))
    }

    /// Somebody whose browser reaches the site at another port, with these of Chromium's preferences.
    pub fn respondent_at(&self, port: u16, preferences: &Value) -> Respondent {
        self.respondent_with(port, json!({ "args": FLAGS, "prefs": preferences }))
    }

    /// Somebody whose browser still has what it kept when it was last used.
    pub fn respondent_who_returns(&self, port: u16) -> Respondent {
        let profile = format!("--user-data-dir={}", self.folder.join("profile").display());
        let flags: Vec<&str> = FLAGS.into_iter().chain([profile.as_str()]).collect();
        self.respondent_with(port, json!({ "args": flags }))
    }

    fn respondent_with(&self, port: u16, mut options: Value) -> Respondent {
        if let Some(chromium) = &self.tools.chromium {
            options["binary"] = json!(chromium.to_string_lossy());
        }
        let browser = Browser::start(&self.tools.driver, &options);
        Respondent::new(browser, format!("http://127.0.0.1:{port}"), self.folder.clone())
    }
}

/// Cargo's target folder.
fn target() -> &'static Path {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    folder.parent().unwrap_or(folder)
}

fn must_run() -> bool {
    env::var_os("CI").is_some_and(|ci| ci == "true") || env::var_os("ASKWELL_SITE").is_some()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the test's folder can be made");
    for entry in fs::read_dir(from).expect("the site can be read").flatten() {
        let (source, copied) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &copied);
        } else {
            fs::copy(&source, &copied).expect("the site can be copied");
        }
    }
}

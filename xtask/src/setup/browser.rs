//! Chromium with its driver, and fonts for the scripts that the surveys are written in.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::debian;
use crate::command::{answer, find, step};
use crate::project::Project;

const CHROMIUM: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const NEXT_STEP: &str = "\
the tests drive Chromium (or Chrome) through ChromeDriver of the same version.
Next step: install both (Debian: apt-get install chromium chromium-driver fonts-noto-cjk), then run the same command
again. A driver elsewhere is named by the environment variable CHROMEDRIVER, a browser elsewhere by CHROMIUM.";

/// A container has no sandbox for root, no graphics and no way out; nothing may go out anyway.
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

/// A browser to test in.
pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
    /// What wasm-bindgen's test runner asks the driver for.
    pub capabilities: PathBuf,
}

pub fn prepare(project: &Project) -> Result<Browser> {
    if chromium().is_none() || driver().is_none() {
        if !debian::available() {
            bail!("{NEXT_STEP}");
        }
        step("Chromium or its driver is missing: installing Debian's");
        debian::install(&["chromium", "chromium-driver"]).context(NEXT_STEP)?;
    }
    let (Some(chromium), Some(driver)) = (chromium(), driver()) else { bail!("{NEXT_STEP}") };
    let (browser_version, driver_version) = (major(&chromium)?, major(&driver)?);
    if browser_version != driver_version {
        bail!(
            "{} has version {browser_version}, but {} has {driver_version}: they must be equal.\n{NEXT_STEP}",
            chromium.display(),
            driver.display()
        );
    }
    step(&format!(
        "Chromium {browser_version} ({}, driven by {})",
        chromium.display(),
        driver.display()
    ));
    fonts()?;

    let capabilities = project.tools().join("webdriver.json");
    std::fs::create_dir_all(project.tools()).context("creating target/tools")?;
    let options = serde_json::json!({ "binary": chromium, "args": FLAGS });
    let wanted = serde_json::json!({ "goog:chromeOptions": options });
    std::fs::write(&capabilities, wanted.to_string())
        .context("writing target/tools/webdriver.json")?;
    Ok(Browser { chromium, driver, capabilities })
}

fn chromium() -> Option<PathBuf> {
    named_by("CHROMIUM").or_else(|| CHROMIUM.iter().find_map(|name| find(name)))
}

fn driver() -> Option<PathBuf> {
    named_by("CHROMEDRIVER").or_else(|| find("chromedriver"))
}

fn named_by(variable: &str) -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os(variable)?);
    path.is_file().then_some(path)
}

/// The first number of `Chromium 156.0.8078.79 …` or `ChromeDriver 156.0.8078.79 …`.
fn major(program: &Path) -> Result<u32> {
    let text = answer(Command::new(program).arg("--version"))
        .with_context(|| format!("{} does not start.\n{NEXT_STEP}", program.display()))?;
    first_number(&text).with_context(|| format!("{} tells no version: {text}", program.display()))
}

fn first_number(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches(|character: char| !character.is_ascii_digit());
    digits.split('.').next()?.parse().ok()
}

/// Without them screenshots of 中文 show boxes.
fn fonts() -> Result<()> {
    if fonts_present() {
        step("fonts for Chinese (present)");
        return Ok(());
    }
    if !debian::available() {
        bail!(
            "no fonts for Chinese here. Next step: install them (Debian: apt-get install fonts-noto-cjk)"
        );
    }
    step("fonts for Chinese are missing: installing Debian's");
    debian::install(&["fonts-noto-cjk"])
}

fn fonts_present() -> bool {
    // Systems other than Linux ship them; fc-list itself need not be there.
    !cfg!(target_os = "linux")
        || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file()
        || answer(Command::new("fc-list").args([":lang=zh-tw", "family"]))
            .is_some_and(|families| !families.is_empty())
}

#[cfg(test)]
mod tests {
    use super::first_number;

    #[test]
    fn reads_the_major_version_of_browser_and_driver() {
        assert_eq!(first_number("Chromium 156.0.8078.79 built on Debian"), Some(156));
        assert_eq!(first_number("ChromeDriver 156.0.8078.73 (abc)"), Some(156));
        assert_eq!(first_number("no version"), None);
    }
}

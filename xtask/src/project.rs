//! Where things are: the checkout, cargo's target folder, and the tools fetched for this project alone.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders that the chores work in.
pub struct Project {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Project {
    pub fn find() -> Result<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask lies inside the repository")?;
        // This program is <target>/debug/xtask, whichever way the target folder was chosen.
        let program = std::env::current_exe().context("the path of this program")?;
        let target = program.parent().and_then(Path::parent).context("cargo's target folder")?;
        Ok(Project { root: root.to_path_buf(), target: target.to_path_buf() })
    }

    /// What a site serves.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Tools that belong to this checkout and not to the user: npm packages, notes about them.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// The version that `Cargo.lock` pins for a package.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let text = std::fs::read_to_string(&path).context("reading Cargo.lock")?;
        pinned(&text, package)
            .with_context(|| format!("Cargo.lock does not mention {package}: run `cargo check`"))
    }
}

/// Every file below a folder, by its path from there, in the order of the names.
pub fn files(folder: &Path) -> Result<Vec<String>> {
    fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<()> {
        let entries =
            std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                collect(&entry.path(), &format!("{name}/"), found)?;
            } else {
                found.push(name);
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn pinned(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines();
    let name = format!("name = \"{package}\"");
    lines.find(|line| *line == name)?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::pinned;

    #[test]
    fn finds_the_pinned_version_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(pinned(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(pinned(lock, "bindgen"), None);
    }
}

//! `cargo xtask dist`: the site as one archive, with checksums and the hashes that pages can state.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256, Sha384};

use crate::build::{self, Mode};
use crate::command::step;
use crate::project::{Project, files};
use crate::setup::{self, Need};

pub fn run(project: &Project) -> Result<()> {
    let tools = setup::prepare(project, Need::Site)?;
    build::site(project, &tools, Mode::Release)?;
    println!("Packing");
    let dist = project.dist();
    let names = files(&dist)?;
    let base = format!("askwell-{}", project.locked_version("askwell")?);
    let folder = project.target.join("dist");
    std::fs::create_dir_all(&folder).context("creating the folder for archives")?;

    let archive = pack(&dist, &names, &base)?;
    let name = format!("{base}.tar.gz");
    write(&folder, &name, &archive)?;
    write(
        &folder,
        &format!("{name}.sha256"),
        format!("{}  {name}\n", hex(&Sha256::digest(&archive))).as_bytes(),
    )?;
    write(&folder, &format!("{base}.integrity.txt"), integrity(&dist, &names)?.as_bytes())
}

/// The same files give the same archive: sorted, without times or owners.
fn pack(dist: &Path, names: &[String], base: &str) -> Result<Vec<u8>> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
    for name in names {
        let bytes =
            std::fs::read(dist.join(name)).with_context(|| format!("reading dist/{name}"))?;
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive
            .append_data(&mut header, format!("{base}/{name}"), bytes.as_slice())
            .context("packing")?;
    }
    archive.into_inner().context("packing")?.finish().context("compressing")
}

/// One line for each file: what `integrity="…"` takes, and the name.
fn integrity(dist: &Path, names: &[String]) -> Result<String> {
    let mut list = String::new();
    for name in names {
        let bytes =
            std::fs::read(dist.join(name)).with_context(|| format!("reading dist/{name}"))?;
        writeln!(list, "{}  {name}", subresource_integrity(&bytes)).context("listing hashes")?;
    }
    Ok(list)
}

fn subresource_integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
    step(&format!("{} ({} bytes)", path.display(), bytes.len()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{hex, pack, subresource_integrity};

    #[test]
    fn hashes_are_those_that_browsers_and_sha256sum_compute() {
        // openssl dgst -sha384 -binary </dev/null | base64
        let empty = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(subresource_integrity(b""), empty);
        assert_eq!(hex(&[0, 171]), "00ab");
    }

    #[test]
    fn the_same_files_give_the_same_archive() {
        let folder = std::env::temp_dir().join(format!("askwell-pack-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("wasm")).unwrap();
        std::fs::write(folder.join("wasm/a.js"), "1").unwrap();
        let names = vec!["wasm/a.js".to_owned()];
        let first = pack(&folder, &names, "askwell-0").unwrap();
        std::fs::write(folder.join("wasm/a.js"), "1").unwrap();
        assert_eq!(pack(&folder, &names, "askwell-0").unwrap(), first);
        std::fs::remove_dir_all(folder).unwrap();
    }
}

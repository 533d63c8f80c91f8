//! `askwell keys`: a key pair for survey links.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Outcome;
use crate::link::{Algorithm, PrivateKey};

/// Make a key pair for survey links
#[derive(Args)]
#[command(after_help = "\
The private key signs links and stays with you: only its owner can read the file. The public one
checks them: give it to the receiver with --links-key, which hands it to the link page, or put it
beside survey.html as link-keys.json. Both are JSON Web Keys. To replace a key, keep the old public
key in the same file for as long as its links shall open: the file is a list.

ES256 is checked by every browser; EdDSA (Ed25519) by Safari 17, Firefox 129, Chromium 137 and later.

Examples:
  askwell keys
  askwell keys --algorithm eddsa --private secret/links.jwk --public dist/link-keys.json")]
pub struct Options {
    /// How links are signed
    #[arg(long, value_enum, default_value = "es256")]
    algorithm: Name,
    /// The file for the private key
    #[arg(long, value_name = "FILE", default_value = "link-key.private.json")]
    private: PathBuf,
    /// The file for the public key
    #[arg(long, value_name = "FILE", default_value = "link-keys.json")]
    public: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    Es256,
    Eddsa,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let key = PrivateKey::generate(match options.algorithm {
        Name::Es256 => Algorithm::Es256,
        Name::Eddsa => Algorithm::EdDsa,
    })?;
    write(&options.private, &key.to_json(), true)?;
    if let Err(message) = write(&options.public, &key.public().to_json(), false) {
        // Half a pair is of no use and would stand in the way of the next try.
        let _ = fs::remove_file(&options.private);
        return Err(message);
    }
    println!("{} (keep it to yourself)", options.private.display());
    println!("{} (for the link page and the receiver)", options.public.display());
    Ok(Outcome::Fine)
}

/// A key that is there already is never replaced: its links would no longer open.
fn write(path: &Path, json: &str, private: bool) -> Result<(), String> {
    let mut file = OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        use std::os::unix::fs::OpenOptionsExt;
        file.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    let written = file.open(path).and_then(|mut file| file.write_all(json.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            format!("`{}` is there already; name another file", path.display())
        }
        _ => format!("`{}` cannot be written: {error}", path.display()),
    })
}

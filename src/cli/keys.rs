//! `askwell keys`: a key pair, for survey links or for sealed answers.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Outcome;
use crate::link::{Algorithm, PrivateKey};
use crate::seal::OpeningKey;

/// Make a key pair for survey links, or for sealing what kiosks keep
#[derive(Args)]
#[command(after_help = "\
The private key signs links and stays with you: only its owner can read the file. The public one
checks them: give it to the receiver with --links-key, which hands it to the link page, or put it
beside survey.html as link-keys.json. Both are JSON Web Keys. To replace a key, keep the old public
key in the same file for as long as its links shall open: the file is a list.

ES256 is checked by every browser; EdDSA (Ed25519) by Safari 17, Firefox 129, Chromium 137 and later.

With --algorithm ecdh-es the pair is for answers: a kiosk with the public key as \"collectorKey\" seals what
it keeps, and only the private one opens it (askwell import --open-with, askwell serve --open-with). Without
that file nobody ever reads those answers: keep a copy of it in another place.

Examples:
  askwell keys
  askwell keys --algorithm ecdh-es
  askwell keys --algorithm eddsa --private secret/links.jwk --public dist/link-keys.json")]
pub struct Options {
    /// How links are signed, or answers sealed
    #[arg(long, value_enum, default_value = "es256")]
    algorithm: Name,
    /// The file for the private key; link-key.private.json, or collector-key.private.json
    #[arg(long, value_name = "FILE")]
    private: Option<PathBuf>,
    /// The file for the public key; link-keys.json, or collector-key.json
    #[arg(long, value_name = "FILE")]
    public: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    Es256,
    Eddsa,
    EcdhEs,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let signing = |algorithm| {
        let key = PrivateKey::generate(algorithm)?;
        Ok::<_, String>((key.to_json(), key.public().to_json()))
    };
    let sealing = || {
        let key = OpeningKey::generate()?;
        Ok::<_, String>((key.to_json(), key.sealing().to_json()))
    };
    let for_links = ("link-key.private.json", "link-keys.json", "the link page and the receiver");
    let for_answers = ("collector-key.private.json", "collector-key.json", "the kiosk's settings");
    let ((private_key, public_key), (private, public, whom)) = match options.algorithm {
        Name::Es256 => (signing(Algorithm::Es256)?, for_links),
        Name::Eddsa => (signing(Algorithm::EdDsa)?, for_links),
        Name::EcdhEs => (sealing()?, for_answers),
    };
    let private = options.private.as_deref().unwrap_or(Path::new(private));
    let public = options.public.as_deref().unwrap_or(Path::new(public));
    write(private, &private_key, true)?;
    if let Err(message) = write(public, &public_key, false) {
        // Half a pair is of no use and would stand in the way of the next try.
        let _ = fs::remove_file(private);
        return Err(message);
    }
    println!("{} (keep it to yourself)", private.display());
    println!("{} (for {whom})", public.display());
    Ok(Outcome::Fine)
}

/// Reads the private key of whoever collects sealed answers.
pub fn opening_key(file: &Path) -> Result<OpeningKey, String> {
    let name = file.display();
    let text =
        fs::read_to_string(file).map_err(|error| format!("`{name}` cannot be read ({error})"))?;
    OpeningKey::read(&text).map_err(|error| format!("`{name}` cannot be used: {error}"))
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

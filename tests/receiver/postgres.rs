//! A PostgreSQL server for the length of a test run.
//!
//! It is Debian's package `postgresql`, found where that puts it or named by `ASKWELL_POSTGRES` (a
//! folder with `initdb` and `postgres`). It listens at a socket in a folder of its own only.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

static SERVER: OnceLock<Option<Server>> = OnceLock::new();

struct Server {
    programs: PathBuf,
    folder: PathBuf,
    /// Ends once this process does, which closes its standard input.
    _guard: Child,
}

/// The address of a new, empty database; nothing where there is no PostgreSQL.
pub fn database(test: &str) -> Option<String> {
    let server = SERVER.get_or_init(start).as_ref()?;
    let name = format!("test_{}", test.replace('-', "_"));
    let created = server.psql(&format!("CREATE DATABASE {name}"));
    assert!(created, "PostgreSQL makes no database {name}");
    Some(format!("postgres://askwell@localhost/{name}?host={}", server.folder.display()))
}

/// Lets time pass for everything in a test's database: its moments become long past ones.
pub fn age(test: &str) {
    let name = format!("test_{}", test.replace('-', "_"));
    let server = SERVER.get().and_then(Option::as_ref).unwrap();
    for table in ["submission", "kept_aside", "sealed"] {
        let past = format!("UPDATE {table} SET received_at = '2020-01-01T00:00:00.000Z'");
        assert!(server.psql_in(&name, &past));
    }
}

fn start() -> Option<Server> {
    let Some(programs) = programs() else {
        // Past the capture of test output, so that nobody takes a skipped test for a verdict.
        let message = "SKIPPED: the receiver with PostgreSQL, which is not installed";
        let _ = writeln!(std::io::stderr(), "{message}");
        assert!(std::env::var_os("CI").is_none(), "{message}; on CI it has to be");
        return None;
    };
    let folder = std::env::temp_dir().join(format!("askwell-postgres-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let user = Command::new("id").arg("-u").output().unwrap().stdout;
    // PostgreSQL refuses to run as root.
    let root = user.trim_ascii() == b"0";
    if root {
        assert!(Command::new("chown").arg("postgres").arg(&folder).status().unwrap().success());
    }
    let script = format!(
        "cd '{folder}' && '{programs}/initdb' -D data -U askwell -A trust -E UTF8 >log 2>&1 &&
         {{ '{programs}/postgres' -D data -k '{folder}' -c listen_addresses= >>log 2>&1 & }}
         server=$!; echo started; cat >/dev/null; kill -INT $server; wait $server; rm -rf '{folder}'",
        folder = folder.display(),
        programs = programs.display()
    );
    let mut guard = match root {
        true => Command::new("runuser"),
        false => Command::new("sh"),
    };
    if root {
        guard.args(["-u", "postgres", "--", "sh"]);
    }
    let guard = guard.args(["-c", &script]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
    let server = Server { programs, folder, _guard: guard.unwrap() };
    // The server takes a moment; each try waits for its own end, so nothing spins.
    for _ in 0..600 {
        if server.psql("SELECT 1") {
            return Some(server);
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let log = fs::read_to_string(server.folder.join("log")).unwrap_or_default();
    panic!("PostgreSQL does not start: {log}");
}

impl Server {
    fn psql(&self, statement: &str) -> bool {
        self.psql_in("postgres", statement)
    }

    fn psql_in(&self, database: &str, statement: &str) -> bool {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-q", "-U", "askwell", "-d", database, "-h"]).arg(&self.folder);
        psql.args(["-c", statement]).stdout(Stdio::null()).stderr(Stdio::null());
        psql.status().is_ok_and(|status| status.success())
    }
}

fn programs() -> Option<PathBuf> {
    let complete = |folder: &Path| folder.join("initdb").is_file() && folder.join("psql").is_file();
    if let Some(named) = std::env::var_os("ASKWELL_POSTGRES").map(PathBuf::from) {
        return complete(&named).then_some(named);
    }
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions.map(|version| version.path().join("bin")).find(|folder| complete(folder))
}

//! The program `askwell`.

fn main() -> std::process::ExitCode {
    askwell::cli::main()
}

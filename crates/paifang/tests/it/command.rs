//! The binary, run to its end.

use std::process::{Command, Output};

/// The variables that the binary reads: no test depends on what the machine has set.
const VARIABLES: [&str; 22] = [
    "PAIFANG_DATA_DIR",
    "PAIFANG_STORE",
    "PAIFANG_MASTER_KEY",
    "PAIFANG_MASTER_KEY_FILE",
    "PAIFANG_REDIS",
    "PAIFANG_HTTP",
    "PAIFANG_HTTPS",
    "PAIFANG_MANAGEMENT",
    "PAIFANG_ROLE",
    "PAIFANG_LIMITS",
    "PAIFANG_BASE_DOMAIN",
    "PAIFANG_REGION",
    "PAIFANG_PROJECT",
    "PAIFANG_INSTANCE_ID",
    "PAIFANG_ADMIN_PASSWORD",
    "PAIFANG_ACCESS_KEY_ID",
    "PAIFANG_ACCESS_KEY_SECRET",
    "PAIFANG_TRUSTED_PROXIES",
    "PAIFANG_PROXY_PROTOCOL",
    "PAIFANG_APP_KEY",
    "PAIFANG_APP_SECRET",
    "RUST_LOG",
];

/// The binary with these arguments and nothing of the environment.
pub(crate) fn paifang(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_paifang"));
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command.args(arguments);
    command
}

/// What a command printed, when it succeeded.
pub(crate) fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?} failed: {}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// What a command complained about, when it failed.
pub(crate) fn complained(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(!output.status.success(), "{command:?} succeeded");
    stderr(&output)
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn says_its_version() {
    let version = printed(&mut paifang(&["--version"]));
    assert!(version.starts_with(concat!("paifang ", env!("CARGO_PKG_VERSION"))), "{version}");
}

#[test]
fn completes_in_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let completions = printed(&mut paifang(&["completions", shell]));
        assert!(completions.contains("reset-password"), "{shell}");
    }
}

//! Patterns of wildcard domains, from files and back into them.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{Files, done, run};
use crate::gateway::{Gateway, place};

const DOMAIN: &str = "kind: domain\ngroup: pets\nhost: '*.prd.example.com'\n";

#[test]
fn patterns_are_as_the_files_say() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    files.write("group.yaml", "kind: group\ndialect: alibaba\nname: pets\n");
    files.write(
        "domain.yaml",
        &format!("{DOMAIN}patterns: ['{{svc}}.PRD.example.com', '{{svc}}-old.prd.example.com']\n"),
    );
    done(&gateway, "apply", &files.path(), &[]);
    let patterns = || gateway.done("GET", "/domains/*.prd.example.com", &Value::Null)["patterns"].clone();
    assert_eq!(patterns(), json!(["{svc}.prd.example.com", "{svc}-old.prd.example.com"]));
    assert_eq!(done(&gateway, "diff", &files.path(), &[]), "nothing differs\n");

    // What is exported is the same.
    let exported = Files::new();
    done(&gateway, "export", &exported.path(), &[]);
    assert_eq!(done(&gateway, "diff", &exported.path(), &[]), "nothing differs\n");

    files.write("domain.yaml", &format!("{DOMAIN}patterns: ['{{svc}}.example.com']\n"));
    let told = run(&gateway, "apply", &files.path(), &[]).err;
    let told = told.replace(&format!("{}/", files.path().display()), "");
    assert_snapshot!(told, @r"
    paifang: there is a complaint about the files; nothing was changed
    domain.yaml:4:12: /patterns/0: `{svc}.example.com` is not a pattern of `*.prd.example.com`: after its first label it goes on as the domain does
    ");
    files.write("domain.yaml", DOMAIN);
    done(&gateway, "apply", &files.path(), &[]);
    assert_eq!(patterns(), Value::Null);
    gateway.stop();
}

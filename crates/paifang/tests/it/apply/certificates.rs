//! Certificates and how domains are called, from files. Keys go in and never come out.

use insta::assert_snapshot;
use paifang_testkit::{Call, TestAuthority, TlsCaller};
use serde_json::Value;

use super::{Files, api, command, done, ended, run};
use crate::gateway::{Gateway, place};

const DOMAIN: &str = "kind: domain\ngroup: pets\nhost: api.example.com\n";

/// A group with an API, a certificate in two files beside it, and a domain that asks clients for theirs.
fn files(server: &TestAuthority, clients: &TestAuthority) -> Files {
    let files = Files::new();
    files.write("group.yaml", "kind: group\ndialect: alibaba\nname: pets\n");
    files.write("api.yaml", &api("pets", "get_pets", "/pets", "hello"));
    files.write(
        "certificate.yaml",
        "kind: certificate\nname: wild\nchain: '${file:.chain}'\nkey: '${file:.key}'\nclient_authority: '${file:.ca}'\n",
    );
    let tls = "tls: { certificate: wild, versions: tls13, clients: required, plain: redirected }\n";
    files.write("domain.yaml", &format!("{DOMAIN}{tls}"));
    let (chain, key) = server.server(&["*.example.com"]);
    files.write(".chain", &chain).write(".key", &key).write(".ca", &clients.certificate);
    files
}

async fn answered(gateway: &Gateway, caller: &TlsCaller) -> String {
    let call = Call::new(gateway.https, http::Method::GET, "/pets").host("api.example.com");
    let mut connection = caller.connect(gateway.https, "api.example.com").await.unwrap();
    connection.send(&call).await.text()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_is_called_as_the_files_say() {
    let place = place();
    let gateway = Gateway::start(&place);
    let (ours, others, clients) =
        (TestAuthority::new("Ours"), TestAuthority::new("Other"), TestAuthority::new("Ann's"));
    let files = files(&ours, &clients);
    let plan = run(&gateway, "diff", &files.path(), &[]);
    assert!(plan.out.contains("+ certificate wild"), "{plan:?}");
    done(&gateway, "apply", &files.path(), &["--wait"]);
    assert_eq!(done(&gateway, "diff", &files.path(), &[]), "nothing differs\n");
    let (chain, key) = clients.client("ann");
    let ann = |roots: &TestAuthority| TlsCaller::with_certificate(&roots.certificate, &chain, &key);
    assert_eq!(answered(&gateway, &ann(&ours)).await, "hello");

    // Another certificate of the same name: the next handshake shows it.
    let (chain, key) = others.server(&["api.example.com"]);
    files.write(".chain", &chain).write(".key", &key);
    let plan = run(&gateway, "diff", &files.path(), &[]);
    assert!(plan.out.contains("~ certificate wild\n    /chain: \"(secret)\" → \"(secret)\""), "{plan:?}");
    done(&gateway, "apply", &files.path(), &["--wait"]);
    assert_eq!(answered(&gateway, &ann(&others)).await, "hello");

    // What a domain does not say any more is as it comes.
    files.write("domain.yaml", &format!("{DOMAIN}tls: {{ certificate: wild }}\n"));
    done(&gateway, "apply", &files.path(), &["--wait"]);
    assert_eq!(answered(&gateway, &TlsCaller::with_tls12(&others.certificate)).await, "hello");
    gateway.stop();
}

#[test]
fn what_is_wrong_with_a_certificate_is_said_before_anything_is_written() {
    let place = place();
    let gateway = Gateway::start(&place);
    let ours = TestAuthority::new("Ours");
    let files = files(&ours, &ours);
    let (other, other_key) = ours.server_valid(&["api.example.org"], 2001, 2002);
    files
        .write(".old", &other)
        .write(".old-key", &other_key)
        .write(".ca", &ours.server(&["a.example.com"]).0);
    files.write("old.yaml", "kind: certificate\nname: '1'\nchain: '${file:.old}'\nkey: '${file:.key}'\n");
    files.write(
        "domains.yaml",
        "kind: domain\ngroup: pets\nhost: api.example.org\ntls: { certificate: '2nd' }\n---\nkind: domain\n\
         group: pets\nhost: b.example.org\ntls: { clients: required }\n",
    );
    let refused = run(&gateway, "apply", &files.path(), &[]);
    let told = refused.err.replace(&format!("{}/", files.path().display()), "");
    assert_snapshot!(told, @r"
    paifang: there are 6 complaints about the files; nothing was changed
    certificate.yaml:5:1: /client_authority: certificate 1 may not sign others: it is no authority
    domains.yaml:4:8: /tls/certificate: there is no certificate `2nd`, neither in the files nor on the gateway
    domains.yaml:9:8: /tls/clients: clients can be asked for certificates only where the domain's certificate has a client authority
    old.yaml:2:1: /name: `1` has 1 characters, but 2 to 64 are allowed
    old.yaml:3:1: /chain: the certificate ended on Jan  1 00:00:00 2002 +00:00
    old.yaml:4:1: /key: the key is not that of the certificate
    ");
    files.remove("domains.yaml");
    files.remove("old.yaml");
    files.write(".ca", &ours.certificate);
    files.write("tls.yaml", "kind: domain\ngroup: pets\nhost: a.b.example.com\ntls: { certificate: wild }\n");
    let refused = run(&gateway, "apply", &files.path(), &[]);
    let told = refused.err.replace(&format!("{}/", files.path().display()), "");
    assert_snapshot!(told, @r"
    paifang: there is a complaint about the files; nothing was changed
    tls.yaml:4:8: /tls/certificate: the certificate `wild` does not cover `a.b.example.com`: it is for `*.example.com`
    ");
    assert_eq!(gateway.done("GET", "/certificates", &Value::Null)["items"].as_array().unwrap().len(), 0);
    gateway.stop();
}

#[test]
fn an_export_has_everything_but_the_key() {
    let (first, second) = (place(), place());
    let gateway = Gateway::start(&first);
    let ours = TestAuthority::new("Ours");
    let files = files(&ours, &ours);
    done(&gateway, "apply", &files.path(), &[]);
    let folder = first.path().join("out");
    let report = done(&gateway, "export", &folder, &["--group", "pets"]);
    assert!(report.contains("KEY_WILD: private key of the certificate `wild`, in PEM"), "{report}");
    let written = std::fs::read_to_string(folder.join("certificates.yaml")).unwrap();
    assert!(written.contains("${env:KEY_WILD}") && !written.contains("PRIVATE KEY"), "{written}");
    let domain = std::fs::read_to_string(folder.join("alibaba/pets/group.yaml")).unwrap();
    for said in ["certificate: wild", "versions: tls13", "clients: required", "plain: redirected"] {
        assert!(domain.contains(said), "{said}: {domain}");
    }
    assert!(!domain.contains("policy_name"), "{domain}");

    let key = std::fs::read_to_string(files.path().join(".key")).unwrap();
    let other = Gateway::start(&second);
    for (gateway, verb) in [(&gateway, "diff"), (&other, "apply"), (&other, "diff")] {
        let outcome = ended(command(gateway, verb, &folder, &["--set", "all"]).env("KEY_WILD", &key));
        assert_eq!(outcome.code, 0, "{verb}: {outcome:?}");
    }
    let wrong = ours.server(&["*.example.com"]).1;
    let refused = ended(command(&other, "apply", &folder, &["--set", "all"]).env("KEY_WILD", &wrong));
    assert_eq!(refused.code, 0, "what is there already is not written: {refused:?}");
    gateway.stop();
    other.stop();
}

//! One host per request: what is routed, what is signed and what a backend is told must be the same.

use paifang_wire::{Request, host_of};

use crate::support::{ok, say, serve, worker};

/// The host that leads, and every `Host` that a later reader would see.
async fn told(request: Request) -> paifang_wire::Reply {
    let fields: Vec<_> = request.head.headers.get_all("host").map(|host| host.to_str().unwrap()).collect();
    ok(format!("{} {fields:?}", host_of(&request.head).unwrap_or_default()))
}

async fn heard(head: &str) -> String {
    let served = serve(told).await;
    say(&served, &format!("{head}connection: close\r\n\r\n")).await
}

#[test]
fn a_target_in_absolute_form_and_the_field_agree() {
    worker(async {
        let answer = heard("GET http://A.test:81/ HTTP/1.1\r\nhost: a.test:81\r\n").await;
        assert!(answer.ends_with("A.test [\"A.test:81\"]"), "{answer}");
        let answer = heard("GET http://a.test:81/ HTTP/1.1\r\nhost: b.test:81\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    });
}

#[test]
fn a_host_that_is_named_twice_is_refused() {
    worker(async {
        for hosts in ["host: a.test\r\nhost: b.test\r\n", "host: a.test\r\nhost: a.test\r\n"] {
            let answer = heard(&format!("GET / HTTP/1.1\r\n{hosts}")).await;
            assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
        }
    });
}

#[test]
fn nobody_stands_before_a_host() {
    worker(async {
        let answer = heard("GET http://a.test@b.test/ HTTP/1.1\r\nhost: b.test\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    });
}

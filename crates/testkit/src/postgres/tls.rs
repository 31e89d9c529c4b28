//! A server that is also reached over TLS.

use std::fs::Permissions;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use super::Server;

impl Server {
    /// A server of one's own that listens to TCP, with a certificate for `localhost` that it signed itself.
    pub fn with_tls() -> Self {
        let mut server = Self::start();
        server.stop();
        let names = vec!["localhost".to_owned()];
        let rcgen::CertifiedKey { cert, signing_key } = rcgen::generate_simple_self_signed(names).unwrap();
        server.put("server.crt", &cert.pem());
        server.put("server.key", &signing_key.serialize_pem());
        // It cannot choose one itself.
        server.port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        server.options = "-c listen_addresses=127.0.0.1 -c ssl=on".to_owned();
        server.resume();
        server
    }

    /// The address of one of its databases over TCP; `parameters` as in a URL.
    pub fn tcp_url(&self, database: &str, parameters: &str) -> String {
        format!("postgres://postgres@localhost:{}/{database}?{parameters}", self.port)
    }

    /// The file with its certificate.
    pub fn certificate(&self) -> PathBuf {
        self.data().join("server.crt")
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.data().join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        self.programs.give(&path);
    }
}

//! The servers that are compared. Each reads the body and answers 200.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use paifang_wire::{Body, ByteBudget, Reply, Request, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::serve;

pub(super) enum Server {
    At {
        address: SocketAddr,
        _running: Option<Running>,
    },
    /// Not installed; its column is taken from the golden file.
    Missing {
        column: usize,
    },
}

/// A program that ends with the test.
pub(super) struct Running {
    child: Child,
    _folder: tempfile::TempDir,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// In the order of the golden file's columns.
pub(super) async fn servers() -> Vec<Server> {
    let ours = serve(answer).await.address;
    let inside = |address| Server::At { address, _running: None };
    vec![inside(ours), inside(hyper().await), nginx().await, python().await]
}

async fn answer(request: Request) -> Reply {
    match request.body.collect(1 << 20, &ByteBudget::default()).await {
        Ok(_) => Reply::new(StatusCode::OK, Body::empty()),
        Err(_) => Reply::new(StatusCode::BAD_REQUEST, Body::empty()),
    }
}

async fn hyper() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::task::spawn_local(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| async move {
                let status = if request.into_body().collect().await.is_ok() { 200 } else { 400 };
                hyper::Response::builder().status(status).body(Empty::<Bytes>::new())
            });
            let mut server = hyper::server::conn::http1::Builder::new();
            server.half_close(true);
            tokio::task::spawn_local(async move {
                // How it ends shows in what it answered.
                let _ = server.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    address
}

async fn nginx() -> Server {
    let Some(program) = find("nginx") else { return missing("nginx", 2) };
    let (folder, address) = (tempfile::tempdir().unwrap(), free());
    let root = folder.path().display();
    // A body is read only on its way to an upstream: hence the second server.
    let configuration = format!(
        "daemon off; master_process off; pid {root}/pid; error_log {root}/error.log crit;\n\
         events {{ worker_connections 64; }}\n\
         http {{\n access_log off; client_body_temp_path {root}/body; proxy_temp_path {root}/proxy;\n\
         fastcgi_temp_path {root}/f; uwsgi_temp_path {root}/u; scgi_temp_path {root}/s;\n\
         server {{ listen unix:{root}/inner; return 200; }}\n\
         server {{ listen {address}; location / {{ proxy_ignore_client_abort on; proxy_pass http://unix:{root}/inner:/; }} }}\n}}\n"
    );
    let file = folder.path().join("nginx.conf");
    std::fs::write(&file, configuration).unwrap();
    let mut command = Command::new(program);
    command.arg("-c").arg(&file).arg("-p").arg(folder.path());
    started(command, folder, address).await
}

const PYTHON: &str = r#"
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"#;

async fn python() -> Server {
    let Some(program) = find("python3") else { return missing("python3", 3) };
    let (folder, address) = (tempfile::tempdir().unwrap(), free());
    let file = folder.path().join("server.py");
    std::fs::write(&file, PYTHON).unwrap();
    let mut command = Command::new(program);
    command.arg(&file).arg(address.port().to_string());
    started(command, folder, address).await
}

fn missing(name: &str, column: usize) -> Server {
    // Tests have no other way to say that they left something out.
    let _ = writeln!(std::io::stderr(), "skipped: {name} is not installed; its column is not checked");
    Server::Missing { column }
}

/// Waits until it listens.
async fn started(mut command: Command, folder: tempfile::TempDir, address: SocketAddr) -> Server {
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut running = Running { child, _folder: folder };
    while TcpStream::connect(address).await.is_err() {
        assert!(running.child.try_wait().unwrap().is_none(), "{command:?} ended");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    Server::At { address, _running: Some(running) }
}

fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .chain(["/usr/sbin".into()])
        .map(|folder| folder.join(name))
        .find(|file: &PathBuf| Path::is_file(file))
}

/// A port that nobody listens on; the next one to ask for any may get it, which is unlikely in the moment between.
fn free() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// The statuses of the answers to `bytes`, in order, joined by `+`; `-` when there is none.
pub(super) async fn ask(address: SocketAddr, bytes: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut heard = Vec::new();
    // A server that has closed already may refuse the rest, and reset what it answered: what came is what counts.
    let _ = stream.write_all(bytes.as_bytes()).await;
    let _ = stream.shutdown().await;
    while matches!(stream.read_buf(&mut heard).await, Ok(1..)) {}
    let heard = String::from_utf8_lossy(&heard);
    let final_status = |status: &&str| status.bytes().all(|byte| byte.is_ascii_digit()) && *status != "100";
    let statuses: Vec<&str> =
        heard.split("HTTP/1.").skip(1).filter_map(|answer| answer.get(2..5)).filter(final_status).collect();
    if statuses.is_empty() { "-".to_owned() } else { statuses.join("+") }
}

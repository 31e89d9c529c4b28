"""Backends of a test's own, where one that echoes cannot tell who answered."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Backend:
    """Answers every call with its name, and says on `/up` whether it is well."""

    def __init__(self, name):
        self.name, self.well = name, True
        backend = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self):
                answer = backend.name.encode()
                self.send_response(200 if backend.well or self.path != "/up" else 503)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                """Nobody reads it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.host, self.port = self.server.server_address
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}).start()

    @classmethod
    def of(cls, test, name):
        """One that lasts as long as a test."""
        backend = cls(name)
        test.addCleanup(backend.stop)
        return backend

    @property
    def url(self):
        return f"http://{self.host}:{self.port}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

"""Stands between the vendors' SDKs and the gateway's management interface, and holds every answer against the vendor's
own description of it. An answer that does not fit is not passed on: the SDK gets an error that says what is wrong.

    python3 conformance/recorder GATEWAY RECORD CLIENT…

Listens on one port per client, so that it is known who asked, and prints `{"ports": {CLIENT: PORT}}` once it does. Each
exchange becomes a line of RECORD. Signatures cover what is sent, so requests go on exactly as they came.
"""

import http.client
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import alibaba
import huawei
from misfit import Misfit

# Headers of one connection, which are not passed on (RFC 9110 §7.6.1), and those that say how a body is framed.
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "proxy-connection", "te", "upgrade"}


class Record:
    """The lines that are written, from all threads."""

    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8")
        self.lock = threading.Lock()

    def add(self, **exchange):
        with self.lock:
            self.file.write(json.dumps(exchange, ensure_ascii=False) + "\n")
            self.file.flush()


class Request:
    """What was asked, and how."""

    def __init__(self, method, target, headers, body):
        self.method, self.target, self.headers, self.body = method, target, headers, body


class Answer:
    """What was answered."""

    def __init__(self, response):
        self.status, self.reason = response.status, response.reason
        self.headers, self.body = response.headers, response.read()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are written one after the other: the second does not wait until the first is acknowledged.
    disable_nagle_algorithm = True

    def serve(self):
        request = Request(self.command, self.path, self.headers, self.read_body())
        answer = forward(self.server.gateway, request)
        dialect = huawei if huawei.is_asked(request) else alibaba
        exchange = {"dialect": dialect.NAME, "status": answer.status, **dialect.describe(request)}
        try:
            dialect.check(request, answer)
            self.server.record.add(client=self.server.client, **exchange)
            self.reply(answer.status, answer.reason, answer.headers.items(), answer.body)
        except Misfit as misfit:
            self.server.record.add(client=self.server.client, misfit=str(misfit), **exchange)
            self.reply(500, "Misfit", [("content-type", "application/json")], misfit.body())

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = serve

    def read_body(self):
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            return self.read_chunks()
        return self.rfile.read(int(self.headers.get("content-length") or 0))

    def read_chunks(self):
        pieces = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return b"".join(pieces)

    def reply(self, status, reason, headers, body):
        self.send_response_only(status, reason)
        for name, value in headers:
            if name.lower() not in HOP:
                self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """The record says it."""


def forward(gateway, request):
    connection = http.client.HTTPConnection(gateway, timeout=30)
    try:
        connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
        for name, value in request.headers.items():
            if name.lower() not in HOP:
                connection.putheader(name, value)
        if request.body or "content-length" in request.headers:
            connection.putheader("Content-Length", str(len(request.body)))
        connection.endheaders(request.body or None)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def listen(gateway, record, client):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.gateway, server.record, server.client = gateway, record, client
    threading.Thread(target=server.serve_forever).start()
    return server.server_address[1]


def main(gateway, path, *clients):
    record = Record(path)
    ports = {client: listen(gateway, record, client) for client in clients}
    print(json.dumps({"ports": ports}), flush=True)


main(*sys.argv[1:])

"""Calls through the gateway, to a host that some group has."""

import http.client
import json
import socket
import ssl
import time

from target import TARGET

# A change is served within milliseconds of its answer; a slow machine may need more.
PATIENCE_S = 15


class Answer:
    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        text = response.read().decode()
        self.body = json.loads(text) if text.startswith("{") else text

    def seen(self, header):
        """What the backend, which echoes, saw in a header."""
        return self.body["headers"].get(header)

    def __repr__(self):
        return f"{self.status} {dict(self.headers)} {self.body}"


def call(host, path, method="GET", headers=None, body=None):
    connection = http.client.HTTPConnection(TARGET["http"], timeout=10)
    return answered(connection, host, path, method, headers, body)


def answered(connection, host, path, method="GET", headers=None, body=None):
    try:
        connection.request(method, path, body=body, headers={**(headers or {}), "Host": host})
        return Answer(connection.getresponse())
    finally:
        connection.close()


class Caller:
    """Calls over TLS, as a client that trusts an authority and no other."""

    def __init__(self, authority, certificate=None, versions=None, protocols=()):
        self.context = ssl.create_default_context(cadata=authority)
        if certificate:
            self.context.load_cert_chain(certificate)
        if versions:
            self.context.minimum_version = self.context.maximum_version = versions
        if protocols:
            self.context.set_alpn_protocols(protocols)

    def call(self, host, path):
        """The answer, or why there is none."""
        try:
            connection = http.client.HTTPConnection(TARGET["https"], timeout=10)
            connection.sock = self.connect(host)
            return answered(connection, host, path)
        except OSError as error:
            return error

    def connect(self, host):
        address, port = TARGET["https"].split(":")
        plain = socket.create_connection((address, int(port)), timeout=10)
        try:
            return self.context.wrap_socket(plain, server_hostname=host)
        except OSError:
            plain.close()
            raise

    def protocol(self, host):
        """The version of HTTP that is agreed on, or why nothing is."""
        try:
            with self.connect(host) as connection:
                return connection.selected_alpn_protocol()
        except OSError as error:
            return error


def is_served(answer):
    return not isinstance(answer, OSError) and answer.status == 200


def is_cut_off(answer):
    """Whether a call over TLS got no answer."""
    return isinstance(answer, OSError)


def eventually(ask, accept):
    """Asks until the answer is accepted; gives it."""
    deadline = time.monotonic() + PATIENCE_S
    while not accept(answer := ask()):
        if time.monotonic() > deadline:
            raise AssertionError(f"after {PATIENCE_S} s the answer is still {answer}")
        time.sleep(0.02)
    return answer

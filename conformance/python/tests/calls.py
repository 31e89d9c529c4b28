"""Calls through the gateway, to a host that some group has."""

import http.client
import json
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
    try:
        connection.request(method, path, body=body, headers={**(headers or {}), "Host": host})
        return Answer(connection.getresponse())
    finally:
        connection.close()


def eventually(ask, accept):
    """Asks until the answer is accepted; gives it."""
    deadline = time.monotonic() + PATIENCE_S
    while not accept(answer := ask()):
        if time.monotonic() > deadline:
            raise AssertionError(f"after {PATIENCE_S} s the answer is still {answer}")
        time.sleep(0.02)
    return answer

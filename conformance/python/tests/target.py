"""What the tests call: written by whoever prepared the gateway, see conformance/README.md."""

import http.client
import json
import os
import unittest

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer


def _load():
    file = os.environ.get("PAIFANG_CONFORMANCE")
    if not file:
        raise SystemExit("PAIFANG_CONFORMANCE must name the target.json of a prepared gateway (see conformance/README.md)")
    with open(file, encoding="utf-8") as text:
        return json.load(text)


TARGET = _load()
GROUP = TARGET["huawei"]
APP = TARGET["app"]
STRANGER = TARGET["stranger"]


def request(method="GET", below="", query=(), headers=None, body=None):
    """A call of the echo API, not yet signed."""
    return SdkRequest(
        method=method,
        schema="http",
        host=GROUP["host"],
        resource_path=GROUP["path"] + below,
        query_params=list(query),
        header_params=dict(headers or {}),
        body=body,
    )


def signed(call, key=None, secret=None):
    """The same call, signed by the SDK."""
    return Signer(BasicCredentials(key or APP["key"], secret or APP["secret"])).sign(call)


def send(call):
    """Sends exactly what was signed; gives status, headers and decoded JSON."""
    connection = http.client.HTTPConnection(GROUP["address"], timeout=10)
    try:
        connection.request(call.method, call.uri, body=call.body, headers=call.header_params)
        answer = connection.getresponse()
        return answer.status, answer.headers, json.loads(answer.read())
    finally:
        connection.close()


class GatewayTest(unittest.TestCase):
    """Assertions on what came back through the gateway."""

    def echoed(self, call):
        status, _, body = send(call)
        self.assertEqual(status, 200, body)
        return body

    def refused(self, call, status, code):
        answered, headers, body = send(call)
        self.assertEqual((answered, body.get("error_code")), (status, code), body)
        self.assertTrue(body["error_msg"])
        self.assertEqual(body["request_id"], headers["X-Request-Id"])
        return body["error_msg"]

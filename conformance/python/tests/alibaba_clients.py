"""The vendor's two Python SDKs, each told to do an action by its name and to take and give members as the interface
names them. What an SDK refuses to send or to read fails here."""

import functools
import json
import re
from importlib import import_module

from alibabacloud_cloudapi20160714 import models
from alibabacloud_cloudapi20160714.client import Client
from alibabacloud_tea_openapi.exceptions import ClientException
from alibabacloud_tea_openapi.models import Config
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient

from target import TARGET

MANAGEMENT = TARGET["management"]
ADDRESSES = MANAGEMENT["addresses"]


class Newer:
    """alibabacloud_cloudapi20160714, which signs as ACS3 unless it is told otherwise."""

    address = ADDRESSES["alibabacloud_cloudapi20160714"]
    # What it raises, whatever the status below 500.
    Refused = ClientException
    WRONG_SECRET = "SignatureDoesNotMatch"
    settings = {}

    def __init__(self, secret=MANAGEMENT["access_secret"]):
        key = MANAGEMENT["access_key"]
        config = Config(access_key_id=key, access_key_secret=secret, endpoint=self.address, protocol="http", **self.settings)
        self.client = Client(config)

    def do(self, action, **members):
        # The SDK's own names are those of the interface in another case.
        method = re.sub(r"(?<!^)([A-Z])", r"_\1", action).lower()
        request = getattr(models, action + "Request")().from_map(members)
        return getattr(self.client, method)(request).body.to_map()

    def told(self, error):
        """Status, code and sentence of a refusal."""
        assert error.request_id, error
        return error.status_code, error.code, error.message


class NewerByRpcV1(Newer):
    """The same SDK, told to sign in the older way."""

    settings = {"signature_algorithm": "v2"}


class Older:
    """aliyun-python-sdk-cloudapi, which signs as RPC v1."""

    address = ADDRESSES["aliyun-python-sdk-cloudapi"]
    Refused = ServerException
    # It finds what it signed in the sentence, and so knows that the secret is what differs.
    WRONG_SECRET = "InvalidAccessKeySecret"

    def __init__(self, secret=MANAGEMENT["access_secret"]):
        self.acs = AcsClient(MANAGEMENT["access_key"], secret, "cn-hangzhou", auto_retry=False)

    def do(self, action, **members):
        return json.loads(self.acs.do_action_with_exception(self.request(action, members)))

    def xml(self, action, **members):
        """The answer as text; only this SDK can ask for XML."""
        request = self.request(action, members)
        request.set_accept_format("XML")
        return self.acs.get_response(request)[2]

    def request(self, action, members):
        request = getattr(import_module(f"aliyunsdkcloudapi.request.v20160714.{action}Request"), action + "Request")()
        for name, value in members.items():
            # Lists have names of their own; members that are younger than its classes go as its users send them.
            add = functools.partial(request.add_query_param, name)
            setter = getattr(request, "set_" + name, None) or getattr(request, f"set_{name}s", add)
            setter(value)
        request.set_endpoint(self.address)
        request.set_protocol_type("http")
        return request

    def told(self, error):
        assert error.get_request_id(), error
        return error.get_http_status(), error.get_error_code(), error.get_error_msg()

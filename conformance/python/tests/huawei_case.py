"""What the tests of the Huawei management interface have in common: the SDK's client, and definitions to send."""

import unittest
import uuid

import huaweicloudsdkapig.v2 as apig
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

from calls import call, eventually
from target import TARGET

MANAGEMENT = TARGET["management"]
RELEASE = "DEFAULT_ENVIRONMENT_RELEASE_ID"


def client(secret=None):
    credentials = BasicCredentials(
        MANAGEMENT["access_key"], secret or MANAGEMENT["access_secret"], MANAGEMENT["project"]
    )
    endpoint = "http://" + MANAGEMENT["addresses"]["huaweicloudsdkapig"]
    return apig.ApigClient.new_builder().with_credentials(credentials).with_endpoint(endpoint).build()


def name(prefix):
    return f"{prefix}_{uuid.uuid4().hex[:12]}"


def host():
    return f"{uuid.uuid4().hex[:12]}.paifang.test"


def signed_call(app, host, path):
    """A call that the SDK's signer signs for an app."""
    request = SdkRequest(method="GET", schema="http", host=host, resource_path=path, query_params=[], header_params={})
    signed = Signer(BasicCredentials(app.app_key, app.app_secret)).sign(request)
    return call(host, signed.uri, headers=signed.header_params)


def code(answer):
    return answer.body.get("error_code") if isinstance(answer.body, dict) else None


class Case(unittest.TestCase):
    def setUp(self):
        self.client = client()
        self.instance = MANAGEMENT["instance"]

    def do(self, operation, **members):
        """One operation, by the SDK's name of it."""
        words = "".join(word.capitalize() for word in operation.split("_"))
        request = getattr(apig, words + "Request")(**members)
        return getattr(self.client, operation)(request)

    def on(self, operation, **members):
        return self.do(operation, instance_id=self.instance, **members)

    def refused(self, status, code, operation, ask=None, **members):
        with self.assertRaises(ClientRequestException) as raised:
            (ask or self.on)(operation, **members)
        error = raised.exception
        self.assertEqual((error.status_code, error.error_code), (status, code), error.error_msg)
        self.assertTrue(error.request_id)
        return error.error_msg

    def forget(self, operation, ask=None, **members):
        """Cleans up after what failed, or finds nothing to clean up."""
        try:
            (ask or self.on)(operation, **members)
        except ClientRequestException:
            pass

    def group(self):
        group = self.on("create_api_group_v2", body=apig.ApiGroupCreate(name=name("group"), remark="中文"))
        self.addCleanup(self.forget, "delete_api_group_v2", group_id=group.id)
        return group

    def api(self, definition):
        api = self.on("create_api_v2", body=definition)
        self.addCleanup(self.forget, "delete_api_v2", api_id=api.id)
        return api

    def app(self, **members):
        app = self.on("create_an_app_v2", body=apig.AppCreate(name=name("app"), **members))
        self.addCleanup(self.forget, "delete_app_v2", app_id=app.id)
        return app

    def app_of(self, api):
        """An app that may call an API."""
        app = self.app()
        body = apig.ApiAuthCreate(env_id=RELEASE, app_ids=[app.id], api_ids=[api.id])
        self.on("create_authorizing_apps_v2", body=body)
        return app

    def act(self, api, action="online", env=RELEASE, **members):
        body = apig.ApiActionInfo(action=action, env_id=env, api_id=api.id, **members)
        return self.on("create_or_delete_publish_record_for_api_v2", body=body)

    def online(self, api, env=RELEASE, **members):
        record = self.act(api, env=env, **members)
        offline = apig.ApiActionInfo(action="offline", env_id=env, api_id=api.id)
        self.addCleanup(self.forget, "create_or_delete_publish_record_for_api_v2", body=offline)
        return record


def definition(group, edition="first", **more):
    """An API before the echo backend, which sees of an edition a header."""
    members = {
        "group_id": group.id,
        "name": "list_pets",
        "type": 1,
        "req_protocol": "BOTH",
        "req_method": "GET",
        "req_uri": "/pets/{kind}",
        "match_mode": "NORMAL",
        "auth_type": "APP",
        "auth_opt": apig.AuthOpt(app_code_auth_type="HEADER"),
        "remark": edition,
        "tags": ["pets"],
        "backend_type": "HTTP",
        "backend_api": apig.BackendApiCreate(
            url_domain=TARGET["backend"],
            req_protocol="HTTP",
            req_method="GET",
            req_uri="/animals/{kind}",
            timeout=5000,
            retry_count="1",
        ),
        "req_params": [
            apig.ReqParamBase(name="kind", type="STRING", location="PATH", required=1, max_size=10),
            apig.ReqParamBase(name="age", type="NUMBER", location="QUERY", required=2, valid_enable=1, min_num=0, max_num=99),
        ],
        "backend_params": [
            apig.BackendParamBase(name="kind", location="PATH", origin="REQUEST", value="kind"),
            apig.BackendParamBase(name="x-edition", location="HEADER", origin="CONSTANT", value=edition),
        ],
    }
    return apig.ApiCreate(**{**members, **more})


def mock(group, text, **more):
    """An API that the gateway answers itself, to anybody."""
    made = {"backend_type": "MOCK", "mock_info": apig.ApiMockCreate(result_content=text), "backend_api": None}
    open_to_all = {"auth_type": "NONE", "auth_opt": None, "req_uri": "/mock", "name": "mock_pets"}
    return definition(group, **{**made, **open_to_all, "req_params": [], "backend_params": [], **more})


def open_to_all(group, **more):
    """An API before the echo backend that anybody may call, at `/pets`."""
    backend = apig.BackendApiCreate(
        url_domain=TARGET["backend"], req_protocol="HTTP", req_method="GET", req_uri="/pets", timeout=5000
    )
    given = {"auth_type": "NONE", "auth_opt": None, "req_uri": "/pets", "req_params": [], "backend_params": []}
    return definition(group, **{**given, "backend_api": backend, **more})


class Shop(Case):
    """A group with an API that is online and that anybody may call."""

    def setUp(self):
        super().setUp()
        self.made = self.group()
        self.draft = self.api(open_to_all(self.made))
        self.publication = self.online(self.draft).publish_id
        self.until(200)

    def get(self, at=None, path="/pets", **given):
        return call(at or self.made.sl_domain, path, **given)

    def until(self, status, error=None, **given):
        """Calls until the gateway answers so."""
        return eventually(lambda: self.get(**given), lambda answer: (answer.status, code(answer)) == (status, error))

    def bound(self, host):
        domain = self.on("associate_domain_v2", group_id=self.made.id, body=apig.UrlDomainCreate(url_domain=host))
        self.addCleanup(self.forget, "disassociate_domain_v2", group_id=self.made.id, domain_id=domain.id)
        return domain

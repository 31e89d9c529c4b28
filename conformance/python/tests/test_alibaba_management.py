"""The management interface through the vendor's two Python SDKs: group, API, deploy, app, authorize, modify, switch, abolish.

Reads `management` of target.json: {"address", "access_key", "access_secret"}.
"""

import json
import unittest
import uuid

from alibabacloud_cloudapi20160714 import models
from alibabacloud_cloudapi20160714.client import Client
from alibabacloud_tea_openapi.models import Config
from aliyunsdkcloudapi.request.v20160714.CreateApiRequest import CreateApiRequest
from aliyunsdkcloudapi.request.v20160714.DescribeApiGroupsRequest import DescribeApiGroupsRequest
from aliyunsdkcloudapi.request.v20160714.DescribeRegionsRequest import DescribeRegionsRequest
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from Tea.exceptions import TeaException

from target import TARGET

MANAGEMENT = TARGET["management"]


def client(secret=None, **settings):
    """The newer SDK; it signs as ACS3 unless it is told otherwise."""
    return Client(
        Config(
            access_key_id=MANAGEMENT["access_key"],
            access_key_secret=secret or MANAGEMENT["access_secret"],
            endpoint=MANAGEMENT["address"],
            protocol="http",
            **settings,
        )
    )


def older(request):
    """One call by the older SDK, which signs as RPC v1."""
    request.set_endpoint(MANAGEMENT["address"])
    request.set_protocol_type("http")
    request.set_accept_format("JSON")
    acs = AcsClient(MANAGEMENT["access_key"], MANAGEMENT["access_secret"], "cn-hangzhou", auto_retry=False)
    return json.loads(acs.do_action_with_exception(request))


def name(prefix):
    return f"{prefix}_{uuid.uuid4().hex[:8]}"


REQUEST = {"RequestProtocol": "HTTP,HTTPS", "RequestHttpMethod": "GET", "RequestPath": "/pets/[id]", "RequestMode": "MAPPING"}
MOCK = {"Mock": "TRUE", "MockResult": "hello &+ 世界", "MockStatusCode": "201", "ServiceProtocol": "HTTP"}
PARAMETERS = [{"ApiParameterName": "id", "Location": "PATH", "ParameterType": "Long", "Required": "REQUIRED", "DocOrder": 1}]


class Newer(unittest.TestCase):
    settings = {}

    def setUp(self):
        self.client = client(**self.settings)
        made = self.client.create_api_group(
            models.CreateApiGroupRequest(group_name=name("pets"), description="a b*c~d/'e(f)!", base_path="/v1")
        ).body
        self.group = made.group_id
        self.assertEqual(made.sub_domain.split(".")[0], self.group)

    def tearDown(self):
        self.client.delete_api_group(models.DeleteApiGroupRequest(group_id=self.group))

    def make_api(self, **more):
        return self.client.create_api(self.api(models.CreateApiRequest, **more)).body.api_id

    def api(self, kind, **more):
        fields = {
            "group_id": self.group,
            "api_name": "list_pets",
            "visibility": "PRIVATE",
            "auth_type": "APP",
            "force_nonce_check": True,
            "request_config": json.dumps(REQUEST),
            "service_config": json.dumps(MOCK),
            "request_parameters": json.dumps(PARAMETERS),
        }
        return kind(**{**fields, **more})

    def refused(self, code, status, call, request):
        with self.assertRaises(TeaException) as raised:
            call(request)
        self.assertEqual((raised.exception.code, raised.exception.statusCode), (code, status), raised.exception.message)

    def test_regions_and_instances(self):
        regions = self.client.describe_regions(models.DescribeRegionsRequest()).body.regions.region
        self.assertEqual(len(regions), 1)
        self.assertEqual(regions[0].region_endpoint, MANAGEMENT["address"])
        instances = self.client.describe_instances(models.DescribeInstancesRequest()).body
        self.assertEqual(instances.instances.instance_attribute[0].instance_id, "api-shared-vpc-001")

    def test_group(self):
        change = models.ModifyApiGroupRequest(group_id=self.group, passthrough_headers="host", description="Pets & 世界")
        self.client.modify_api_group(change)
        shown = self.client.describe_api_group(models.DescribeApiGroupRequest(group_id=self.group)).body
        self.assertEqual((shown.description, shown.passthrough_headers, shown.base_path), ("Pets & 世界", "host", "/v1"))
        listed = self.client.describe_api_groups(models.DescribeApiGroupsRequest(group_id=self.group, page_size=1)).body
        self.assertEqual([group.group_id for group in listed.api_group_attributes.api_group_attribute], [self.group])
        self.refused(
            "NotFoundApiGroup", 404, self.client.describe_api_group, models.DescribeApiGroupRequest(group_id="0" * 32)
        )

    def test_api_reads_back(self):
        api = self.make_api()
        shown = self.client.describe_api(models.DescribeApiRequest(group_id=self.group, api_id=api)).body
        self.assertEqual((shown.request_config.request_path, shown.service_config.mock_result), ("/pets/[id]", MOCK["MockResult"]))
        self.assertEqual((shown.service_config.mock_status_code, shown.force_nonce_check), (201, True))
        parameter = shown.request_parameters.request_parameter[0]
        self.assertEqual((parameter.api_parameter_name, parameter.parameter_type, parameter.doc_order), ("id", "Long", 1))
        self.client.delete_api(models.DeleteApiRequest(group_id=self.group, api_id=api))

    def test_life(self):
        api = self.make_api()
        at = {"group_id": self.group, "api_id": api, "stage_name": "RELEASE"}
        self.refused("NotFoundStage", 404, self.client.describe_deployed_api, models.DescribeDeployedApiRequest(**at))
        self.client.deploy_api(models.DeployApiRequest(description="first", **at))
        changed = json.dumps({**MOCK, "MockResult": "bye"})
        self.client.modify_api(self.api(models.ModifyApiRequest, api_id=api, service_config=changed))
        served = lambda: self.client.describe_deployed_api(models.DescribeDeployedApiRequest(**at)).body.service_config.mock_result
        self.assertEqual(served(), MOCK["MockResult"])
        self.client.deploy_api(models.DeployApiRequest(description="second", **at))
        self.assertEqual(served(), "bye")
        histories = self.client.describe_api_histories(models.DescribeApiHistoriesRequest(**at)).body
        versions = histories.api_his_items.api_his_item
        self.assertEqual([version.description for version in versions], ["second", "first"])
        first = versions[1].history_version
        self.client.switch_api(models.SwitchApiRequest(history_version=first, description="back", **at))
        self.assertEqual(served(), MOCK["MockResult"])
        self.refused(
            "DependencyViolationApi", 400, self.client.delete_api, models.DeleteApiRequest(group_id=self.group, api_id=api)
        )
        self.client.abolish_api(models.AbolishApiRequest(**at))
        self.client.delete_api(models.DeleteApiRequest(group_id=self.group, api_id=api))

    def test_authorizations(self):
        api = self.make_api()
        app = self.client.create_app(models.CreateAppRequest(app_name=name("app"))).body.app_id
        security = self.client.describe_app_security(models.DescribeAppSecurityRequest(app_id=app)).body
        self.assertTrue(security.app_key and security.app_secret and security.app_code)
        at = {"group_id": self.group, "stage_name": "RELEASE"}
        self.client.set_apps_authorities(
            models.SetAppsAuthoritiesRequest(api_id=api, app_ids=str(app), auth_valid_time="Fri, 05 Oct 2040 16:00:00 GMT", **at)
        )
        asked = models.DescribeAuthorizedAppsRequest(api_id=api, **at)
        authorized = self.client.describe_authorized_apps(asked).body.authorized_apps.authorized_app
        self.assertEqual([(there.app_id, there.auth_vaild_time) for there in authorized], [(app, "Fri, 05 Oct 2040 16:00:00 GMT")])
        self.client.remove_apis_authorities(models.RemoveApisAuthoritiesRequest(app_id=app, api_ids=api, **at))
        asked = models.DescribeAuthorizedApisRequest(app_id=app)
        self.assertEqual(self.client.describe_authorized_apis(asked).body.total_count, 0)
        self.client.delete_app(models.DeleteAppRequest(app_id=app))
        self.client.delete_api(models.DeleteApiRequest(group_id=self.group, api_id=api))

    def test_domain_and_access(self):
        domain = f"{uuid.uuid4().hex[:8]}.example.com"
        bound = self.client.set_domain(models.SetDomainRequest(group_id=self.group, domain_name=domain)).body
        self.assertEqual(bound.domain_name, domain)
        self.client.delete_domain(models.DeleteDomainRequest(group_id=self.group, domain_name=domain))
        access, instance = name("access"), f"i-{uuid.uuid4().hex[:8]}"
        place = {"vpc_id": "vpc-1", "instance_id": instance, "port": 8080}
        self.client.set_vpc_access(models.SetVpcAccessRequest(name=access, **place))
        asked = models.DescribeVpcAccessesRequest(name=access, accurate_query=True)
        listed = self.client.describe_vpc_accesses(asked).body.vpc_access_attributes.vpc_access_attribute
        self.assertEqual([(there.instance_id, there.port) for there in listed], [(instance, 8080)])
        self.client.remove_vpc_access(models.RemoveVpcAccessRequest(**place))

    def test_wrong_secret(self):
        wrong = client("another secret, also long", **self.settings)
        self.refused("SignatureDoesNotMatch", 400, wrong.describe_regions, models.DescribeRegionsRequest())

    def test_not_offered(self):
        asked = models.DescribePluginsRequest()
        self.refused("InvalidAction.NotFound", 404, self.client.describe_plugins, asked)


class NewerByRpcV1(Newer):
    """The same SDK told to sign in the older way."""

    settings = {"signature_algorithm": "v2"}


class Older(unittest.TestCase):
    def test_regions(self):
        request = DescribeRegionsRequest()
        self.assertEqual(len(older(request)["Regions"]["Region"]), 1)

    def test_groups(self):
        request = DescribeApiGroupsRequest()
        request.set_PageSize(1)
        self.assertEqual(older(request)["PageSize"], 1)

    def test_refused(self):
        request = CreateApiRequest()
        request.set_GroupId("0" * 32)
        request.set_ServiceParameters("[]")
        with self.assertRaises(ServerException) as raised:
            older(request)
        error = raised.exception
        self.assertEqual((error.get_http_status(), error.get_error_code()), (404, "NotFoundApiGroup"))
        self.assertTrue(error.get_request_id())


if __name__ == "__main__":
    unittest.main()

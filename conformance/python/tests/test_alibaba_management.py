"""The rest of the management interface through the vendor's Python SDKs."""

import json
import unittest
import uuid
import xml.etree.ElementTree as xml

import alibaba_clients
from alibaba_case import Case, host, name
from backends import Backend
from calls import call, eventually
from target import TARGET

REQUEST = {"RequestProtocol": "HTTP,HTTPS", "RequestHttpMethod": "GET", "RequestPath": "/pets/[id]", "RequestMode": "MAPPING"}
MOCK = {"Mock": "TRUE", "MockResult": "hello &+ 世界", "MockStatusCode": "201", "ServiceProtocol": "HTTP"}
PARAMETERS = [{"ApiParameterName": "id", "Location": "PATH", "ParameterType": "Long", "Required": "REQUIRED", "DocOrder": 1}]


class Management(Case):
    def api(self, group, **more):
        members = {
            "GroupId": group,
            "ApiName": "list_pets",
            "Visibility": "PRIVATE",
            "AuthType": "APP",
            "ForceNonceCheck": True,
            "RequestConfig": json.dumps(REQUEST),
            "ServiceConfig": json.dumps(MOCK),
            "RequestParameters": json.dumps(PARAMETERS),
            **more,
        }
        api = {"GroupId": group, "ApiId": self.do("CreateApi", **members)["ApiId"]}
        self.addCleanup(self.forget, "DeleteApi", **api)
        return api

    def test_regions(self):
        regions = self.do("DescribeRegions")["Regions"]["Region"]
        self.assertEqual([region["RegionEndpoint"] for region in regions], [self.client.address])

    def test_groups(self):
        made = self.group(Description="a b*c~d/'e(f)!", BasePath="/v1")
        group = {"GroupId": made["GroupId"]}
        self.assertEqual(made["SubDomain"].split(".")[0], made["GroupId"])
        self.do("ModifyApiGroup", Description="Pets & 世界", **group)
        shown = self.do("DescribeApiGroup", **group)
        self.assertEqual((shown["Description"], shown["BasePath"]), ("Pets & 世界", "/v1"))
        listed = self.do("DescribeApiGroups", PageSize=1, **group)
        found = listed["ApiGroupAttributes"]["ApiGroupAttribute"]
        self.assertEqual(([one["GroupName"] for one in found], listed["TotalCount"]), ([made["GroupName"]], 1))
        self.refused(404, "NotFoundApiGroup", "DescribeApiGroup", GroupId="0" * 32)
        self.refused(400, "InvalidPageSize", "DescribeApiGroups", PageSize=51)

    def test_an_api_reads_back(self):
        api = self.api(self.group()["GroupId"])
        shown = self.do("DescribeApi", **api)
        service = shown["ServiceConfig"]
        self.assertEqual((shown["RequestConfig"]["RequestPath"], service["MockResult"]), ("/pets/[id]", MOCK["MockResult"]))
        self.assertEqual((service["MockStatusCode"], shown["ForceNonceCheck"]), (201, True))
        parameter = shown["RequestParameters"]["RequestParameter"][0]
        self.assertEqual((parameter["ApiParameterName"], parameter["ParameterType"], parameter["DocOrder"]), ("id", "Long", 1))

    def test_keys_begin_in_either_case(self):
        lowered = lambda members: {name[0].lower() + name[1:]: value for name, value in members.items()}
        config, service = json.dumps(lowered(REQUEST)), json.dumps(lowered({**MOCK, "ServiceTimeout": "5000"}))
        parameters = json.dumps([lowered(one) for one in PARAMETERS])
        api = self.api(self.group()["GroupId"], RequestConfig=config, ServiceConfig=service, RequestParameters=parameters)
        shown = self.do("DescribeApi", **api)
        self.assertEqual((shown["RequestConfig"]["RequestPath"], shown["ServiceConfig"]["ServiceTimeout"]), ("/pets/[id]", 5000))
        self.assertEqual(shown["RequestParameters"]["RequestParameter"][0]["ApiParameterName"], "id")

    def test_tags(self):
        tags = [{"Key": "team", "Value": "pets & co"}, {"Key": "tier", "Value": ""}]
        made = self.group(Tag=tags)
        listed = self.do("DescribeApiGroups", Tag=tags, GroupId=made["GroupId"])
        [group] = listed["ApiGroupAttributes"]["ApiGroupAttribute"]
        self.assertEqual(group["Tags"]["TagInfo"], tags)

    def test_lists_and_histories(self):
        group = self.group()["GroupId"]
        api = self.api(group)
        there = {**api, "StageName": "PRE"}
        self.assertEqual(self.do("DescribeApis", GroupId=group, ApiName="PETS")["TotalCount"], 1)
        self.assertEqual(self.do("DescribeApis", GroupId=group, Visibility="PUBLIC")["TotalCount"], 0)
        self.assertEqual(self.do("DescribeDeployedApis", GroupId=group)["TotalCount"], 0)
        self.do("DeployApi", Description="one", **there)
        deployed = self.do("DescribeDeployedApis", GroupId=group)["DeployedApis"]["DeployedApiItem"]
        self.assertEqual([(one["ApiName"], one["StageName"]) for one in deployed], [("list_pets", "PRE")])
        self.assertEqual(self.do("DescribeDeployedApi", **there)["ServiceConfig"]["MockResult"], MOCK["MockResult"])
        [version] = self.do("DescribeHistoryApis", GroupId=group)["ApiHisItems"]["ApiHisItem"]
        frozen = self.do("DescribeApiHistory", HistoryVersion=version["HistoryVersion"], **there)
        self.assertEqual((frozen["Status"], frozen["ApiName"]), ("ONLINE", "list_pets"))
        self.do("AbolishApi", **there)

    def test_apps(self):
        app = self.app(Description="one")
        self.do("ModifyApp", AppId=app, Description="two & 三")
        self.assertEqual(self.do("DescribeApp", AppId=app)["Description"], "two & 三")
        self.assertEqual(self.do("DescribeAppAttributes", AppId=app)["TotalCount"], 1)
        self.assertEqual(self.do("DescribeApps", AppId=app)["Apps"]["AppItem"][0]["AppId"], app)
        keys = self.do("DescribeAppSecurity", AppId=app)
        self.do("ResetAppSecret", AppKey=keys["AppKey"])
        self.do("ResetAppCode", AppCode=keys["AppCode"])
        reset = self.do("DescribeAppSecurity", AppId=app)
        self.assertEqual(reset["AppKey"], keys["AppKey"])
        self.assertFalse({reset["AppSecret"], reset["AppCode"]} & {keys["AppSecret"], keys["AppCode"]})
        self.refused(404, "NotFoundAppCode", "ResetAppCode", AppCode=keys["AppCode"])

    def test_domains(self):
        group = {"GroupId": self.group()["GroupId"]}
        domain = {"DomainName": host(), **group}
        self.assertEqual(self.do("SetDomain", BindStageName="RELEASE", **domain)["DomainBindingStatus"], "BINDING")
        self.assertEqual(self.do("DescribeDomain", **domain)["DomainName"], domain["DomainName"])
        other = self.group()["GroupId"]
        self.refused(400, "RepeatedDomainName", "SetDomain", DomainName=domain["DomainName"], GroupId=other)
        self.do("DeleteDomain", **domain)

    def test_backend_accesses(self):
        place = {"VpcId": "vpc-1", "InstanceId": f"i-{uuid.uuid4().hex[:8]}", "Port": 8080}
        access = name("access")
        self.do("SetVpcAccess", Name=access, **place)
        listed = self.do("DescribeVpcAccesses", Name=access)["VpcAccessAttributes"]["VpcAccessAttribute"]
        self.assertEqual([(one["InstanceId"], one["Port"]) for one in listed], [(place["InstanceId"], 8080)])
        self.do("RemoveVpcAccess", **place)
        self.refused(404, "NotFoundVpcAccess", "RemoveVpcAccess", **place)

    def through(self, access):
        """An access to the backend that echoes, and a group with an API that is served through it."""
        address, port = TARGET["backend"].split(":")
        place = {"VpcId": name("vpc"), "InstanceId": address, "Port": int(port)}
        self.do("SetVpcAccess", Name=access, **place)
        self.addCleanup(self.forget, "RemoveVpcAccess", **place)
        group = self.group()
        service = {"ServiceVpcEnable": "TRUE", "VpcConfig": {"Name": access}, "ServicePath": "/through", "ServiceTimeout": 5000}
        request = {**REQUEST, "RequestPath": "/pets"}
        given = {"RequestConfig": json.dumps(request), "ServiceConfig": json.dumps(service), "RequestParameters": "[]"}
        api = self.api(group["GroupId"], AuthType="ANONYMOUS", **given)
        self.assertEqual(self.do("DescribeApi", **api)["ServiceConfig"]["VpcConfig"]["Name"], access)
        there = {**api, "StageName": "RELEASE"}
        self.do("DeployApi", Description="one", **there)
        self.addCleanup(self.forget, "AbolishApi", **there)
        answer = eventually(lambda: call(group["SubDomain"], "/pets"), lambda answer: answer.status == 200)
        self.assertEqual(answer.body["path"], "/through")
        return place, group, api

    def test_an_api_calls_through_an_access(self):
        place, _, _ = self.through(name("access"))
        self.refused(400, "DependencyViolationVpcAccess", "RemoveVpcAccess", **place)

    def test_stage_variables(self):
        group = self.group()
        stages = self.do("DescribeApiGroup", GroupId=group["GroupId"])["StageItems"]["StageInfo"]
        [release] = [stage["StageId"] for stage in stages if stage["StageName"] == "RELEASE"]
        stage = {"GroupId": group["GroupId"], "StageId": release}
        service = {"ServiceProtocol": "HTTP", "ServiceAddress": "http://#place#", "ServicePath": "/there", "ServiceTimeout": 5000}
        given = {"RequestConfig": json.dumps({**REQUEST, "RequestPath": "/pets"}), "RequestParameters": "[]"}
        api = self.api(group["GroupId"], AuthType="ANONYMOUS", ServiceConfig=json.dumps(service), **given)
        there = {**api, "StageName": "RELEASE"}
        self.refused(404, "NotFoundStageVariable", "DeployApi", Description="one", **there)
        self.do("CreateApiStageVariable", VariableName="place", VariableValue=TARGET["backend"], **stage)
        self.do("DeployApi", Description="one", **there)
        answer = eventually(lambda: call(group["SubDomain"], "/pets"), lambda answer: answer.status == 200)
        self.assertEqual(answer.body["path"], "/there")
        variable = {"VariableName": "place", **stage}
        self.refused(400, "DependencyViolationStageVariable", "DeleteApiStageVariable", **variable)
        self.do("AbolishApi", **there)
        self.do("DeleteApiStageVariable", **variable)
        self.refused(404, "NotFoundStageVariable", "DeleteApiStageVariable", **variable)

    def test_a_wrong_secret(self):
        self.client = self.Client("another secret, also long")
        self.refused(400, self.client.WRONG_SECRET, "DescribeRegions")

    def test_what_is_not_offered_says_why(self):
        self.assertIn("it is not there yet", self.refused(404, "InvalidAction.NotFound", "DescribeSystemParameters"))
        told = self.refused(404, "InvalidAction.NotFound", "DescribePurchasedApis")
        self.assertIn("a marketplace belongs to the cloud", told)


class Newest(Management):
    """What the older SDK has no classes for."""

    def test_the_instance(self):
        instances = self.do("DescribeInstances")["Instances"]["InstanceAttribute"]
        self.assertEqual([one["InstanceId"] for one in instances], ["api-shared-vpc-001"])

    def test_an_access_moves_and_its_apis_with_it(self):
        moved, access = Backend.of(self, "the herd has moved"), name("access")
        # What is registered first is cleaned up last: the access as it is in the end.
        place = {"VpcId": name("vpc"), "InstanceId": moved.host, "Port": moved.port}
        self.addCleanup(self.forget, "RemoveVpcAccess", **place)
        before, group, api = self.through(access)
        [user] = self.do("DescribeApisByVpcAccess", VpcName=access)["ApiVpcAccessInfos"]["ApiVpcAccessInfo"]
        self.assertEqual((user["ApiId"], user["StageName"], user["Port"]), (api["ApiId"], "RELEASE", before["Port"]))
        started = self.do("ModifyVpcAccessAndUpdateApis", Name=access, NeedBatchWork=True, **place)
        def followed():
            task = self.do("DescribeUpdateVpcInfoTask", OperationUid=started["OperationId"])
            return [(one["ApiUid"], one["UpdateStatus"]) for one in task["ApiUpdateVpcInfoResults"]["ApiUpdateVpcInfoResult"]]

        eventually(followed, lambda results: results == [(api["ApiId"], "OVER")])
        eventually(lambda: call(group["SubDomain"], "/pets"), lambda answer: answer.body == "the herd has moved")

        [one] = self.do("DescribeVpcAccesses", Name=access, AccurateQuery=True)["VpcAccessAttributes"]["VpcAccessAttribute"]
        reached = self.do("ValidateVpcConnectivity", InstanceId="api-shared-vpc-001", VpcAccessId=one["VpcAccessId"])
        self.assertEqual(reached["Connected"], True)
        removed = self.do("RemoveVpcAccessAndAbolishApis", NeedBatchWork=True, **place)

        def abolished():
            task = self.do("DescribeAbolishApiTask", OperationUid=removed["OperationId"])
            return [(one["ApiUid"], one["AbolishStatus"]) for one in task["ApiAbolishResults"]["ApiAbolishResult"]]

        eventually(abolished, lambda results: results == [(api["ApiId"], "OVER")])
        eventually(lambda: call(group["SubDomain"], "/pets"), lambda answer: answer.status == 404)
        self.refused(404, "NotFoundVpcAccess", "RemoveVpcAccess", **place)

    def test_keys_and_codes(self):
        app = {"AppId": self.app()}
        key, code = uuid.uuid4().hex, uuid.uuid4().hex
        self.do("CreateAppKey", AppKey=key, AppSecret=uuid.uuid4().hex, **app)
        self.do("CreateAppCode", AppCode=code, **app)
        rows = self.do("DescribeAppSecurities", **app)["AppSecuritys"]["AppSecurity"]
        self.assertEqual((len(rows), rows[1]["AppKey"], rows[1]["AppCode"]), (2, key, code))
        self.do("DeleteAppKey", AppKey=key, **app)
        self.do("DeleteAppCode", AppCode=code, **app)
        self.refused(404, "NotFoundAppKey", "DeleteAppKey", AppKey=key, **app)

    def test_a_groups_app_codes(self):
        self.do("SetGroupAuthAppCode", GroupId=self.group()["GroupId"], AuthAppCode="HEADER")


class ByAcs3(Newest, unittest.TestCase):
    Client = alibaba_clients.Newer


class ByRpcV1(Newest, unittest.TestCase):
    Client = alibaba_clients.NewerByRpcV1


class ByTheOlderSdk(Management, unittest.TestCase):
    Client = alibaba_clients.Older

    def test_a_stage_shows_its_variables(self):
        group = self.group()["GroupId"]
        stages = self.do("DescribeApiGroup", GroupId=group)["StageItems"]["StageInfo"]
        stage = {"GroupId": group, "StageId": stages[0]["StageId"]}
        self.do("CreateApiStageVariable", VariableName="place", VariableValue="a", **stage)
        shown = self.do("DescribeApiStage", **stage)["Variables"]["VariableItem"]
        self.assertEqual([(one["VariableName"], one["VariableValue"]) for one in shown], [("place", "a")])
        self.do("DeleteApiStageVariable", VariableName="place", **stage)

    def test_xml(self):
        answer = xml.fromstring(self.client.xml("DescribeRegions"))
        self.assertEqual(answer.findtext("Regions/Region/RegionEndpoint"), self.client.address)
        refused = xml.fromstring(self.client.xml("DescribeApp", AppId="1"))
        self.assertEqual((refused.tag, refused.findtext("Code")), ("Error", "NotFoundApp"))


if __name__ == "__main__":
    unittest.main()

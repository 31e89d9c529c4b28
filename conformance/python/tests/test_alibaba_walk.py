"""The quick start of an API provider through the vendor's Python SDKs, with what is told who takes a step too early or
too late; each step is shown by a call through the gateway."""

import json
import unittest

import alibaba_clients
from alibaba_case import Case, host, name
from calls import call, eventually
from target import TARGET

REQUEST = {"RequestProtocol": "HTTP", "RequestHttpMethod": "GET", "RequestPath": "/pets/[id]", "RequestMode": "MAPPING"}
PARAMETERS = [{"ApiParameterName": "id", "Location": "PATH", "ParameterType": "Long", "Required": "REQUIRED"}]
SERVICE = {
    "ServiceProtocol": "HTTP",
    "ServiceAddress": f"http://{TARGET['backend']}",
    "ServicePath": "/animals/[animal]",
    "ServiceHttpMethod": "GET",
    "ServiceTimeout": 5000,
    "Mock": "FALSE",
}
MAPPED = [{"ServiceParameterName": "animal", "Location": "PATH", "ParameterType": "Long"}]
MAP = [{"ServiceParameterName": "animal", "RequestParameterName": "id"}]


class Walk(Case):
    def test_the_quick_start(self):
        self.make_group()
        self.make_api()
        self.deploy()
        self.authorize()
        self.modify_and_switch()
        self.take_away()

    def make_group(self):
        self.refused(400, "MissingGroupName", "CreateApiGroup", Description="without a name")
        title = name("pets")
        self.made = self.do("CreateApiGroup", GroupName=title, Description="a b*c~d/'e(f)!")
        self.id = {"GroupId": self.made["GroupId"]}
        self.addCleanup(self.forget, "DeleteApiGroup", **self.id)
        self.refused(400, "RepeatedGroupName", "CreateApiGroup", GroupName=title)
        self.host = host()
        self.assertEqual(self.do("SetDomain", DomainName=self.host, **self.id)["DomainName"], self.host)

    def definition(self, edition, **more):
        """What the backend sees of an edition is a header."""
        constant = {"ServiceParameterName": "X-Edition", "ConstantValue": edition, "Location": "HEAD"}
        return {
            **self.id,
            "ApiName": "list_pets",
            "Visibility": "PRIVATE",
            "AuthType": "APP",
            "AppCodeAuthType": "HEADER",
            "RequestConfig": json.dumps(REQUEST),
            "RequestParameters": json.dumps(PARAMETERS),
            "ServiceConfig": json.dumps(SERVICE),
            "ServiceParameters": json.dumps(MAPPED),
            "ServiceParametersMap": json.dumps(MAP),
            "ConstantParameters": json.dumps([constant]),
            **more,
        }

    def make_api(self):
        first = self.definition("first")
        self.refused(404, "NotFoundApiGroup", "CreateApi", **{**first, "GroupId": "0" * 32})
        self.refused(400, "MissingRequestConfig", "CreateApi", **{**first, "RequestConfig": ""})
        self.api = {**self.id, "ApiId": self.do("CreateApi", **first)["ApiId"]}
        self.addCleanup(self.forget, "DeleteApi", **self.api)
        self.refused(400, "RepeatedApiName", "CreateApi", **first)
        self.there = {**self.api, "StageName": "RELEASE"}
        self.refused(404, "NotFoundStage", "DescribeDeployedApi", **self.there)
        self.refused(404, "NotFoundStage", "AbolishApi", **self.there)

    def get(self, code=None, at=None):
        headers = {"Authorization": f"APPCODE {code}"} if code else {}
        return call(at or self.host, "/pets/7", headers=headers)

    def until(self, status, error=None, code=None, at=None):
        """Calls until the gateway answers so."""
        answers = lambda answer: (answer.status, answer.headers.get("X-Ca-Error-Code")) == (status, error)
        return eventually(lambda: self.get(code, at), answers)

    def until_edition(self, edition):
        is_it = lambda answer: answer.status == 200 and answer.seen("x-edition") == edition
        return eventually(lambda: self.get(self.code), is_it)

    def deploy(self):
        self.until(404, "I404NF")
        self.refused(404, "NotFoundStage", "DeployApi", **{**self.there, "StageName": "NOWHERE"}, Description="first")
        self.refused(400, "MissingDescription", "DeployApi", **self.there)
        self.do("DeployApi", Description="first", **self.there)
        self.addCleanup(self.forget, "AbolishApi", **self.there)
        self.until(400, "A400MA")

    def authorize(self):
        self.number = self.app()
        keys = self.do("DescribeAppSecurity", AppId=self.number)
        self.code = keys["AppCode"]
        self.until(403, "I403AA", self.code)
        self.refused(404, "NotFoundApp", "SetAppsAuthorities", AppIds="1", **self.there)
        self.do("SetAppsAuthorities", AppIds=str(self.number), AuthValidTime="Fri, 05 Oct 2040 16:00:00 GMT", **self.there)
        listed = self.do("DescribeAuthorizedApps", **self.there)["AuthorizedApps"]["AuthorizedApp"]
        self.assertEqual([(app["AppId"], app["AuthVaildTime"]) for app in listed], [(self.number, "Fri, 05 Oct 2040 16:00:00 GMT")])
        self.assertEqual(self.until_edition("first").body["path"], "/animals/7")

    def modify_and_switch(self):
        self.do("ModifyApi", **self.definition("second", ApiId=self.api["ApiId"]))
        # Changes are served in their order: what comes after the modification is served, and still the first edition.
        later = host()
        self.do("SetDomain", DomainName=later, **self.id)
        self.assertEqual(self.until(200, None, self.code, later).seen("x-edition"), "first")
        self.assertEqual(self.until(200, None, self.code).seen("x-edition"), "first")
        self.do("DeployApi", Description="second", **self.there)
        self.until_edition("second")
        versions = self.do("DescribeApiHistories", **self.there)["ApiHisItems"]["ApiHisItem"]
        self.assertEqual([one["Description"] for one in versions], ["second", "first"])
        self.refused(404, "NotFoundHistoryVersion", "SwitchApi", HistoryVersion="20160705104552292", Description="x", **self.there)
        self.do("SwitchApi", HistoryVersion=versions[1]["HistoryVersion"], Description="back", **self.there)
        self.until_edition("first")

    def take_away(self):
        self.refused(400, "DependencyViolationApi", "DeleteApi", **self.api)
        self.refused(400, "DependencyViolationApiGroup", "DeleteApiGroup", **self.id)
        self.do("RemoveAppsAuthorities", AppIds=str(self.number), **self.there)
        self.until(403, "I403AA", self.code)
        both = {**self.id, "StageName": "RELEASE", "AppId": self.number, "ApiIds": self.api["ApiId"]}
        self.do("SetApisAuthorities", **both)
        self.until(200, None, self.code)
        self.assertEqual(self.do("DescribeAuthorizedApis", AppId=self.number)["TotalCount"], 1)
        self.do("AbolishApi", **self.there)
        self.until(404, "I404NF", self.code)
        self.refused(404, "NotFoundStage", "AbolishApi", **self.there)
        self.do("RemoveApisAuthorities", **both)
        self.do("DeleteApi", **self.api)
        self.refused(404, "NotFoundApi", "DescribeApi", **self.api)
        self.do("DeleteApp", AppId=self.number)
        self.refused(404, "NotFoundApp", "DescribeApp", AppId=self.number)
        self.do("DeleteDomain", DomainName=self.host, **self.id)
        self.refused(404, "NotFoundDomain", "DescribeDomain", DomainName=self.host, **self.id)
        self.do("DeleteApiGroup", **self.id)
        self.refused(404, "NotFoundApiGroup", "DescribeApiGroup", **self.id)
        self.until(404, "I404DO")


class ByAcs3(Walk, unittest.TestCase):
    Client = alibaba_clients.Newer


class ByRpcV1(Walk, unittest.TestCase):
    Client = alibaba_clients.NewerByRpcV1


class ByTheOlderSdk(Walk, unittest.TestCase):
    Client = alibaba_clients.Older


if __name__ == "__main__":
    unittest.main()

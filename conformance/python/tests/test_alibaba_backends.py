"""Backend services through the vendor's Python SDK: what is published follows them."""

import json
import unittest

import alibaba_clients
from alibaba_case import name
from alibaba_shop import ECHO, Shop
from backends import Backend
from calls import eventually
from target import TARGET


class Backends(Shop):
    def service(self, kind="HTTP", **more):
        made = self.do("CreateBackend", BackendName=name("pets"), BackendType=kind, **more)
        self.addCleanup(self.forget, "DeleteBackend", BackendId=made["BackendId"])
        return {"BackendId": made["BackendId"]}

    def define(self, service, data, stage="RELEASE", **more):
        members = {**service, "StageName": stage, "BackendModelData": json.dumps(data), **more}
        return {**service, "BackendModelId": self.do("CreateBackendModel", **members)["BackendModelId"]}

    def api_of(self, service, path="/pets"):
        config = {"ServicePath": "/herd", "ServiceHttpMethod": "GET", "ServiceTimeout": 5000}
        return self.api(path, BackendEnable=True, ServiceConfig=json.dumps(config), **service)

    def config(self, service):
        [model] = self.do("DescribeBackendInfo", **service)["BackendInfo"]["BackendModels"]
        return model["BackendConfig"]

    def task(self, started):
        task = ("DescribeUpdateBackendTask", "ApiUpdateBackendResults", "ApiUpdateBackendResult", "UpdateStatus")
        results = self.over(*task, started["OperationId"])
        return [(one["ApiUid"], one["StageName"], one["UpdateStatus"]) for one in results]

    def test_what_is_published_follows_its_service(self):
        service = self.service()
        api = self.api_of(service)
        shown = self.do("DescribeApi", **api)
        self.assertEqual((shown["BackendEnable"], shown["BackendConfig"]["BackendId"]), (True, service["BackendId"]))
        there = {**api, "StageName": "RELEASE"}
        self.refused(404, "NotFoundBackendModel", "DeployApi", Description="one", **there)
        model = self.define(service, {"ServiceAddress": ECHO}, BackendType="HTTP")
        self.online(api)
        self.assertEqual(self.until(200).body["path"], "/herd")

        moved = Backend.of(self, "the herd has moved")
        data = json.dumps({"ServiceAddress": moved.url, "HttpTargetHostName": "herd.internal"})
        started = self.do("ModifyBackendModel", BackendType="HTTP", StageName="RELEASE", BackendModelData=data, **model)
        self.assertEqual(self.task(started), [(api["ApiId"], "RELEASE", "OVER")])
        eventually(self.get, lambda answer: answer.body == "the herd has moved")
        self.refused(400, "DependencyViolationBackend", "DeleteBackend", **service)

        started = self.do("DeleteBackendModel", StageName="RELEASE", **model)
        self.assertEqual(self.task(started), [(api["ApiId"], "RELEASE", "OVER")])
        self.until(404, "I404NF")
        self.refused(404, "NotFoundBackendModel", "DeleteBackendModel", StageName="RELEASE", **model)

    def test_a_service_through_an_access_and_one_that_the_gateway_plays(self):
        address, port = TARGET["backend"].split(":")
        place = {"VpcId": name("vpc"), "InstanceId": address, "Port": int(port)}
        access = self.do("SetVpcAccess", Name=name("access"), **place)["VpcAccessId"]
        self.addCleanup(self.forget, "RemoveVpcAccess", **place)
        through = self.service("VPC")
        self.define(through, {"VpcConfig": {"VpcAccessId": access, "VpcScheme": "http", "VpcTargetHostName": "herd.internal"}})
        shown = self.config(through)
        self.assertEqual((shown["Type"], shown["VpcConfig"]["VpcAccessId"], shown["VpcConfig"]["Port"]), ("VPC", access, int(port)))
        played = self.service("MOCK")
        mock = {"MockStatusCode": "418", "MockResult": "a teapot", "MockHeaders": [{"HeaderName": "x-kind", "HeaderValue": "pot"}]}
        self.define(played, {"MockConfig": mock})
        self.assertEqual(self.config(played), {"Type": "MOCK", "MockConfig": mock})

        self.online(self.api_of(through, "/through"))
        self.online(self.api_of(played, "/played"))
        answer = self.until(200, path="/through")
        self.assertEqual((answer.body["path"], answer.seen("host")), ("/herd", "herd.internal"))
        answer = self.until(418, path="/played")
        self.assertEqual((answer.body, answer.headers["x-kind"]), ("a teapot", "pot"))

    def test_services_are_found_and_changed(self):
        service = self.service(Description="one")
        self.define(service, {"ServiceAddress": ECHO}, "TEST", Description="for tests")
        info = self.do("DescribeBackendInfo", **service)["BackendInfo"]
        [model] = info["BackendModels"]
        self.assertEqual((info["Description"], model["StageName"], model["Description"]), ("one", "TEST", "for tests"))
        renamed = name("herd")
        self.do("ModifyBackend", BackendName=renamed, BackendType="HTTP", Description="二", **service)
        listed = self.do("DescribeBackendList", BackendName=renamed, BackendType="HTTP", PageSize=10)
        told = [(one["BackendId"], one["Description"]) for one in listed["BackendInfoList"]]
        self.assertEqual((listed["TotalCount"], told), (1, [(service["BackendId"], "二")]))
        self.assertEqual(self.do("DescribeBackendList", BackendName=renamed, BackendType="MOCK")["TotalCount"], 0)

        api = self.api_of(service)
        users = lambda **asked: self.do("DescribeApisByBackend", **asked, **service)["ApiInfoList"]["ApiInfo"]
        self.assertEqual([(one["ApiId"], one["Path"]) for one in users()], [(api["ApiId"], "/pets")])
        self.assertEqual(users(StageName="TEST"), [])
        self.do("DeleteApi", **api)
        self.do("DeleteBackend", **service)
        self.refused(404, "NotFoundBackend", "DescribeBackendInfo", **service)

    def test_what_a_service_cannot_be_is_told(self):
        create = {"BackendName": name("pets"), "BackendType": "OSS"}
        self.assertIn("not there yet", self.refused(400, "InvalidBackendType", "CreateBackend", **create))
        service = self.service()
        there = {**service, "StageName": "RELEASE"}
        self.refused(400, "MissingServiceAddress", "CreateBackendModel", BackendModelData="{}", **there)
        self.define(service, {"ServiceAddress": ECHO})
        again = json.dumps({"ServiceAddress": ECHO})
        self.refused(400, "RepeatedStageName", "CreateBackendModel", BackendModelData=again, **there)
        changed = {"BackendName": name("pets"), "BackendType": "MOCK"}
        self.refused(400, "InvalidBackendType", "ModifyBackend", **changed, **service)


class ByAcs3(Backends, unittest.TestCase):
    Client = alibaba_clients.Newer


class ByRpcV1(Backends, unittest.TestCase):
    Client = alibaba_clients.NewerByRpcV1


if __name__ == "__main__":
    unittest.main()

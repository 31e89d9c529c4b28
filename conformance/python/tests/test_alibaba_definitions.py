"""A definition with all that it can have, through the vendor's Python SDKs: what is written is read back, and is what a
backend sees."""

import json
import unittest

import alibaba_clients
from alibaba_shop import ECHO, Shop

REQUEST = {
    "RequestProtocol": "HTTP,HTTPS",
    "RequestHttpMethod": "POST",
    "RequestPath": "/pets/[id]",
    "RequestMode": "MAPPING",
    "BodyFormat": "STREAM",
    "PostBodyDescription": "a pet & 宠物",
}
PARAMETERS = [
    {
        "ApiParameterName": "id",
        "Location": "PATH",
        "ParameterType": "Long",
        "Required": "REQUIRED",
        "MinValue": 1,
        "MaxValue": 99,
        "DocOrder": 1,
        "DocShow": "PUBLIC",
        "DemoValue": "7",
        "Description": "its number",
    },
    {
        "ApiParameterName": "kind",
        "Location": "QUERY",
        "ParameterType": "String",
        "Required": "OPTIONAL",
        "DefaultValue": "cat",
        "EnumValue": "cat,dog",
        "DocOrder": 2,
    },
    {
        "ApiParameterName": "x-owner",
        "Location": "HEAD",
        "ParameterType": "String",
        "Required": "OPTIONAL",
        "MinLength": 2,
        "MaxLength": 20,
        "RegularExpression": "^[a-z]+$",
        "DocOrder": 3,
    },
]
SERVICE = {
    "ServiceProtocol": "HTTP",
    "ServiceAddress": ECHO,
    "ServicePath": "/animals/[animal]",
    "ServiceHttpMethod": "POST",
    "ServiceTimeout": 5000,
}
SENT = [
    {"ServiceParameterName": "animal", "Location": "PATH", "ParameterType": "Long"},
    {"ServiceParameterName": "sort", "Location": "QUERY", "ParameterType": "String"},
    {"ServiceParameterName": "x-keeper", "Location": "HEAD", "ParameterType": "String"},
]
MAP = [
    {"ServiceParameterName": "animal", "RequestParameterName": "id"},
    {"ServiceParameterName": "sort", "RequestParameterName": "kind"},
    {"ServiceParameterName": "x-keeper", "RequestParameterName": "x-owner"},
]
CONSTANTS = [{"ServiceParameterName": "X-Edition", "ConstantValue": "first", "Location": "HEAD", "Description": "which"}]
SYSTEM = [
    {
        "ParameterName": "CaStage",
        "ServiceParameterName": "x-stage",
        "Location": "HEAD",
        "DemoValue": "TEST",
        "Description": "where",
    }
]
ERRORS = [{"Code": "404", "Message": "NO_PET", "Description": "there is none"}]
DEFINITION = {
    "RequestConfig": REQUEST,
    "RequestParameters": PARAMETERS,
    "ServiceConfig": SERVICE,
    "ServiceParameters": SENT,
    "ServiceParametersMap": MAP,
    "ConstantParameters": CONSTANTS,
    "SystemParameters": SYSTEM,
    "ErrorCodeSamples": ERRORS,
}
PLAIN = {
    "Description": "all of it & 全部",
    "ResultType": "JSON",
    "ResultSample": '{"id":7}',
    "FailResultSample": '{"error":"none"}',
    "ForceNonceCheck": True,
}
# A list of the definition, and its items in the answer.
LISTS = {
    "RequestParameters": "RequestParameter",
    "ServiceParameters": "ServiceParameter",
    "ServiceParametersMap": "ServiceParameterMap",
    "ConstantParameters": "ConstantParameter",
    "SystemParameters": "SystemParameter",
    "ErrorCodeSamples": "ErrorCodeSample",
}


class Definitions(Shop):
    def test_what_is_written_is_read_back_and_seen(self):
        written = {name: json.dumps(value) for name, value in DEFINITION.items()}
        api = self.api(**written, **PLAIN)
        there = self.online(api)
        for shown in [self.do("DescribeApi", **api), self.do("DescribeDeployedApi", **there)]:
            self.assertEqual({name: shown[name] for name in PLAIN}, PLAIN)
            self.within(REQUEST, shown["RequestConfig"])
            self.within(SERVICE, shown["ServiceConfig"])
            for name, item in LISTS.items():
                items = shown[name][item]
                self.assertEqual(len(items), len(DEFINITION[name]), name)
                for one, other in zip(DEFINITION[name], items):
                    self.within(one, other)
        answer = self.until(200, path="/pets/7", method="POST", body="{}", headers={"x-owner": "jane"})
        self.assertEqual((answer.body["path"], answer.body["query"]), ("/animals/7", {"sort": "cat"}))
        seen = [answer.seen(header) for header in ["x-keeper", "x-edition", "x-stage"]]
        self.assertEqual(seen, ["jane", "first", "RELEASE"])
        for path in ["/pets/100", "/pets/7?kind=cow"]:
            self.until(400, "I400IP", path=path, method="POST", body="{}")

    def within(self, part, whole):
        self.assertEqual({name: whole.get(name) for name in part}, part)


class ByAcs3(Definitions, unittest.TestCase):
    Client = alibaba_clients.Newer


class ByRpcV1(Definitions, unittest.TestCase):
    Client = alibaba_clients.NewerByRpcV1


class ByTheOlderSdk(Definitions, unittest.TestCase):
    Client = alibaba_clients.Older


if __name__ == "__main__":
    unittest.main()

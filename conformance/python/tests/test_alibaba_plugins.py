"""Plug-ins through the vendor's Python SDK, each shown by what becomes of calls."""

import base64
import hashlib
import hmac
import json
import unittest

import alibaba_clients
from alibaba_case import name
from alibaba_shop import Shop, code
from calls import eventually

SECRET = "SampleSecret"


class Plugins(Shop):
    def setUp(self):
        super().setUp()
        self.there = self.online(self.api())
        self.until(200)

    def plugin(self, kind, data, **more):
        data = data if isinstance(data, str) else json.dumps(data)
        made = self.do("CreatePlugin", PluginName=name("plugin"), PluginType=kind, PluginData=data, **more)
        self.addCleanup(self.forget, "DeletePlugin", PluginId=made["PluginId"])
        return made["PluginId"]

    def attach(self, plugin):
        self.do("AttachPlugin", PluginId=plugin, **self.there)
        self.addCleanup(self.detach, plugin)

    def detach(self, plugin):
        self.forget("DetachPlugin", PluginId=plugin, **self.there)

    def of_the_api(self):
        shown = self.do("DescribePluginsByApi", **self.there)["Plugins"]["PluginAttribute"]
        return [plugin["PluginId"] for plugin in shown]

    def test_addresses_are_let_in_or_kept_out(self):
        lists = lambda kind, block: json.dumps({"type": kind, "items": [{"blocks": [block]}]})
        allowed = self.plugin("ipControl", lists("ALLOW", "192.0.2.0/24"))
        self.attach(allowed)
        self.until(403, "A403IP")
        self.do("ModifyPlugin", PluginId=allowed, PluginData=lists("ALLOW", "127.0.0.0/8"))
        self.until(200)
        # The latest of a type holds.
        refused = self.plugin("ipControl", lists("REFUSE", "127.0.0.1"))
        self.attach(refused)
        self.assertEqual(self.of_the_api(), [refused])
        self.until(403, "A403IP")
        self.do("DetachPlugin", PluginId=refused, **self.there)
        self.until(200)

    def test_every_type_has_a_template_that_can_be_taken(self):
        schemas = self.do("DescribePluginSchemas", Language="en")["PluginSchemas"]["PluginSchema"]
        self.assertIn("cors", [schema["Name"] for schema in schemas])
        for schema in schemas:
            shown = self.do("DescribePluginTemplates", PluginName=schema["Name"])
            for template in shown["Templates"]["Template"]:
                self.plugin(schema["Name"], template["Sample"])

    def test_calls_are_counted_exactly(self):
        # YAML, as the vendor's console has it.
        plugin = self.plugin("trafficControl", "unit: DAY\napiDefault: 3\n")
        self.attach(plugin)
        at = self.served()
        answers = [self.get(at=at) for _ in range(3)]
        self.assertEqual([answer.status for answer in answers], [200, 200, 429])
        self.assertEqual(code(answers[2]), "T429PR")
        self.do("DetachPlugin", PluginId=plugin, **self.there)
        self.until(200, at=at)

    def test_pages_of_other_origins(self):
        cors = {
            "allowOrigins": "https://shop.example.com",
            "allowMethods": "GET,POST",
            "allowHeaders": "x-cart",
            "exposeHeaders": "x-total",
            "maxAge": 600,
            "allowCredentials": True,
        }
        self.attach(self.plugin("cors", cors))
        stranger = {"Origin": "https://other.example.com"}
        self.until(403, "A403CO", headers=stranger)
        page = {"Origin": cors["allowOrigins"]}
        asked = {**page, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-cart"}
        preflight = self.until(200, method="OPTIONS", headers=asked).headers
        told = {name: preflight.get(f"Access-Control-{name}") for name in ["Allow-Methods", "Allow-Headers", "Max-Age"]}
        self.assertEqual(told, {"Allow-Methods": "GET,POST", "Allow-Headers": "x-cart", "Max-Age": "600"})
        simple = self.until(200, headers=page).headers
        told = [simple.get(f"Access-Control-{name}") for name in ["Allow-Origin", "Expose-Headers", "Allow-Credentials"]]
        self.assertEqual(told, [cors["allowOrigins"], "x-total", "true"])

    def test_a_backend_knows_who_calls(self):
        added = [("X-Shop", "north", "HEAD"), ("b", "2 & 3", "QUERY"), ("a", "1", "QUERY")]
        constants = [dict(zip(["ServiceParameterName", "ConstantValue", "Location"], one)) for one in added]
        self.there = self.online(self.api("/signed", ConstantParameters=json.dumps(constants)))
        self.attach(self.plugin("backendSignature", {"type": "APIGW_BACKEND", "key": "SampleKey", "secret": SECRET}))
        signed = lambda answer: answer.status == 200 and answer.seen("x-ca-proxy-signature")
        ask = {"path": "/signed", "headers": {"X-Ca-Request-Mode": "debug"}}
        answer = eventually(lambda: self.get(**ask), signed)
        self.assertEqual(answer.seen("x-ca-proxy-signature-headers"), "x-shop")
        self.assertEqual(answer.seen("x-ca-proxy-signature-secret-key"), "SampleKey")
        text = string_to_sign(answer.body)
        self.assertEqual(signed(answer), base64.b64encode(hmac.digest(SECRET.encode(), text.encode(), hashlib.sha256)).decode())
        self.assertEqual(answer.seen("x-ca-proxy-signature-string-to-sign"), text.replace("\n", "|"))

    def test_plugins_are_found(self):
        plugin = self.plugin("trafficControl", {"unit": "DAY", "apiDefault": 9}, Description="calm")
        found = lambda **asked: self.do("DescribePlugins", **asked)["Plugins"]["PluginAttribute"]
        [shown] = found(PluginId=plugin)
        self.assertEqual((shown["PluginType"], shown["Description"]), ("trafficControl", "calm"))
        self.assertEqual(json.loads(shown["PluginData"]), {"unit": "DAY", "apiDefault": 9})
        renamed = name("other")
        self.do("ModifyPlugin", PluginId=plugin, PluginName=renamed, Description="中文")
        self.assertEqual([one["Description"] for one in found(PluginName=renamed)], ["中文"])
        self.assertEqual(found(PluginName=renamed, PluginType="cors"), [])

        self.do("AttachPlugin", PluginId=plugin, GroupId=self.there["GroupId"], ApiIds=self.there["ApiId"], StageName="RELEASE")
        self.addCleanup(self.detach, plugin)
        self.assertEqual(self.of_the_api(), [plugin])
        apis = self.do("DescribePluginApis", PluginId=plugin, **self.where)
        told = [(one["ApiId"], one["Method"], one["Path"], one["StageName"]) for one in apis["ApiSummarys"]["ApiPluginSummary"]]
        self.assertEqual(told, [(self.there["ApiId"], "GET", "/pets", "RELEASE")])
        self.assertEqual(self.do("DescribePluginApis", PluginId=plugin, Method="POST")["TotalCount"], 0)
        self.refused(400, "DependencyViolationPlugin", "DeletePlugin", PluginId=plugin)
        self.do("DetachPlugin", PluginId=plugin, **self.there)
        self.do("DeletePlugin", PluginId=plugin)
        self.refused(404, "NotFoundPlugin", "DeletePlugin", PluginId=plugin)

    def test_what_a_plugin_cannot_be_is_told(self):
        wrong = {"PluginName": name("wrong"), "PluginType": "ipControl"}
        told = self.refused(400, "InvalidPluginData", "CreatePlugin", PluginData='{"type":"MAYBE","items":[]}', **wrong)
        self.assertIn("MAYBE", told)
        self.refused(400, "MissingPluginData", "CreatePlugin", **wrong)
        later = {**wrong, "PluginType": "jwtAuth", "PluginData": "{}"}
        self.assertIn("it is not there yet", self.refused(400, "InvalidPluginType", "CreatePlugin", **later))


def string_to_sign(seen):
    """What the vendor's sample for backends signs of a call that it got."""
    headers = {name.lower(): value for name, value in seen["headers"].items()}
    listed = sorted(filter(None, headers["x-ca-proxy-signature-headers"].split(",")))
    lines = [f"{one.lower()}:{headers[one.lower()]}\n" for one in listed]
    query = "&".join(f"{name}={value}" for name, value in sorted(seen["query"].items()))
    return f"{seen['method']}\n\n{''.join(lines)}{seen['path']}?{query}"


class ByAcs3(Plugins, unittest.TestCase):
    Client = alibaba_clients.Newer


class ByRpcV1(Plugins, unittest.TestCase):
    Client = alibaba_clients.NewerByRpcV1


if __name__ == "__main__":
    unittest.main()

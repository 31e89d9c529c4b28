"""Plug-ins of whole groups, and what there is to know of plug-ins, through the vendor's Python SDK."""

import json
import unittest

import alibaba_clients
from alibaba_case import name
from alibaba_shop import Shop

ELSEWHERE = json.dumps({"type": "ALLOW", "items": [{"blocks": ["192.0.2.0/24"]}]})


class GroupPlugins(Shop):
    def test_a_plugin_holds_for_a_group(self):
        there = self.online(self.api())
        self.until(200)
        made = {"PluginName": name("plugin"), "PluginType": "ipControl", "PluginData": ELSEWHERE}
        plugin = {"PluginId": self.do("CreatePlugin", **made)["PluginId"]}
        self.addCleanup(self.forget, "DeletePlugin", **plugin)
        stage = {"StageName": "RELEASE", **self.where}
        self.do("AttachGroupPlugin", **plugin, **stage)
        self.addCleanup(self.forget, "DetachGroupPlugin", **plugin, **stage)
        self.until(403, "A403IP")
        # Also for an API that comes later.
        self.online(self.api("/cats"))
        self.until(403, "A403IP", path="/cats")
        [shown] = self.do("DescribePluginsByGroup", **stage)["Plugins"]["PluginAttribute"]
        self.assertEqual((shown["PluginId"], shown["PluginType"]), (plugin["PluginId"], "ipControl"))
        [group] = self.do("DescribePluginGroups", **plugin)["GroupSummarys"]["GroupPluginSummary"]
        self.assertEqual((group["GroupId"], group["StageName"]), (there["GroupId"], "RELEASE"))
        self.do("DetachGroupPlugin", **plugin, **stage)
        self.until(200)
        self.until(200, path="/cats")
        self.do("DeletePlugin", **plugin)


class ByAcs3(GroupPlugins, unittest.TestCase):
    Client = alibaba_clients.Newer


class ByRpcV1(GroupPlugins, unittest.TestCase):
    Client = alibaba_clients.NewerByRpcV1


if __name__ == "__main__":
    unittest.main()

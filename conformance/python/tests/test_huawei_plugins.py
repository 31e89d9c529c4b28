"""Plug-ins of APIG through the vendor's SDK, shown by calls."""

import json
import unittest

import huaweicloudsdkapig.v2 as apig

from calls import call, eventually
from huawei_case import RELEASE, Shop, code, host, name, open_to_all

PAGE = "https://shop.example.com"
CORS = {
    "allow_origin": PAGE,
    "allow_methods": "GET,POST",
    "allow_headers": "x-cart",
    "expose_headers": "x-total",
    "max_age": 600,
    "allow_credentials": True,
}
RATE = {"scope": "basic", "default_interval": 1, "default_time_unit": "day", "api_limit": 3, "algorithm": "counter"}


class Plugins(Shop):
    def body(self, kind="cors", content=CORS, **more):
        given = {"plugin_name": name("plugin"), "plugin_type": kind, "plugin_scope": "global"}
        return apig.PluginCreate(plugin_content=json.dumps(content), **{**given, **more})

    def plugin(self, *given, **more):
        plugin = self.on("create_plugin", body=self.body(*given, **more))
        self.addCleanup(self.forget, "delete_plugin", plugin_id=plugin.plugin_id)
        return plugin

    def attach(self, plugin):
        """Binds a plug-in from its side."""
        body = apig.PluginOperApiInfo(env_id=RELEASE, api_ids=[self.draft.id])
        [attached] = self.on("attach_api_to_plugin", plugin_id=plugin.plugin_id, body=body).attached_plugins
        self.addCleanup(self.detach, plugin)
        return attached

    def detach(self, plugin):
        body = apig.PluginOperApiInfo(env_id=RELEASE, api_ids=[self.draft.id])
        self.forget("detach_api_from_plugin", plugin_id=plugin.plugin_id, body=body)

    def test_pages_of_other_origins(self):
        plugin = self.plugin()
        self.attach(plugin)
        allowed = lambda answer: answer.headers.get("Access-Control-Allow-Origin")
        asked = {"Origin": PAGE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-cart"}
        preflight = lambda: self.get(method="OPTIONS", headers=asked)
        told = eventually(preflight, lambda answer: answer.status == 200 and allowed(answer) == PAGE).headers
        shown = [told.get(f"Access-Control-{name}") for name in ["Allow-Methods", "Allow-Headers", "Max-Age", "Allow-Credentials"]]
        self.assertEqual(shown, ["GET,POST", "x-cart", "600", "true"])
        answer = self.until(200, headers={"Origin": PAGE})
        self.assertEqual((allowed(answer), answer.headers["Access-Control-Expose-Headers"]), (PAGE, "x-total"))
        changed = self.body(plugin_name=plugin.plugin_name, content={**CORS, "allow_origin": "https://other.example.com"})
        self.on("update_plugin", plugin_id=plugin.plugin_id, body=changed)
        eventually(lambda: self.get(headers={"Origin": PAGE}), lambda answer: allowed(answer) != PAGE)

    def test_calls_are_counted_exactly(self):
        plugin = self.plugin("rate_limit", RATE)
        self.attach(plugin)
        # A host that is bound now is served after all that was changed before; the call that shows it counts.
        at = host()
        self.bound(at)
        eventually(lambda: self.get(at=at), lambda answer: answer.status != 404)
        answers = [self.get(at=at) for _ in range(3)]
        self.assertEqual([(answer.status, code(answer)) for answer in answers], [(200, None)] * 2 + [(429, "APIG.0308")])
        self.on("detach_api_from_plugin", plugin_id=plugin.plugin_id, body=apig.PluginOperApiInfo(RELEASE, [self.draft.id]))
        self.until(200, at=at)

    def test_plugins_are_bound_from_either_side(self):
        plugin, draft = self.plugin(), self.draft.id
        at = {"api_id": draft, "env_id": RELEASE}
        ids = lambda operation, **asked: [one.plugin_id for one in self.on(operation, **asked).plugins]
        self.assertIn(plugin.plugin_id, ids("list_api_attachable_plugins", plugin_name=plugin.plugin_name, **at))
        apis = lambda operation: [
            one.api_id for one in self.on(operation, plugin_id=plugin.plugin_id, env_id=RELEASE, group_id=self.made.id).apis
        ]
        self.assertEqual((apis("list_plugin_attachable_apis"), apis("list_plugin_attached_apis")), ([draft], []))
        body = apig.ApiOperPluginInfo(env_id=RELEASE, plugin_ids=[plugin.plugin_id])
        [attached] = self.on("attach_plugin_to_api", api_id=draft, body=body).attached_plugins
        self.assertEqual((attached.plugin_id, attached.api_id, attached.env_name), (plugin.plugin_id, draft, "RELEASE"))
        self.assertEqual((apis("list_plugin_attachable_apis"), apis("list_plugin_attached_apis")), ([], [draft]))
        [shown] = self.on("list_api_attached_plugins", **at).plugins
        self.assertEqual((shown.plugin_attach_id, json.loads(shown.plugin_content)), (attached.plugin_attach_id, CORS))
        self.refused(403, "APIG.3462", "delete_plugin", plugin_id=plugin.plugin_id)
        self.on("detach_plugin_from_api", api_id=draft, body=body)
        self.assertEqual(ids("list_api_attached_plugins", **at), [])

    def test_plugins_are_found_and_changed(self):
        plugin = self.plugin(remark="one")
        at = {"plugin_id": plugin.plugin_id}
        shown = self.on("show_plugin", **at)
        self.assertEqual((shown.plugin_type, shown.plugin_scope, shown.remark), ("cors", "global", "one"))
        self.assertEqual(json.loads(shown.plugin_content), CORS)
        self.refused(400, "APIG.3326", "create_plugin", body=self.body(plugin_name=plugin.plugin_name))
        changed = self.on("update_plugin", body=self.body(plugin_name=name("plugin"), remark="二"), **at)
        found = lambda **asked: [one.remark for one in self.on("list_plugins", **asked).plugins]
        self.assertEqual(found(plugin_name=changed.plugin_name, precise_search="plugin_name"), ["二"])
        self.assertEqual((found(plugin_type="cors", **at), found(plugin_type="rate_limit", **at)), (["二"], []))
        self.on("delete_plugin", **at)
        self.refused(404, "APIG.3068", "show_plugin", **at)


if __name__ == "__main__":
    unittest.main()

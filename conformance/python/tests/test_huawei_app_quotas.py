"""App quotas through the vendor's SDK, counted by calls."""

import unittest

import huaweicloudsdkapig.v2 as apig

from calls import eventually
from huawei_case import Shop, code, definition, host, name, signed_call

LIMIT = 3


class AppQuotas(Shop):
    def body(self, **more):
        given = {"name": name("quota"), "call_limits": LIMIT, "time_unit": "DAY", "time_interval": 1}
        return apig.AppQuotaCreate(**{**given, **more})

    def quota(self, **more):
        quota = self.on("create_app_quota", body=self.body(**more))
        self.addCleanup(self.forget, "delete_app_quota", app_quota_id=quota.app_quota_id)
        return quota

    def bind(self, quota, app):
        body = apig.CreateAppQuotaBindingApp(app_ids=[app.id])
        [bound] = self.on("associate_apps_for_app_quota", app_quota_id=quota.app_quota_id, body=body).applies
        self.addCleanup(self.unbind, quota, app)
        return bound

    def unbind(self, quota, app):
        self.forget("disassociate_app_quota_with_app", app_quota_id=quota.app_quota_id, app_id=app.id)

    def test_an_app_calls_so_often(self):
        api = self.api(definition(self.made, name="guarded_pets"))
        self.online(api)
        app, other = self.app_of(api), self.app_of(api)
        quota = self.quota()
        self.assertEqual(self.bind(quota, app).app_id, app.id)
        # A host that is bound now is served after all that was changed before.
        at = host()
        self.bound(at)
        eventually(lambda: self.get(at=at), lambda answer: answer.status == 200)
        ask = lambda one: signed_call(one, at, "/pets/cat")
        answers = [ask(app) for _ in range(LIMIT + 1)]
        self.assertEqual([(one.status, code(one)) for one in answers], [(200, None)] * LIMIT + [(405, "APIG.0501")])
        self.assertEqual(ask(other).status, 200)
        self.on("update_app_quota", app_quota_id=quota.app_quota_id, body=self.body(name=quota.name, call_limits=LIMIT + 1))
        eventually(lambda: ask(app), lambda answer: answer.status == 200)
        self.assertEqual(code(ask(app)), "APIG.0501")
        self.on("disassociate_app_quota_with_app", app_quota_id=quota.app_quota_id, app_id=app.id)
        eventually(lambda: ask(app), lambda answer: answer.status == 200)

    def test_quotas_and_apps_are_found(self):
        quota = self.quota(reset_time="2020-09-20 02:00:00", remark="one")
        at = {"app_quota_id": quota.app_quota_id}
        shown = self.on("show_app_quota", **at)
        self.assertEqual((shown.call_limits, shown.time_unit, shown.remark, shown.bound_app_num), (LIMIT, "DAY", "one", 0))
        self.assertIn("02:00:00", shown.reset_time)
        found = lambda **asked: [one.app_quota_id for one in self.on("list_app_quotas", **asked).quotas]
        self.assertEqual((found(name=quota.name), found(name=name("other"))), ([quota.app_quota_id], []))
        self.refused(400, "APIG.3325", "create_app_quota", body=self.body(name=quota.name))
        self.assertEqual(self.on("update_app_quota", body=self.body(name=quota.name, remark="二"), **at).remark, "二")

        app = self.app()
        apps = lambda operation: [one.app_id for one in self.on(operation, app_name=app.name, **at).apps]
        self.assertEqual((apps("list_app_quota_bindable_apps"), apps("list_app_quota_bound_apps")), ([app.id], []))
        self.bind(quota, app)
        self.assertEqual((apps("list_app_quota_bindable_apps"), apps("list_app_quota_bound_apps")), ([], [app.id]))
        self.assertEqual(self.on("show_app_bound_app_quota", app_id=app.id).app_quota_id, quota.app_quota_id)
        self.assertEqual(self.on("show_app_quota", **at).bound_app_num, 1)
        self.on("disassociate_app_quota_with_app", app_id=app.id, **at)
        self.on("delete_app_quota", **at)
        self.refused(404, "APIG.3093", "show_app_quota", **at)


if __name__ == "__main__":
    unittest.main()

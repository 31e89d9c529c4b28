"""The rest of the management interface through the vendor's SDK."""

import unittest
import uuid

import huaweicloudsdkapig.v2 as apig

from huawei_case import MANAGEMENT, RELEASE, Case, client, definition, host, mock, name


class Management(Case):
    def test_the_instance(self):
        self.assertEqual([one.id for one in self.do("list_instances_v2").instances], [self.instance])
        shown = self.on("show_details_of_instance_v2")
        self.assertEqual((shown.status, shown.project_id), ("Running", MANAGEMENT["project"]))

    def test_the_quotas(self):
        used = lambda: {one.config_name: one.used for one in self.on("list_project_cofigs_v2", limit=100).configs}
        before = used()
        self.app()
        self.assertEqual(used()["APP_NUM_LIMIT"], before["APP_NUM_LIMIT"] + 1)
        [first] = self.on("list_project_cofigs_v2", limit=1).configs
        self.assertGreater(int(first.config_value), 0)

    def test_a_wrong_secret(self):
        self.client = client("not the secret")
        self.assertIn("verify aksk signature fail", self.refused(401, "APIGW.0301", "list_api_groups_v2"))

    def test_groups(self):
        group = self.group()
        self.assertEqual((group.remark, group.status), ("中文", 1))
        found = self.on("list_api_groups_v2", name=group.name, limit=20, offset=0)
        self.assertEqual([one.id for one in found.groups], [group.id])
        changed = self.on("update_api_group_v2", group_id=group.id, body=apig.ApiGroupBase(name=group.name, remark="二"))
        self.assertEqual(changed.remark, "二")
        domain = apig.UrlDomainCreate(url_domain=host())
        bound = self.on("associate_domain_v2", group_id=group.id, body=domain)
        self.assertEqual(bound.url_domain, domain.url_domain)
        self.on("disassociate_domain_v2", group_id=group.id, domain_id=bound.id)

    def test_environments(self):
        env = self.on("create_environment_v2", body=apig.EnvCreate(name=name("ENV"), remark=""))
        self.assertIn(env.id, [one.id for one in self.on("list_environments_v2").envs])
        changed = self.on("update_environment_v2", env_id=env.id, body=apig.EnvCreate(name=env.name, remark="中"))
        self.assertEqual(changed.remark, "中")
        self.on("delete_environment_v2", env_id=env.id)
        self.refused(404, "APIG.3003", "delete_environment_v2", env_id=env.id)

    def test_what_is_written_is_read_back(self):
        group = self.group()
        given = definition(group)
        api = self.on("create_api_v2", body=given)
        shown = self.on("show_details_of_api_v2", api_id=api.id)
        for member in ["name", "type", "req_protocol", "req_method", "req_uri", "match_mode", "auth_type", "remark", "tags"]:
            self.assertEqual(getattr(shown, member), getattr(given, member), member)
        self.assertEqual(shown.auth_opt.app_code_auth_type, "HEADER")
        self.assertEqual((shown.backend_api.timeout, shown.backend_api.retry_count), (5000, "1"))
        self.assertEqual([one.name for one in shown.req_params], ["kind", "age"])
        self.assertEqual((shown.req_params[1].min_num, shown.req_params[1].max_num), (0, 99))
        self.assertEqual([one.origin for one in shown.backend_params], ["REQUEST", "CONSTANT"])
        self.on("delete_api_v2", api_id=api.id)

    def test_apis_are_found(self):
        group = self.group()
        self.api(definition(group))
        found = lambda **asked: self.on("list_apis_v2", group_id=group.id, **asked).total
        self.assertEqual((found(), found(name="pets"), found(name="pets", precise_search="name")), (1, 1, 0))
        self.assertEqual((found(tags=["pets"]), found(tags=["cats"]), found(auth_type="NONE")), (1, 0, 0))
        check = lambda **given: self.on("check_apis_v2", body=apig.ApiCheckInfoV2(group_id=group.id, **given))
        check(type="name", name="other_name")
        taken = apig.ApiCheckInfoV2(group_id=group.id, type="name", name="list_pets")
        self.refused(400, "APIG.3202", "check_apis_v2", body=taken)
        self.on("check_api_groups_v2", body=apig.ApiGroupCheck(group_name=name("free")))
        self.assertGreaterEqual(self.on("list_api_quantities_v2").nums_off_release, 1)
        self.assertGreaterEqual(self.on("list_api_groups_quantities_v2").offsell_nums, 1)
        self.on("list_app_quantities_v2")

    def test_many_at_once(self):
        group = self.group()
        api = self.api(mock(group, "hello"))
        batch = {"body": apig.ApiBatchPublish(apis=[api.id, "0" * 32], env_id=RELEASE)}
        done = self.on("batch_publish_or_offline_api_v2", action="online", **batch)
        self.assertEqual([one.api_id for one in done.success], [api.id])
        self.assertEqual([one.error_code for one in done.failure], ["APIG.3002"])
        app = self.app()
        others = self.on("list_apis_unbinded_to_app_v2", app_id=app.id, env_id=RELEASE, group_id=group.id)
        self.assertEqual([one.id for one in others.apis], [api.id])
        [version] = self.on("list_api_versions_v2", api_id=api.id).api_versions
        self.on("delete_api_by_version_id_v2", version_id=version.version_id)
        self.assertEqual(self.on("list_apis_v2", group_id=group.id, env_id=RELEASE).total, 0)

    def test_debugging(self):
        group = self.group()
        api = self.api(mock(group, "hello from a draft"))
        asked = {"mode": "DEVELOPER", "scheme": "HTTP", "method": "GET", "path": "/mock"}
        told = self.on("debug_api_v2", api_id=api.id, body=apig.ApiDebugInfo(**asked))
        self.assertIn("hello from a draft", told.response)
        self.assertIn("GET /mock", told.request)

    def test_the_subdomain(self):
        group = self.group()
        off = apig.SlDomainAccessSetting(sl_domain_access_enabled=False)
        self.on("update_sl_domain_setting_v2", group_id=group.id, body=off)
        shown = self.on("show_details_of_api_group_v2", group_id=group.id)
        self.assertFalse(shown.sl_domain_access_enabled)

    def test_apps_and_codes(self):
        app = self.app(remark="one")
        shown = self.on("show_details_of_app_v2", app_id=app.id)
        self.assertEqual((shown.app_key, shown.app_secret), (app.app_key, app.app_secret))
        self.assertEqual(self.on("check_app_v2", app_id=app.id).name, app.name)
        changed = self.on("update_app_v2", app_id=app.id, body=apig.AppCreate(name=app.name, remark="two"))
        self.assertEqual(changed.remark, "two")
        self.assertEqual([one.id for one in self.on("list_apps_v2", app_key=app.app_key).apps], [app.id])
        drawn = self.on("create_app_code_auto_v2", app_id=app.id)
        chosen = self.on("create_app_code_v2", app_id=app.id, body=apig.AppCodeCreate(app_code=uuid.uuid4().hex * 2))
        codes = self.on("list_app_codes_v2", app_id=app.id).app_codes
        self.assertEqual({one.app_code for one in codes}, {drawn.app_code, chosen.app_code})
        one = self.on("show_details_of_app_code_v2", app_id=app.id, app_code_id=chosen.id)
        self.assertEqual(one.app_code, chosen.app_code)
        self.on("delete_app_code_v2", app_id=app.id, app_code_id=drawn.id)
        self.on("delete_app_v2", app_id=app.id)
        self.refused(404, "APIG.3004", "show_details_of_app_v2", app_id=app.id)

    def test_what_is_coming_says_so(self):
        self.refused(412, "APIG.3458", "list_gateway_responses_v2", group_id="0" * 32)
        self.refused(403, "APIG.1020", "show_details_of_instance_progress_v2")


if __name__ == "__main__":
    unittest.main()

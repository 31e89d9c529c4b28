"""The management interface through the vendor's SDK: group, environment, API, publish, app, authorize, modify, switch, offline.

Reads `management` of target.json: {"address", "access_key", "access_secret", "project", "instance"}.
"""

import unittest
import uuid

import huaweicloudsdkapig.v2 as apig
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException

from target import TARGET

MANAGEMENT = TARGET["management"]
RELEASE = "DEFAULT_ENVIRONMENT_RELEASE_ID"


def client(secret=None):
    credentials = BasicCredentials(
        MANAGEMENT["access_key"], secret or MANAGEMENT["access_secret"], MANAGEMENT["project"]
    )
    endpoint = "http://" + MANAGEMENT["address"]
    return apig.ApigClient.new_builder().with_credentials(credentials).with_endpoint(endpoint).build()


def name(prefix):
    return f"{prefix}_{uuid.uuid4().hex[:12]}"


class Management(unittest.TestCase):
    def setUp(self):
        self.client = client()
        self.instance = MANAGEMENT["instance"]

    def do(self, operation, **members):
        """One operation, by the SDK's name of it."""
        words = "".join(word.capitalize() for word in operation.split("_"))
        request = getattr(apig, words + "Request")(**members)
        return getattr(self.client, operation)(request)

    def on(self, operation, **members):
        return self.do(operation, instance_id=self.instance, **members)

    def refused(self, status, code, operation, **members):
        with self.assertRaises(ClientRequestException) as raised:
            self.on(operation, **members)
        error = raised.exception
        self.assertEqual((error.status_code, error.error_code), (status, code), error.error_msg)
        self.assertTrue(error.request_id)
        return error.error_msg

    def group(self):
        group = self.on("create_api_group_v2", body=apig.ApiGroupCreate(name=name("group"), remark="中文"))
        self.addCleanup(self.forget, "delete_api_group_v2", group_id=group.id)
        return group

    def forget(self, operation, **members):
        try:
            self.on(operation, **members)
        except ClientRequestException:
            pass

    def definition(self, group, remark="first"):
        return apig.ApiCreate(
            group_id=group.id,
            name="list_pets",
            type=1,
            req_protocol="BOTH",
            req_method="GET",
            req_uri="/pets/{kind}",
            match_mode="NORMAL",
            auth_type="APP",
            auth_opt=apig.AuthOpt(app_code_auth_type="HEADER"),
            remark=remark,
            tags=["pets"],
            backend_type="HTTP",
            backend_api=apig.BackendApiCreate(
                url_domain="backend.example.com:8080",
                req_protocol="HTTP",
                req_method="GET",
                req_uri="/v1/{kind}",
                timeout=5000,
                retry_count="1",
            ),
            req_params=[
                apig.ReqParamBase(name="kind", type="STRING", location="PATH", required=1, max_size=10),
                apig.ReqParamBase(
                    name="age", type="NUMBER", location="QUERY", required=2, valid_enable=1, min_num=0, max_num=99
                ),
            ],
            backend_params=[
                apig.BackendParamBase(name="kind", location="PATH", origin="REQUEST", value="kind"),
                apig.BackendParamBase(name="x-from", location="HEADER", origin="CONSTANT", value="gateway"),
            ],
        )

    def act(self, api, action="online", env=RELEASE, **members):
        body = apig.ApiActionInfo(action=action, env_id=env, api_id=api.id, **members)
        return self.on("create_or_delete_publish_record_for_api_v2", body=body)

    def test_the_instance(self):
        self.assertEqual([one.id for one in self.do("list_instances_v2").instances], [self.instance])
        shown = self.on("show_details_of_instance_v2")
        self.assertEqual((shown.status, shown.project_id), ("Running", MANAGEMENT["project"]))

    def test_a_wrong_secret(self):
        self.client = client("not the secret")
        self.assertIn("verify aksk signature fail", self.refused(401, "APIGW.0301", "list_api_groups_v2"))

    def test_groups(self):
        group = self.group()
        self.assertEqual((group.remark, group.status), ("中文", 1))
        found = self.on("list_api_groups_v2", name=group.name, limit=20, offset=0)
        self.assertEqual([one.id for one in found.groups], [group.id])
        body = apig.ApiGroupCreate(name=group.name)
        self.refused(400, "APIG.3201", "create_api_group_v2", body=body)
        domain = apig.UrlDomainCreate(url_domain=f"{uuid.uuid4().hex[:12]}.example.com")
        bound = self.on("associate_domain_v2", group_id=group.id, body=domain)
        self.assertEqual(bound.url_domain, domain.url_domain)
        self.on("disassociate_domain_v2", group_id=group.id, domain_id=bound.id)

    def test_environments(self):
        env = self.on("create_environment_v2", body=apig.EnvCreate(name=name("ENV"), remark=""))
        self.assertIn(env.id, [one.id for one in self.on("list_environments_v2").envs])
        self.on("delete_environment_v2", env_id=env.id)
        self.refused(404, "APIG.3003", "delete_environment_v2", env_id=env.id)

    def test_what_is_written_is_read_back(self):
        group = self.group()
        given = self.definition(group)
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

    def test_the_walk(self):
        group = self.group()
        api = self.on("create_api_v2", body=self.definition(group))
        first = self.act(api, remark="one")
        app = self.on("create_an_app_v2", body=apig.AppCreate(name=name("app")))
        self.addCleanup(self.forget, "delete_app_v2", app_id=app.id)
        body = apig.ApiAuthCreate(env_id=RELEASE, app_ids=[app.id], api_ids=[api.id])
        auths = self.on("create_authorizing_apps_v2", body=body).auths
        self.assertEqual([auth.auth_result.status for auth in auths], ["SUCCESS"])
        bound = self.on("list_apis_binded_to_app_v2", app_id=app.id).auths
        self.assertEqual([auth.api_id for auth in bound], [api.id])

        self.on("update_api_v2", api_id=api.id, body=self.definition(group, "second"))
        runs = self.on("list_api_runtime_definition_v2", api_id=api.id, env_id=RELEASE)
        self.assertEqual(runs.remark, "first")
        second = self.act(api, remark="two")
        self.assertEqual(second.publish_id, first.publish_id)
        versions = self.on("list_api_versions_v2", api_id=api.id, env_id=RELEASE).api_versions
        self.assertEqual(
            [(one.version_id, one.status) for one in versions], [(second.version_id, 1), (first.version_id, 2)]
        )
        self.on("change_api_version_v2", api_id=api.id, body=apig.ApiVersion(version_id=first.version_id))
        self.assertEqual(self.on("list_api_version_detail_v2", version_id=second.version_id).remark, "second")

        self.refused(403, "APIG.3416", "delete_api_v2", api_id=api.id)
        self.refused(403, "APIG.3415", "delete_api_group_v2", group_id=group.id)
        self.act(api, "offline")
        self.on("canceling_authorization_v2", app_auth_id=auths[0].id)
        self.on("delete_api_v2", api_id=api.id)
        self.refused(404, "APIG.3002", "show_details_of_api_v2", api_id=api.id)

    def test_apps_and_codes(self):
        app = self.on("create_an_app_v2", body=apig.AppCreate(name=name("app"), remark="one"))
        shown = self.on("show_details_of_app_v2", app_id=app.id)
        self.assertEqual((shown.app_key, shown.app_secret), (app.app_key, app.app_secret))
        reset = self.on("resetting_app_secret_v2", app_id=app.id, body=apig.AppResetCreate())
        self.assertNotEqual(reset.app_secret, app.app_secret)
        drawn = self.on("create_app_code_auto_v2", app_id=app.id)
        chosen = self.on("create_app_code_v2", app_id=app.id, body=apig.AppCodeCreate(app_code=uuid.uuid4().hex * 2))
        codes = self.on("list_app_codes_v2", app_id=app.id).app_codes
        self.assertEqual({one.app_code for one in codes}, {drawn.app_code, chosen.app_code})
        self.on("delete_app_code_v2", app_id=app.id, app_code_id=drawn.id)
        self.on("delete_app_v2", app_id=app.id)
        self.refused(404, "APIG.3004", "show_details_of_app_v2", app_id=app.id)

    def test_what_is_coming_says_so(self):
        self.refused(412, "APIG.3458", "list_plugins")
        self.refused(403, "APIG.1020", "show_details_of_instance_progress_v2")


if __name__ == "__main__":
    unittest.main()

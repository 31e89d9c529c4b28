"""The quick start of an API provider through the vendor's SDK, with what is told who takes a step too early or too late;
each step is shown by a call through the gateway, signed by the SDK's signer."""

import unittest

import huaweicloudsdkapig.v2 as apig

from calls import call, eventually
from huawei_case import RELEASE, Case, code, definition, host, mock, name, signed_call


class Walk(Case):
    def test_the_quick_start(self):
        self.make_group()
        self.make_api()
        self.publish()
        self.authorize()
        self.modify_and_switch()
        self.take_away()

    def make_group(self):
        self.refused(400, "APIG.2001", "create_api_group_v2", body=apig.ApiGroupCreate())
        self.made = self.group()
        self.refused(400, "APIG.3201", "create_api_group_v2", body=apig.ApiGroupCreate(name=self.made.name))
        self.host = host()
        bind = {"group_id": self.made.id, "body": apig.UrlDomainCreate(url_domain=self.host)}
        self.domain = self.on("associate_domain_v2", **bind)

    def make_api(self):
        first = definition(self.made)
        nowhere = definition(self.made, group_id="0" * 32)
        self.refused(404, "APIG.3001", "create_api_v2", body=nowhere)
        self.refused(400, "APIG.2001", "create_api_v2", body=definition(self.made, req_uri=None))
        self.draft = self.api(first)
        self.refused(400, "APIG.3202", "create_api_v2", body=first)
        self.refused(404, "APIG.3002", "show_details_of_api_v2", api_id="0" * 32)

    def signed(self, at=None, app=None):
        return signed_call(app or self.caller, at or self.host, "/pets/cat")

    def until(self, status, error=None, **given):
        """Calls until the gateway answers so."""
        return eventually(lambda: self.signed(**given), lambda answer: (answer.status, code(answer)) == (status, error))

    def until_edition(self, edition):
        is_it = lambda answer: answer.status == 200 and answer.seen("x-edition") == edition
        return eventually(self.signed, is_it)

    def publish(self):
        self.caller = self.app()
        self.until(404, "APIG.0101")
        self.refused(404, "APIG.3003", "create_or_delete_publish_record_for_api_v2", body=self.action("0" * 32))
        auth = self.grant()
        self.assertEqual((auth.status, auth.error_code), ("FAILED", "APIG.3015"), auth)
        self.first = self.online(self.draft, remark="one")
        self.until(403, "APIG.0304")
        self.assertEqual((call(self.host, "/pets/cat").status), 401)

    def action(self, env):
        return apig.ApiActionInfo(action="online", env_id=env, api_id=self.draft.id)

    def grant(self):
        body = apig.ApiAuthCreate(env_id=RELEASE, app_ids=[self.caller.id], api_ids=[self.draft.id])
        [self.auth] = self.on("create_authorizing_apps_v2", body=body).auths
        return self.auth.auth_result

    def authorize(self):
        unknown = apig.ApiAuthCreate(env_id=RELEASE, app_ids=["0" * 32], api_ids=[self.draft.id])
        self.refused(404, "APIG.3004", "create_authorizing_apps_v2", body=unknown)
        self.assertEqual(self.grant().status, "SUCCESS")
        self.assertEqual([auth.api_id for auth in self.on("list_apis_binded_to_app_v2", app_id=self.caller.id).auths], [self.draft.id])
        self.assertEqual([auth.app_id for auth in self.on("list_apps_binded_to_api_v2", api_id=self.draft.id).auths], [self.caller.id])
        self.assertEqual(self.until_edition("first").body["path"], "/animals/cat")

    def modify_and_switch(self):
        self.on("update_api_v2", api_id=self.draft.id, body=definition(self.made, "second"))
        # Changes are served in their order: what comes after the modification is served, and still the first edition.
        later = host()
        self.on("associate_domain_v2", group_id=self.made.id, body=apig.UrlDomainCreate(url_domain=later))
        self.assertEqual(self.until(200, at=later).seen("x-edition"), "first")
        self.assertEqual(self.on("list_api_runtime_definition_v2", api_id=self.draft.id, env_id=RELEASE).remark, "first")
        second = self.online(self.draft, remark="two")
        self.assertEqual(second.publish_id, self.first.publish_id)
        self.until_edition("second")
        versions = self.on("list_api_versions_v2", api_id=self.draft.id, env_id=RELEASE).api_versions
        told = [(one.version_id, one.status, one.remark) for one in versions]
        self.assertEqual(told, [(second.version_id, 1, "two"), (self.first.version_id, 2, "one")])
        self.refused(404, "APIG.3022", "change_api_version_v2", api_id=self.draft.id, body=apig.ApiVersion(version_id="0" * 32))
        self.on("change_api_version_v2", api_id=self.draft.id, body=apig.ApiVersion(version_id=self.first.version_id))
        self.until_edition("first")
        self.assertEqual(self.on("list_api_version_detail_v2", version_id=second.version_id).remark, "second")

    def take_away(self):
        self.refused(403, "APIG.3416", "delete_api_v2", api_id=self.draft.id)
        self.refused(403, "APIG.3415", "delete_api_group_v2", group_id=self.made.id)
        old = self.caller
        self.caller = self.on("resetting_app_secret_v2", app_id=old.id, body=apig.AppResetCreate())
        self.until_edition("first")
        self.until(401, "APIG.0303", app=old)
        self.on("canceling_authorization_v2", app_auth_id=self.auth.id)
        self.until(403, "APIG.0304")
        self.refused(404, "APIG.3009", "canceling_authorization_v2", app_auth_id=self.auth.id)
        self.act(self.draft, "offline")
        self.until(404, "APIG.0101")
        self.on("delete_api_v2", api_id=self.draft.id)
        self.refused(404, "APIG.3002", "show_details_of_api_v2", api_id=self.draft.id)
        self.on("delete_app_v2", app_id=self.caller.id)
        self.refused(404, "APIG.3004", "show_details_of_app_v2", app_id=self.caller.id)
        self.on("disassociate_domain_v2", group_id=self.made.id, domain_id=self.domain.id)
        self.on("delete_api_group_v2", group_id=self.made.id)
        self.refused(404, "APIG.3001", "show_details_of_api_group_v2", group_id=self.made.id)
        self.until(404, "APIG.0101")


class Environments(Case):
    def test_an_api_is_called_in_an_environment(self):
        env = self.on("create_environment_v2", body=apig.EnvCreate(name=name("ENV")))
        self.addCleanup(self.forget, "delete_environment_v2", env_id=env.id)
        group = self.group()
        api = self.api(mock(group, "hello from there"))
        self.online(api, env=env.id)
        there = lambda: call(group.sl_domain, "/mock", headers={"X-Stage": env.name})
        self.assertEqual(eventually(there, lambda answer: answer.status == 200).body, "hello from there")
        self.assertEqual(code(call(group.sl_domain, "/mock")), "APIG.0101")


if __name__ == "__main__":
    unittest.main()

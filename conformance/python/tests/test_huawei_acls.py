"""Access control through the vendor's SDK: of APIs and of apps, shown by calls."""

import unittest

import huaweicloudsdkapig.v2 as apig

from calls import eventually
from huawei_case import RELEASE, Shop, code, definition, name, signed_call

HERE, ELSEWHERE = "127.0.0.0/8", "192.0.2.0/24"


class AccessControl(Shop):
    def body(self, value=HERE, **more):
        given = {"acl_name": name("acl"), "acl_type": "PERMIT", "entity_type": "IP", "acl_value": value}
        return apig.ApiAclCreate(**{**given, **more})

    def acl(self, *value, **more):
        acl = self.on("create_acl_strategy_v2", body=self.body(*value, **more))
        self.addCleanup(self.forget, "delete_acl_v2", acl_id=acl.id)
        return acl

    def bind(self, acl):
        body = apig.AclApiBindingCreate(acl_id=acl.id, publish_ids=[self.publication])
        [bound] = self.on("create_api_acl_binding_v2", body=body).acl_bindings
        self.addCleanup(self.forget, "delete_api_acl_binding_v2", acl_bindings_id=bound.id)
        return bound

    def test_addresses_are_let_in_or_kept_out(self):
        acl = self.acl(ELSEWHERE)
        bound = self.bind(acl)
        self.until(403, "APIG.0402")
        change = lambda **more: self.on("update_acl_strategy_v2", acl_id=acl.id, body=self.body(acl_name=acl.acl_name, **more))
        self.assertEqual(change(value=HERE).acl_value, HERE)
        self.until(200)
        self.assertEqual(change(acl_type="DENY").acl_type, "DENY")
        self.until(403, "APIG.0402")
        self.on("delete_api_acl_binding_v2", acl_bindings_id=bound.id)
        self.until(200)
        self.refused(404, "APIG.3010", "delete_api_acl_binding_v2", acl_bindings_id=bound.id)

    def test_policies_and_bindings_are_found(self):
        acl, other = self.acl(), self.acl("sellers,buyers", entity_type="DOMAIN")
        shown = self.on("show_details_of_acl_policy_v2", acl_id=acl.id)
        self.assertEqual((shown.acl_name, shown.entity_type, shown.acl_value), (acl.acl_name, "IP", HERE))
        found = lambda **asked: [one.id for one in self.on("list_acl_strategies_v2", **asked).acls]
        self.assertEqual((found(name=acl.acl_name), found(id=other.id)), ([acl.id], [other.id]))
        self.assertEqual(found(name=other.acl_name, entity_type="IP"), [])
        taken = self.body(acl_name=acl.acl_name)
        self.refused(400, "APIG.3206", "create_acl_strategy_v2", body=taken)

        at = {"acl_id": acl.id, "group_id": self.made.id}
        free = self.on("list_apis_unbinded_to_acl_policy_v2", **at).apis
        self.assertEqual([(one.id, one.publish_id) for one in free], [(self.draft.id, self.publication)])
        bound = self.bind(acl)
        self.assertEqual((bound.api_id, bound.env_id, bound.acl_id), (self.draft.id, RELEASE, acl.id))
        taken = self.on("list_apis_binded_to_acl_policy_v2", **at).apis
        self.assertEqual([(one.bind_id, one.api_id) for one in taken], [(bound.id, self.draft.id)])
        self.assertEqual(self.on("list_apis_unbinded_to_acl_policy_v2", **at).total, 0)
        of_others = self.on("list_apis_unbinded_to_acl_policy_v2", **{**at, "acl_id": self.acl().id}).apis
        self.assertEqual([one.acl_name for one in of_others], [acl.acl_name])
        of_api = self.on("list_acl_policy_binded_to_api_v2", api_id=self.draft.id, env_id=RELEASE).acls
        self.assertEqual([(one.acl_id, one.bind_id) for one in of_api], [(acl.id, bound.id)])
        self.assertEqual(self.on("list_acl_strategies_v2", id=acl.id).acls[0].bind_num, 1)
        self.refused(403, "APIG.3447", "delete_acl_v2", acl_id=acl.id)

    def test_several_are_unbound_and_deleted(self):
        acl, other = self.acl(), self.acl()
        bound = self.bind(acl)
        delete = apig.AclBatchDelete(acls=[acl.id, other.id])
        done = self.on("batch_delete_acl_v2", action="delete", body=delete)
        self.assertEqual((done.success_count, [one.error_code for one in done.failure]), (1, ["APIG.3447"]))
        unbind = apig.AclBindingBatchDelete(acl_bindings=[bound.id, "0" * 32])
        done = self.on("batch_delete_api_acl_binding_v2", action="delete", body=unbind)
        self.assertEqual((done.success_count, [one.error_code for one in done.failure]), (1, ["APIG.3010"]))
        self.on("delete_acl_v2", acl_id=acl.id)
        self.refused(404, "APIG.3006", "show_details_of_acl_policy_v2", acl_id=acl.id)


class AppAccess(Shop):
    def test_an_app_calls_from_where_it_may(self):
        api = self.api(definition(self.made, name="guarded_pets"))
        self.online(api)
        app = self.app_of(api)
        at = {"app_id": app.id}
        ask = lambda: signed_call(app, self.made.sl_domain, "/pets/cat")
        until = lambda status, error=None: eventually(ask, lambda answer: (answer.status, code(answer)) == (status, error))
        until(200)
        put = lambda kind, values: self.on("update_app_acl", body=apig.AppAclCreate(app_acl_type=kind, app_acl_values=values), **at)
        changed = put("PERMIT", [ELSEWHERE, "198.51.100.7"])
        self.assertEqual((changed.app_acl_type, changed.app_acl_values), ("PERMIT", [ELSEWHERE, "198.51.100.7"]))
        until(403, "APIG.0405")
        put("PERMIT", [HERE])
        until(200)
        put("DENY", ["127.0.0.1"])
        until(403, "APIG.0405")
        shown = self.on("show_details_of_app_acl", **at)
        self.assertEqual((shown.app_id, shown.app_acl_type, shown.app_acl_values), (app.id, "DENY", ["127.0.0.1"]))
        self.on("delete_app_acl", **at)
        until(200)
        self.assertIsNone(self.on("show_details_of_app_acl", **at).app_acl_type)
        wrong = apig.AppAclCreate(app_acl_type="DENY", app_acl_values=["10.0.0.0/33"])
        self.assertIn("10.0.0.0/33", self.refused(400, "APIG.2011", "update_app_acl", body=wrong, **at))


if __name__ == "__main__":
    unittest.main()

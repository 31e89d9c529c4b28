"""Environment variables through the vendor's SDK, shown by calls."""

import unittest

import huaweicloudsdkapig.v2 as apig

from calls import call, eventually
from huawei_case import RELEASE, Case, definition
from target import TARGET


class Variables(Case):
    def setUp(self):
        super().setUp()
        self.made = self.group()

    def set(self, variable, value):
        body = apig.EnvVariableCreate(
            group_id=self.made.id, env_id=RELEASE, variable_name=variable, variable_value=value
        )
        return self.on("create_environment_variable_v2", body=body)

    def test_a_backend_has_its_place_from_variables(self):
        backend = apig.BackendApiCreate(
            url_domain="#place#", req_protocol="HTTP", req_method="GET", req_uri="/#part#/pets", timeout=5000
        )
        given = {"auth_type": "NONE", "auth_opt": None, "req_uri": "/pets", "req_params": [], "backend_params": []}
        api = self.api(definition(self.made, backend_api=backend, **given))
        publish = apig.ApiActionInfo(action="online", env_id=RELEASE, api_id=api.id)
        self.refused(404, "APIG.3011", "create_or_delete_publish_record_for_api_v2", body=publish)
        self.set("place", TARGET["backend"])
        part = self.set("part", "first")
        self.online(api)
        path = lambda: call(self.made.sl_domain, "/pets")
        goes_to = lambda wanted: eventually(path, lambda answer: answer.status == 200 and answer.body["path"] == wanted)
        goes_to("/first/pets")
        value = apig.EnvVariableBase(variable_value="second")
        changed = self.on("update_environment_variable_v2", env_variable_id=part.id, body=value)
        self.assertEqual(changed.variable_value, "second")
        goes_to("/second/pets")
        self.refused(403, "APIG.1110", "delete_environment_variable_v2", env_variable_id=part.id)

    def test_variables_are_found(self):
        made = self.set("place", "a")
        self.refused(400, "APIG.3303", "create_environment_variable_v2", body=apig.EnvVariableCreate(
            group_id=self.made.id, env_id=RELEASE, variable_name="place", variable_value="b"
        ))
        found = self.on("list_environment_variables_v2", group_id=self.made.id, variable_name="PLA").variables
        self.assertEqual([one.variable_value for one in found], ["a"])
        shown = self.on("show_details_of_environment_variable_v2", env_variable_id=made.id)
        self.assertEqual((shown.variable_name, shown.env_id), ("place", RELEASE))
        self.on("delete_environment_variable_v2", env_variable_id=made.id)
        self.refused(404, "APIG.3011", "show_details_of_environment_variable_v2", env_variable_id=made.id)


if __name__ == "__main__":
    unittest.main()

"""Definitions with all that they can have, through the vendor's SDK: what is written is read back, and where it is online
is told with it."""

import unittest

import huaweicloudsdkapig.v2 as apig

from huawei_case import RELEASE, Case, definition, mock, name
from target import TARGET


class Definitions(Case):
    def same(self, given, shown):
        """That each member that was given is shown so."""
        for member in given.attribute_map:
            value = getattr(given, member)
            if value is not None:
                self.assertEqual(getattr(shown, member), value, member)

    def test_all_members_are_read_back(self):
        group = self.group()
        parameters = [
            apig.ReqParamBase(name="kind", type="STRING", location="PATH", required=1, sample_value="cat", remark="一"),
            apig.ReqParamBase(
                name="age", type="NUMBER", location="QUERY", required=2, valid_enable=1, default_value="3", enumerations="3,5,7"
            ),
            apig.ReqParamBase(
                name="x-owner", type="STRING", location="HEADER", required=2, valid_enable=1, min_size=2, max_size=20,
                regular="^[a-z]+$",
            ),
        ]
        backend = apig.BackendApiCreate(
            url_domain=TARGET["backend"], req_protocol="HTTP", req_method="GET", req_uri="/animals/{kind}", timeout=5000,
            retry_count="2", remark="there",
        )
        sent = [
            apig.BackendParamBase(name="kind", location="PATH", origin="REQUEST", value="kind"),
            apig.BackendParamBase(name="x-where", location="HEADER", origin="SYSTEM", value="$context.stage", remark="where"),
        ]
        given = definition(
            group, version="v1", cors=True, req_params=parameters, backend_api=backend, backend_params=sent,
            body_remark="a pet & 宠物", result_normal_sample='{"id":7}', result_failure_sample='{"error":"none"}',
        )
        api = self.api(given)
        shown = self.on("show_details_of_api_v2", api_id=api.id)
        for member in ["version", "cors", "body_remark", "result_normal_sample", "result_failure_sample"]:
            self.assertEqual(getattr(shown, member), getattr(given, member), member)
        self.same(backend, shown.backend_api)
        for one, other in [*zip(parameters, shown.req_params), *zip(sent, shown.backend_params)]:
            self.same(one, other)
        self.assertEqual((len(shown.req_params), len(shown.backend_params)), (3, 2))

    def test_a_backend_may_be_a_channel_or_none(self):
        group = self.group()
        body = apig.VpcCreate(name=name("channel"), port=80, balance_strategy=1, member_type="ip", type=2)
        channel = self.on("create_vpc_channel_v2", body=body).id
        self.addCleanup(self.forget, "delete_vpc_channel_v2", vpc_channel_id=channel)
        through = apig.ApiBackendVpcReq(vpc_channel_id=channel, vpc_channel_proxy_host="pets.internal")
        backend = apig.BackendApiCreate(
            req_protocol="HTTP", req_method="GET", req_uri="/pets", timeout=5000, vpc_channel_status=1, vpc_channel_info=through
        )
        given = {"req_uri": "/through", "req_params": [], "backend_params": []}
        api = self.api(definition(group, backend_api=backend, **given))
        shown = self.on("show_details_of_api_v2", api_id=api.id).backend_api
        self.assertEqual((shown.vpc_channel_status, shown.vpc_channel_info.vpc_channel_id), (1, channel))
        self.assertEqual(shown.vpc_channel_info.vpc_channel_proxy_host, "pets.internal")
        api = self.api(mock(group, "hello"))
        shown = self.on("show_details_of_api_v2", api_id=api.id)
        self.assertEqual((shown.backend_type, shown.mock_info.result_content), ("MOCK", "hello"))

    def test_where_it_is_online_is_told(self):
        group = self.group()
        api = self.api(mock(group, "hello"))
        record = self.online(api)
        [listed] = self.on("list_apis_v2", group_id=group.id).apis
        for shown in [listed, self.on("show_details_of_api_v2", api_id=api.id)]:
            told = (shown.run_env_id, shown.run_env_name, shown.publish_id)
            self.assertEqual(told, (RELEASE, "RELEASE", record.publish_id))
            self.assertTrue(shown.publish_time)


if __name__ == "__main__":
    unittest.main()

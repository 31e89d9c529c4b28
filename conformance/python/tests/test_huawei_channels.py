"""Load-balance channels through the vendor's SDK: which of their members are called."""

import unittest

import huaweicloudsdkapig.v2 as apig

from backends import Backend
from calls import call, eventually
from huawei_case import Case, code, name, open_to_all

# So many calls in turn meet every member of a channel that takes calls.
TURNS = 8


class Channels(Case):
    def setUp(self):
        super().setUp()
        self.one, self.other = Backend.of(self, "one"), Backend.of(self, "other")

    def body(self, **more):
        given = {"name": name("channel"), "port": self.one.port, "balance_strategy": 1, "member_type": "ip", "type": 2}
        return apig.VpcCreate(**{**given, **more})

    def channel(self, *members, **more):
        channel = self.on("create_vpc_channel_v2", body=self.body(members=[member(one) for one in members], **more))
        self.addCleanup(self.forget, "delete_vpc_channel_v2", vpc_channel_id=channel.id)
        return channel

    def before(self, channel):
        """A host whose calls go to a channel."""
        group = self.group()
        through = apig.ApiBackendVpcReq(vpc_channel_id=channel.id, vpc_channel_proxy_host="pets.internal")
        backend = apig.BackendApiCreate(
            req_protocol="HTTP", req_method="GET", req_uri="/pets", timeout=5000, vpc_channel_status=1, vpc_channel_info=through
        )
        self.online(self.api(open_to_all(group, backend_api=backend)))
        return group.sl_domain

    def until(self, host, *names):
        """Calls until these answer, all of them and no other."""
        answered = lambda: {str(call(host, "/pets").body) for _ in range(TURNS)}
        eventually(answered, lambda bodies: bodies == set(names))

    def test_calls_go_to_the_members(self):
        channel = self.channel(self.one)
        at = {"vpc_channel_id": channel.id}
        host = self.before(channel)
        self.until(host, "one")
        added = self.on("adding_backend_instances_v2", body=apig.VpcMemberCreate(members=[member(self.other)]), **at)
        [other] = added.members
        self.assertEqual((other.host, other.port, other.status), (self.other.host, self.other.port, 1))
        self.until(host, "one", "other")

        ids = {one.port: one.id for one in self.on("list_backend_instances_v2", **at).members}
        self.assertEqual(ids[self.other.port], other.id)
        one = apig.MembersBatchEnableOrDisable(member_ids=[ids[self.one.port]])
        self.on("batch_disable_members", body=one, **at)
        self.until(host, "other")
        statuses = {one.port: one.status for one in self.on("list_backend_instances_v2", **at).members}
        self.assertEqual(statuses, {self.one.port: 2, self.other.port: 1})
        self.on("batch_enable_members", body=one, **at)
        self.until(host, "one", "other")

        self.on("delete_backend_instance_v2", member_id=other.id, **at)
        self.until(host, "one")
        replaced = self.on("update_backend_instances_v2", body=apig.VpcMemberModify(members=[member(self.other)]), **at)
        self.assertEqual([one.port for one in replaced.members], [self.other.port])
        self.until(host, "other")
        self.on("update_backend_instances_v2", body=apig.VpcMemberModify(members=[]), **at)
        eventually(lambda: call(host, "/pets"), lambda answer: (answer.status, code(answer)) == (502, "APIG.0610"))
        self.refused(403, "APIG.3414", "delete_vpc_channel_v2", **at)

    def test_a_member_that_is_unwell_gets_no_calls(self):
        channel = self.channel(self.one, self.other)
        at = {"vpc_channel_id": channel.id}
        host = self.before(channel)
        self.until(host, "one", "other")
        self.other.well = False
        check = {"protocol": "HTTP", "path": "/up", "method": "GET", "http_code": "200-299"}
        often = {"threshold_normal": 1, "threshold_abnormal": 1, "time_interval": 2, "timeout": 1}
        told = self.on("update_health_check", body=apig.VpcHealthConfig(**check, **often), **at)
        self.assertEqual((told.vpc_channel_id, told.path, told.http_code, told.time_interval), (channel.id, "/up", "200-299", 2))
        self.until(host, "one")
        shown = self.on("show_details_of_vpc_channel_v2", **at)
        self.assertEqual(shown.vpc_health_config.threshold_abnormal, 1)
        health = {one.port: str(one.health_status) for one in shown.members}
        self.assertEqual(health, {self.one.port: "1", self.other.port: "2"})
        self.other.well = True
        self.until(host, "one", "other")

    def test_channels_are_found_and_changed(self):
        channel = self.channel(self.one, balance_strategy=2)
        at = {"vpc_channel_id": channel.id}
        self.assertEqual((channel.balance_strategy, channel.type, channel.status), (2, 2, 1))
        self.refused(400, "APIG.3208", "create_vpc_channel_v2", body=self.body(name=channel.name))
        found = lambda **asked: [one.id for one in self.on("list_vpc_channels_v2", **asked).vpc_channels]
        self.assertEqual((found(name=channel.name), found(id=channel.id)), ([channel.id], [channel.id]))
        self.assertEqual((found(member_port=self.one.port), found(member_port=self.other.port)), ([channel.id], []))
        renamed = name("channel")
        changed = self.on("update_vpc_channel_v2", body=self.body(name=renamed, balance_strategy=3, port=8080), **at)
        self.assertEqual((changed.name, changed.balance_strategy, changed.port), (renamed, 3, 8080))
        shown = self.on("show_details_of_vpc_channel_v2", **at)
        self.assertEqual([one.port for one in shown.members], [self.one.port], "what is absent stays")
        self.on("delete_vpc_channel_v2", **at)
        self.refused(404, "APIG.3023", "show_details_of_vpc_channel_v2", **at)

    def test_members_are_in_groups(self):
        channel = self.channel()
        at = {"vpc_channel_id": channel.id}
        groups = [
            apig.MemberGroupCreate(member_group_name="blue", member_group_remark="one half", member_group_weight=7),
            apig.MemberGroupCreate(member_group_name="green"),
        ]
        made = self.on("create_member_group", body=apig.MemberGroupCreateBatch(member_groups=groups), **at)
        self.assertEqual([one.member_group_name for one in made.member_groups], ["blue", "green"])
        blue, green = ({"member_group_id": one.member_group_id, **at} for one in made.member_groups)
        shown = self.on("show_details_of_member_group", **blue)
        self.assertEqual((shown.member_group_remark, shown.member_group_weight), ("one half", 7))
        listed = self.on("list_member_groups", member_group_name="gree", **at).member_groups
        self.assertEqual([one.member_group_id for one in listed], [green["member_group_id"]])
        lighter = apig.MemberGroupCreate(member_group_name="blue", member_group_weight=3)
        self.assertEqual(self.on("update_member_group", body=lighter, **blue).member_group_weight, 3)

        added = apig.VpcMemberCreate(members=[member(self.one, member_group_name="blue")])
        [of_blue] = self.on("adding_backend_instances_v2", body=added, **at).members
        self.assertEqual(of_blue.member_group_id, blue["member_group_id"])
        shown = self.on("show_details_of_vpc_channel_v2", **at)
        told = [(one.member_group_id, one.member_group_weight) for one in shown.member_groups]
        self.assertEqual(told, [(blue["member_group_id"], 3), (green["member_group_id"], None)])
        found = self.on("list_vpc_channels_v2", name=channel.name, member_group_name="blue").vpc_channels
        self.assertEqual([len(one.member_groups) for one in found], [2])
        self.assertEqual(self.on("list_backend_instances_v2", **green).total, 0)
        self.refused(403, "APIG.3471", "delete_member_group", **blue)
        self.on("delete_member_group", **green)
        self.refused(404, "APIG.3023", "show_details_of_member_group", **green)


def member(backend, **more):
    return apig.MemberInfo(host=backend.host, port=backend.port, weight=1, **more)


if __name__ == "__main__":
    unittest.main()

"""Access control lists of the instance through the vendor's Python SDKs. They hold for everybody who calls the gateway, so the one
that is in force here keeps out addresses from which nobody calls."""

import json
import unittest

import alibaba_clients
from alibaba_case import Case, name


class AccessLists(Case):
    def entries(self, acl):
        shown = self.do("DescribeAccessControlListAttribute", **acl)
        return {one["AclEntryIp"]: one.get("AclEntryComment", "") for one in shown["AclEntrys"]["AclEntry"]}

    def test_a_list_is_made_filled_put_in_force_and_deleted(self):
        given = name("office")
        acl = {"AclId": self.do("CreateAccessControlList", AclName=given, AddressIPVersion="ipv4")["AclId"]}
        self.addCleanup(self.forget, "DeleteAccessControlList", **acl)
        listed = self.do("DescribeAccessControlLists", AclName=given)["Acls"]["Acl"]
        self.assertEqual([(one["AclId"], one["AclName"], one["AddressIPVersion"]) for one in listed], [(acl["AclId"], given, "ipv4")])

        added = [{"entry": "203.0.113.0/24", "comment": "nobody"}, {"entry": "198.51.100.7/32"}]
        self.do("AddAccessControlListEntry", AclEntrys=json.dumps(added), **acl)
        self.assertEqual(self.entries(acl), {"203.0.113.0/24": "nobody", "198.51.100.7/32": ""})
        self.do("RemoveAccessControlListEntry", AclEntrys=json.dumps(added[1:]), **acl)
        self.assertEqual(list(self.entries(acl)), ["203.0.113.0/24"])
        renamed = name("office")
        self.do("SetAccessControlListAttribute", AclName=renamed, **acl)
        self.assertEqual(self.do("DescribeAccessControlListAttribute", **acl)["AclName"], renamed)

        [instance] = self.do("DescribeInstances")["Instances"]["InstanceAttribute"]
        there = {"InstanceId": instance["InstanceId"], "AddressIPVersion": "ipv4", **acl}
        self.do("EnableInstanceAccessControl", AclType="black", **there)
        self.addCleanup(self.forget, "DisableInstanceAccessControl", **there)
        [instance] = self.do("DescribeInstances")["Instances"]["InstanceAttribute"]
        self.assertEqual((instance["AclId"], instance["AclType"], instance["AclStatus"]), (acl["AclId"], "black", "on"))
        self.do("DisableInstanceAccessControl", **there)
        self.do("DeleteAccessControlList", **acl)
        self.assertEqual(self.do("DescribeAccessControlLists", AclName=renamed)["Acls"]["Acl"], [])


class ByAcs3(AccessLists, unittest.TestCase):
    Client = alibaba_clients.Newer


class ByRpcV1(AccessLists, unittest.TestCase):
    Client = alibaba_clients.NewerByRpcV1


if __name__ == "__main__":
    unittest.main()

"""Many APIs at once through the vendor's Python SDK."""

import unittest

import alibaba_clients
from alibaba_shop import Shop

DEPLOYED = ("DescribeDeployApiTask", "DeployedResults", "DeployedResult", "DeployedStatus")
ABOLISHED = ("DescribeAbolishApiTask", "ApiAbolishResults", "ApiAbolishResult", "AbolishStatus")


class Batches(Shop):
    def test_apis_are_published_and_taken_offline_at_once(self):
        apis = [self.api("/cats"), self.api("/dogs")]
        listed = [{**self.where, "ApiUid": api["ApiId"]} for api in apis]
        ids = sorted(api["ApiId"] for api in apis)
        self.refused(404, "NotFoundStage", "BatchDeployApis", Api=listed, StageName="NOWHERE", Description="all")
        started = self.do("BatchDeployApis", Api=listed, StageName="RELEASE", Description="all")
        results = self.over(*DEPLOYED, started["OperationId"])
        self.assertEqual({one["DeployedStatus"] for one in results}, {"OVER"}, results)
        self.assertEqual(sorted(one["ApiUid"] for one in results), ids)
        self.until(200, path="/cats")
        self.until(200, path="/dogs")

        there = [{**one, "StageName": "RELEASE"} for one in listed]
        started = self.do("BatchAbolishApis", Api=there)
        results = self.over(*ABOLISHED, started["OperationId"])
        self.assertEqual({one["AbolishStatus"] for one in results}, {"OVER"}, results)
        self.assertEqual(sorted(one["ApiName"] for one in results), ["list_cats", "list_dogs"])
        self.until(404, "I404NF", path="/cats")
        self.until(404, "I404NF", path="/dogs")
        self.refused(404, "NotFoundOperation", DEPLOYED[0], OperationUid=started["OperationId"])


class ByAcs3(Batches, unittest.TestCase):
    Client = alibaba_clients.Newer


class ByRpcV1(Batches, unittest.TestCase):
    Client = alibaba_clients.NewerByRpcV1


if __name__ == "__main__":
    unittest.main()

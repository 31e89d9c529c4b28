"""Figures of an API's calls through the vendor's Python SDKs, after calls were made."""

import datetime
import unittest

import alibaba_clients
from alibaba_shop import Shop
from calls import eventually

CALLS = 5


class Metrics(Shop):
    def test_calls_are_told_by_the_minute(self):
        there = self.online(self.api())
        self.until(200)
        for _ in range(CALLS):
            self.assertEqual(self.get().status, 200)
        stage = {"StageName": "RELEASE", "ApiId": there["ApiId"], **self.where}
        # Of how many calls it is told: the first ones were made until the API was served.
        told = lambda **asked: total(self.do("DescribeApiQpsData", **{**stage, **around(), **asked})["CallSuccesses"])
        served = eventually(told, lambda calls: calls > CALLS)
        self.assertEqual((int(served), told(StageName="TEST")), (served, 0))
        latencies = self.do("DescribeApiLatencyData", **stage, **around())["CallLatencys"]["MonitorItem"]
        self.assertTrue(all(float(item["ItemValue"]) >= 0 for item in latencies), latencies)
        self.assertTrue(latencies)
        traffic = self.do("DescribeApiTrafficData", **stage, **around())
        self.assertGreater(total(traffic["CallDownloads"]), 0)
        self.assertEqual(total(traffic["CallUploads"]), 0)
        since = around()["StartTime"]
        self.refused(400, "InvalidEndTime", "DescribeApiQpsData", **stage, StartTime=since, EndTime=since)


def around():
    now = datetime.datetime.now(datetime.timezone.utc)
    written = lambda minutes: (now + datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"StartTime": written(-10), "EndTime": written(2)}


def total(items):
    return sum(float(item["ItemValue"]) for item in items["MonitorItem"])


class ByAcs3(Metrics, unittest.TestCase):
    Client = alibaba_clients.Newer


class ByRpcV1(Metrics, unittest.TestCase):
    Client = alibaba_clients.NewerByRpcV1


class ByTheOlderSdk(Metrics, unittest.TestCase):
    Client = alibaba_clients.Older


if __name__ == "__main__":
    unittest.main()

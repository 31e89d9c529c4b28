"""Figures of calls lately through the vendor's SDK, after calls were made."""

import unittest

from calls import eventually
from huawei_case import Shop

CALLS = 5


class Metrics(Shop):
    def test_calls_are_told_by_the_minute(self):
        for _ in range(CALLS):
            self.assertEqual(self.get().status, 200)
        of_api = lambda: self.on("list_lately_api_statistics_v2", api_id=self.draft.id, duration="1h")
        # The first call was the one that found the API served.
        told = eventually(of_api, lambda answer: count(answer) > CALLS)
        row = told.list[-1]
        self.assertEqual((row.api_id, row.group_id, row.cycle), (self.draft.id, self.made.id, "MINUTE"))
        self.assertEqual((row.req_count2xx, row.req_count5xx), (row.req_count, 0))
        self.assertGreaterEqual(row.max_latency, row.max_backend_latency)
        self.assertGreater(row.output_throughput, 0)
        of_group = self.on("list_lately_group_statistics_v2", group_id=self.made.id)
        self.assertEqual((count(of_group), of_group.list[-1].group_id), (count(told), self.made.id))
        self.refused(404, "APIG.3002", "list_lately_api_statistics_v2", api_id="0" * 32, duration="1h")
        self.refused(400, "APIG.2011", "list_lately_api_statistics_v2", api_id=self.draft.id, duration="1d")


def count(answer):
    return sum(row.req_count2xx for row in answer.list)


if __name__ == "__main__":
    unittest.main()

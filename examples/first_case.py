# SPDX-License-Identifier: Apache-2.0
import json

import polku

command = {
    "command": "open_case", "case": "00000000000000000000000000000001", "command_id": "first-1",
    "now": "2026-03-02T10:00:00Z", "actor": "worker-1", "purpose": "service need",
    "data": {"path": "tyokyky-kayttoon", "client": "c0000000000000000000000000000001",
             "municipality": "698", "entry": "self_referral"}}

with polku.Store(":memory:") as store:
    store.use(polku.Path.shipped("tyokyky-kayttoon"))
    for answer in (store.execute(command), store.due("2026-03-09")):
        print(json.dumps(answer, sort_keys=True, separators=(",", ":")))

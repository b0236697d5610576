#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Commands at the edges: a clock that goes backwards, days of the far past and future, a wrong municipality, an environment
that is closed while a place in it is reserved. Each is refused with a text that says what is wrong, and changes nothing.

    edge_cases_test.py POLKU
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

POLKU = "polku"
BOOK = "e" * 32
OPENING = {}


def run(*arguments, given=""):
    return subprocess.run([POLKU, *map(str, arguments)], input=given, capture_output=True, text=True, check=False)


class Edges(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.store = pathlib.Path(self.folder.name) / "store.db"
        self.commands = 0
        self.told(OPENING)

    def told(self, command):
        done = run("case", "execute", self.store, given=json.dumps(command))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)

    def refused(self, command, name, message):
        before = run("store", "head", self.store).stdout
        done = run("--json", "case", "execute", self.store, given=json.dumps(command))
        error = json.loads(done.stdout + done.stderr)["error"]
        self.assertEqual((error["name"], error["message"][-len(message):]), (name, message))
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(run("store", "head", self.store).stdout, before)

    def command(self, what, data, now="2026-02-10T10:00:00Z", **to):
        self.commands += 1
        return {"command": what, "command_id": f"edge-{self.commands}", "now": now, "actor": "worker-1", "purpose": "edges",
                "data": data, **(to or {"case": OPENING["case"]})}

    def fact(self, now="2026-02-10T10:00:00Z", **more):
        return self.command("record_fact", {"fact": "months unemployed", "value": 9, "source": "client", **more}, now)

    def test_a_clock_that_goes_backwards(self):
        self.told(self.fact("2026-02-10T10:00:00Z"))
        self.told(self.fact("2026-02-10T09:55:00Z"))  # five minutes are within what clocks of two machines differ
        self.refused(self.fact("2026-02-10T09:54:59Z"), "store_recorded_backwards",
                     "was recorded at 1770717299000 ms, expected at most 300000 ms before the store's newest, 1770717600000; "
                     "set the host's clock")

    def test_days_of_the_far_past_and_future(self):
        self.refused(self.fact(on="9999-12-31"), "command_in_future",
                     "the command tells of 9999-12-31, but today is 2026-02-10")
        self.refused(self.fact(on="2026-02-30"), "json_invalid_value", "expected a date as \"2026-02-01\"")
        for now in ("999999999-12-31T10:00:00Z", "10000-01-01T00:00:00Z", "-0044-03-15T10:00:00Z"):
            self.refused(self.fact(now), "json_invalid_value", f"is '{now}'; it must be in the years 1 to 9999")
        opening = {**OPENING, "case": "d" * 32, "command_id": "early", "now": "0001-01-01T10:00:00Z"}
        self.refused(opening, "path_not_in_force", "is not in force on 0001-01-01")

    def test_a_wrong_municipality(self):
        for municipality, text in (("000", "000"), ("Helsinki", "Helsinki")):
            data = {**OPENING["data"], "municipality": municipality}
            opening = {**OPENING, "case": "d" * 32, "command_id": f"wrong {municipality}", "data": data}
            done = run("--json", "case", "execute", self.store, given=json.dumps(opening))
            error = json.loads(done.stdout + done.stderr)["error"]
            self.assertEqual(error["name"], "unknown_municipality")
            self.assertIn(text, error["message"])

    def test_an_environment_that_is_closed_while_reserved(self):
        book = {"environment": BOOK}
        self.told(self.command("open_places", {"path": "toimi", "environment": "joensuu", "places": 2}, **book))
        self.told(self.command("reserve_place", {"reservation": "r1", "case": OPENING["case"],
                                                 "place": {"from": "2026-03-02", "until": "2026-05-29"}}, **book))
        self.told(self.command("close_places", {"from": "2026-05-01", "reason": "repairs"}, **book))
        self.refused(self.command("extend_place", {"reservation": "r1", "until": "2026-06-30"}, **book), "places_closed",
                     "the places are closed on 2026-05-30 (repairs)")
        # The reservation stands until the person has been helped to another place.
        self.told(self.command("take_place", {"reservation": "r1"}, "2026-03-02T10:00:00Z", **book))
        self.told(self.command("end_place", {"reservation": "r1"}, "2026-03-03T10:00:00Z", **book))
        self.refused(self.command("reserve_place", {"reservation": "r2", "case": OPENING["case"],
                                                    "place": {"from": "2026-04-01", "until": "2026-05-01"}},
                                  "2026-03-03T10:00:00Z", **book), "places_closed",
                     "the places are closed on 2026-05-01 (repairs)")


if __name__ == "__main__":
    POLKU = sys.argv.pop(1)
    commands = map(json.loads, run("demo", "--path", "toimi", "--commands").stdout.splitlines())
    OPENING = next(each for each in commands if each["command"] == "open_case")
    unittest.main()

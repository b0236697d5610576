#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`polku decision` and `polku diff --store` from outside.

    decision_test.py POLKU SHIPPED_PACKS
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

POLKU, PACKS, FOLDER = "polku", pathlib.Path(), pathlib.Path()
FINE, FINDINGS, USAGE = 0, 1, 2
INPUTS = {"employer sort": "company", "target group": True, "weekly hours": 20, "employment months": 4,
          "pay subsidy granted": False}


def run(*arguments, given=""):
    return subprocess.run([POLKU, *map(str, arguments)], input=given, capture_output=True, text=True, check=False)


def corrected():
    """The local supplement with another amount for older people."""
    folder = FOLDER / "corrected"
    shutil.copytree(PACKS / "paikallislisa", folder, dirs_exist_ok=True)
    text = (folder / "pack.json").read_text(encoding="utf-8").replace('"value": 450', '"value": 500')
    (folder / "pack.json").write_text(text, encoding="utf-8")
    return folder


def adopt(store, pack, now, name):
    return run("decision", "adopt", store, pack, "--now", now, "--actor", "lawyer-1", "--command-id", name)


class Decisions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.store = FOLDER / "town.db"
        begun = {}
        for line in run("demo", "--path", "tyokyky-kayttoon", "--commands").stdout.splitlines():
            each = json.loads(line)
            if len(begun) < 3 and each["command"] == "open_case":
                begun[each["case"]] = each
        commands = sorted(begun.values(), key=lambda each: each["now"])
        for at, case in enumerate(begun):
            commands.append({"command": "decide_by_pack", "case": case, "command_id": f"d-{at}",
                             "now": "2026-10-02T10:00:00Z", "actor": "worker-201", "purpose": "decision",
                             "data": {"id": "d1", "pack": "paikallislisa", "decision": "Supplement",
                                      "inputs": {**INPUTS, "age": [57, 40, 60][at]}}})
        done = adopt(cls.store, "paikallislisa", "2025-01-02T08:00:00Z", "a-1")
        assert done.returncode == FINE, done.stderr
        done = run("case", "execute", cls.store, given="\n".join(map(json.dumps, commands)))
        assert done.returncode == FINE, done.stdout + done.stderr

    def rows(self, status, *arguments):
        done = run("decision", "check", self.store, *arguments)
        self.assertEqual((done.returncode, done.stderr), (status, ""))
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_decisions_derive_again_and_a_corrected_pack_affects_some(self):
        self.assertEqual([row["derived"] for row in self.rows(FINE)], ["same"] * 3)
        done = run("diff", "paikallislisa", corrected(), "Supplement", "--decided", "2026-10-02", "--member", "a month",
                   "--store", self.store, "--json")
        self.assertEqual((done.returncode, done.stderr), (FINDINGS, ""))
        counted = json.loads(done.stdout)["cases"]
        self.assertEqual((counted["lines"], counted["unchanged"]), (3, 1))
        done = adopt(self.store, corrected(), "2026-11-02T08:00:00Z", "a-2")
        self.assertEqual((done.returncode, done.stderr), (FINE, ""))
        affected = self.rows(FINDINGS, "--affected")
        self.assertEqual([row["known"]["value"]["a month"] for row in affected], [500, 500])
        self.assertEqual(self.rows(FINE, "--affected", "--known-at", "2026-10-31T00:00:00Z"), [])
        self.assertEqual(len(self.rows(FINDINGS, "--case", affected[0]["case"])), 1)
        self.assertEqual(self.rows(FINE, "--pack", "palkkatuki"), [])
        packs = json.loads(run("decision", "packs", self.store, "--json").stdout)
        self.assertEqual([each["pack"] for each in packs], ["paikallislisa"] * 2)

    def test_faults(self):
        for status, text, arguments in (
                (USAGE, "known_at", ("decision", "check", self.store, "--known-at", "yesterday")),
                (FINDINGS, "palkkatuki", ("decision", "adopt", self.store, "no such", "--now", "2026-01-02T08:00:00Z",
                                         "--actor", "a", "--command-id", "x")),
                (FINDINGS, "date-time", ("decision", "adopt", self.store, "palkkatuki", "--now", "today", "--actor", "a",
                                         "--command-id", "y"))):
            done = run(*arguments)
            self.assertIn(text, done.stderr)
            self.assertEqual((done.returncode, done.stdout), (status, ""), done.stderr)


if __name__ == "__main__":
    POLKU, PACKS = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as made:
        FOLDER = pathlib.Path(made)
        sys.exit(0 if unittest.main(argv=sys.argv[:1], exit=False).result.wasSuccessful() else 1)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`polku pack list` and `polku pack show` for people and as JSON.

    packs_test.py POLKU
"""
import json
import subprocess
import sys
import unittest

POLKU = "polku"


def run(*arguments):
    return subprocess.run([POLKU, *arguments], capture_output=True, text=True, check=False)


class Packs(unittest.TestCase):
    def test_each_listed_pack_shows_what_its_file_says(self):
        listed = [json.loads(line) for line in run("pack", "list", "--language", "fi", "--json").stdout.splitlines()]
        self.assertGreaterEqual(len(listed), 18)
        for each in listed:
            with self.subTest(each["id"]):
                done = run("pack", "show", each["id"], "--json")
                self.assertEqual((done.returncode, done.stderr, done.stdout.count("\n")), (0, "", 1))
                says = json.loads(done.stdout)
                self.assertEqual((says["id"], says["name"]["fi"]), (each["id"], each["name"]))
                asked = {fact for version in says["versions"] for facts in version["asks"].values() for fact in facts}
                self.assertLessEqual(asked, {one["name"] for one in says["inputs"]})
                for version in says["versions"]:
                    self.assertIn(version["id"], run("pack", "show", each["id"]).stdout)

    def test_an_unknown_pack_is_an_error(self):
        done = run("pack", "show", "no-such", "--json")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("palkkatuki", done.stdout + done.stderr)


if __name__ == "__main__":
    POLKU = sys.argv.pop(1)
    unittest.main()

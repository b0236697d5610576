#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`polku explain` from outside: text, JSON, and bad lines.

    explain_test.py POLKU
"""
import json
import subprocess
import sys
import unittest

POLKU = "polku"
FACTS = {"excluded sector": False, "group aid complete": True, "day of grant": "2026-11-01", "new aid": 70000,
         "earlier aid": [{"day": "2024-03-01", "amount": 120000}], "majority of votes": True}


def explain(*arguments, given, before=()):
    command = [POLKU, *before, "explain", "deminimis", "De minimis", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


class Explain(unittest.TestCase):
    def test_a_line_gives_a_text_in_the_language(self):
        done = explain("--decided", "2026-11-01", "--language", "sv", given=json.dumps(FACTS))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Motivering\n- Stöden under perioden är 120\u00a0000 euro", done.stdout)
        self.assertIn("Bakgrund: detta berättades, men resultatet är detsamma utan det\n- Har det ena företaget majoriteten",
                      done.stdout)

    def test_json_has_one_object_a_line_and_a_bad_line_an_error(self):
        done = explain("--decided", "2026-11-01", before=("--json",),
                       given=json.dumps(FACTS) + "\n[]\n" + json.dumps({"nobody": 1}) + "\n")
        found = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual((len(found), done.returncode), (3, 1))
        self.assertEqual(found[0]["value"]["room left"], 180000)
        self.assertEqual([each["name"] for each in found[0]["background"]], ["majority of votes"])
        self.assertEqual([each["error"]["name"] for each in found[1:]], ["dmn_input_type", "not_found"])

    def test_wrong_use_ends_with_status_two(self):
        for arguments in ((), ("--decided", "tomorrow"), ("--decided", "2026-11-01", "--language", "de")):
            self.assertEqual(explain(*arguments, given="{}").returncode, 2, arguments)


if __name__ == "__main__":
    POLKU = sys.argv.pop(1)
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`polku report cost|esf|activation|budget` from outside, with the example inputs.

    money_reports_test.py POLKU
"""
import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent.parent / "examples" / "reports"
POLKU = "polku"
INPUTS = {"cost": ("people.csv",), "esf": ("participants.json", "--as-of", "2026-11-22"), "activation": ("areas.csv",),
          "budget": ("toimi_budget.json",)}


def report(kind, name, *arguments, given=""):
    source = name if name == "-" else EXAMPLES / name
    command = [POLKU, "report", kind, "--input", source, *arguments]
    return subprocess.run([*map(str, command)], input=given, capture_output=True, text=True, check=False)


class Forms(unittest.TestCase):
    def test_every_report_in_every_form_and_language(self):
        for kind, (name, *rest) in INPUTS.items():
            for language in ("fi", "sv", "en"):
                for form in ("text", "json", "csv", "html"):
                    done = report(kind, name, *rest, "--language", language, "--format", form)
                    self.assertEqual((done.returncode, done.stderr), (0, ""), (kind, form, language))
                    if form == "json":
                        self.assertIsInstance(json.loads(done.stdout), dict)
                    if form == "csv":
                        rows = list(csv.reader(io.StringIO(done.stdout), delimiter=";"))
                        self.assertEqual({len(row) for row in rows}, {len(rows[0])}, (kind, language))
                    if form == "html":
                        self.assertTrue(done.stdout.startswith("<!DOCTYPE html>"))
                        self.assertIn(f'<html lang="{language}">', done.stdout)

    def test_a_file_is_written_where_it_is_wanted(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "cost.html"
            done = report("cost", "people.csv", "--format", "html", "--out", page)
            self.assertEqual((done.returncode, done.stdout), (0, ""))
            self.assertIn("<svg", page.read_text(encoding="utf-8"))


class Cost(unittest.TestCase):
    def test_persons_are_written_only_when_asked_for(self):
        self.assertNotIn("A1", report("cost", "people.csv").stdout)
        self.assertIn("A1", report("cost", "people.csv", "--people").stdout)
        self.assertEqual(report("cost", "people.csv", "--format", "csv", "--table", "people").returncode, 2)

    def test_municipalities_add_up_to_the_whole(self):
        made = json.loads(report("cost", "people.csv", "--format", "json").stdout)
        days = sum(each["without_resolution"]["days"] for each in made["municipalities"])
        self.assertEqual(days, made["total"]["without_resolution"]["days"])
        steps = sum(each["days"] for each in made["total"]["without_resolution"]["steps"])
        self.assertEqual(steps, days)

    def test_bad_rows_are_told_with_line_row_and_member(self):
        given = ("id;municipality;benefit;first_day;horizon;days_so_far\n"
                 "A;167;general_support;2026-05-04;2026-05-05;x\nB;16;general_support;2026-05-04;2026-05-05;1\n")
        done = report("cost", "-", given=given)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("2: row 1 (days_so_far): found 'x', expected a number", done.stderr)
        self.assertIn("3: row 2 (municipality): found '16', expected a municipality code of three digits", done.stderr)


class Others(unittest.TestCase):
    def test_counts_that_contradict_each_other_end_with_status_one(self):
        row = '{"code": "%s", "total": %d, "women": %d, "men": 0, "non_binary": 0}'
        counts = ", ".join(row % each for each in (("EECO01", 2, 2), ("EECO02", 1, 1), ("EECO04", 0, 0), ("EECO05", 0, 0)))
        done = report("esf", "-", "--language", "en", given='{"counts": [%s]}' % counts)
        self.assertEqual(done.returncode, 1)
        self.assertIn("EECO02 + EECO04 + EECO05 = EECO01", done.stdout)

    def test_participants_need_a_day(self):
        done = report("esf", "participants.json")
        self.assertEqual(done.returncode, 1)
        self.assertIn("--as-of", done.stderr)

    def test_budgets_of_the_two_projects(self):
        made = json.loads(report("budget", "toimi_budget.json", "--format", "json").stdout)
        self.assertEqual([each["percent"] for each in made["financing"]][:2], [80, 20])
        self.assertIn("851\u00a0747,20\u00a0€", report("budget", "top_budget.json").stdout)
        broken = (EXAMPLES / "top_budget.json").read_text(encoding="utf-8").replace("851882", "1064685")
        self.assertIn("/financing", report("budget", "-", given=broken).stderr)

    def test_impossible_figures_are_refused(self):
        done = report("activation", "-", given="area;period;unemployed;in_services\nA;2025;-1;5\n")
        self.assertEqual(done.returncode, 1)
        self.assertIn("row 1 (unemployed)", done.stderr)


if __name__ == "__main__":
    POLKU = sys.argv.pop(1)
    unittest.main()

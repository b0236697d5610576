#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`polku report` over the example clients of a path.

    report_test.py POLKU
"""
import csv
import html.parser
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

POLKU = "polku"
DAY = ("--as-of", "2026-10-01")


def run(*arguments):
    return subprocess.run([POLKU, *map(str, arguments)], capture_output=True, text=True, check=False)


class Balance(html.parser.HTMLParser):
    """Follows the open elements of a page."""

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes <{self.open[-1:]}>"
        self.open.pop()


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.store = pathlib.Path(cls.folder.name) / "clients.db"
        done = run("demo", "--store", cls.store, "--out", pathlib.Path(cls.folder.name) / "page", "--path", "toimi")
        assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def report(self, kind, *more):
        done = run("report", kind, "--store", self.store, *DAY, *more)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def test_json_and_csv_tell_the_same(self):
        told = json.loads(self.report("situation", "--threshold", 1, "--format", "json"))
        self.assertEqual((told["report"], told["as_of"], told["threshold"]), ("situation", "2026-10-01", 1))
        figures = {}
        for path in told["paths"]:
            for row in path["counts"]:
                for layer, value in row["figures"].items():
                    figures[path["path"], row["section"], row["item"], row.get("to", ""), layer, row["measure"]] = value
        self.assertEqual(figures["toimi", "clients", "all", "", "total", "clients"], 14)
        rows = csv.DictReader(io.StringIO(self.report("situation", "--threshold", 1, "--format", "csv"), newline=""))
        seen = {tuple(row[name] for name in ("path", "section", "item", "to", "municipality", "measure")): int(row["value"])
                for row in rows if row["statistic"] == "count" and row["section"] != "caseload"}
        self.assertEqual(seen, figures)
        self.assertEqual(json.loads(self.report("situation", "--threshold", 1, "--json")), told)

    def test_few_clients_are_hidden(self):
        told = json.loads(self.report("situation", "--format", "json"))
        self.assertEqual(told["threshold"], 5)
        values = [value for row in told["paths"][0]["counts"] for value in row["figures"].values()]
        self.assertFalse([value for value in values if isinstance(value, int) and 0 < value < 5])
        self.assertIn("small", values)
        self.assertIn("alle 5", self.report("situation"))

    def test_days_before_and_after(self):
        def all_on(day):
            told = json.loads(run("report", "situation", "--store", self.store, "--as-of", day, "--threshold", 1, "--json").stdout)
            rows = [row for path in told["paths"] for row in path["counts"] if (row["section"], row["item"]) == ("clients", "all")]
            return rows[0]["figures"]["total"] if rows else 0
        counts = [all_on(day) for day in ("2020-01-01", "2026-02-01", "2026-05-01", "2026-10-01", "2030-01-01")]
        self.assertEqual(counts, sorted(counts))
        self.assertEqual((counts[0], counts[-1]), (0, 14))
        self.assertLess(counts[1], counts[3])

    def test_transitions_are_rows(self):
        rows = list(csv.DictReader(io.StringIO(self.report("transitions", "--threshold", 1, "--format", "csv"), newline="")))
        total = [row for row in rows if row["municipality"] == "total"]
        self.assertEqual(sum(int(row["moves"]) for row in total if row["kind"] == "start"), 14)
        self.assertTrue(all(row["days_median"] for row in total if row["kind"] in ("transition", "ending")))
        one = list(csv.DictReader(io.StringIO(
            self.report("transitions", "--threshold", 1, "--format", "csv", "--municipality", "167"), newline="")))
        self.assertEqual([row["moves"] for row in one], [row["moves"] for row in rows if row["municipality"] == "167"])

    def test_pages_are_whole(self):
        out = pathlib.Path(self.folder.name) / "picture.html"
        for language in ("fi", "sv", "en", "fi-selko"):
            for kind in ("situation", "transitions"):
                self.assertEqual(self.report(kind, "--format", "html", "--language", language, "--threshold", 1, "--out", out), "")
                page = out.read_text(encoding="utf-8")
                balance = Balance()
                balance.feed(page)
                self.assertEqual(balance.open, [])
                self.assertFalse(balance.seen & {"script", "link", "img", "iframe"})
                for drawn in page.split("<svg")[1:]:
                    root = xml.etree.ElementTree.fromstring("<svg" + drawn.split("</svg>")[0] + "</svg>")
                    self.assertTrue(root[0].tag.endswith("title") and root[0].text and root[1].tag.endswith("desc"))

    def test_wrong_words_are_told(self):
        for more, wanted in ((("--municipality", "091"), "they know: 090, 146"), (("--path", "top"), "it has cases on: toimi")):
            done = run("report", "situation", "--store", self.store, *DAY, *more)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn(wanted, done.stderr)
        for more in (("--threshold", "0"), ("--format", "pdf")):
            self.assertEqual(run("report", "situation", "--store", self.store, *DAY, *more).returncode, 2)


if __name__ == "__main__":
    POLKU = sys.argv.pop(1)
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""`polku simulate-path`: figures of both sides, languages, a backtest, and what is said of files and options that do not fit."""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

POLKU = sys.argv.pop(1)
EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "path_assumptions.json"


def polku(*arguments):
    return subprocess.run([POLKU, *map(str, arguments)], capture_output=True, text=True, check=False)


class SimulatePath(unittest.TestCase):
    def changed(self, folder, **members):
        file = pathlib.Path(folder) / "changed.json"
        file.write_text(json.dumps({**json.loads(EXAMPLE.read_text(encoding="utf-8")), **members}), encoding="utf-8")
        return file

    def fails(self, status, said, *arguments):
        done = polku("simulate-path", *arguments)
        self.assertEqual((done.returncode, done.stdout), (status, ""), done.stderr)
        self.assertIn(said, done.stderr)

    def test_csv_and_json_have_the_same_figures(self):
        table = polku("simulate-path", EXAMPLE, "--repeats", 5, "--format", "csv")
        self.assertEqual((table.returncode, table.stderr), (0, ""))
        rows = list(csv.DictReader(table.stdout.splitlines()))
        figures = json.loads(polku("--json", "simulate-path", EXAMPLE, "--repeats", 5, "--threads", 2).stdout)["figures"]
        self.assertEqual([(row["month"], row["municipality"], row["measure"], float(row["median"])) for row in rows],
                         [(one["month"], one["municipality"], one["measure"], float(one["is"]["median"])) for one in figures])
        self.assertEqual({row["municipality"] for row in rows}, {"", "167", "276", "426", "848"})

    def test_languages(self):
        for language, word in (("fi", "kaikki kunnat"), ("sv", "alla kommuner"), ("en", "all municipalities")):
            done = polku("simulate-path", EXAMPLE, "--repeats", 2, "--language", language)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(word, done.stdout)
        self.assertIn("848 Tohmajärvi", polku("simulate-path", EXAMPLE, "--repeats", 2, "--municipality", "848").stdout)

    def test_what_does_not_fit(self):
        with tempfile.TemporaryDirectory() as folder:
            self.fails(2, "give a file of assumptions")
            self.fails(2, "no municipality '091'", EXAMPLE, "--repeats", 1, "--municipality", "091")
            done = polku("simulate-path", self.changed(folder, arivals=1))
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("/arivals", done.stderr)
            done = polku("simulate-path", self.changed(folder, to="2027-01"))
            self.assertIn("2027-01 (kuntarahoitus-2026-05)", done.stderr)
            done = polku("simulate-path", self.changed(folder, **{"from": "2025-12"}))
            self.assertIn("the month 2025-12 cannot be simulated", done.stderr)

    def test_a_backtest(self):
        with tempfile.TemporaryDirectory() as folder:
            store, found = pathlib.Path(folder) / "made_up.db", pathlib.Path(folder) / "found.json"
            self.assertEqual(polku("generate", store, "--cases", 60, "--path", "toimi", "--quiet").returncode, 0)
            done = polku("simulate-path", EXAMPLE, "--backtest", store, "--path", "toimi", "--until", "2027-03-31", "--last",
                         "2027-06-30", "--repeats", 5, "--assumptions-out", found)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("2027-03-31 -> 2027-04 .. 2027-06, 60 cases", done.stdout)
            again = polku("simulate-path", found, "--repeats", 2)
            self.assertEqual((again.returncode, again.stderr), (0, ""))

    def test_pages(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.html"
            for language, words in (("fi", "Mistä mihin"), ("sv", "Varifrån och vart"), ("en", "From where to where")):
                done = polku("simulate-path", EXAMPLE, "--repeats", 5, "--page", page, "--threshold", 1, "--language", language,
                             "--format", "json")
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                text = page.read_text(encoding="utf-8")
                self.assertIn(words, text)
                for drawn in text.split("<svg")[1:]:
                    root = xml.etree.ElementTree.fromstring("<svg" + drawn.split("</svg>")[0] + "</svg>")
                    self.assertTrue(root[0].tag.endswith("title") and root[0].text and root[1].tag.endswith("desc"))
                for figure in json.loads(done.stdout)["figures"]:
                    if figure["measure"] == "cost":
                        self.assertIn(str(figure["is"]["median"]).replace(".", "." if language == "en" else ","), text)
            polku("simulate-path", EXAMPLE, "--repeats", 5, "--page", page)
            self.assertIn("under 5", page.read_text(encoding="utf-8"))
            self.assertNotRegex(page.read_text(encoding="utf-8"), r">[1-4] \(\d")
            self.fails(2, "the page cannot be written", EXAMPLE, "--repeats", 1, "--page", pathlib.Path(folder) / "no" / "page.html")
            self.fails(2, "--backtest has no page", "--backtest", "made_up.db", "--until", "2027-03-31", "--page", page)


if __name__ == "__main__":
    unittest.main()

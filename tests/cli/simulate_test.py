# SPDX-License-Identifier: Apache-2.0
"""`polku simulate`: totals and rows of a table of people, and what is said of tables and options that do not fit."""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

POLKU = sys.argv.pop(1)
COLUMNS = "municipality,employer sort,target group,age,weekly hours,employment months,pay subsidy granted\n"
PEOPLE = COLUMNS + "167,company,true,40,30,8,false\n167,company,true,56,30,8,false\n276,company,,56,30,8,false\n"


def simulate(*arguments, people=PEOPLE, decided="2026-11-01"):
    command = [POLKU, "simulate", "paikallislisa", "Supplement", "--people", "-", "--decided", decided, *map(str, arguments)]
    return subprocess.run(command, input=people, capture_output=True, text=True, check=False)


class Simulate(unittest.TestCase):
    def fails(self, status, said, *arguments, **how):
        done = simulate(*arguments, **how)
        self.assertEqual((done.returncode, done.stdout), (status, ""), done.stderr)
        self.assertIn(said, done.stderr)

    def test_totals_and_rows_of_both_sides(self):
        with tempfile.TemporaryDirectory() as folder:
            rows = pathlib.Path(folder) / "rows.csv"
            done = simulate("--by", "municipality", "--figures-against", '{"raised amount": 350}', "--reasons", "--rows", rows,
                            "--format", "json")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            made = list(csv.DictReader(rows.read_text(encoding="utf-8").splitlines()))
        joensuu, kontiolahti = json.loads(done.stdout)["totals"]
        self.assertEqual((joensuu["group"], joensuu["rows"], joensuu["changed"]), (["167"], 2, 1))
        self.assertEqual((kontiolahti["is"]["decided"], kontiolahti["is"]["undecided"]), (0, 1))
        amounts = next(each for each in joensuu["is"]["members"] if each["name"] == "a month")
        self.assertEqual((amounts["sum"], amounts["least"], amounts["most"]), (750, 300, 450))
        self.assertEqual([row["a month"] for row in made], ["300", "450", ""])
        self.assertEqual([row["a month against"] for row in made], ["300", "350", ""])
        self.assertEqual([row["changed"] for row in made], ["false", "true", "false"])
        self.assertIn("amount_older", made[1]["rules matched"].split())
        self.assertIn("not decided", made[2]["fault"])

    def test_a_day_of_each_month(self):
        done = simulate("--until", "2027-01-31", "--keep", "municipality", "--format", "json")
        self.assertEqual([each["day"] for each in json.loads(done.stdout)["days"]], ["2026-11-01", "2026-12-01", "2027-01-01"])

    def test_rows_with_a_fault_are_findings(self):
        done = simulate("--municipality", "municipality", people=PEOPLE.replace("276", "999"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("rows with a fault: 1", done.stdout)

    def test_what_does_not_fit_is_said(self):
        self.fails(1, "the column 'municipality' is no fact of the pack 'paikallislisa'")
        self.fails(1, "-:3: the row has 1 fields", "--keep", "municipality", people=COLUMNS + "167,company,true,40,30,8,false\n167\n")
        self.fails(2, "--decided is a date such as 2025-03-01", decided="1.11.2026")
        self.fails(2, "the last day, 2026-10-01, is before the first", "--until", "2026-10-01")
        self.fails(2, "--figures is a JSON object", "--figures", "[1]")
        self.fails(1, "did you mean 'raised amount'?", "--keep", "municipality", "--figures", '{"raised amuont": 1}')


if __name__ == "__main__":
    unittest.main()

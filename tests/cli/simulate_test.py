# SPDX-License-Identifier: Apache-2.0
"""`polku simulate`: totals and rows of a table of people, and what is said of tables and options that do not fit."""
import csv
import decimal
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

POLKU = sys.argv.pop(1)
COLUMNS = "municipality,employer sort,target group,age,weekly hours,employment months,pay subsidy granted\n"
PEOPLE = COLUMNS + "167,company,true,40,30,8,false\n167,company,true,56,30,8,false\n276,company,,56,30,8,false\n"


def simulate(*arguments, people=PEOPLE, decided="2026-11-01"):
    command = [POLKU, "simulate", "paikallislisa", "Supplement", "--people", "-", "--decided", decided, *map(str, arguments)]
    return subprocess.run(command, input=people, capture_output=True, text=True, check=False)


EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "supplement_people.csv"
FIGURES = ("--figures", '{"raised amount": 350, "raised below age": 0}', "--figures-against",
           '{"raised amount": 500, "raised below age": 0, "supplement cap": 3000}')


class Cells(html.parser.HTMLParser):
    """The texts of a page, and whether what is opened is closed."""
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.texts = [], set(), set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        if tag not in ("meta", "rect", "circle", "line", "path"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.add(tag)

    def handle_endtag(self, tag):
        if tag not in ("meta", "rect", "circle", "line", "path"):
            assert self.open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data):
        self.texts.add(data)


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

    def page_of(self, *arguments, **how):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "page.html"
            done = simulate("--page", file, *arguments, **how)
            self.assertIn(done.returncode, (0, 1), done.stderr)
            return done, file.read_text(encoding="utf-8")

    def test_pages_are_whole_and_have_the_numbers(self):
        people = EXAMPLE.read_text(encoding="utf-8")
        for language, words in (("fi", "Keitä asia koskee"), ("sv", "Vilka det berör"), ("en", "Who is affected")):
            done, page = self.page_of("--by", "municipality", "--municipality", "municipality", *FIGURES, "--until", "2027-10-01",
                                      "--threshold", 1, "--language", language, "--format", "json", people=people)
            self.assertEqual(done.returncode, 0, done.stderr)
            cells = Cells()
            cells.feed(page)
            self.assertEqual(cells.open, [])
            self.assertFalse(cells.seen & {"script", "link", "img", "iframe"})
            self.assertIn(words, cells.texts)
            for drawn in page.split("<svg")[1:]:
                root = xml.etree.ElementTree.fromstring("<svg" + drawn.split("</svg>")[0] + "</svg>")
                self.assertTrue(root[0].tag.endswith("title") and root[0].text and root[1].tag.endswith("desc"))
            report = json.loads(done.stdout)
            self.assertEqual(len(report["days"]), 12)
            for total in report["totals"]:
                for side in (total["is"], total["against"]):
                    for member in side["members"]:
                        for number in [member.get("sum"), *member.get("values", {}).values(), *(one["count"] for one in member.get("numbers", []))]:
                            if number is not None:
                                self.assertIn(str(number), cells.texts)

    def test_pages_hide_few(self):
        head, rows = EXAMPLE.read_text(encoding="utf-8").split("\n", 1)
        _, page = self.page_of("--by", "municipality", "--municipality", "municipality", *FIGURES, people=head + "\n" + rows * 5 + "698,company,true,60,30,8,false\n")
        self.assertFalse(re.search(r'<td class="number">[1-4]</td>', page))
        self.assertTrue("under 5" in page and "<title>167 Joensuu: +3750</title>" in page)
        self.fails(2, "--threshold", "--threshold", 3)
        self.fails(2, "the page cannot be written", "--keep", "municipality", "--page", "/no/such/folder/page.html")

    def test_the_municipal_share_beside_the_answers(self):
        people = (EXAMPLE.parent / "supplement_days.csv").read_text(encoding="utf-8")
        plain = EXAMPLE.read_text(encoding="utf-8").splitlines()
        self.assertEqual([line.rsplit(",", 1)[0] for line in people.splitlines()], plain)
        with tempfile.TemporaryDirectory() as folder:
            rows = pathlib.Path(folder) / "rows.csv"
            done, page = self.page_of("--by", "municipality", "--benefit-days", "benefit days", "--daily-amount", "37.21", *FIGURES,
                                      "--until", "2027-10-01", "--threshold", 1, "--rows", rows, "--format", "json", people=people)
            made = list(csv.DictReader(rows.read_text(encoding="utf-8").splitlines()))
        report = json.loads(done.stdout, parse_float=decimal.Decimal)
        for total in report["totals"]:
            mine = [row for row in made if (row["day"], row["municipality"]) == (total["day"], total["group"][0])]
            paid = [row for row in mine if row["municipal share"]]
            benefit = total["benefit"]
            self.assertEqual(benefit["all"]["rows"], len(paid))
            self.assertEqual(benefit["all"]["share"], sum(decimal.Decimal(row["municipal share"]) for row in paid))
            for side, column in (("is", "granted"), ("against", "granted against")):
                granted = [decimal.Decimal(row["municipal share"]) for row in paid if row[column] == "true"]
                self.assertEqual((benefit[side]["rows"], benefit[side]["share"]), (len(granted), sum(granted)))
            self.assertIn(f'>{benefit["all"]["share"]}<', page)
        self.assertIn("A comparison, no forecast and no saving", page)
        self.fails(2, "--daily-amount is a number of euros", "--benefit-days", "days", "--daily-amount", "much")
        self.fails(1, "give daily_amount", "--benefit-days", "benefit days", "--keep", "municipality", people=people, decided="2027-01-01")
        self.fails(1, "no column 'days'", "--keep", "municipality", "--benefit-days", "days")
        self.fails(2, "--benefit-days", "--keep", "municipality", "--benefit", "general_support")


class Store(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.store = pathlib.Path(self.folder.name) / "made-up.db"
        self.addCleanup(self.folder.cleanup)
        self.polku("generate", self.store, "--cases", 200, "--from", "2026-01-01", "--until", "2026-10-01", "--path", "toimi",
                   "--quiet")

    def polku(self, *arguments, status=0):
        done = subprocess.run([POLKU, *map(str, arguments)], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def simulate(self, *arguments, status=0):
        return self.polku("simulate", "kuntouttava", "Activation condition", "--decided", "2026-10-01", *arguments, status=status)

    def test_cases_are_rows(self):
        told = json.loads(self.simulate("--store", self.store, "--as-of", "2026-10-01", "--by", "municipality", "--format", "json").stdout)
        counted = json.loads(self.polku("report", "situation", "--store", self.store, "--as-of", "2026-10-01", "--threshold", 1,
                                        "--format", "json").stdout)
        figures = next(row["figures"] for row in counted["paths"][0]["counts"] if (row["section"], row["item"]) == ("clients", "open"))
        self.assertEqual({each["group"][0]: each["rows"] for each in told["totals"]},
                         {layer: count for layer, count in figures.items() if layer != "total" and count})
        self.assertEqual(told["rows"], figures["total"])
        ended = json.loads(self.simulate("--store", self.store, "--as-of", "2026-10-01", "--ended", "--by", "stage", "--format", "json").stdout)
        self.assertGreater(ended["rows"], told["rows"])
        page = pathlib.Path(self.folder.name) / "page.html"
        self.simulate("--store", self.store, "--as-of", "2026-10-01", "--by", "municipality", "--page", page)
        self.assertIn("167 Joensuu", page.read_text(encoding="utf-8"))

    def test_what_does_not_fit_is_said(self):
        for more, wanted in (((), "give a table with --people, or a store"), (("--store", self.store), "--as-of"),
                             (("--store", self.store, "--as-of", "1.10.2026"), "--as-of is a date"),
                             (("--store", self.store, "--as-of", "2026-10-01", "--people", "-"), "excludes"),
                             (("--store", self.store, "--as-of", "2026-10-01", "--rows", "rows.csv"), "excludes")):
            self.assertIn(wanted, self.simulate(*more, status=2).stderr)
        missing = self.simulate("--store", self.store.with_name("none.db"), "--as-of", "2026-10-01", status=1)
        self.assertIn("none.db", missing.stderr)


if __name__ == "__main__":
    unittest.main()

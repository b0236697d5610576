#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The `polku` command from outside: what decide, check and tck print, and the statuses they end with.

    commands_test.py POLKU
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
GOOD = TOP / "tests" / "golden" / "good"
BAD = TOP / "tests" / "golden" / "bad"
POLKU = "polku"

CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<modelName>m.dmn</modelName>
<testCase id="good"><resultNode name="D"><expected><value xsi:type="xsd:decimal">42.0</value></expected></resultNode></testCase>
<testCase id="bad"><resultNode name="D"><expected><value xsi:type="xsd:string">42</value></expected></resultNode></testCase>
</testCases>"""
MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="urn:m">
<decision name="D"><literalExpression><text>6 * 7</text></literalExpression></decision></definitions>"""


def run(*arguments, given=""):
    return subprocess.run([POLKU, *map(str, arguments)], input=given, capture_output=True, text=True, check=False)


class Decide(unittest.TestCase):
    def test_answers_stand_in_the_order_of_the_lines(self):
        lines = ['{"Weekly hours": 35, "Coaching since": "2025-06-01", "Day": "2026-02-28"}', '{"Weekly hours": 5}']
        done = run("decide", GOOD / "weekly_support.dmn", "Support", given="\n".join(lines))
        self.assertEqual((done.stdout, done.returncode), ('"light"\n"intensive"\n', 0))

    def test_explanations_and_traces_tell_why_not(self):
        model = TOP / "examples" / "support.dmn"
        told = json.loads(run("decide", model, "Support", "--explain", "en", "--trace", given='{"work ability": 6}').stdout)
        self.assertEqual(set(told), {"explanation", "trace", "value"})
        self.assertIn("Nearest rule that was not met: 2 (rule_long); months without work = null, required: >= 12.",
                      told["explanation"])
        self.assertIn("No value: Support; input that was not given: months without work.", told["explanation"])
        table = told["trace"][0]["tables"][0]
        self.assertEqual([rule["rule"] for rule in table["nearest"]], [1, 2, 3])
        self.assertEqual(table["nearest"][0]["failing"],
                         [{"cell": "< 4", "column": 1, "input": "work ability", "value": 6, "verdict": False}])
        self.assertEqual([cause["origin"] for cause in told["trace"][0]["nulls"]], ["no_rule_matched", "input_not_given"])
        met = '{"work ability": 6, "months without work": 14}'
        asked = json.loads(run("decide", model, "Support", "--trace", "--rule", "rule_low", given=met).stdout)
        self.assertEqual(asked["trace"][0]["tables"][0]["asked"][0]["failing"][0]["cell"], "< 4")
        self.assertNotIn("nearest", asked["trace"][0]["tables"][0])
        refused = run("decide", model, "Support", "--rule", "rule_low", given=met)
        self.assertEqual((refused.stdout, refused.returncode), ("", 2))
        self.assertIn("--rule needs --explain or --trace", refused.stderr)

    def test_a_bad_line_gives_an_error_in_its_place_and_status_one(self):
        lines = ['{"Weekly hours": 5}', "nonsense", '{"Weekly hour": 5}', '{"Day": "2026-02-30"}', '{"Weekly hours": 5}']
        done = run("decide", GOOD / "weekly_support.dmn", "Support", given="\n".join(lines))
        found = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual((len(found), found[0], found[4], done.returncode), (5, "intensive", "intensive", 1))
        self.assertEqual([each["error"]["name"] for each in found[1:4]], ["json_syntax", "dmn_unknown_input", "dmn_input_type"])
        self.assertEqual([each["error"]["positions"][0]["line"] for each in found[1:4]], [2, 3, 4])

    def test_numbers_may_be_written_as_strings(self):
        given = '{"Trips": [{"km": 10, "mode": "car"}]}\n'
        self.assertEqual(run("decide", GOOD / "travel_cost.dmn", "Travel", given=given).stdout, "3\n")
        self.assertEqual(run("decide", GOOD / "travel_cost.dmn", "Travel", "--numbers", "string", given=given).stdout, '"3"\n')

    def test_wrong_use_ends_with_status_two(self):
        for arguments in (("decide",), ("decide", "no.dmn", "D"), ("decide", GOOD / "travel_cost.dmn", "Nothing"), ("frobnicate",),
                          ("decide", GOOD / "travel_cost.dmn", "Cost", "--as-of", "tomorrow")):
            done = run(*arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""), arguments)
            self.assertTrue(done.stderr)

    def test_a_model_with_a_broken_expression_is_refused(self):
        done = run("decide", BAD / "feel_syntax.dmn", "A")
        self.assertEqual(done.returncode, 1)
        self.assertIn("feel_syntax.dmn:5:", done.stderr)


class Check(unittest.TestCase):
    def test_each_finding_says_file_line_column_and_code(self):
        done = run("check", BAD / "table_cell_syntax.dmn", GOOD / "travel_cost.dmn")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout.splitlines()[0], r"table_cell_syntax\.dmn:11:\d+: error: Eligibility, rule 2, input 1: .* \[feel_syntax\]$")
        self.assertEqual(done.stdout.splitlines()[-1], "2 files, 1 error, 0 warnings")

    def test_findings_as_json(self):
        done = run("--json", "check", BAD / "requirement_cycle.dmn")
        self.assertEqual(json.loads(done.stdout.splitlines()[0])["name"], "dmn_cycle")
        self.assertEqual(run("check", GOOD / "travel_cost.dmn").returncode, 0)


class CheckTables(unittest.TestCase):
    BROKEN = BAD / "analysis"

    def test_a_gap_is_printed_with_its_place_and_an_input_that_decide_answers_with_null(self):
        done = run("check", self.BROKEN / "gap_number.dmn")
        lines = done.stdout.splitlines()
        self.assertEqual(done.returncode, 1)
        self.assertRegex(lines[0], r"gap_number\.dmn:8:5: warning: Group: no rule accepts age = 18, so the answer is null \[gap\]$")
        self.assertEqual(lines[1:], ["  where age: 18", '  input {"age":18}', "1 file, 0 errors, 1 warning"])
        shown = run("decide", self.BROKEN / "gap_number.dmn", "Group", given='{"age":18}\n')
        self.assertEqual((shown.stdout, shown.returncode), ("null\n", 0))

    def test_each_finding_is_a_line_of_json_and_its_input_replays(self):
        done = run("--json", "check", self.BROKEN / "overlap_unique.dmn")
        found = json.loads(done.stdout.splitlines()[0])
        self.assertEqual((found["finding"], found["severity"], found["verdict"]), ("overlap", "error", "counterexample"))
        self.assertEqual((found["rules"], found["input"], done.returncode), ([1, 2], {"hours": 20}, 1))

    def test_an_open_question_ends_with_status_four_and_advice_with_zero(self):
        done = run("check", self.BROKEN / "gap_maybe.dmn")
        self.assertEqual(done.returncode, 4)
        self.assertIn("[gap, unknown]", done.stdout)
        advised = run("check", self.BROKEN / "hit_policy_advice.dmn")
        self.assertEqual((advised.returncode, advised.stdout.splitlines()[-1][:32]), (0, "1 file, 0 errors, 0 warnings, 4 "))
        silent = run("check", "--no-advice", self.BROKEN / "hit_policy_advice.dmn")
        self.assertEqual((silent.stdout, silent.returncode), ("1 file, 0 errors, 0 warnings\n", 0))
        told = run("-v", "check", TOP / "examples" / "support.dmn")
        self.assertEqual(told.stdout.splitlines()[0],
                         "Support (UNIQUE, 3 rules): complete proved, consistent proved, reachable proved")

    def test_options_are_checked(self):
        self.assertEqual(run("check", "--max-work", "few", self.BROKEN / "gap_number.dmn").returncode, 2)
        asked = run("check", "--nulls", TOP / "examples" / "support.dmn")
        self.assertEqual(asked.returncode, 1)
        self.assertIn("work ability: null", asked.stdout)


class Kit(unittest.TestCase):
    def test_cases_are_counted_and_listed(self):
        with tempfile.TemporaryDirectory() as folder:
            case = pathlib.Path(folder) / "level" / "0001-case"
            case.mkdir(parents=True)
            (case / "m.dmn").write_text(MODEL, encoding="utf-8")
            (case / "0001-test-01.xml").write_text(CASES, encoding="utf-8")
            table = pathlib.Path(folder) / "results.csv"
            done = run("tck", pathlib.Path(folder) / "level", "--csv", table, "-v")
            self.assertEqual((done.stdout.splitlines()[-1], done.returncode), ("1 passed, 1 failed, 0 skipped", 1))
            self.assertIn("expected 42, found 42", done.stdout)
            self.assertEqual(table.read_text(encoding="utf-8").splitlines()[0],
                             '"level/0001-case","0001-test-01","good","SUCCESS",""')


class CheckDefinition(unittest.TestCase):
    PACK = TOP / "src" / "packs" / "tyokyky-kayttoon"

    def test_the_shipped_path_has_no_finding(self):
        done = run("check", self.PACK / "path.json")
        self.assertEqual((done.stdout, done.returncode), ("1 file, 0 errors, 0 warnings\n", 0))

    def test_an_unknown_role_is_found_with_its_place(self):
        with tempfile.TemporaryDirectory() as folder:
            there = pathlib.Path(folder)
            text = (self.PACK / "path.json").read_text(encoding="utf-8").replace('"owner": "job_coach"', '"owner": "nobody"', 1)
            (there / "path.json").write_text(text, encoding="utf-8")
            (there / "routing.dmn").write_bytes((self.PACK / "routing.dmn").read_bytes())
            done = run("check", there / "path.json")
            self.assertEqual(done.returncode, 1)
            self.assertIn("[unknown_role]", done.stdout)
            self.assertIn("'nobody'", done.stdout)


class Report(unittest.TestCase):
    AINO = "000000000000000000000000ca000001"
    AAMOS = "000000000000000000000000ca00000b"

    def test_a_plan_is_printed_in_each_language_and_hides_what_an_order_protects(self):
        with tempfile.TemporaryDirectory() as folder:
            there = pathlib.Path(folder)
            store = there / "demo.db"
            self.assertEqual(run("demo", "--store", store, "--out", there / "demo").returncode, 0)
            for language, title in (("fi", "Suunnitelma"), ("sv", "Plan"), ("en", "Plan"), ("fi-selko", "Sinun suunnitelmasi")):
                page = run("report", "plan", "--store", store, "--case", self.AINO, "--language", language,
                           "--as-of", "2026-10-01")
                self.assertEqual(page.returncode, 0)
                self.assertIn(f"<h1>{title}: Aino Esimerkki</h1>", page.stdout)
                self.assertNotIn("<script", page.stdout)
                self.assertNotIn("http", page.stdout)
            out = there / "plan.html"
            hidden = run("report", "plan", "--store", store, "--case", self.AAMOS, "--as-of", "2026-10-01", "--out", out)
            self.assertEqual((hidden.stdout, hidden.returncode), ("", 0))
            self.assertIn("Turvakielto", out.read_text(encoding="utf-8"))
            self.assertNotIn("Salainen", out.read_text(encoding="utf-8"))

    def test_an_unknown_case_or_language_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            there = pathlib.Path(folder)
            store = there / "demo.db"
            self.assertEqual(run("demo", "--store", store, "--out", there / "demo").returncode, 0)
            self.assertNotEqual(run("report", "plan", "--store", store, "--case", "0" * 32, "--as-of", "2026-10-01").returncode, 0)
            self.assertEqual(run("report", "plan", "--store", store, "--case", self.AINO, "--as-of", "2026-10-01",
                                 "--language", "de").returncode, 2)


if __name__ == "__main__":
    POLKU = sys.argv.pop(1)
    unittest.main()

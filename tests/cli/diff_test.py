#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`polku diff`: regions replay through `polku pack decide`, lines of facts are counted, bad input ends with usage.

    diff_test.py POLKU
"""
import json
import subprocess
import sys
import unittest

POLKU = "polku"
LAW = ["kuntarahoitus", "kuntarahoitus", "Municipal percent"]
DATES = ["--decided-a", "2024-12-31", "--decided-b", "2025-01-01"]


def run(*arguments, text=""):
    return subprocess.run([POLKU, *arguments], input=text, capture_output=True, text=True, check=False)


def diff(*arguments, text=""):
    done = run("--json", "diff", *arguments, text=text)
    return done.returncode, json.loads(done.stdout)


def decided(day, facts):
    done = run("pack", "decide", *LAW[1:], "--decided", day, text=json.dumps(facts) + "\n")
    return json.loads(done.stdout)["value"]


class Diff(unittest.TestCase):
    def test_witnesses_replay(self):
        status, told = diff(*LAW, *DATES)
        self.assertEqual(status, 1)
        self.assertTrue(told["complete"])
        self.assertTrue(told["regions"])
        for region in told["regions"]:
            witness = region["witness"]
            self.assertEqual(decided("2024-12-31", witness["was facts"]), witness["was"])
            self.assertEqual(decided("2025-01-01", witness["is facts"]), witness["is"])
            self.assertNotEqual(witness["was"], witness["is"])

    def test_the_same_twice_is_no_difference(self):
        status, told = diff(*LAW, "--decided", "2025-03-01")
        self.assertEqual(status, 0)
        self.assertTrue(told["same"])
        self.assertEqual(told["regions"], [])
        text = run("diff", *LAW, "--decided", "2025-03-01")
        self.assertEqual(text.returncode, 0)
        self.assertIn("no difference for any facts", text.stdout)

    def test_without_a_decision_all_are_compared(self):
        status, told = diff("yhteispalvelu", "yhteispalvelu", *DATES)
        self.assertEqual(status, 1)
        has = {each["decision"]: each["has"] for each in told}
        self.assertEqual(has["Referral"], "both")
        self.assertEqual(has["Parties"], "is")

    def test_known_facts_leave_the_rest_open(self):
        _, all_open = diff(*LAW, *DATES)
        _, told = diff(*LAW, *DATES, "--input", '{"integration period": true}')
        self.assertLessEqual(told["count"], all_open["count"])
        for region in told["regions"]:
            self.assertNotIn("integration period", [each["input"] for each in region["where"]])
            self.assertIs(region["witness"]["is facts"]["integration period"], True)

    def test_lines_are_counted(self):
        _, told = diff(*LAW, *DATES)
        witnesses = [each["witness"] for each in told["regions"]]
        lines = [json.dumps({**each["was facts"], **each["is facts"]}) for each in witnesses]
        lines += ["{}", '{"no such": 1}', "", "not json"]
        status, told = diff(*LAW, *DATES, "--cases", "-", text="\n".join(lines) + "\n")
        self.assertEqual(status, 1)
        cases = told["cases"]
        self.assertEqual(cases["lines"], len(lines) - 1)
        self.assertEqual([each["lines"] for each in cases["regions"]], [1] * len(told["regions"]))
        self.assertEqual([each["changed"] for each in cases["regions"]], [1] * len(told["regions"]))
        self.assertEqual(cases["undecided"], [len(lines) - 3])
        self.assertEqual([each["line"] for each in cases["errors"]], [len(lines) - 2, len(lines)])

    def test_more_is_said(self):
        _, all_told = diff(*LAW, *DATES)
        _, told = diff(*LAW, *DATES, "--max-regions", "1")
        self.assertEqual(len(told["regions"]), 1)
        self.assertEqual(told["count"], all_told["count"])
        self.assertIs(told["more"], all_told["count"] > 1)

    def test_the_answer_is_told_in_each_language(self):
        said = {}
        for language, word in (("fi", "esimerkki: "), ("sv", "exempel: "), ("en", "example: "),
                               ("fi-selko", "esimerkki: ")):
            done = run("diff", *LAW, *DATES, "--max-regions", "1", "--language", language)
            self.assertEqual(done.returncode, 1)
            self.assertIn(word, done.stdout)
            said[language] = done.stdout
        self.assertNotIn("regions are told", said["fi"] + said["sv"])
        self.assertEqual(len(set(said.values())), 4)

    def test_answers_and_facts_are_told_in_words(self):
        for language, words in (("en", ("employed (A) is yes", "yes")), ("fi", ("employed (A) on kyllä", "kyllä")),
                                ("sv", ("employed (A) är ja", "ja")), ("fi-selko", ("employed (A) on kyllä", "kyllä"))):
            text = run("diff", "yhteispalvelu", "yhteispalvelu", "Client relation", "--decided-a", "2024-12-31",
                       "--decided-b", "2025-01-01", "--max-regions", "1", "--language", language).stdout
            for word in words:
                self.assertIn(word, text)
            self.assertNotIn('"need remains"', text)
            self.assertNotIn("true ->", text)
            self.assertIn('{"coordination needed":true}', text)  # facts stay as a question takes them

    def test_a_mistyped_fact_is_told_with_what_is_near(self):
        done = run("diff", *LAW, *DATES, "--input", json.dumps({"emploied": True}))
        self.assertNotIn(done.returncode, (0, 1))
        self.assertIn("neither pack has an input 'emploied'", done.stderr)
        self.assertIn("polku pack show", done.stderr)

    def test_an_answer_with_too_many_regions_is_told_by_member(self):
        pack = ["palkkatuki", "palkkatuki", "Pay subsidy", *DATES, "--max-regions", "2"]
        _, told = diff(*pack)
        members = {each["member"]: each for each in told["by member"]}
        self.assertIn("granted", members)
        text = run("diff", *pack).stdout
        self.assertIn("-- member 'granted'", text)
        self.assertNotIn("1. varies -> varies", text)

    def test_bad_input_is_usage(self):
        for arguments, part in [
            ([*LAW[:2], "No such", *DATES], "No such"),
            ([*LAW, "--decided-a", "1999-01-01", "--decided-b", "2025-01-01"], "1999-01-01"),
            ([*LAW, "--decided-a", "2024-12-31"], "side B has no date"),
            ([*LAW, "--decided", "yesterday"], "yesterday"),
            (["no-such-pack", *LAW[1:], *DATES], "no-such-pack"),
            ([*LAW, *DATES, "--input", '{"no such": 1}'], "no such"),
            ([*LAW, *DATES, "--input", "[]"], "--input"),
            ([*LAW, *DATES, "--cases", "/no/such/file"], "/no/such/file"),
        ]:
            with self.subTest(arguments=arguments):
                done = run("diff", *arguments)
                self.assertEqual(done.returncode, 2)
                self.assertIn(part, done.stderr)


if __name__ == "__main__":
    POLKU = sys.argv.pop(1)
    unittest.main()

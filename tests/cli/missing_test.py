#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Following the questions of `polku missing` to the end decides, and `polku pack decide` then answers the same.

    missing_test.py POLKU
"""
import json
import subprocess
import sys
import unittest

POLKU = "polku"
TRUTH = {"majority of votes": False, "appoints majority": False, "dominant influence": False,
         "sole control by agreement": False}


def answers(*arguments, facts):
    return subprocess.run([POLKU, *arguments, "--decided", "2026-11-01"], input=json.dumps(facts) + "\n",
                          capture_output=True, text=True, check=False)


class Missing(unittest.TestCase):
    def test_questions_lead_to_the_decision(self):
        known = {}
        while True:
            told = json.loads(answers("missing", "deminimis", "Single undertaking", facts=known).stdout)
            self.assertTrue(told["complete"])
            if told["decided"]:
                break
            names = [each["name"] for each in told["inputs"]]
            self.assertIn(told["next"]["name"], names)
            self.assertFalse(set(names) & set(known))
            known[told["next"]["name"]] = TRUTH[told["next"]["name"]]
        decided = json.loads(answers("pack", "decide", "deminimis", "Single undertaking", facts=TRUTH).stdout)
        self.assertEqual(told["value"], decided["value"])
        self.assertNotEqual(known, {})

    def test_weights_of_answers(self):
        for weights, code in (({"majority of votes": {"true": 1, "false": 9}}, 0), ({"no such": {"true": 1}}, 1),
                              ({"majority of votes": {"true": -1, "false": 9}}, 1)):
            done = answers("missing", "deminimis", "Single undertaking", "--weights", json.dumps(weights), facts={})
            self.assertEqual(done.returncode != 0, code != 0, done.stdout)
        self.assertIn("below zero", done.stdout)
        done = answers("missing", "deminimis", "Single undertaking", "--weights", "[1]", facts={})
        self.assertNotEqual(done.returncode, 0)

    def test_a_goal_about_nothing_is_an_error(self):
        for member, goal, name in (("grantd", "true", "not_found"), ("granted", '"yes"', "invalid_argument")):
            done = answers("what-if", "palkkatuki", "Pay subsidy", "--member", member, "--goal", goal, facts={})
            self.assertNotEqual(done.returncode, 0)
            self.assertEqual(json.loads(done.stdout)["error"]["name"], name, done.stdout)

    def test_an_unknown_input_is_told(self):
        done = answers("missing", "deminimis", "Single undertaking", facts={"no such": 1})
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(json.loads(done.stdout)["error"]["name"], "not_found")

    def test_a_mistyped_input_is_told_with_what_is_near(self):
        for command in (("missing",), ("explain", "--json"), ("what-if", "--goal", "true", "--member", "granted")):
            done = answers(command[0], "palkkatuki", "Pay subsidy", *command[1:], facts={"weekly hour": 37})
            message = done.stdout + done.stderr
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("did you mean 'weekly hours'?", message)
            self.assertIn("polku pack show palkkatuki", message)
            self.assertNotIn("'recovery day'", message)

    def test_outcomes_are_told_in_words(self):
        for language, word in (("fi", "kyllä"), ("sv", "ja"), ("en", "yes"), ("fi-selko", "kyllä")):
            told = json.loads(answers("missing", "deminimis", "Single undertaking", "--language", language,
                                      facts={"majority of votes": True}).stdout)
            self.assertTrue(told["decided"])
            self.assertIn(word, told["words"])

    def test_changes_are_told_in_words(self):
        facts = {"employer sort": "association", "target group": True, "age": 30, "weekly hours": 15,
                 "employment months": 6, "pay subsidy granted": False}
        for language, yes, no in (("fi", "kyllä", "ei"), ("sv", "ja", "nej"), ("en", "yes", "no")):
            done = answers("what-if", "paikallislisa", "Supplement", "--goal", "true", "--member", "granted",
                           "--language", language, facts=facts)
            told = json.loads(done.stdout)
            self.assertEqual(told["outcome"], "found")
            self.assertIn(no, told["today words"])
            proposal = told["proposals"][0]
            self.assertIn(yes, proposal["answer"]["words"])
            for change in proposal["changes"]:
                self.assertTrue(change["question"])
                self.assertNotEqual(change["from words"], change["to words"])


if __name__ == "__main__":
    POLKU = sys.argv.pop(1)
    unittest.main()

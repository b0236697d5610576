# SPDX-License-Identifier: Apache-2.0
"""`polku circling`: who comes back again and again without getting on."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

POLKU = sys.argv.pop(1)
STORE = pathlib.Path()
CASE = "000000000000000000000000ca0000b1"
CLIENT = "000000000000000000000000c10000b1"
SENDER = {"person": "worker-201", "role": "own_worker", "organisation": "county"}


def run(*arguments, given=""):
    return subprocess.run([POLKU, *map(str, arguments)], input=given, capture_output=True, text=True, check=False)


def commands():
    """A made-up client whose referral is declined, and who is referred to the same service again, three times."""
    def one(number, day, name, data, **more):
        return {"command": name, "case": CASE, "command_id": f"c-{number}", "now": f"{day}T10:00:00+02:00",
                "actor": "worker-900", "purpose": "services", "data": data, **more}

    yield one(0, "2026-01-12", "open_case", {"path": "tyokyky-kayttoon", "client": CLIENT, "municipality": "698",
                                             "entry": "social rehabilitation", "sender": SENDER})
    for number, fact in enumerate(("reason for referral", "resources mapped", "everyday life in order")):
        yield one(1 + number, "2026-01-12", "record_fact",
                  {"fact": fact, "value": "work ability" if number == 0 else True, "source": "own_worker"})
    for number in range(1, 4):
        month = f"2026-0{number + 1}"
        referral = {"referral": f"r{number}", "service": "intake"}
        yield one(10 * number, f"{month}-02", "draft_referral", {**referral, "sender": SENDER, "reason": "work ability"})
        yield one(10 * number + 1, f"{month}-03", "move_referral", {"referral": f"r{number}", "move": "send"})
        yield one(10 * number + 2, f"{month}-04", "move_referral", {"referral": f"r{number}", "move": "receive"})
        yield one(10 * number + 3, f"{month}-05", "move_referral",
                  {"referral": f"r{number}", "move": "decline", "reason": "no doctor"})


class Circling(unittest.TestCase):
    def test_a_client_who_is_sent_around_is_listed_with_evidence(self):
        done = run("--json", "circling", STORE, "--as-of", "2026-04-30")
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stderr)
        (row,) = json.loads(done.stdout)
        self.assertEqual((row["client"], [each["case"] for each in row["cases"]]), (CLIENT, [CASE]))
        self.assertIsNone(row["got_on"])
        self.assertEqual([each["what"] for each in row["returns"]],
                         ["turned_away", "service_again", "turned_away", "service_again", "turned_away"])
        self.assertTrue(all(each["position"] > 0 and set(each["name"]) == {"fi", "sv", "en", "fi-selko"}
                            for each in row["returns"]))

    def test_the_rule_is_the_callers(self):
        self.assertEqual(json.loads(run("--json", "circling", STORE, "--as-of", "2026-02-28").stdout), [])
        self.assertEqual(len(json.loads(run("--json", "circling", STORE, "--as-of", "2026-02-28", "--returns", "1").stdout)), 1)
        self.assertEqual(json.loads(run("--json", "circling", STORE, "--as-of", "2027-04-30").stdout), [])
        self.assertEqual(json.loads(run("--json", "circling", STORE, "--as-of", "2026-04-30", "--path", "typ").stdout), [])
        refused = run("circling", STORE, "--as-of", "2026-04-30", "--returns", "0")
        self.assertEqual((refused.returncode, refused.stdout), (1, ""))
        self.assertIn("at least one return", refused.stderr)
        self.assertEqual(run("circling", STORE, "--as-of", "soon").returncode, 2)

    def test_the_list_reads_in_every_language(self):
        for language, title in (("fi", "kiertävät palvelusta toiseen"), ("sv", "cirklar"), ("en", "circle between services"),
                                ("fi-selko", "eivät pääse eteenpäin")):
            shown = run("circling", STORE, "--as-of", "2026-04-30", "--language", language).stdout
            self.assertIn(title, shown)
            self.assertIn(CLIENT, shown)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        STORE = pathlib.Path(folder) / "circling.db"
        run("demo", "--path", "tyokyky-kayttoon", "--store", STORE)
        STORE.unlink()
        told = run("case", "execute", STORE, given="\n".join(json.dumps(each) for each in commands()))
        if told.returncode != 0:
            sys.exit(told.stdout + told.stderr)
        unittest.main()

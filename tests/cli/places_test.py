#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`polku place` and `polku case places` from outside: books, queues and suggestions, and what is refused.

    places_test.py POLKU
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

POLKU = "polku"
STORE = pathlib.Path()
BOOK, OTHER = "0000000000000000000000000e000001", "0000000000000000000000000e000002"
FINE, FAULT, USAGE = 0, 1, 2


def run(*arguments, given=""):
    return subprocess.run([POLKU, *map(str, arguments)], input=given, capture_output=True, text=True, check=False)


def make_store(store):
    """The cases of three example clients up to their second commands, a book of two places and one of none."""
    commands = [json.loads(line) for line in run("demo", "--path", "toimi", "--commands").stdout.splitlines()]
    cases = list(dict.fromkeys(each["case"] for each in commands if "case" in each))[:3]
    begun = [each for case in cases for each in [one for one in commands if one.get("case") == case][:2]]

    def place(number, book, command, **data):
        return {"command": command, "environment": book, "command_id": f"place-{number}", "now": "2026-01-20T10:00:00Z",
                "actor": "worker-900", "purpose": "places", "data": data}

    begun += [place(1, BOOK, "open_places", path="toimi", environment="joensuu", places=2),
              place(2, OTHER, "open_places", path="toimi", environment="juuka", places=0)]
    begun += [place(3 + at, BOOK, "join_waiting_list", entry=f"e{at}", case=case) for at, case in enumerate(cases)]
    done = run("case", "execute", store, "--path", "toimi", given="\n".join(map(json.dumps, begun)))
    if done.returncode != FINE:
        raise RuntimeError(done.stdout + done.stderr)
    return cases


class Places(unittest.TestCase):
    def told(self, *arguments):
        done = run(*arguments)
        self.assertEqual((done.returncode, done.stderr), (FINE, ""), done.stderr)
        return done.stdout

    def refused(self, status, text, *arguments):
        done = run(*arguments)
        self.assertEqual((done.returncode, done.stdout), (status, ""), done.stderr)
        self.assertIn(text, done.stderr)

    def test_all_books_stand_in_one_table(self):
        lines = self.told("place", "list", STORE, "--as-of", "2026-01-21").splitlines()
        rows = {line.split()[0]: line.split()[-5:] for line in lines[2:]}
        self.assertEqual(rows, {BOOK: ["2", "0", "2", "3", "0"], OTHER: ["0", "0", "0", "0", "0"]})
        self.assertEqual(len(self.told("place", "list", STORE, "--as-of", "2026-01-21", "--path", "top").splitlines()), 2)

    def test_the_queue_names_entries_and_never_clients(self):
        told = self.told("place", "waiting", STORE, BOOK, "--as-of", "2026-01-21")
        places = [told.index(f"e{at}") for at in range(3)]
        self.assertEqual(places, sorted(places), "who came first stands first")
        for case in CASES:
            self.assertNotIn(case, told)
        shown = self.told("place", "show", STORE, BOOK, "--as-of", "2026-01-21", "--language", "sv")
        self.assertNotEqual(shown, self.told("place", "show", STORE, BOOK, "--as-of", "2026-01-21"))

    def test_suggestions_have_reasons_and_wait_for_somebody_to_decide(self):
        wanted = ("--as-of", "2026-01-21", "--from", "2026-02-02", "--until", "2026-04-30")
        told = self.told("case", "places", STORE, CASES[0], *wanted)
        self.assertIn("nothing is decided or reserved", told)
        self.assertIn("Free places: 2", told)
        juuka = told[told.index("(juuka)"):].split("\n\n")[0]
        self.assertNotIn("+ Free places", juuka)
        selko = self.told("case", "places", STORE, CASES[0], *wanted, "--language", "fi-selko")
        self.assertNotIn("Free places", selko)

    def test_a_reader_without_a_task_sees_no_suggestions(self):
        self.refused(FAULT, "may not", "case", "places", STORE, CASES[0], "--as-of", "2026-01-21", "--from", "2026-02-02",
                     "--until", "2026-04-30", "--actor", "Ulla Ulkopuolinen", "--purpose", "services")

    def test_wrong_ids_and_days_are_named(self):
        day = ("--as-of", "2026-01-21")
        self.refused(FAULT, "'e1' is no place book id; it must be 32 hexadecimal digits", "place", "show", STORE, "e1", *day)
        self.refused(FAULT, "0" * 31 + "1", "place", "show", STORE, "0" * 31 + "1", *day)
        self.refused(USAGE, "--as-of: '2026-02-30' is no date", "place", "list", STORE, "--as-of", "2026-02-30")
        self.refused(FAULT, "(/until)", "case", "places", STORE, CASES[0], *day, "--from", "2026-05-01", "--until", "2026-04-30")
        self.refused(FAULT, "0" * 32, "case", "places", STORE, "0" * 32, *day, "--from", "2026-02-02", "--until", "2026-04-30")


if __name__ == "__main__":
    POLKU = sys.argv.pop(1)
    with tempfile.TemporaryDirectory() as made:
        STORE = pathlib.Path(made) / "places.db"
        CASES = make_store(STORE)
        unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`polku register` from outside, and the registers in `polku report situation`: what is shown to whom, and what is refused.

    registers_test.py POLKU
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

POLKU = "polku"
STORE = pathlib.Path()
PRACTICES, EMPLOYERS, FIRM = "0000000000000000000000000f2a0001", "0000000000000000000000000f2a0002", "0000000000000000000000000e2a0001"
PERSON = "Keksitty Yhteyshenkilö"
FINE, FAULT, USAGE = 0, 1, 2


def run(*arguments, given=""):
    return subprocess.run([POLKU, *map(str, arguments)], input=given, capture_output=True, text=True, check=False)


def command(number, stream, name, on, **data):
    return {"command": name, "programme": stream, "command_id": f"register-{number}", "now": f"{on}T10:00:00Z",
            "actor": "worker-200", "purpose": "registers", "data": data}


def make_store(store):
    told = [
        command(1, PRACTICES, "open_register", "2026-01-05", path="toimio", register="practices"),
        command(2, PRACTICES, "record_entry", "2026-01-08", entry="t1", about="851",
                fields={"kind": "good_practice", "description": "Pienet tehtävät, <lähellä>"}),
        command(3, PRACTICES, "record_entry", "2026-01-09", entry="k1", about="240",
                fields={"kind": "problem_point", "description": "Pitkä matka"}),
        command(4, EMPLOYERS, "open_register", "2026-01-09", path="toimi", register="employers"),
        command(5, EMPLOYERS, "record_entry", "2026-01-10", entry="e1", about=FIRM,
                fields={"business name": "Firma Oy", "needs": "Tietoa tuista", "contact person": PERSON}),
    ]
    done = run("case", "execute", store, "--path", "toimio", "--path", "toimi", given="\n".join(map(json.dumps, told)))
    if done.returncode != FINE:
        raise RuntimeError(done.stdout + done.stderr)


class Registers(unittest.TestCase):
    def told(self, *arguments):
        done = run(*arguments)
        self.assertEqual((done.returncode, done.stderr), (FINE, ""), done.stderr)
        return done.stdout

    def test_all_registers_stand_in_one_table(self):
        told = self.told("register", "list", STORE, "--as-of", "2026-07-08")
        rows = {" ".join(line.split()[:2]): line.split()[-3:] for line in told.splitlines()[2:]}
        self.assertEqual(rows, {"toimi employers": ["1", "0", "2026-07-10"], "toimio practices": ["2", "1", "2026-07-08"]})

    def test_entries_are_shown_in_words(self):
        told = self.told("register", "show", STORE, "toimio", "practices", "--as-of", "2026-07-09", "--language", "fi")
        self.assertIn("t1, Tornio\n  Laji: hyvä käytäntö\n  Kuvaus: Pienet tehtävät, <lähellä>\n", told)
        self.assertIn("katsottava viimeistään: 8.7.2026 (myöhässä)", told)
        self.assertIn("Vapaan tekstin kentät: Kuvaus, Mistä tiedetään.", told)
        selko = self.told("register", "show", STORE, "toimio", "practices", "--as-of", "2026-07-09", "--language", "fi-selko")
        self.assertIn("Älä kirjoita ihmisten tietoja.", selko)
        only = self.told("register", "show", STORE, "toimio", "practices", "--as-of", "2026-07-09", "--about", "240")
        self.assertNotIn("Tornio", only)
        before = self.told("register", "show", STORE, "toimio", "practices", "--as-of", "2026-01-08")
        self.assertNotIn("Pitkä matka", before)

    def test_what_is_due_comes_soonest_first(self):
        lines = self.told("register", "due", STORE, "--by", "2026-07-10").splitlines()[2:]
        self.assertEqual([re.split(r" {2,}", line.strip())[2] for line in lines], ["t1", "k1", "e1"])
        self.assertIn("none", self.told("register", "due", STORE, "--by", "2026-07-07"))
        rows = json.loads(self.told("register", "due", STORE, "--by", "2026-07-10", "--path", "toimi", "--json"))
        self.assertEqual([(row["entry"], row["owner"], row["late"]) for row in rows], [("e1", "business_agent", False)])

    def test_contact_persons_stay_out_without_the_right(self):
        show = ("register", "show", STORE, "toimi", "employers", "--as-of", "2026-02-01")
        plain = self.told(*show)
        self.assertIn("Not shown: Contact person", plain)
        outputs = [plain, self.told(*show, "--json"),
                   self.told(*show, "--contacts", "--actor", "worker-1", "--role", "job_coach", "--json"),
                   self.told("register", "list", STORE, "--as-of", "2026-02-01", "--json"),
                   self.told("register", "due", STORE, "--by", "2027-02-01", "--json"),
                   self.told("store", "events", STORE),
                   self.told("report", "situation", "--store", STORE, "--as-of", "2026-02-01")]
        for each in outputs:
            self.assertNotIn(PERSON, each)
        self.assertIn(PERSON, self.told(*show, "--contacts"))
        self.assertIn(PERSON, self.told(*show, "--contacts", "--actor", "worker-603", "--role", "business_agent"))

    def test_the_situation_picture_lists_reported_entries(self):
        picture = ("report", "situation", "--store", STORE, "--as-of", "2026-02-01")
        self.assertIn("Kemi\n  - Laji: ongelmakohta\n    Kuvaus: Pitkä matka\n", self.told(*picture))
        whole = json.loads(self.told(*picture, "--format", "json"))
        self.assertEqual([entry["municipality"] for entry in whole["registers"][0]["entries"]], ["240", "851"])
        self.assertIn("toimio,register,practices,k1,240,description,told,Pitkä matka,exact", self.told(*picture, "--format", "csv"))
        self.assertIn("<td>Pienet tehtävät, &lt;lähellä&gt;</td>", self.told(*picture, "--format", "html"))

    def test_refusals_say_what_would_be_right(self):
        done = run("register", "show", STORE, "toimio", "dreams", "--as-of", "2026-02-01")
        self.assertEqual(done.returncode, FAULT)
        self.assertIn("'toimio practices'", done.stderr)
        self.assertEqual(run("register", "due", STORE).returncode, USAGE)
        self.assertEqual(run("register", "due", STORE, "--by", "soon").returncode, run("place", "list", STORE, "--as-of", "soon").returncode)
        secret = command(9, PRACTICES, "record_entry", "2026-02-01", entry="x", about="851",
                         fields={"kind": "good_practice", "description": "Asiakas 131052-308T"})
        done = run("case", "execute", STORE, "--path", "toimio", given=json.dumps(secret))
        self.assertEqual(done.returncode, FAULT)
        self.assertIn("personal identity code", done.stdout + done.stderr)
        self.assertNotIn("308T", done.stdout + done.stderr)


if __name__ == "__main__":
    POLKU = sys.argv.pop(1)
    with tempfile.TemporaryDirectory() as folder:
        STORE = pathlib.Path(folder) / "registers.db"
        make_store(STORE)
        unittest.main()

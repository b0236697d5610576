#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`polku store` as somebody uses it who looks after a store: each subcommand, its exit status, and what it says when
keys, files, ids or days are wrong.

    store_commands_test.py POLKU
"""
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

POLKU = "polku"
KEPT = pathlib.Path()
CLIENT = "000000000000000000000000c100000a"
CASE = "000000000000000000000000ca00000a"
CODE = "230668-996B"  # the client's made-up identity code
READER = json.dumps({"at": "2026-11-22T10:00:00+02:00", "actor": "worker-1", "organisation": "county", "purpose": "service",
                     "ground": "703/2023"})
FINE, FINDINGS, USAGE, BUSY = 0, 1, 2, 5


def run(*arguments, given=""):
    return subprocess.run([POLKU, *map(str, arguments)], input=given, capture_output=True, text=True, check=False)


def make_stores(folder):
    """A store in clear and a sealed one, with some of the example clients, and keys."""
    run("store", "new-key", folder / "key.txt", "--id", "2026")
    run("store", "new-key", folder / "next.txt", "--id", "2027")
    # A key of the same id that is not the same key.
    (folder / "other.txt").write_text("2026 " + "ab" * 32 + "\n", encoding="utf-8")
    commands = "\n".join(each for each in run("demo", "--commands").stdout.splitlines()
                         if json.loads(each).get("case", "")[-2:] in ("0a", "01", "05"))
    for name, more in (("plain.db", ()), ("sealed.db", ("--key-file", folder / "key.txt"))):
        for done in (run("case", "execute", folder / name, *more, given=commands),
                     run("store", "checkpoint", folder / name, *more)):
            if done.returncode != FINE:
                raise RuntimeError(done.stderr)


class StoreTest(unittest.TestCase):
    """Each test has copies of its own of the stores and keys in `KEPT`."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.here = pathlib.Path(self.folder.name)
        for each in KEPT.iterdir():
            shutil.copy(each, self.here / each.name)
        self.plain, self.sealed = self.here / "plain.db", self.here / "sealed.db"
        self.key, self.next, self.other = self.here / "key.txt", self.here / "next.txt", self.here / "other.txt"

    def says(self, status, text, *arguments):
        """The command ends with `status`, prints nothing, and its error has `text`."""
        done = run("store", *arguments)
        self.assertEqual((done.returncode, done.stdout), (status, ""), done.stderr)
        self.assertIn(text, done.stderr)
        return done.stderr

    def told(self, *arguments, status=FINE):
        """What the command prints, as JSON."""
        done = run("store", *arguments)
        self.assertEqual((done.returncode, done.stderr), (status, ""))
        return json.loads(done.stdout)

    def raw(self, store):
        files = (pathlib.Path(str(store) + end) for end in ("", "-wal", "-shm"))
        return b"".join(each.read_bytes() for each in files if each.exists())


class Whole(StoreTest):
    def test_every_subcommand_refuses_a_store_that_is_not_there_and_makes_none(self):
        none = self.here / "none.db"
        for arguments in (("verify",), ("head",), ("checkpoint",), ("events",), ("finish-erasing",), ("ledger",),
                          ("retention", "--as-of", "2030-01-01"), ("seal", "--key-file", self.key),
                          ("rotate", "--key-file", self.key, "--new-key-file", self.next),
                          ("erase", "--subject", CLIENT, "--reason", "request", "--on", "2026-11-22"),
                          ("log", "--log", self.here / "use.log"),
                          ("extract", "--log", self.here / "use.log", "--client", CLIENT, "--as-of", "2026-11-22")):
            with self.subTest(arguments[0]):
                said = self.says(FINDINGS, "none.db: the store cannot be", arguments[0], none, *arguments[1:])
                self.assertIn("expected a file that", said)
                self.assertFalse(none.exists())

    def test_a_file_that_is_no_store_is_named_and_left_alone(self):
        for arguments in (("verify",), ("checkpoint",), ("seal", "--key-file", self.key)):
            before = self.other.read_bytes()
            self.says(FINDINGS, "expected an SQLite file that polku made", arguments[0], self.other, *arguments[1:])
            self.assertEqual(self.other.read_bytes(), before)
        foreign = self.here / "foreign.db"
        with sqlite3.connect(foreign) as database:
            database.execute("CREATE TABLE t (x)")
        database.close()
        self.says(FINDINGS, "the file is an SQLite database of another program", "head", foreign)

    def test_wrong_use_ends_with_status_two(self):
        for arguments in ((), ("verify",), ("nonsense", self.plain), ("erase", self.plain), ("new-key", self.here / "n"),
                          ("events", self.plain, "--limit", "many"), ("retention", self.plain),
                          ("extract", self.plain, "--client", CLIENT, "--as-of", "2026-11-22", "--language", "de")):
            done = run("store", *arguments)
            self.assertEqual((done.returncode, done.stdout), (USAGE, ""), arguments)
            self.assertTrue(done.stderr)

    def test_errors_are_json_where_that_is_asked_for(self):
        done = run("--json", "store", "events", self.sealed)
        told = json.loads(done.stderr)["error"]
        self.assertEqual((told["name"], told["positions"][0]["source"], done.returncode),
                         ("store_key_missing", str(self.sealed), FINDINGS))

    def test_verify_is_against_a_head_that_was_written_down(self):
        head = run("store", "head", self.plain).stdout.strip()
        self.assertRegex(head, r"^\d+:[0-9a-f]{64}$")
        report = self.told("verify", self.plain, "--anchor", head)
        self.assertEqual((report["ok"], report["sealed"], report["head"]), (True, False, head))
        self.says(FINDINGS, "'5:aa' is no anchor; it must be what `store head` printed: <position>:<64 hexadecimal digits>",
                  "verify", self.plain, "--anchor", "5:aa")
        foreign = self.told("verify", self.sealed, "--anchor", head, status=FINDINGS)
        self.assertFalse(foreign["ok"])
        self.assertIn("anchor", " ".join(each["message"] for each in foreign["findings"]))
        with sqlite3.connect(self.plain) as database:
            database.execute("UPDATE parts SET bytes = CAST('{}' AS BLOB) WHERE position = 3 AND part_no = 1")
        database.close()
        broken = self.told("verify", self.plain, status=FINDINGS)
        self.assertFalse(broken["ok"])

    def test_checkpoint_empties_the_log(self):
        opening = json.loads(run("demo", "--commands").stdout.splitlines()[0])
        opening.update(case="f" * 32, command_id="another", now="2027-01-01T10:00:00Z")
        done = run("case", "execute", self.plain, given=json.dumps(opening))
        self.assertEqual((done.returncode, done.stderr), (FINE, ""))
        self.assertGreater((self.here / "plain.db-wal").stat().st_size, 0)
        done = run("store", "checkpoint", self.plain)
        self.assertEqual((done.returncode, done.stdout, (self.here / "plain.db-wal").stat().st_size), (FINE, "", 0))
        self.says(FINDINGS, "the store is sealed under the master key '2026'; open it with that key", "checkpoint", self.sealed)

    def test_events_are_read_page_by_page_to_the_end(self):
        first = self.told("events", self.plain, "--limit", "2")
        self.assertEqual((len(first["events"]), first["next"]), (2, 2))
        self.assertEqual(first["events"][0]["type"], "polku.case_opened")
        second = self.told("events", self.plain, "--after", "2", "--limit", "1")
        self.assertEqual(second["events"][0]["position"], "3")
        end = int(run("store", "head", self.plain).stdout.split(":")[0])
        self.assertEqual(self.told("events", self.plain, "--after", end), {"events": [], "next": end})


class Keys(StoreTest):
    def test_a_key_file_is_made_once(self):
        self.says(FINDINGS, "key.txt: the key file cannot be made; expected a new name in a folder that exists",
                  "new-key", self.key, "--id", "2028")
        self.says(FINDINGS, "'a b' is no id of a key; expected 1 to 200 letters, digits", "new-key", self.here / "n", "--id", "a b")
        self.says(FINDINGS, "expected a new name in a folder that exists", "new-key", self.here / "no" / "n", "--id", "a")
        self.assertEqual(self.key.stat().st_mode & 0o777, 0o600)
        self.assertRegex(self.key.read_text(encoding="utf-8"), r"2026 [0-9a-f]{64}\n$")

    def test_a_sealed_store_opens_with_its_own_key_only(self):
        self.says(FINDINGS, "the store is sealed under the master key '2026'; open it with that key", "events", self.sealed)
        self.says(FINDINGS, "the store wants the master key '2026', which is not among those given",
                  "events", self.sealed, "--key-file", self.next)
        self.says(FINDINGS, "the master key given as '2026' does not open the store's keys", "events", self.sealed, "--key-file",
                  self.other)
        self.says(FINDINGS, "no.txt: the key file cannot be opened", "events", self.sealed, "--key-file", self.here / "no.txt")
        (self.here / "bad.txt").write_text("2026 abcd\n", encoding="utf-8")
        said = self.says(FINDINGS, "bad.txt:1", "events", self.sealed, "--key-file", self.here / "bad.txt")
        self.assertNotIn("abcd", said)
        self.says(BUSY, "the store holds content in clear", "events", self.plain, "--key-file", self.key)
        self.assertEqual(len(self.told("events", self.sealed, "--key-file", self.key, "--limit", "3")["events"]), 3)
        # What needs no key is told without one.
        report = self.told("verify", self.sealed)
        self.assertEqual((report["ok"], report["sealed"]), (True, True))
        self.assertGreater(report["parts_sealed"], 100)

    def test_rotating_moves_the_store_to_the_new_key(self):
        self.says(USAGE, "rotating needs --key-file with the present key", "rotate", self.sealed, "--new-key-file", self.next)
        self.says(FINDINGS, "no.txt: the key file cannot be opened", "rotate", self.sealed, "--key-file", self.key,
                  "--new-key-file", self.here / "no.txt")
        self.says(BUSY, "the store holds content in clear", "rotate", self.plain, "--key-file", self.key,
                  "--new-key-file", self.next)
        head = run("store", "head", self.sealed).stdout
        answer = self.told("rotate", self.sealed, "--key-file", self.key, "--new-key-file", self.next)
        self.assertEqual(answer["master"], "2027")
        self.assertGreater(answer["keys"], 10)
        self.says(FINDINGS, "the store wants the master key '2027'", "events", self.sealed, "--key-file", self.key)
        self.assertEqual(len(self.told("events", self.sealed, "--key-file", self.next, "--limit", "3")["events"]), 3)
        self.assertEqual(run("store", "head", self.sealed).stdout, head)

    def test_sealing_a_store_in_clear(self):
        head = run("store", "head", self.plain).stdout.strip()
        self.assertIn(CODE.encode(), self.raw(self.plain))
        room = self.told("seal", self.plain, "--room")
        self.assertTrue(room["enough"])
        self.assertGreater(room["beside"], self.plain.stat().st_size)
        self.says(USAGE, "sealing needs --key-file with the key to seal under", "seal", self.plain)
        self.says(FINDINGS, "no.txt: the key file cannot be opened", "seal", self.plain, "--key-file", self.here / "no.txt")
        self.assertIn(CODE.encode(), self.raw(self.plain))  # nothing was begun
        answer = self.told("seal", self.plain, "--key-file", self.key)
        self.assertEqual((answer["finished"], answer["master"]), (True, "2026"))
        self.assertGreater(answer["parts"], 400)
        self.assertNotIn(CODE.encode(), self.raw(self.plain))
        self.assertNotIn(b"worker-101", self.raw(self.plain))
        self.assertTrue(self.told("verify", self.plain, "--anchor", head, "--key-file", self.key)["ok"])
        self.says(FINDINGS, "open it with that key", "events", self.plain)
        self.assertEqual(len(self.told("events", self.plain, "--key-file", self.key, "--limit", "3")["events"]), 3)
        self.assertFalse(self.told("seal", self.plain, "--key-file", self.key)["finished"])
        self.says(FINDINGS, "does not open the store's keys", "seal", self.plain, "--key-file", self.other)

    def test_a_store_that_somebody_has_open_is_not_sealed(self):
        reader = sqlite3.connect(self.plain)
        reader.execute("SELECT count(*) FROM events").fetchone()
        try:
            self.says(BUSY, "another process has the store open; sealing needs it alone", "seal", self.plain, "--key-file",
                      self.key)
        finally:
            reader.close()
        self.assertFalse(self.told("verify", self.plain)["sealed"])


class Erasing(StoreTest):
    def erase(self, *more, store=None, subject=CLIENT, reason="request", on="2026-11-22"):
        return ("erase", store or self.sealed, "--subject", subject, "--reason", reason, "--on", on, *more)

    def test_what_is_wrong_with_an_erasure_is_told(self):
        self.says(FINDINGS, "the subject to erase has 2 characters, expected the 32 hex digits", *self.erase(subject="12"))
        self.says(FINDINGS, "it is a code of 1 to 64 characters of a-z, 0-9", *self.erase(reason="Asiakas pyysi"))
        self.says(USAGE, "--on: '22.11.2026' is no date; write it as 2026-03-02", *self.erase(on="22.11.2026"))
        self.says(FINDINGS, "the store has nothing about", *self.erase("--class", "no such class"))
        self.says(FINDINGS, "the store has nothing about", *self.erase(subject="f" * 32))
        self.assertEqual(self.told("ledger", self.sealed)["entries"], [])

    def test_a_client_is_erased_and_the_ledger_erases_a_restored_copy(self):
        copy = self.here / "copy.db"
        shutil.copy(self.plain, copy)
        for store, keys in ((self.plain, False), (self.sealed, True)):
            with self.subTest(store.name):
                answer = self.told(*self.erase(store=store))
                self.assertEqual((answer["subject"], answer["retention_class"], answer["pending"]), (CLIENT, "*", False))
                self.assertGreater(answer["parts"], 20)
                self.assertEqual(answer["keys"] > 0, keys)
                self.assertNotIn(CODE.encode(), self.raw(store))
                self.assertTrue(self.told("verify", store)["ok"])
                self.assertEqual(self.told("finish-erasing", store), {"waiting": 0})
                self.says(FINDINGS, "that is not erased already", *self.erase(store=store))
        ledger = self.here / "ledger.json"
        ledger.write_text(run("store", "ledger", self.plain).stdout, encoding="utf-8")
        self.says(FINDINGS, "none.json: the file cannot be opened", "verify", copy, "--ledger", self.here / "none.json")
        self.says(FINDINGS, "the erasure ledger is of the store", "verify", self.sealed, "--ledger", ledger)
        self.assertIn(CODE.encode(), self.raw(copy))
        self.told("verify", copy, "--ledger", ledger)
        self.assertNotIn(CODE.encode(), self.raw(copy))
        self.assertEqual(len(self.told("ledger", copy)["entries"]), 1)

    def test_while_somebody_reads_an_erasure_is_pending(self):
        reader = sqlite3.connect(self.plain)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        try:
            answer = self.told(*self.erase(store=self.plain), status=BUSY)
            self.assertTrue(answer["pending"])
            self.assertEqual(self.told("finish-erasing", self.plain, status=BUSY), {"waiting": 1})
        finally:
            reader.close()
        self.assertEqual(self.told("finish-erasing", self.plain), {"waiting": 0})
        self.assertNotIn(CODE.encode(), self.raw(self.plain))

    def test_retention_lists_and_erases_what_is_over(self):
        self.says(USAGE, "--as-of: 'tomorrow' is no date; write it as 2026-03-02", "retention", self.plain, "--as-of",
                  "tomorrow")
        self.assertEqual(self.told("retention", self.plain, "--as-of", "2027-01-01"), [])
        rows = self.told("retention", self.plain, "--as-of", "2032-01-01")
        self.assertEqual({row["rule"] for row in rows}, {"380/2023 122 §"})
        self.assertTrue(all(row["erase_from"] <= "2032-01-01" for row in rows))
        self.assertEqual(self.told("ledger", self.plain)["entries"], [])  # listing erases nothing
        erased = self.told("retention", self.plain, "--as-of", "2032-01-01", "--erase")
        self.assertEqual({(row["subject"], row["reason"]) for row in erased}, {(row["subject"], "retention") for row in rows})
        self.assertEqual(self.told("retention", self.plain, "--as-of", "2032-01-01"), [])


class Finding(StoreTest):
    def find(self, store, *identifier, more=()):
        return run("--json", "client", "find", store, "--identifier", *identifier, *more)

    def test_a_client_is_found_by_identity_code(self):
        for store, more in ((self.plain, ()), (self.sealed, ("--key-file", self.key))):
            done = self.find(store, "identity_code", CODE.lower(), more=more)
            self.assertEqual([row["client"] for row in json.loads(done.stdout)], [CLIENT])
            self.assertEqual((done.returncode, done.stderr), (FINE, ""))
            nobody = self.find(store, "identity_code", "010190-900P", more=more)
            self.assertEqual((nobody.stdout, nobody.returncode), ("[]\n", FINDINGS))
        self.assertNotIn(CODE.encode(), self.raw(self.sealed))
        wrong = self.find(self.plain, "identity_code", "230668-996C")
        self.assertEqual((json.loads(wrong.stderr)["error"]["name"], wrong.returncode), ("invalid_identity_code", FINDINGS))
        self.assertNotIn("230668-996C", wrong.stderr)
        self.assertIn("clients are found by identity_code, not by 'shoe'", self.find(self.plain, "shoe", "43").stderr)
        self.assertEqual(self.find(self.plain, "identity_code").returncode, USAGE)
        keyless = self.find(self.sealed, "identity_code", CODE)
        self.assertEqual(json.loads(keyless.stderr)["error"]["name"], "store_key_missing")


class UseLog(StoreTest):
    def setUp(self):
        super().setUp()
        self.log = self.here / "use.log"
        self.show = ("case", "show", self.sealed, CASE, "--as-of", "2026-11-22", "--key-file", self.key, "--log", self.log)

    def test_reads_are_refused_without_a_reader_and_logged_with_one(self):
        refused = run(*self.show)
        self.assertEqual((refused.returncode, refused.stdout), (FINDINGS, ""))
        self.assertIn("a use log is kept, and nobody was named who reads", refused.stderr)
        self.assertEqual(run(*self.show, "--reader", READER).returncode, FINE)
        entries = self.told("log", self.sealed, "--log", self.log)
        self.assertEqual([(each["number"], each["client"], each["actor"]) for each in entries], [(1, CLIENT, "worker-1")])
        self.assertEqual(self.told("log", self.sealed, "--log", self.log, "--after", "1"), [])
        self.assertTrue(self.told("log", self.sealed, "--log", self.log, "--verify")["ok"])
        for reader, text in (("{}", "the time of reading, a date-time with zone or offset"),
                             ('{"at":"2026-11-22"}', "a date-time with zone or offset here"),
                             ('{"at":"2026-11-22T10:00:00Z","name":"x"}', "at, actor, organisation, role, purpose"),
                             ("[1", "the file cannot be opened")):
            done = run(*self.show, "--reader", reader)
            self.assertEqual((done.returncode, done.stdout), (FINDINGS, ""), reader)
            self.assertIn(text, done.stderr)

    def test_the_log_is_verified_and_purged(self):
        self.says(FINDINGS, "the workspace keeps no use log; open it with the log's file", "log", self.sealed)
        run(*self.show, "--reader", READER)
        self.says(USAGE, "--purge: 'never' is no date", "log", self.sealed, "--log", self.log, "--purge", "never")
        self.assertEqual(self.told("log", self.sealed, "--log", self.log, "--purge", "2038-01-01"), {"purged": 0})
        with sqlite3.connect(self.log) as database:
            for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                database.execute(f"DROP TRIGGER {name}")
            database.execute("UPDATE uses SET actor = 'worker-2'")
        database.close()
        broken = self.told("log", self.sealed, "--log", self.log, "--verify", status=FINDINGS)
        self.assertEqual((broken["ok"], len(broken["findings"]) > 0), (False, True))

    def test_the_extract_is_the_clients_own(self):
        self.says(FINDINGS, "the workspace keeps no use log", "extract", self.sealed, "--client", CLIENT, "--as-of", "2026-11-22")
        run(*self.show, "--reader", READER)
        extract = ("extract", self.sealed, "--log", self.log, "--as-of", "2026-11-22", "--client")
        told = self.told(*extract, CLIENT, "--language", "fi-selko")
        self.assertEqual((told["title"], told["answer_by"], len(told["entries"])), ("Kuka on katsonut tietojasi", "2027-01-22", 1))
        self.assertEqual(told["entries"][0]["told"], "Tietojasi on katsottu.")
        self.assertEqual(self.told(*extract, "f" * 32)["entries"], [])
        said = self.says(FINDINGS, "11 characters that are no client id; it must be 32 hexadecimal digits", *extract, CODE)
        self.assertNotIn(CODE, said)


if __name__ == "__main__":
    POLKU = sys.argv.pop(1)
    with tempfile.TemporaryDirectory() as made:
        KEPT = pathlib.Path(made)
        make_stores(KEPT)
        unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills `polku store seal`, `rotate` and `erase` at random moments, and looks at what they left.

    keeping_kills.py POLKU COUNT SEED

After each kill the store opens with the keys that it must open with, its chain reaches back to the head from before, and
the command, run again, does what was left to do.
"""
import json
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

CLIENT, CODE = "000000000000000000000000c100000a", b"230668-996B"  # a made-up client and its identity code
WORKER = b"Kuvitteellinen"  # stands in the made-up cases
FINE, FINDINGS, BUSY = 0, 1, 5


class Fault(Exception):
    pass


def must(what: bool, text: str) -> None:
    if not what:
        raise Fault(text)


class Keeper:
    def __init__(self, polku: str, folder: pathlib.Path, chance: random.Random) -> None:
        self.polku, self.folder, self.chance = polku, folder, chance
        self.old, self.new, self.both = folder / "old.txt", folder / "new.txt", folder / "both.txt"
        self.run("store", "new-key", self.old, "--id", "old")
        self.run("store", "new-key", self.new, "--id", "new")
        self.both.write_text(self.old.read_text() + self.new.read_text(), encoding="utf-8")
        self.plain, self.sealed, self.people = folder / "plain.db", folder / "sealed.db", folder / "people.db"
        self.run("generate", self.plain, "--cases", "24", "--until", "2026-12-30", "--seed",
                 chance.randrange(1 << 30))
        shutil.copy(self.plain, self.sealed)
        began = time.monotonic()
        self.run("store", "seal", self.sealed, "--key-file", self.old)
        self.seal_time = time.monotonic() - began
        began = time.monotonic()
        self.run("store", "rotate", self.sealed, "--key-file", self.old, "--new-key-file", self.old)
        self.rotate_time = time.monotonic() - began
        commands = [each for each in self.run("demo", "--commands").stdout.splitlines()
                    if json.loads(each).get("case", "").endswith("ca00000a")]
        self.run("case", "execute", self.people, given="\n".join(commands))
        self.run("store", "checkpoint", self.people)
        must(WORKER in self.raw(self.plain) and CODE in self.raw(self.people), "the stores lack what is looked for")

    def run(self, *arguments, given="", status=FINE):
        done = subprocess.run([self.polku, *map(str, arguments)], input=given, capture_output=True, text=True, check=False)
        must(status is None or done.returncode == status,
             f"{arguments[:3]} ended with {done.returncode}: {done.stderr[-500:]}{done.stdout[-500:]}")
        return done

    def killed(self, longest: float, *arguments) -> bool:
        """Starts the command and kills it; false when it was done before."""
        process = subprocess.Popen([self.polku, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(self.chance.uniform(0, longest))
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL

    @staticmethod
    def raw(store: pathlib.Path) -> bytes:
        files = (pathlib.Path(str(store) + end) for end in ("", "-wal", "-shm", "-journal"))
        return b"".join(each.read_bytes() for each in files if each.exists())

    def copy(self, of: pathlib.Path) -> pathlib.Path:
        to = self.folder / "copy.db"
        for end in ("", "-wal", "-shm", "-journal"):
            pathlib.Path(str(to) + end).unlink(missing_ok=True)
        shutil.copy(of, to)
        return to

    def head(self, store: pathlib.Path) -> str:
        return self.run("store", "head", store).stdout.strip()

    def verified(self, store: pathlib.Path, anchor: str, *keys) -> dict:
        report = json.loads(self.run("store", "verify", store, "--anchor", anchor, *keys).stdout)
        must(report["ok"], f"the store does not verify: {report['findings']}")
        return report

    def seal(self) -> bool:
        store = self.copy(self.plain)
        head = self.head(store)
        keys = ("--key-file", self.old)
        # Each attempt gets a little further, or none does and the last is left alone.
        stopped = False
        for _ in range(self.chance.randrange(1, 4)):
            stopped |= self.killed(self.seal_time * 1.2, "store", "seal", store, *keys)
            begun = self.run("store", "events", store, "--limit", "1", status=None).returncode != FINE
            if begun:
                self.run("store", "events", store, "--limit", "1000", *keys)
            self.verified(store, head, *(keys if begun else ()))
        self.run("store", "seal", store, *keys)
        must(WORKER not in self.raw(store), "a sealed store has content in clear")
        must(self.verified(store, head, *keys)["sealed"], "the store is not sealed")
        self.run("store", "events", store, "--limit", "1", status=FINDINGS)
        return stopped

    def rotate(self) -> bool:
        store = self.copy(self.sealed)
        head = self.head(store)
        whole = self.verified(store, head, "--key-file", self.both)["parts_checked"]
        stopped = self.killed(self.rotate_time, "store", "rotate", store, "--key-file", self.old, "--new-key-file", self.new)
        # Another process with both keys reads all of it, whatever the rotation came to; of the single keys one opens it.
        must(self.verified(store, head, "--key-file", self.both)["parts_checked"] == whole, "parts are no longer readable")
        opens = [self.run("store", "verify", store, "--key-file", key, status=None).returncode for key in (self.old, self.new)]
        must(sorted(opens) == [FINE, FINDINGS], f"with the old and the new key: {opens}")
        self.run("store", "rotate", store, "--key-file", self.both, "--new-key-file", self.new)
        must(self.verified(store, head, "--key-file", self.new)["parts_checked"] == whole, "parts are no longer readable")
        self.run("store", "events", store, "--key-file", self.old, status=FINDINGS)
        return stopped

    def erase(self) -> bool:
        store = self.copy(self.people)
        keys = ()
        if self.chance.randrange(2) == 0:
            keys = ("--key-file", self.old)
            self.run("store", "seal", store, *keys)
        head = self.head(store)
        erase = ("store", "erase", store, "--subject", CLIENT, "--reason", "request", "--on", "2026-11-22")
        reader = None
        if self.chance.randrange(2) == 0:
            reader = sqlite3.connect(store)  # which keeps the log from being emptied, so the erasure waits for it
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM events").fetchone()
        stopped = self.killed(self.rotate_time * 2, *erase)
        if reader is not None:
            reader.close()
        recorded = json.loads(self.run("store", "ledger", store).stdout)["entries"]
        must(json.loads(self.run("store", "finish-erasing", store).stdout) == {"waiting": 0}, "an erasure still waits")
        if not recorded:
            self.run("case", "show", store, "000000000000000000000000ca00000a", "--as-of", "2026-11-22", *keys)
            self.run(*erase)
        must(CODE not in self.raw(store), "what was erased is in the files")
        shown = self.run("case", "show", store, "000000000000000000000000ca00000a", "--as-of", "2026-11-22", *keys).stdout
        must(CODE.decode() not in shown, "what was erased is shown")
        self.verified(store, head, *keys)
        self.run(*erase, status=FINDINGS)  # there is nothing left to erase
        return stopped


def share_keys(keeper: Keeper, writer: pathlib.Path) -> int:
    """A writer goes on while another process rotates the keys to and fro; nothing that it printed is lost."""
    store = keeper.copy(keeper.sealed)
    process = subprocess.Popen([str(writer), "write", str(store), "7", str(keeper.both)], stdout=subprocess.PIPE, text=True)
    lines = [process.stdout.readline()]
    to_and_fro = [keeper.new, keeper.old] * 3 + [keeper.new]
    for fresh in to_and_fro:
        # The writer keeps the log busy: then the new wrappings hold, and emptying the log is left for later.
        done = keeper.run("store", "rotate", store, "--key-file", keeper.both, "--new-key-file", fresh, status=None)
        must(done.returncode in (FINE, BUSY), done.stderr)
    must(process.poll() is None, "the writer ended while the keys were rotated")
    process.kill()
    lines += [line for line in process.stdout if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    keeper.run("store", "verify", store, "--key-file", keeper.old, status=FINDINGS)
    done = subprocess.run([str(writer), "check", str(store), str(keeper.new)], input="".join(lines), capture_output=True,
                          text=True, check=False)
    must(done.returncode == FINE, done.stderr)
    return len(lines)


def main() -> int:
    polku, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="polku-kills-"))
    try:
        keeper = Keeper(polku, folder, chance)
        stopped = {each: 0 for each in ("seal", "rotate", "erase")}
        for number in range(count):
            what = list(stopped)[number % 3]
            stopped[what] += getattr(keeper, what)()
        lines = share_keys(keeper, pathlib.Path(polku).parent / "history_writer")
    except Fault as fault:
        print(f"kills: {fault} (seed {seed})")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    told = ", ".join(f"{number} of {what}" for what, number in stopped.items())
    print(f"kills: {count} of store commands, on their way {told}; {lines} commands while keys were rotated; nothing lost")
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Verifies the chains of a polku store file with nothing of polku: Python's standard library only.

    verify_store.py FILE [--anchor POSITION:HASH]

Prints the head, which may be kept elsewhere as a later anchor. Exit status 0 when the store is sound, 1 when something
is found, 2 when the file cannot be read as a store. docs/storage.md has the byte layouts.
"""

import argparse
import hashlib
import pathlib
import sqlite3
import sys

APPLICATION_ID = 0x706C6B75  # "plku"
ZERO = bytes(32)
EVENTS = """
SELECT e.position, e.version, e.type, e.schema_version, e.effective_on, e.recorded_at_ms, e.latest_recorded_at_ms,
       e.command, k.hash, t.hash, e.engine_version, e.hash, s.stream, s.kind
FROM events AS e JOIN streams AS s ON s.stream_no = e.stream_no
LEFT JOIN blobs AS k ON k.blob_no = e.pack_no LEFT JOIN blobs AS t ON t.blob_no = e.path_no
ORDER BY e.position
"""
PARTS = """
SELECT part_no, subject, retention_class, commitment, salt, key_no, erased, bytes FROM parts WHERE position = ?
ORDER BY part_no
"""


def blake(data, key=b""):
    return hashlib.blake2b(data, digest_size=32, key=key).digest()


def number(value, width):
    return value.to_bytes(width, "big", signed=value < 0)


def text(value):
    data = value.encode("utf-8")
    return number(len(data), 4) + data


def label(name):
    return name.encode("ascii") + b"\0"


def encode_event(row, parts, previous):
    (position, version, kind_of_event, schema, effective, recorded, _, command, pack, path, engine, _, stream,
     kind) = row
    out = [label("polku.event.1"), previous, stream, number(kind, 1), number(version, 8), number(position, 8),
           text(kind_of_event), number(schema, 4), number(effective, 8), number(recorded, 8), command, pack or ZERO,
           path or ZERO, number(engine, 4), number(len(parts), 4)]
    for _, subject, retention_class, commitment, *_ in parts:
        out += [text(subject), text(retention_class), commitment]
    return b"".join(out)


def digest_heads(changed):
    out = [label("polku.heads.1"), number(len(changed), 8)]
    for stream in sorted(changed):
        version, link = changed[stream]
        out += [stream, number(version, 8), link]
    return blake(b"".join(out))


class Verifier:
    def __init__(self, system, anchor):
        self.system, self.anchor, self.anchor_seen = system, anchor, False
        self.findings, self.last, self.changed = [], {}, {}
        self.position, self.newest = 0, None
        self.checkpoint_position, self.checkpoint_hash = 0, ZERO
        self.counts = {"events": 0, "checkpoints": 0, "parts checked": 0, "parts sealed": 0}
        self.check_anchor()

    def find(self, where, what):
        self.findings.append(f"position {where}: {what}")

    def head(self):
        return blake(label("polku.head.1") + number(self.position, 8) + self.checkpoint_hash
                     + digest_heads(self.changed))

    def check_anchor(self):
        if self.anchor and self.anchor[0] == self.position:
            self.anchor_seen = True
            if self.head() != self.anchor[1]:
                self.find(self.position, "the head is not the anchor's")

    def check_parts(self, position, parts):
        for index, (part_no, _, _, commitment, salt, key_no, erased, data) in enumerate(parts):
            if part_no != index:
                self.find(position, f"part {index} is missing")
            if erased or key_no is not None:
                self.counts["parts sealed"] += 1
                continue
            self.counts["parts checked"] += 1
            if blake(data, salt) != commitment:
                self.find(position, f"part {index} has content that its commitment does not cover")

    def check_checkpoint(self, position, link, parts):
        self.counts["checkpoints"] += 1
        expected = (label("polku.checkpoint.1") + number(self.checkpoint_position, 8) + number(position - 1, 8)
                    + number(len(self.changed), 8) + digest_heads(self.changed))
        if len(parts) != 2 or parts[1][7] != expected:
            self.find(position, "the checkpoint does not link the heads of the streams that changed")
        self.checkpoint_position, self.checkpoint_hash, self.changed = position, link, {}

    def add(self, row, parts):
        position, version, recorded, newest, link, stream = row[0], row[1], row[5], row[6], row[11], row[12]
        last_version, last_hash = self.last.get(stream, (0, ZERO))
        if position != self.position + 1:
            self.find(position, f"expected position {self.position + 1}")
        if version != last_version + 1:
            self.find(position, f"version {version}, expected {last_version + 1}")
        self.newest = recorded if self.newest is None else max(self.newest, recorded)
        if newest != self.newest:
            self.find(position, f"newest recording time {newest}, expected {self.newest}")
        if blake(encode_event(row, parts, last_hash)) != link:
            self.find(position, "the hash is not the one that follows from the event before")
        self.check_parts(position, parts)
        self.last[stream], self.position = (version, link), position
        self.counts["events"] += 1
        if stream == self.system:
            self.check_checkpoint(position, link, parts)
        else:
            self.changed[stream] = (version, link)
        self.check_anchor()


def open_store(name):
    store = sqlite3.connect(pathlib.Path(name).absolute().as_uri() + "?mode=ro", uri=True)
    if store.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise sqlite3.DatabaseError("the file is no polku store")
    if store.execute("PRAGMA user_version").fetchone()[0] != 0:
        raise sqlite3.DatabaseError("the file was being filled and is unfinished; a part of it is missing")
    major, system = store.execute("SELECT layout_major, store_id FROM meta").fetchone()
    if major != 1:
        raise sqlite3.DatabaseError(f"the store has layout {major}, this script reads layout 1")
    return store, system


def verify(name, anchor):
    store, system = open_store(name)
    store.execute("BEGIN")
    verifier = Verifier(system, anchor)
    for (found,) in store.execute("PRAGMA integrity_check"):
        if found != "ok":
            verifier.find("?", found)
    for row in store.execute(EVENTS):
        verifier.add(row, store.execute(PARTS, (row[0],)).fetchall())
    if anchor and not verifier.anchor_seen:
        verifier.find(anchor[0], "the anchor's position is past the end of the store")
    for link, data in store.execute("SELECT hash, bytes FROM blobs"):
        if blake(data) != link:
            verifier.findings.append(f"blob {link.hex()} has other content than its hash says")
    return verifier


def read_anchor(value):
    position, _, link = value.partition(":")
    return int(position), bytes.fromhex(link)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("file")
    options.add_argument("--anchor", type=read_anchor, help="a head that was printed earlier")
    chosen = options.parse_args()
    try:
        verifier = verify(chosen.file, chosen.anchor)
    except (sqlite3.Error, TypeError, ValueError, OSError, OverflowError) as failure:
        print(f"{chosen.file}: {failure}", file=sys.stderr)
        return 2
    for finding in verifier.findings:
        print(f"{chosen.file}: {finding}", file=sys.stderr)
    counted = ", ".join(f"{count} {what}" for what, count in verifier.counts.items())
    print(f"{counted}, {len(verifier.last)} streams")
    print(f"head {verifier.position}:{verifier.head().hex()}")
    return 1 if verifier.findings else 0


if __name__ == "__main__":
    sys.exit(main())

// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import * as polku from "../index.mjs";

const ID = "000000000000000000000000ca000001";
const commands = readFileSync(join(process.env.POLKU_SOURCE ?? "../..", "examples", "one_client.jsonl"), "utf8")
  .split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));

function filled(file) {
  const store = new polku.Store(file);
  const path = new polku.Path("tyokyky-kayttoon");
  store.usePath(path);
  path.close();
  for (const command of commands) store.execute(command);
  return store;
}

test("paths", () => {
  assert.ok(polku.paths().includes("tyokyky-kayttoon"));
  const path = new polku.Path("tyokyky-kayttoon");
  assert.equal(path.id, "tyokyky-kayttoon");
  assert.equal(path.hash.length, 64);
  assert.ok(path.version.length > 0);
  assert.equal(typeof path.prove({ form: "text", max_states: 100 }), "string");
  assert.equal(typeof path.prove({ max_states: 100 }), "object");
  path.close();
  assert.throws(() => new polku.Path("polku-jota-ei-ole"), { status: "NOT_FOUND" });
});

test("a client goes all the way", () => {
  const store = filled(":memory:");
  const seen = store.case(ID, "2026-10-01", { language: "fi" });
  assert.equal(seen.stage.stage, "follow_up");
  assert.notDeepEqual(store.case(ID, "2026-10-01", { language: "sv" }), seen);
  assert.equal(store.cases()[0].case, ID);
  assert.deepEqual(store.cases({ after: ID }), []);
  assert.ok(Array.isArray(store.due("2027-12-31")));
  // Said again, a command answers as the first time; with other content it is a conflict.
  assert.deepEqual(store.execute(commands[1]), store.execute(commands[1]));
  assert.throws(() => store.execute({ ...commands[1], actor: "worker-999" }), { status: "CONFLICT" });
  store.close();
});

test("the feed is read to its end", () => {
  const store = filled(":memory:");
  const events = [...store.events(0, 20)];
  assert.ok(events.length >= commands.length);
  assert.deepEqual([...store.events()], events);
  store.close();
});

test("readers see what the rules of access allow", () => {
  const store = filled(":memory:");
  const reader = { actor: "worker-102", role: "job_coach", organisation: "municipality", purpose: "services" };
  assert.ok(store.case(ID, "2026-10-01", { reader }).withheld.length > 0);
  assert.throws(() => store.case(ID, "2026-10-01", { reader: { ...reader, purpose: "curiosity" } }), { status: "DENIED" });
  store.close();
});

test("a file is kept and verified", () => {
  const folder = mkdtempSync(join(tmpdir(), "polku-"));
  const file = join(folder, "työ.db");
  try {
    const store = filled(file);
    const head = store.head();
    store.checkpoint();
    const other = store.connect();
    assert.equal(other.verify(head).ok, true);
    other.close();
    store.close();
    const again = new polku.Store(file, { mustExist: true, busyTimeoutMs: 1000 });
    assert.equal(again.verify(head).ok, true);
    again.close();
    assert.throws(() => new polku.Store(join(folder, "none.db"), { mustExist: true }), polku.PolkuError);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a pack is taken into use", () => {
  const store = new polku.Store(":memory:");
  const pack = new polku.Pack("palkkatuki");
  const adoption = { command_id: "adopt-1", now: "2026-03-02T10:00:00Z", actor: "lawyer-1", purpose: "rules" };
  assert.ok(store.adopt(pack, adoption).events.length > 0);
  pack.close();
  store.close();
});

test("a block closes what it used", { skip: Symbol.dispose === undefined }, () => {
  const store = new polku.Store(":memory:");
  store[Symbol.dispose]();
  assert.throws(() => store.head(), { status: "MISUSE" });
});

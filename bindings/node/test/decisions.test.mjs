// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import * as polku from "../index.mjs";
import { parse } from "../json.mjs";

const source = process.env.POLKU_SOURCE ?? "../..";
const model = join(source, "examples", "support.dmn");
const question = {
  decision: "De minimis", decided: "2026-11-01",
  inputs: { "excluded sector": true, "new aid": 70000, "majority of votes": true },
};
const fault = (call) => {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof polku.PolkuError, error);
    return error;
  }
  return assert.fail("it was taken");
};

test("versions and schemas", () => {
  assert.match(polku.version(), /^\d+\.\d+\.\d+/);
  assert.equal(Math.floor(polku.abiVersion() / 1_000_000), 1);
  assert.equal(typeof polku.schema("command"), "object");
});

test("expressions", () => {
  assert.equal(polku.evaluate('@"2026-11-24" + duration("P3M")'), "2027-02-24");
  assert.equal(polku.evaluate('sana + " 🌲"', { sana: "työ" }), "työ 🌲");
  assert.equal(polku.evaluate("today()"), null);
  assert.equal(polku.evaluate("string(today())", undefined, { now: "2026-03-02" }), "2026-03-02");
  assert.deepEqual(polku.evaluate("[0.1, 42, 1234567890123456789012345678901234]"), [0.1, 42, "1234567890123456789012345678901234"]);
});

test("numbers are never rounded", () => {
  assert.deepEqual(parse('{"a":1.10,"b":"1.10","c":[-3,9007199254740993],"d\\"1":0.30000000000000001}'),
    { a: "1.10", b: "1.10", c: [-3, "9007199254740993"], 'd"1': "0.30000000000000001" });
});

test("errors have status, code and place", () => {
  const error = fault(() => polku.evaluate("1 +"));
  assert.deepEqual([error.status, error.code, error.positions[0].line], ["INVALID", 200, 1]);
  assert.ok(error.message.includes(error.sentence));
  assert.equal(fault(() => polku.evaluate("for i in 1..1000 return i", {}, { steps: 10 })).status, "LIMIT");
  assert.equal(fault(() => polku.evaluate("1 + 1\0")).code, 100);
});

test("models", () => {
  const program = polku.Program.read(model);
  assert.deepEqual(program.check(), []);
  assert.deepEqual(program.decisions, ["Support"]);
  const support = program.decision("Support");
  assert.deepEqual(support.inputs[0], { name: "work ability", type: "number" });
  const inputs = { "work ability": 6, "months without work": 14 };
  assert.equal(support.evaluate(inputs), "coaching");
  const context = new polku.Context({ now: "2026-03-02" });
  assert.equal(support.explain(inputs, context).trace[0].tables[0].matched[0].annotations.why,
    "a year without work asks for coaching");
  context.close();
  assert.equal(fault(() => program.decision("Nothing")).status, "NOT_FOUND");
  assert.equal(fault(() => support.evaluate({ "unheard of": 1 })).status, "INVALID");
  program.close();
  program.close();
  assert.equal(fault(() => support.evaluate(inputs)).status, "MISUSE");
  assert.equal(fault(() => new polku.Program([{ name: "first.dmn", data: "<nothing/>" }])).positions[0].source, "first.dmn");
});

test("packs", () => {
  assert.ok(polku.packs().includes("deminimis"));
  const pack = new polku.Pack("deminimis");
  assert.equal(pack.id, "deminimis");
  assert.equal(pack.decide(question).value.fit, "excluded");
  const told = pack.explain(question, "fi-selko");
  assert.deepEqual(told.facts.map((fact) => fact.name), ["excluded sector"]);
  assert.ok(pack.explainText(question, "sv").split("\n").length > 3);
  assert.equal(pack.missing({ decision: "Single undertaking", decided: "2026-11-01" }, "sv").next.group, "employer");
  const wrong = { ...question, inputs: { ...question.inputs, "new aid": "much" } };
  assert.equal(fault(() => pack.decide(wrong)).positions[0].pointer, "/inputs/new aid");
  const folder = join(source, "src", "packs", "deminimis");
  const files = ["pack.json", ...readdirSync(folder).filter((name) => name.endsWith(".dmn")).sort()];
  const own = new polku.Pack(files.map((name) => polku.readFile(join(folder, name))));
  assert.deepEqual(own.decide(question), pack.decide(question));
  assert.equal(own.describe().id, "deminimis");
  own.close();
  pack.close();
});

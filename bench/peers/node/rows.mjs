// SPDX-License-Identifier: Apache-2.0
// Engines of the npm registry behind the line protocol of ../README.md.
//
//     node rows.mjs ENGINE FOLDER WORKLOAD DECISION
//
// An engine is load(files, decision) -> {prepare(row), run(input), text(result)}: `prepare` makes the input of a parsed row
// (not timed), `run` is what is timed, `text` is the answer as JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [engineName, folder, workload, decision] = process.argv.slice(2);
const file = (ending) => readFileSync(`${folder}/${workload}.${ending}`, 'utf8');
const same = (value) => value;

// Tables that name the rule that hit: the answer is one of the texts made before.
function ruleAnswers(texts) {
  const values = texts.map((text) => JSON.parse(text));
  return { answer: (rule) => (rule < 0 ? null : values[rule]), text: (value) => (value === null ? 'null' : texts[values.indexOf(value)]) };
}

async function zen() {
  const { ZenEngine, ZenDecisionContent } = await import('@gorules/zen-engine');
  const content = new ZenDecisionContent(Buffer.from(file('zen.json')));
  const graph = new ZenEngine().createDecision(content);
  const times = [];
  return {
    prepare: same,
    run: async (row) => {
      const made = await graph.evaluate(row);
      times.push(made.performance);
      return made.result;
    },
    // No rule hit is an empty object here, and one output is still an object.
    text: (result) => {
      const names = Object.keys(result ?? {});
      if (names.length === 0) return 'null';
      return JSON.stringify(names.length === 1 && names[0] === decision ? result[decision] : result);
    },
    // What the engine says of itself, in seconds, since the last question.
    own: () => times.splice(0).reduce((sum, each) => sum + parseFloat(each) * (/µs|us/.test(each) ? 1e-6 : /ms/.test(each) ? 1e-3 : /ns/.test(each) ? 1e-9 : 1), 0),
  };
}

// feelin evaluates expressions and unary tests; the requirements, the hit policy and the outputs are ours.
async function feelin() {
  const { evaluate, unaryTest } = await import('feelin');
  const { DmnModdle } = await import('dmn-moddle');
  const { rootElement } = await new DmnModdle().fromXML(file('dmn'));
  const byId = new Map(rootElement.drgElement.map((each) => [each.id, each]));
  const byName = new Map(rootElement.drgElement.map((each) => [each.name, each]));
  const valueOf = (made) => (made !== null && typeof made === 'object' && 'warnings' in made ? made.value : made);
  const ask = (text, context) => valueOf(evaluate(text, context));

  function table(logic, context) {
    const inputs = logic.input.map((each) => ask(each.inputExpression.text, context));
    const holds = (rule) => rule.inputEntry.every((cell, at) => cell.text === '-' || valueOf(unaryTest(cell.text, { ...context, '?': inputs[at] })) === true);
    const rules = logic.hitPolicy === 'FIRST' ? [logic.rule.find(holds)] : logic.rule.filter(holds);
    if (rules[0] === undefined || rules.length > 1) return null;
    const outputs = rules[0].outputEntry.map((cell) => ask(cell.text, context));
    if (outputs.length === 1) return outputs[0];
    return Object.fromEntries(logic.output.map((each, at) => [each.name, outputs[at]]));
  }
  function decide(element, known) {
    if (element.name in known) return known[element.name];
    for (const need of element.informationRequirement ?? [])
      if (need.requiredDecision) decide(byId.get(need.requiredDecision.href.slice(1)), known);
    const logic = element.decisionLogic;
    known[element.name] = logic.$type === 'dmn:DecisionTable' ? table(logic, known) : ask(logic.text, known);
    return known[element.name];
  }
  const dates = rootElement.drgElement.filter((each) => each.variable?.typeRef === 'date' && each.$type === 'dmn:InputData').map((each) => each.name);
  const plain = (value) => {
    if (value === null || typeof value !== 'object') return value ?? null;
    if (Array.isArray(value)) return value.map(plain);
    if (Object.getPrototypeOf(value) === Object.prototype) return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
    return String(value);
  };
  return {
    prepare: (row) => ({ ...row, ...Object.fromEntries(dates.map((name) => [name, ask(`date("${row[name]}")`, {})])) }),
    run: (row) => decide(byName.get(decision), { ...row }),
    text: (value) => JSON.stringify(plain(value)),
  };
}

async function dmnEval() {
  const { default: library } = await import('@hbtgmbh/dmn-eval-js');
  // It knows the namespace of DMN 1.1 only; the elements used here have the same names there.
  const model = file('dmn').replace('https://www.omg.org/spec/DMN/20191111/MODEL/', 'http://www.omg.org/spec/DMN/20151101/dmn.xsd');
  const decisions = await library.decisionTable.parseDmnXml(model);
  return {
    prepare: same,
    run: (row) => library.decisionTable.evaluateDecision(`decision_${decision}`, decisions, row),
    text: (result) => {
      const names = Object.keys(result ?? {});
      if (names.length === 0) return 'null';
      return JSON.stringify(names.length === 1 && names[0] === decision ? result[decision] : result);
    },
  };
}

async function jsonLogicEngine() {
  const { LogicEngine } = await import('json-logic-engine');
  const { logic, answers } = JSON.parse(file('logic.json'));
  const compiled = new LogicEngine().build(logic);
  const { answer, text } = ruleAnswers(answers);
  return { prepare: same, run: (row) => answer(compiled(row)), text };
}

async function jsonLogicJs() {
  const { default: library } = await import('json-logic-js');
  const { logic, answers } = JSON.parse(file('logic.json'));
  const { answer, text } = ruleAnswers(answers);
  return { prepare: same, run: (row) => answer(library.apply(logic, row)), text };
}

async function cel() {
  const { Environment } = await import('@marcbachmann/cel-js');
  const { conditions, answers, inputs } = JSON.parse(file('cel.json'));
  const environment = new Environment();
  for (const name of inputs) environment.registerVariable(name, 'dyn');
  const compiled = conditions.map((each) => environment.parse(each));
  const { answer, text } = ruleAnswers(answers);
  return { prepare: same, run: (row) => answer(compiled.findIndex((each) => each(row) === true)), text };
}

async function jsonRulesEngine() {
  const { Engine } = await import('json-rules-engine');
  const { rules, answers } = JSON.parse(file('rules.json'));
  const engine = new Engine(rules);
  engine.on('success', () => engine.stop());  // the first that holds decides
  const { answer, text } = ruleAnswers(answers);
  return { prepare: same, run: async (row) => answer((await engine.run(row)).events[0]?.params.rule ?? -1), text };
}

const engines = {
  'zen-node': zen, feelin, 'dmn-eval-js': dmnEval, 'json-logic-engine': jsonLogicEngine, 'json-logic-js': jsonLogicJs,
  'cel-js': cel, 'json-rules-engine': jsonRulesEngine,
};

const say = (message) => process.stdout.write(JSON.stringify(message) + '\n');
const seconds = () => Number(process.hrtime.bigint()) / 1e9;
const started = seconds();
const engine = await engines[engineName]();
const lines = readFileSync(`${folder}/${workload}.rows.jsonl`, 'utf8');
const first = engine.prepare(JSON.parse(lines.slice(0, lines.indexOf('\n'))));
await engine.run(first);
say({ load: seconds() - started });
engine.own?.();

let inputs = [];
let at = 0;
const isAsync = engine.run(first) instanceof Promise;

async function pass(count) {
  engine.own?.();
  let hits = 0;
  const from = seconds();
  if (isAsync) {
    for (let turn = 0; turn < count; ++turn) {
      if ((await engine.run(inputs[at])) !== null) ++hits;
      if (++at === inputs.length) at = 0;
    }
  } else {
    for (let turn = 0; turn < count; ++turn) {
      if (engine.run(inputs[at]) !== null) ++hits;
      if (++at === inputs.length) at = 0;
    }
  }
  const took = seconds() - from;
  return engine.own ? { seconds: took, hits, own: engine.own() } : { seconds: took, hits };
}

async function answers(most, path) {
  const texts = [];
  const until = seconds() + most;
  for (const input of inputs) {
    texts.push(engine.text(await engine.run(input)) + '\n');
    if (seconds() > until) break;
  }
  writeFileSync(path, texts.join(''));
  return { rows: texts.length };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command, first_, second] = line.split(' ');
  if (command === 'rows') {
    inputs = lines.trimEnd().split('\n').map((text) => engine.prepare(JSON.parse(text)));
    say({ rows: inputs.length });
  } else if (command === 'answers') {
    say(await answers(Number(first_), second));
  } else if (command === 'pass') {
    say(await pass(Number(first_)));
  } else {
    break;
  }
}
process.exit(0);

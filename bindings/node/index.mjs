// SPDX-License-Identifier: Apache-2.0
// Service paths and their rules over polku's C ABI. Documents are JavaScript values or JSON texts on the way in and values on
// the way out; a number that JavaScript cannot hold exactly comes as a string.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse, write } from "./json.mjs";
import { calls, sizeOf } from "./native.mjs";

const OK = 0;
const MISUSE = 9;

/** Every error of polku: `status` says what to do (docs/c-abi.md), `code` is the stable number of docs/errors.md. */
export class PolkuError extends Error {
  constructor(status, text, code = 0, sentence = text, positions = []) {
    super(text);
    this.name = "PolkuError";
    this.status = status;
    this.code = code;
    this.sentence = sentence;
    this.positions = positions;
  }
}

/** Throws what a call says that failed, and gives the owned error back. */
function check(status, err) {
  if (status === OK) return;
  const name = calls.status_name(status);
  if (err === null) throw new PolkuError(name, name);
  try {
    const positions = [];
    for (let i = 0; i < Number(calls.error_position_count(err)); ++i) {
      const position = {};
      calls.error_position_at(err, i, position);
      positions.push(position);
    }
    throw new PolkuError(name, calls.error_text(err), calls.error_code(err), calls.error_message(err), positions);
  } finally {
    calls.error_destroy(err);
  }
}

/** Runs `call(out, err)` and gives what came out; where a call has no result, `out` is left alone. */
function made(call) {
  const out = [null];
  const err = [null];
  check(call(out, err), err[0]);
  return out[0];
}

/** Runs a call that gives a polku_string. */
function textOf(call) {
  const owned = made(call);
  try {
    return calls.string_data(owned);
  } finally {
    calls.string_destroy(owned);
  }
}

const jsonOf = (call) => parse(textOf(call));
/** A text as the two arguments that it goes in by. */
const given = (text) => (text === undefined || text === null ? [null, 0] : [text, Buffer.byteLength(text)]);
/** A text as the two members of a structure. */
const lengthy = (name, text) => ({ [name]: text ?? null, [`${name}_length`]: Buffer.byteLength(text ?? "") });
const document = (value) => given(write(value));

const dropped = new FinalizationRegistry(({ destroy, state }) => {
  if (state.pointer !== null) destroy(state.pointer);
});

/** Something that polku made: `close()` destroys it, so does `using`; one that is dropped is destroyed when it is collected. */
class Handle {
  #state;
  #destroy;

  constructor(pointer, destroy) {
    this.#state = { pointer };
    this.#destroy = destroy;
    dropped.register(this, { destroy, state: this.#state }, this);
  }

  /** @internal */
  get pointer() {
    if (this.#state.pointer === null) throw new PolkuError(calls.status_name(MISUSE), "a closed object was used");
    return this.#state.pointer;
  }

  /** Destroys it; doing it again is no fault. */
  close() {
    if (this.#state.pointer === null) return;
    this.#destroy(this.#state.pointer);
    this.#state.pointer = null;
    dropped.unregister(this);
  }
}
if (Symbol.dispose !== undefined) {
  Handle.prototype[Symbol.dispose] = Handle.prototype.close;
}

/** `{name, data}` of model files as polku takes them. */
function filesOf(files) {
  return files.map(({ name, data }) => {
    const bytes = typeof data === "string" ? Buffer.from(data, "utf8") : data;
    return { name, name_length: Buffer.byteLength(name), data: bytes, data_length: bytes.length };
  });
}

const compiled = (call, files) => made((out, err) => call(filesOf(files), files.length, out, err));
const named = (call, id) => made((out, err) => call(...given(id), out, err));
const listOf = (count, at) => Array.from({ length: Number(count) }, (_, i) => at(i));

/** A file of the disk, by its own name, for the `compile` functions. */
export const readFile = (path) => ({ name: basename(path), data: readFileSync(path) });

/** The product's version, such as "0.1.0". */
export const version = () => calls.version();
/** The version of the C interface: major × 1 000 000 + minor × 1 000 + patch. */
export const abiVersion = () => calls.abi_version();
/** The JSON Schema of a document: "path", "command", "case" or "event". */
export const schema = (name) => jsonOf((out, err) => calls.schema(...given(name), out, err));
/** Ids of the rule packs that polku ships. */
export const packs = () => listOf(calls.pack_shipped_count(), calls.pack_shipped_id);
/** Ids of the paths that polku ships. */
export const paths = () => listOf(calls.path_shipped_count(), calls.path_shipped_id);

/** Evaluates one FEEL expression over names, in a context of its own. */
export function evaluate(expression, names, options) {
  const context = new Context(options);
  try {
    return context.evaluate(expression, names);
  } finally {
    context.close();
  }
}

/** What an evaluation may know besides its inputs: the time and limits. */
export class Context extends Handle {
  constructor({ now, depth = 0, steps = 0, items = 0, bytes = 0 } = {}) {
    const options = {
      struct_size: sizeOf("polku_context_options"), max_depth: depth, max_steps: steps, max_items: items, max_bytes: bytes,
      reserved: [0, 0, 0, 0],
    };
    super(made((out, err) => calls.context_create(options, out, err)), calls.context_destroy);
    if (now !== undefined) this.setNow(now);
  }

  /** What `now()` and `today()` answer: an ISO date or date-time; without it they are null. */
  setNow(now) {
    made((_, err) => calls.context_set_now(this.pointer, ...given(now), err));
  }

  /** Evaluates a FEEL expression over an object of names. */
  evaluate(expression, names) {
    return jsonOf((out, err) => calls.feel_evaluate(this.pointer, ...given(expression), ...document(names), out, err));
  }
}

/** A compiled DMN model. */
export class Program extends Handle {
  /** Compiles `{name, data}` files: the main model first, then what it imports. */
  constructor(files) {
    super(compiled(calls.program_compile, files), calls.program_destroy);
  }

  static read(...files) {
    return new Program(files.map(readFile));
  }

  /** Findings of the checker; empty when all is well. */
  check() {
    return jsonOf((out, err) => calls.program_check(this.pointer, out, err));
  }

  /** Names of decisions, services and knowledge models, in file order. */
  get decisions() {
    return listOf(calls.program_decision_count(this.pointer), (i) => calls.program_decision_name(this.pointer, i));
  }

  /** A decision by name or id; usable as long as the program is open. */
  decision(name) {
    return new Decision(this, made((out, err) => calls.program_find(this.pointer, ...given(name), out, err)));
  }
}

/** One decision of a program. */
class Decision {
  #program;
  #index;

  constructor(program, index) {
    this.#program = program;
    this.#index = index;
  }

  /** What it needs: names and FEEL types. */
  get inputs() {
    const from = this.#program.pointer;
    return listOf(calls.program_input_count(from, this.#index), (i) => ({
      name: calls.program_input_name(from, this.#index, i), type: calls.program_input_type(from, this.#index, i) }));
  }

  evaluate(inputs, context) {
    return this.#run(calls.program_evaluate_json, inputs, context);
  }

  /** The value with the rules that matched, those that nearly did, and the causes of nulls. */
  explain(inputs, context) {
    return this.#run(calls.program_explain_json, inputs, context);
  }

  #run(call, inputs, context) {
    const own = context ?? new Context();
    try {
      return jsonOf((out, err) => call(this.#program.pointer, own.pointer, this.#index, ...document(inputs), out, err));
    } finally {
      if (context === undefined) own.close();
    }
  }
}

/** A rule pack: the rules of an act as dated models. Questions and answers: docs/c-abi.md. */
export class Pack extends Handle {
  /** Compiles `{name, data}` files, pack.json first; a text is the id of a pack that polku ships. */
  constructor(source) {
    super(typeof source === "string" ? named(calls.pack_shipped, source) : compiled(calls.pack_compile, source),
      calls.pack_destroy);
  }

  get id() {
    return calls.pack_id(this.pointer);
  }

  /** The hash of its texts, by which stores keep it. */
  get hash() {
    return calls.pack_hash(this.pointer);
  }

  describe() {
    return jsonOf((out, err) => calls.pack_describe(this.pointer, out, err));
  }

  /** Answers a question: value, version, figures and rules with their sources. */
  decide(question) {
    return jsonOf((out, err) => calls.pack_decide(this.pointer, ...document(question), out, err));
  }

  /** Answers and tells why; the language is "fi", "sv", "en" or "fi-selko". */
  explain(question, language = "en") {
    return jsonOf((out, err) => calls.pack_explain(this.pointer, ...document(question), ...given(language), out, err));
  }

  /** The same as plain text for people. */
  explainText(question, language = "en") {
    return textOf((out, err) => calls.pack_explain_text(this.pointer, ...document(question), ...given(language), out, err));
  }

  /** Which facts can still change the decision, and which to ask next. */
  missing(question, language = "en") {
    return jsonOf((out, err) => calls.pack_missing(this.pointer, ...document(question), ...given(language), out, err));
  }

  /** The cheapest changes that lead to a wanted answer. */
  whatIf(question, wish) {
    return jsonOf((out, err) => calls.pack_what_if(this.pointer, ...document(question), ...document(wish), out, err));
  }
}

/** A compiled service path: definition, decisions, texts. */
export class Path extends Handle {
  /** Compiles `{name, data}` files, the definition first; a text is the id of a path that polku ships. */
  constructor(source) {
    super(typeof source === "string" ? named(calls.path_shipped, source) : compiled(calls.path_compile, source),
      calls.path_destroy);
  }

  get id() {
    return calls.path_id(this.pointer);
  }

  get version() {
    return calls.path_version(this.pointer);
  }

  /** The content hash as 64 hexadecimal digits. */
  get hash() {
    return calls.path_hash(this.pointer);
  }

  /** Whether a client can fall between the services (docs/proofs.md); a text where `form` asks for one. */
  prove(question = {}) {
    const answer = textOf((out, err) => calls.path_prove(this.pointer, ...document(question), out, err));
    return ["text", "page"].includes(parse(write(question)).form) ? answer : parse(answer);
  }
}

/** A store of cases: one SQLite file, or memory. */
export class Store extends Handle {
  /** Opens or creates a store file; ":memory:" keeps it in memory. */
  constructor(path, { busyTimeoutMs = 0, mustExist = false } = {}) {
    const options = {
      struct_size: sizeOf("polku_store_options"), busy_timeout_ms: busyTimeoutMs, flags: mustExist ? 1 : 0, reserved32: 0,
      reserved: [0, 0, 0, 0, 0, 0],
    };
    super(path instanceof Adopted ? path.pointer : made((out, err) => calls.store_open(...given(path), options, out, err)),
      calls.store_destroy);
  }

  /** Another connection to the same file. */
  connect() {
    return new Store(new Adopted(made((out, err) => calls.store_clone(this.pointer, out, err))));
  }

  /** Makes a path known to the store, so that cases can run on it. */
  usePath(path) {
    made((_, err) => calls.store_use_path(this.pointer, path.pointer, err));
  }

  /** Takes a rule pack into use (docs/decisions.md). */
  adopt(pack, adoption) {
    return jsonOf((out, err) => calls.store_adopt_pack(this.pointer, pack.pointer, ...document(adoption), out, err));
  }

  /** Carries out one command; all of its events are stored, or none. */
  execute(command) {
    return jsonOf((out, err) => calls.store_execute(this.pointer, ...document(command), out, err));
  }

  /** One case as it stands on a day; `reader`: on whose behalf (docs/access.md), none: the host itself. */
  case(id, asOf, { language = "en", showProtected = false, reader } = {}) {
    const options = {
      struct_size: sizeOf("polku_view_options"), flags: showProtected ? 1 : 0,
      ...lengthy("as_of", asOf), ...lengthy("language", language), ...lengthy("reader", write(reader)), reserved: [0, 0, 0, 0],
    };
    return jsonOf((out, err) => calls.store_case(this.pointer, ...given(id), options, out, err));
  }

  /** What is due by a day, soonest first. */
  due(by) {
    return jsonOf((out, err) => calls.store_due(this.pointer, ...given(by), out, err));
  }

  /** Cases in order of id, `limit` at a time after one. */
  cases({ after, limit = 1000 } = {}) {
    return jsonOf((out, err) => calls.store_cases(this.pointer, ...given(after), limit, out, err));
  }

  /** The feed after a position as CloudEvents, in order, a page of events at a time. */
  *events(since = 0, page = 500) {
    for (let position = BigInt(since); ;) {
      const cursor = [0];
      yield* jsonOf((out, err) => calls.store_feed(this.pointer, position, page, null, out, cursor, err));
      if (BigInt(cursor[0]) === position) return;
      position = BigInt(cursor[0]);
    }
  }

  /** The head of the store, to be kept elsewhere as an anchor. */
  head() {
    return textOf((out, err) => calls.store_head(this.pointer, out, err));
  }

  /** Checks chains, commitments and the file; damage is in the report. */
  verify(anchor) {
    return jsonOf((out, err) => calls.store_verify(this.pointer, ...given(anchor), out, err));
  }

  /** Moves the write-ahead log into the file. */
  checkpoint() {
    made((_, err) => calls.store_checkpoint(this.pointer, err));
  }
}

/** A store that is open already, for the constructor. */
class Adopted {
  constructor(pointer) {
    this.pointer = pointer;
  }
}

// SPDX-License-Identifier: Apache-2.0
// The declarations of native.mjs say what the C headers say.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { declarations, sizeOf } from "../native.mjs";

const capi = join(process.env.POLKU_SOURCE ?? "../..", "capi");
const headers = readdirSync(capi).filter((name) => /^polku.*\.h$/.test(name))
  .map((name) => readFileSync(join(capi, name), "utf8")).join("\n").replace(/\/\*[^]*?\*\//g, "");

/** The result and the parameters of a declaration without names, direction marks and the status's own name. */
function shape(declaration) {
  const [, result, name, parameters] = /^\s*([\w\s]+?[\s*]+)(polku_\w+)\(([^)]*)\)/.exec(declaration);
  const plain = (part) => part.replace(/_Out_ /g, "").replace("polku_status", "int32_t").replace(/\s+/g, " ")
    .replace(/ ?(\*+) ?/g, " $1 ").replace(/ \w+ ?$/, "").trim();
  const list = parameters.trim() === "void" || parameters.trim() === "" ? [] : parameters.split(",").map((part) => plain(part.trim()));
  return [name, [plain(`${result} result`), ...list]];
}

const declared = new Map([...headers.matchAll(/^POLKU_API ([^;]*;)/gm)].map(([, text]) => shape(text)));

test("every declaration is that of the header", () => {
  assert.ok(declared.size > 60, `${declared.size} functions in the headers`);
  assert.ok(declarations.length > 50);
  for (const declaration of declarations) {
    const [name, mine] = shape(declaration);
    // Options that are never given are no type of koffi's.
    const theirs = declared.get(name)?.map((part) => part.replace("polku_feed_options", "void"));
    assert.deepEqual(mine, theirs, name);
  }
});

test("structures have their sizes", () => {
  for (const [type, size] of [["polku_position", 32], ["polku_file", 32], ["polku_context_options", 64],
    ["polku_store_options", 64], ["polku_view_options", 88]]) {
    assert.equal(sizeOf(type), size, type);
  }
});

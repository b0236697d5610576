// SPDX-License-Identifier: Apache-2.0
// JSON in and out. FEEL's numbers have up to 34 digits, a number of JavaScript has about 16.

const TOKEN = /"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*/g;

/** Reads a JSON text of polku. A number that would come back otherwise than it is written comes as a string. */
export function parse(text) {
  return JSON.parse(text.replace(TOKEN, (token) =>
    token[0] === '"' || String(Number(token)) === token ? token : `"${token}"`));
}

/** A text goes as it is, anything else as JSON. `undefined` is none. */
export function write(value) {
  if (value === undefined || value === null) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}

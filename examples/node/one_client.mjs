// SPDX-License-Identifier: Apache-2.0
// One client from referral to follow-up in JavaScript: carries out the commands of a JSON Lines file in a store in memory,
// prints the answer to each, and at the end the case as a worker sees it.
//
//   POLKU_LIBRARY=FOLDER node one_client.mjs COMMANDS.jsonl AS_OF
import { readFileSync } from "node:fs";
import { Path, Store } from "polku";

const [commands, asOf] = process.argv.slice(2);
if (asOf === undefined) {
  console.error("usage: one_client.mjs COMMANDS.jsonl AS_OF");
  process.exit(2);
}
const store = new Store(":memory:");
const path = new Path("tyokyky-kayttoon");
store.usePath(path);
let id;
for (const line of readFileSync(commands, "utf8").split("\n").filter((text) => text !== "")) {
  const answer = store.execute(JSON.parse(line));
  id ??= answer.case;
  console.log(JSON.stringify(answer));
}
console.log(JSON.stringify(store.case(id, asOf, { language: "fi" })));
path.close();
store.close();

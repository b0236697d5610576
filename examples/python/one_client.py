# SPDX-License-Identifier: Apache-2.0
"""One client from referral to follow-up in Python: carries out the commands of a JSON Lines file in a store in memory,
prints the answer to each, and at the end the case as a worker sees it.

    python one_client.py COMMANDS.jsonl AS_OF
"""
import json
import sys

import polku


def canonical(record: dict) -> str:
    """JSON as polku writes it: keys in order, no white space."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def main(commands: str, as_of: str) -> None:
    with polku.Store(":memory:") as store, polku.Path.shipped("tyokyky-kayttoon") as path:
        store.use(path)
        case_id = None
        with open(commands, encoding="utf-8") as lines:
            for line in lines:
                answer = store.execute(json.loads(line))
                case_id = case_id or answer["case"]
                print(canonical(answer))
        print(canonical(store.case(case_id, as_of, language="fi")))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: one_client.py COMMANDS.jsonl AS_OF")
    sys.stdout.reconfigure(encoding="utf-8")
    main(sys.argv[1], sys.argv[2])

# SPDX-License-Identifier: Apache-2.0
import datetime
import json

import polku

due = polku.evaluate("date(start) + duration(\"P3M\")", {"start": datetime.date(2026, 11, 24)})
print(json.dumps(due))  # "2027-02-24"

program = polku.Program.read("support.dmn")
support = program.evaluate("Support", {"work ability": 6, "months without work": 14})
print(json.dumps(support))  # "coaching"

why = program.decision("Support").explain({"work ability": 6, "months without work": 14})
assert why["trace"][0]["tables"][0]["matched"][0]["annotations"] == {"why": "a year without work asks for coaching"}

try:
    polku.evaluate("1 +")
except polku.InvalidError as error:
    assert error.code == 200 and error.positions[0].line == 1

# SPDX-License-Identifier: Apache-2.0
"""The workloads' tables in the forms of engines that do not read DMN. Read from the DMN text itself, so that every engine
has the rules that polku has; cells are the simple unary tests that bench/workloads/cells.py knows."""
import json
import pathlib
import sys
from dataclasses import dataclass
from xml.etree import ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "workloads"))
import cells  # noqa: E402

DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"


@dataclass
class Table:
    name: str
    policy: str
    inputs: list[str]
    outputs: list[str]
    rules: list[tuple[list[str], list[str]]]  # FEEL cells


def text_in(element) -> str:
    return (element.findtext(f"{DMN}text") or "").strip()


def tables(dmn: str) -> dict[str, Table]:
    """The decision tables of a model by their decision's name, in document order."""
    found = {}
    for decision in ElementTree.fromstring(dmn).iter(f"{DMN}decision"):
        table = decision.find(f"{DMN}decisionTable")
        if table is None:
            continue
        name = decision.get("name")
        inputs = [text_in(each.find(f"{DMN}inputExpression")) for each in table.iter(f"{DMN}input")]
        outputs = [each.get("name") or name for each in table.iter(f"{DMN}output")]
        rules = [([text_in(each) for each in rule.iter(f"{DMN}inputEntry")], [text_in(each) for each in rule.iter(f"{DMN}outputEntry")])
                 for rule in table.iter(f"{DMN}rule")]
        found[name] = Table(name, table.get("hitPolicy", "UNIQUE"), inputs, outputs, rules)
    return found


def parts(cell: str) -> tuple[str, object]:
    """What a cell asks: ("any", None), ("is", bool), ("in" or "not in", texts), ("between", interval of cells.py)."""
    if cell == "-":
        return "any", None
    if cell in ("true", "false"):
        return "is", cell == "true"
    if '"' in cell:
        return ("not in" if cell.startswith("not(") else "in"), cells.TEXT.findall(cell)
    return "between", cells.interval_of(cell)


def bounds(interval) -> list[tuple[str, str]]:
    """(operator, number) of each bounded side."""
    low, low_closed, high, high_closed = interval
    found = [] if low is None else [(">=" if low_closed else ">", str(low))]
    return found if high is None else [*found, ("<=" if high_closed else "<", str(high))]


# ------------------------------------------------------------------------------------------------ ZEN: JDM graphs
def zen_cell(cell: str) -> str:
    kind, asked = parts(cell)
    if kind == "any":
        return ""
    if kind == "not in":
        return f"not($ in [{', '.join(json.dumps(text) for text in asked)}])"
    return ", ".join(json.dumps(text) for text in asked) if kind == "in" else cell


def zen_table(node: str, table: Table, pass_through: bool = False) -> dict:
    ins = [{"id": f"{node}_i{at}", "name": name, "field": name} for at, name in enumerate(table.inputs)]
    outs = [{"id": f"{node}_o{at}", "name": name, "field": name} for at, name in enumerate(table.outputs)]
    rules = [{"_id": f"{node}_r{number}", **{f"{node}_i{at}": zen_cell(cell) for at, cell in enumerate(tests)},
              **{f"{node}_o{at}": cell for at, cell in enumerate(answers)}}
             for number, (tests, answers) in enumerate(table.rules)]
    content = {"hitPolicy": "first", "inputs": ins, "outputs": outs, "rules": rules}
    if pass_through:
        content["passThrough"] = True
    return {"id": node, "type": "decisionTableNode", "name": table.name, "content": content}


def zen_expressions(node: str, entries: dict[str, str], pass_through: bool = True) -> dict:
    listed = [{"id": f"{node}_e{at}", "key": name, "value": text} for at, (name, text) in enumerate(entries.items())]
    return {"id": node, "type": "expressionNode", "name": node, "content": {"expressions": listed, "passThrough": pass_through}}


def zen_graph(nodes: list[dict]) -> str:
    nodes = [{"id": "in", "type": "inputNode", "name": "in"}, *nodes, {"id": "out", "type": "outputNode", "name": "out"}]
    for at, node in enumerate(nodes):
        node["position"] = {"x": at * 200, "y": 0}
    edges = [{"id": f"edge{at}", "type": "edge", "sourceId": one["id"], "targetId": other["id"]}
             for at, (one, other) in enumerate(zip(nodes, nodes[1:]))]
    return json.dumps({"nodes": nodes, "edges": edges})


# w3 by hand: ZEN's expressions are its own language. Each is the counterpart of one in bench/workloads/graph_workload.py.
ZEN_WAGES = "#.kind == 'wage' and #.amount > 0"
ZEN_FIRST = {"age": "d(hired_on).diff(d(birth_date), 'year')", "unemployed_days": "d(hired_on).diff(d(unemployed_since), 'day')",
             "wage_base": f"sum(map(filter(payments, {ZEN_WAGES}), #.amount))"}
ZEN_AVERAGE = {"average_wage": f"round(wage_base / count(payments, {ZEN_WAGES}), 2)"}
ZEN_SUBSIDY = {"subsidy": "min([round(average_wage * 1.2213 * share / 100, 2), monthly_cap])"}
ZEN_KEPT = ("age", "unemployed_days", "wage_base", "average_wage", "share", "monthly_cap", "most_months", "subsidy")
ZEN_ANSWER = {**{name: name for name in ZEN_KEPT}, "months": "min([wanted_months, most_months])",
              "ends_on": "d(hired_on).add($.months, 'month').format('%Y-%m-%d')", "total": "round(subsidy * $.months, 2)"}


def zen(name: str, found: dict[str, Table]) -> str:
    if name == "w3":
        return zen_graph([zen_expressions("first", ZEN_FIRST), zen_expressions("average", ZEN_AVERAGE),
                          zen_table("share", found["share"], True), zen_table("terms", found["terms"], True),
                          zen_expressions("money", ZEN_SUBSIDY), zen_expressions("answer", ZEN_ANSWER, False)])
    last = list(found)[-1]
    return zen_graph([zen_table(each, found[each], each != last) for each in found])


# ------------------------------------------------------------- one table as a condition for each rule, first that holds
def answers_of(table: Table) -> list[str]:
    """Each rule's answer as JSON text: a value where there is one output, else an object; FEEL's literals are JSON's."""
    def one(answers: list[str]) -> str:
        return "{" + ",".join(f"{json.dumps(name)}:{cell}" for name, cell in zip(table.outputs, answers)) + "}"
    return [answers[0] if len(answers) == 1 else one(answers) for _, answers in table.rules]


def logic_condition(cell: str, name: str) -> list:
    var = {"var": name}
    kind, asked = parts(cell)
    if kind == "any":
        return []
    if kind == "is":
        return [{"===": [var, asked]}]
    if kind == "in":
        return [{"===": [var, asked[0]]} if len(asked) == 1 else {"in": [var, asked]}]
    if kind == "not in":
        return [{"!": [{"in": [var, asked]}]}]
    return [{sign: [var, json.loads(number)]} for sign, number in bounds(asked)]


def rule_condition(tests: list[str], inputs: list[str], of_cell) -> list:
    return [part for cell, name in zip(tests, inputs) for part in of_cell(cell, name)]


def json_logic(table: Table) -> str:
    """{"logic": what yields the number of the rule or -1, "answers": the JSON text that each rule yields}."""
    chain: list = []
    for number, (tests, _) in enumerate(table.rules):
        found = rule_condition(tests, table.inputs, logic_condition)
        chain += [{"and": found} if len(found) > 1 else (found[0] if found else True), number]
    return json.dumps({"logic": {"if": [*chain, -1]}, "answers": answers_of(table)})


def cel_condition(cell: str, name: str) -> list[str]:
    kind, asked = parts(cell)
    if kind == "any":
        return []
    if kind == "is":
        return [f"{name} == {str(asked).lower()}"]
    if kind in ("in", "not in"):
        listed = ", ".join(json.dumps(text) for text in asked)
        return [f"{name} in [{listed}]" if kind == "in" else f"!({name} in [{listed}])"]
    return [f"{name} {sign} {float(number)}" for sign, number in bounds(asked)]


def cel(table: Table) -> str:
    """Conditions in CEL, numbers as doubles; the first that holds decides."""
    conditions = [" && ".join(rule_condition(tests, table.inputs, cel_condition)) or "true" for tests, _ in table.rules]
    return json.dumps({"conditions": conditions, "answers": answers_of(table), "inputs": table.inputs})


def engine_conditions(cell: str, name: str) -> list[dict]:
    kind, asked = parts(cell)
    if kind == "any":
        return []
    if kind == "is":
        return [{"fact": name, "operator": "equal", "value": asked}]
    if kind in ("in", "not in"):
        return [{"fact": name, "operator": "in" if kind == "in" else "notIn", "value": asked}]
    names = {">=": "greaterThanInclusive", ">": "greaterThan", "<=": "lessThanInclusive", "<": "lessThan"}
    return [{"fact": name, "operator": names[sign], "value": json.loads(number)} for sign, number in bounds(asked)]


def rules_engine(table: Table) -> str:
    """Rules of json-rules-engine, an earlier one with a higher priority; the event's parameter is the rule's number."""
    count = len(table.rules)
    rules = [{"priority": count - at, "conditions": {"all": rule_condition(tests, table.inputs, engine_conditions)},
              "event": {"type": "hit", "params": {"rule": at}}} for at, (tests, _) in enumerate(table.rules)]
    return json.dumps({"rules": rules, "answers": answers_of(table)})


# ------------------------------------------------------------------------------------------------------------ CLIPS
def clips_pattern(cell: str, name: str) -> str:
    kind, asked = parts(cell)
    if kind == "any":
        return ""
    if kind == "is":
        return f" ({name} {'TRUE' if asked else 'FALSE'})"
    if kind in ("in", "not in"):
        listed = ("|" if kind == "in" else "&~").join(json.dumps(text) for text in asked)
        return f" ({name} {'' if kind == 'in' else '~'}{listed})"
    tests = "".join(f"&:({sign} ?{name} {number})" for sign, number in bounds(asked))
    return f" ({name} ?{name}{tests})"


def clips(table: Table) -> str:
    """A template `row`, a rule for each rule of the table with falling salience; the first to fire binds ?*hit* and stops."""
    slots = " ".join(f"(slot {name})" for name in table.inputs)
    lines = ["(defglobal ?*hit* = -1)", f"(deftemplate row {slots})"]
    for number, (tests, _) in enumerate(table.rules):
        patterns = "".join(clips_pattern(cell, name) for cell, name in zip(tests, table.inputs))
        lines.append(f"(defrule r{number} (declare (salience {len(table.rules) - number})) (row{patterns}) "
                     f"=> (bind ?*hit* {number}) (halt))")
    return "\n".join(lines) + "\n"


# ----------------------------------------------------------------------------- SpiffWorkflow: DMN with Python in its cells
def python_cell(cell: str) -> str:
    kind, asked = parts(cell)
    if kind == "any":
        return ""
    if kind == "is":
        return f"? == {asked}"
    if kind in ("in", "not in"):
        return f"? {kind} ({', '.join(json.dumps(text) for text in asked)},)"
    return " and ".join(f"? {sign} {number}" for sign, number in bounds(asked))


def python_model(dmn: str) -> str:
    """The model's text with Python in the input cells. UNIQUE stops at the first hit there, so FIRST is written as UNIQUE."""
    root = ElementTree.fromstring(dmn)
    for table in root.iter(f"{DMN}decisionTable"):
        table.set("hitPolicy", "UNIQUE")
    for entry in root.iter(f"{DMN}inputEntry"):
        text = entry.find(f"{DMN}text")
        text.text = python_cell((text.text or "").strip())
    return ElementTree.tostring(root, encoding="unicode")


# --------------------------------------------------------------------------------- OpenFisca: a formula over vectors
def vector_condition(cell: str, name: str) -> list[str]:
    kind, asked = parts(cell)
    if kind == "any":
        return []
    if kind == "is":
        return [name if asked else f"not_({name})"]
    if kind in ("in", "not in"):
        sign, joint = ("==", " + ") if kind == "in" else ("!=", " * ")
        return ["(" + joint.join(f"({name} {sign} {name.title()}.v_{text})" for text in asked) + ")"]
    return [f"({name} {sign} {number})" for sign, number in bounds(asked)]


OPENFISCA_HEAD = """from openfisca_core.entities import build_entity
from openfisca_core.model_api import MONTH, Enum, Variable, not_, select
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
import numpy

Person = build_entity(key="person", plural="persons", label="A person", is_person=True)
"""


def openfisca_variable(name: str, kind: str, texts: list[str]) -> str:
    members = ["    entity = Person", "    definition_period = MONTH"]
    if kind == "string":
        enum = name.title()
        listed = "\n".join(f"    v_{text} = {json.dumps(text)}" for text in texts)
        members += ["    value_type = Enum", f"    possible_values = {enum}", f"    default_value = {enum}.v_{texts[0]}"]
        return f"\n\nclass {enum}(Enum):\n{listed}\n\n\nclass {name}(Variable):\n" + "\n".join(members) + "\n"
    members.append(f"    value_type = {'bool' if kind == 'boolean' else 'int'}")
    return f"\n\nclass {name}(Variable):\n" + "\n".join(members) + "\n"


def openfisca(table: Table, kinds: dict[str, str], texts: dict[str, list[str]]) -> str:
    """A module for OpenFisca: `system()`, and `OUTPUTS`. The table's rules are the conditions of one `select`, which yields the rule's
    number; the outputs are looked up by it, so that the conditions are computed once. Whole numbers only."""
    made = OPENFISCA_HEAD + "".join(openfisca_variable(name, kinds[name], texts.get(name, [])) for name in table.inputs)
    conditions = [" * ".join(rule_condition(tests, table.inputs, vector_condition)) for tests, _ in table.rules]
    if "" not in conditions:
        raise ValueError(f"the table '{table.name}' has no rule that holds for every row")
    last = conditions.index("")
    read = "\n".join(f'        {name} = person("{name}", period)' for name in table.inputs)
    listed = "".join(f"            {each},\n" for each in conditions[:last])
    made += ("\n\nclass rule(Variable):\n    entity = Person\n    definition_period = MONTH\n    value_type = int\n\n"
             f"    def formula(person, period):\n{read}\n        return select([\n{listed}        ], list(range({last})), default={last})\n")
    for at, name in enumerate(table.outputs):
        column = ", ".join(answers[at] for _, answers in table.rules)
        made += (f"\n\n{name.upper()} = numpy.array([{column}], dtype=numpy.int32)\n\n\nclass {name}(Variable):\n    entity = Person\n"
                 "    definition_period = MONTH\n    value_type = int\n\n    def formula(person, period):\n"
                 f'        return {name.upper()}[person("rule", period)]\n')
    every = ", ".join([*table.inputs, "rule", *table.outputs])
    return (made + f"\n\nOUTPUTS = {table.outputs!r}\n\n\ndef system():\n    made = TaxBenefitSystem([Person])\n"
            f"    made.add_variables({every})\n    return made\n")

# SPDX-License-Identifier: Apache-2.0
"""Writes the workloads' DMN 1.3 files: input data, decisions with a table or an expression, no diagram."""
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table_xml(of: str, policy: str, inputs, outputs, rules) -> str:
    """`inputs` and `outputs` are (name, type); a rule is (input cells, output cells), all FEEL texts."""
    lines = [f'<decisionTable id="table_{of}" hitPolicy="{policy}">']
    for at, (name, kind) in enumerate(inputs, 1):
        lines.append(f'  <input id="{of}_input_{at}"><inputExpression id="{of}_expression_{at}" typeRef="{kind}">'
                     f"<text>{name}</text></inputExpression></input>")
    for at, (name, kind) in enumerate(outputs, 1):
        lines.append(f'  <output id="{of}_output_{at}" name="{name}" typeRef="{kind}"/>')
    for number, (tests, answers) in enumerate(rules, 1):
        lines.append(f'  <rule id="{of}_rule_{number}">')
        for at, cell in enumerate(tests, 1):
            lines.append(f'    <inputEntry id="{of}_{number}_{at}"><text>{escape(cell)}</text></inputEntry>')
        for at, cell in enumerate(answers, 1):
            lines.append(f'    <outputEntry id="{of}_{number}_out_{at}"><text>{escape(cell)}</text></outputEntry>')
        lines.append("  </rule>")
    return "\n".join(lines + ["</decisionTable>"])


def expression_xml(of: str, text: str) -> str:
    return f'<literalExpression id="expression_{of}"><text>{escape(text)}</text></literalExpression>'


class Model:
    def __init__(self, name: str):
        self.name = name
        self.types: list[str] = []
        self.parts: list[str] = []
        self.inputs: set[str] = set()

    def add_type(self, name: str, members, is_collection_of: str | None = None):
        inside = "".join(f"<itemComponent name={quoteattr(n)}><typeRef>{t}</typeRef></itemComponent>" for n, t in members)
        if is_collection_of:
            inside = f"<typeRef>{is_collection_of}</typeRef>"
        collection = ' isCollection="true"' if is_collection_of else ""
        self.types.append(f'<itemDefinition name="{name}"{collection}>{inside}</itemDefinition>')

    def add_input(self, name: str, kind: str):
        self.inputs.add(name)
        self.parts.append(f'<inputData id="input_{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>')

    def add_decision(self, name: str, kind: str, needs, body: str):
        lines = [f'<decision id="decision_{name}" name="{name}">', f'<variable name="{name}" typeRef="{kind}"/>']
        for need in needs:
            what, to = ("requiredInput", "input_") if need in self.inputs else ("requiredDecision", "decision_")
            lines.append(f'<informationRequirement id="{name}_needs_{need}"><{what} href="#{to}{need}"/></informationRequirement>')
        self.parts.append("\n".join(lines + [body, "</decision>"]))

    def xml(self) -> str:
        head = (f'<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="{NAMESPACE}" id="model_{self.name}" '
                f'name="{self.name}" namespace="https://example.org/workloads/{self.name}">\n')
        return head + "\n".join(self.types + self.parts) + "\n</definitions>\n"

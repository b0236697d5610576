# SPDX-License-Identifier: Apache-2.0
"""Draws the `mermaid` blocks of the pages by Graphviz, so that the site needs no script for them.

Only what the pages use is understood: `flowchart LR`, nodes `id`, `id[text]` and `id[(text)]`, edges `a -- text --> b`
and `a --> b`, in chains. Anything else is a warning, and so an error of the build.
"""
import re

from docutils import nodes
from sphinx.ext.graphviz import graphviz
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

NODE = re.compile(r"\s*(\w+)(?:\[\((?P<store>[^)\]]*)\)\]|\[(?P<text>[^\]]*)\])?\s*")
ARROW = re.compile(r"--(?:\s(?P<text>[^->]+?)\s--)?>")
HEAD = """digraph {
  rankdir=LR; bgcolor="transparent"; nodesep=0.2; ranksep=0.25;
  node [shape=box, style="rounded,filled", fillcolor="#f4f7f6", color="#4f7a72", fontname="sans-serif", fontsize=12, margin="0.08,0.05"];
  edge [color="#6b7280", fontname="sans-serif", fontsize=10, fontcolor="#4b5563"];
"""


def drawing(text: str) -> str:
    first, *lines = [line.strip() for line in text.strip().splitlines()]
    if first != "flowchart LR":
        raise ValueError(first)
    labels: dict[str, str] = {}
    edges = []
    for line in lines:
        at, before, arrow = 0, None, None
        while at < len(line):
            node = NODE.match(line, at)
            if not node:
                raise ValueError(line)
            name, label = node.group(1), node.group("text") or node.group("store")
            labels[name] = label or labels.get(name, name)
            if before:
                edges.append((before, name, arrow or ""))
            found = ARROW.match(line, node.end())
            before, arrow, at = name, found and found.group("text"), found.end() if found else node.end()
            if not found and at < len(line):
                raise ValueError(line)
    return HEAD + "".join(f'  {name} [label="{label}"];\n' for name, label in labels.items()) + "".join(
        f'  {a} -> {b} [label="{label}"];\n' for a, b, label in edges) + "}\n"


class Mermaid(SphinxDirective):
    has_content = True

    def run(self) -> list[nodes.Node]:
        node = graphviz()
        try:
            node["code"] = drawing("\n".join(self.content))
        except ValueError as fault:
            logging.getLogger(__name__).warning("mermaid: not understood: %s", fault, location=self.get_location())
            return []
        node["options"] = {"docname": self.env.docname}
        node["alt"] = "\n".join(self.content)
        return [node]


def fenced(app, docname: str, source: list[str]) -> None:
    source[0] = source[0].replace("```mermaid\n", "```{mermaid}\n")


def setup(app):
    app.add_directive("mermaid", Mermaid)
    app.connect("source-read", fenced)
    return {"parallel_read_safe": True}

# SPDX-License-Identifier: Apache-2.0
"""How documents look in a notebook: dicts and lists as ever, with `_repr_html_` besides."""
from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

_MOST_ROWS: Final = 50


def cell(value: Any) -> str:
    """A value as HTML: tables for what is nested, "–" for none."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return members_table(value)
    if isinstance(value, (list, tuple)):
        if all(isinstance(each, Mapping) for each in value):
            return rows_table(value)
        return "<br>".join(cell(each) for each in value)
    return escape(str(value))


def _table(head: str, body: Iterable[str]) -> str:
    return f'<table class="polku">{head}<tbody>{"".join(body)}</tbody></table>'


def members_table(members: Mapping[str, Any]) -> str:
    """A row for each member."""
    return _table("", (f'<tr><th scope="row" style="text-align:left">{escape(str(name))}</th>'
                       f'<td style="text-align:left">{cell(value)}</td></tr>' for name, value in members.items()))


def rows_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] | None = None) -> str:
    """A row for each record, with the columns that any of them has, or those that are asked for."""
    names = list(columns) if columns is not None else list(dict.fromkeys(name for row in rows for name in row))
    head = "".join(f'<th scope="col" style="text-align:left">{escape(name)}</th>' for name in names)
    shown = ("<tr>" + "".join(f'<td style="text-align:left">{cell(row.get(name))}</td>' for name in names) + "</tr>"
             for row in rows[:_MOST_ROWS])
    more = f"<p>{len(rows) - _MOST_ROWS} more</p>" if len(rows) > _MOST_ROWS else ""
    return _table(f"<thead><tr>{head}</tr></thead>", shown) + more


def picture(svg: str, told: str) -> str:
    """An SVG file as a picture of its own, so that its look does not leak into the page."""
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    return f'<img alt="{escape(told, quote=True)}" src="data:image/svg+xml;base64,{data}">'


class Record(dict[str, Any]):
    """A document of polku: a dict that a notebook shows as a table."""

    def _repr_html_(self) -> str:
        return members_table(self)


class Records(list[dict[str, Any]]):
    """A list of documents that a notebook shows as one table."""

    def _repr_html_(self) -> str:
        return rows_table(self) if self else "<p>none</p>"


class Explanation(Record):
    """A decision's value with its trace; a notebook shows the value and which rule of which table was met, and why."""

    def _repr_html_(self) -> str:
        rows = []
        for step in self.get("trace") or []:
            for table in step.get("tables") or []:
                met = table.get("matched") or [{}]
                rows += [{"decision": step.get("decision"), "inputs": table.get("inputs"), "rule": rule.get("rule"),
                          "output": rule.get("output"), "annotations": rule.get("annotations")} for rule in met]
        return members_table({"value": self.get("value")}) + (rows_table(rows) if rows else "")


class Case(Record):
    """A case as it stands on a day; a notebook shows where it is, who is responsible, what is due, and its timeline."""

    def _repr_html_(self) -> str:
        stage: Mapping[str, Any] = self.get("stage") or {}
        responsible: Mapping[str, Any] = (self.get("responsible") or {}).get("who") or {}
        head = {"case": self.get("case"), "as of": self.get("as_of"), "status": self.get("status"),
                "stage": stage.get("name"), "since": stage.get("since"), "deadline": stage.get("deadline"),
                "responsible": responsible.get("person")}
        parts = [members_table(head)]
        for title, columns in (("due", ("due", "name", "owner", "late")), ("timeline", ("on", "text", "actor"))):
            if self.get(title):
                parts.append(f"<h4>{title}</h4>" + rows_table(self[title], columns))
        return "".join(parts)

# SPDX-License-Identifier: Apache-2.0
"""Rule packs: dated rules of law that decide, explain, ask for what is missing and say what would have to change."""
from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ._display import Record
from ._errors import InvalidError
from ._native import ffi, lib
from ._simulation import Simulation
from ._table import table_options
from ._text import Handle, files_of, from_json, new_handle, text_of, to_json


def packs() -> list[str]:
    """Ids of the rule packs that polku ships.

    >>> "palkkatuki" in packs()
    True
    """
    return [bytes(ffi.string(lib.polku_pack_shipped_id(i))).decode("utf-8")
            for i in range(lib.polku_pack_shipped_count())]


class Pack(Handle):
    """A rule pack: the rules of an act as dated models (docs/packs.md). Immutable, to be shared by threads.

    Every call below takes the name of a decision, the facts by name, and `decided`, the date of the decision. A fact that
    is absent or None is unknown, which is neither false nor zero. `event` is the date of the event when it is another,
    `variant` asks for a version by id, `overrides` are figures to which the authority gives another value. Facts are
    bool, int, Decimal, str, date, timedelta, or lists and mappings of these; a duration of months is a text ("P6M").
    Answers are dicts in which every number is a Decimal and every date an ISO text.

    >>> with Pack.shipped("deminimis") as pack:
    ...     answer = pack.decide("De minimis", {"excluded sector": True}, decided="2026-11-01")
    >>> answer["version"], answer["value"]["fit"]
    ('deminimis-2024', 'excluded')
    """

    def __init__(self, files: Iterable[tuple[str, str | bytes]]) -> None:
        """Compiles `(name, text)` pairs: the definition (pack.json) first, then the DMN models that it names."""
        array, count, alive = files_of(files)
        self._pointer = new_handle("polku_pack", lib.polku_pack_destroy, lib.polku_pack_compile, array, count)
        del alive

    @classmethod
    def shipped(cls, pack_id: str) -> Pack:
        """A pack that polku ships, such as "palkkatuki"."""
        made = cls.__new__(cls)
        text = pack_id.encode("utf-8")
        made._pointer = new_handle("polku_pack", lib.polku_pack_destroy, lib.polku_pack_shipped, text, len(text))
        return made

    @classmethod
    def read(cls, folder: str | os.PathLike[str]) -> Pack:
        """Compiles a folder that holds a pack.json and its models."""
        place = pathlib.Path(folder)
        paths = [place / "pack.json", *sorted(place.glob("*.dmn"))]
        return cls((path.name, path.read_bytes()) for path in paths)

    @property
    def id(self) -> str:
        """The pack's id."""
        return bytes(ffi.string(lib.polku_pack_id(self._open()))).decode("utf-8")

    @property
    def hash(self) -> str:
        """The hash of the pack's texts, by which stores keep it: 64 hexadecimal digits."""
        return bytes(ffi.string(lib.polku_pack_hash(self._open()))).decode("utf-8")

    def describe(self) -> Record:
        """What the pack says: the members of its pack.json, each text in four languages; and in each version under
        `asks`, by decision, the facts that it rests on with their FEEL types.

        >>> Pack.shipped("deminimis").describe()["versions"][0]["asks"]["De minimis"]["new aid"]
        'number'
        """
        return Record(from_json(text_of(lib.polku_pack_describe, self._open())))

    def decide(self, decision: str, facts: Mapping[str, Any] | None = None, *, decided: date | str,
               event: date | str | None = None, variant: str | None = None,
               overrides: Mapping[str, Any] | None = None) -> Record:
        """The answer: `value` (None: not decided, because facts are unknown), `version`, the `transition` that chose it
        where one did, the `parameters` and `rules` that were used with their sources."""
        asked = _question(decision, facts, decided, event, variant, overrides)
        return self._call(lib.polku_pack_decide, asked)

    def explain(self, decision: str, facts: Mapping[str, Any] | None = None, *, decided: date | str,
                event: date | str | None = None, variant: str | None = None,
                overrides: Mapping[str, Any] | None = None, language: str = "en") -> Record:
        """The answer and why (docs/explain.md): `value`, `version`, `reasons`, the `facts` and `figures` that it rests
        on, `background`, `unknown` facts, `appeal`. Languages: "fi", "sv", "en", "fi-selko".

        >>> told = Pack.shipped("deminimis").explain("De minimis", {"excluded sector": True}, decided="2026-11-01")
        >>> [fact["name"] for fact in told["facts"]]
        ['excluded sector']
        """
        asked = _question(decision, facts, decided, event, variant, overrides)
        return self._call(lib.polku_pack_explain, asked, *_sized(language))

    def explain_text(self, decision: str, facts: Mapping[str, Any] | None = None, *, decided: date | str,
                     event: date | str | None = None, variant: str | None = None,
                     overrides: Mapping[str, Any] | None = None, language: str = "en") -> str:
        """The same explanation as plain text for people, a line a fact."""
        asked = _question(decision, facts, decided, event, variant, overrides)
        return text_of(lib.polku_pack_explain_text, self._open(), asked, len(asked), *_sized(language))

    def missing(self, decision: str, facts: Mapping[str, Any] | None = None, *, decided: date | str,
                event: date | str | None = None, variant: str | None = None,
                overrides: Mapping[str, Any] | None = None, language: str = "en",
                weights: Mapping[str, Mapping[str, Any]] | None = None) -> Record:
        """What can still change the decision (docs/missing.md): `decided` with the `value`, or the `inputs` with their
        questions in the language, and the `next` one to ask. `weights` tell how often which answer comes, by input and
        FEEL unary test: `{"dismissals": {"true": 1, "false": 9}}`.

        >>> Pack.shipped("deminimis").missing("Single undertaking", {"majority of votes": True},
        ...                                   decided="2026-11-01")["decided"]
        True
        """
        asked = _question(decision, facts, decided, event, variant, overrides, weights)
        return self._call(lib.polku_pack_missing, asked, *_sized(language))

    def what_if(self, decision: str, facts: Mapping[str, Any] | None = None, *, decided: date | str, goal: str,
                member: str | None = None, until: date | str | None = None, max_evaluations: int | None = None,
                event: date | str | None = None, variant: str | None = None,
                overrides: Mapping[str, Any] | None = None) -> Record:
        """The cheapest changes that lead to a wanted answer, and the earliest date (docs/what-if.md).

        `goal` is a FEEL unary test of the value, or of a `member` of it, such as "true" or ">= 12"; `until` the last date
        of the decision that is tried. The answer has `outcome` and `proposals`, cheapest first.

        >>> found = Pack.shipped("yhteispalvelu").what_if(
        ...     "Referral", {"age": 30, "labour market subsidy days": 0, "months unemployed": 10},
        ...     decided="2024-03-01", goal="true", member="referral", until="2024-12-31")
        >>> [proposal["decided"] for proposal in found["proposals"]]
        ['2024-05-01']
        """
        asked = _question(decision, facts, decided, event, variant, overrides)
        wish = _given(goal=goal, member=member, until=until, max_evaluations=max_evaluations)
        return self._call(lib.polku_pack_what_if, asked, wish, len(wish))

    def difference(self, now: Pack, decision: str, *, decided: date | str | None = None,
                   was: Mapping[str, Any] | None = None, now_at: Mapping[str, Any] | None = None,
                   facts: Mapping[str, Any] | None = None, member: str | None = None,
                   max_regions: int | None = None) -> Record:
        """For which facts this pack and `now`, which may be the same, decide differently, and how (docs/diff.md).
        `decided` is the date of both decisions; `was` and `now_at` give each its own `decided`, `event`, `variant` or
        `overrides`. `facts` are known, all others may have any value. The answer tells the `regions` with their
        tests, what `was` and `is` there, and a witness; `count` of all regions; `exact` and `complete`.

        >>> with Pack.shipped("kuntarahoitus") as pack:
        ...     found = pack.difference(pack, "Municipal percent", was={"decided": "2024-12-31"},
        ...                             now_at={"decided": "2025-01-01"})
        >>> found["count"] > 0
        True
        """
        sides = [{"decision": decision, **({} if decided is None else {"decided": decided}), **(side or {})}
                 for side in (was, now_at)]
        asked = _given(was=sides[0], **{"is": sides[1]}, facts=facts, member=member, max_regions=max_regions)
        return Record(from_json(text_of(lib.polku_pack_difference, self._open(), now._open(), asked, len(asked))))

    def simulation(self, decision: str, *, decided: date | str, until: date | str | None = None,
                   variant: str | None = None, figures: Mapping[str, Any] | None = None,
                   against: Mapping[str, Any] | None = None, against_pack: Pack | None = None,
                   by: Iterable[str] = (), keep: Iterable[str] = (), outcome: str | None = None,
                   municipality: str | None = None, reasons: bool = False, block: int | None = None,
                   scales: int | Mapping[str, int] | None = None, forms: Mapping[str, str] | None = None,
                   error_column: str = "error", allow_float: bool = False) -> Simulation:
        """What this pack decides of a table of people on a day, and with `until` on the same day of each month up to that
        one (docs/simulation.md). `figures` are tried with another value than the law's. The other side has a `variant`,
        `figures` or `decided` of its own in `against`, or is another pack. `by` are columns to count by, `keep` others
        that are no facts, `municipality` a column of codes that are checked, `outcome` the member of the answer without
        which a row is not decided. `scales`, `forms`, `error_column` and `allow_float` are those of
        `Decision.evaluate_table`; `block` is how many rows are held at a time.

        >>> import pyarrow
        >>> people = pyarrow.table({"excluded sector": [True, None], "municipality": ["167", "276"]})
        >>> study = Pack.shipped("deminimis").simulation("De minimis", decided="2026-11-01", by=["municipality"])
        >>> [(total["group"], total["is"]["decided"]) for total in study.run(people)["totals"]]
        [(['167'], Decimal('1')), (['276'], Decimal('0'))]
        """
        asked = _given(decision=decision, decided=decided, until=until, variant=variant, figures=figures,
                       against=against, by=list(by), keep=list(keep), outcome=outcome, municipality=municipality,
                       reasons=reasons, block=block)
        flags = lib.POLKU_BATCH_ALLOW_FLOAT if allow_float else 0
        columns, alive = table_options(scales, forms or {}, (), error_column, flags)
        made = Simulation(self._open(), ffi.NULL if against_pack is None else against_pack._open(), asked, columns)
        del alive
        return made

    def _call(self, call: Any, asked: bytes, *more: Any) -> Record:
        return Record(from_json(text_of(call, self._open(), asked, len(asked), *more)))


def _sized(text: str) -> tuple[bytes, int]:
    data = text.encode("utf-8")
    return data, len(data)


def _given(**members: Any) -> bytes:
    """A JSON object of the members that are there."""
    return to_json({name: value for name, value in members.items() if value is not None})


def _question(decision: str, facts: Mapping[str, Any] | None, decided: date | str, event: date | str | None,
              variant: str | None, overrides: Mapping[str, Any] | None,
              weights: Mapping[str, Mapping[str, Any]] | None = None) -> bytes:
    for name, given in (("facts", facts), ("overrides", overrides), ("weights", weights)):
        if given is not None and not isinstance(given, Mapping):
            raise InvalidError(f"{name} must be a mapping of names to values, not {type(given).__name__}")
    return _given(decision=decision, decided=decided, event=event, variant=variant, inputs=facts, overrides=overrides,
                  weights=weights)

# SPDX-License-Identifier: Apache-2.0
"""Service paths."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ._display import Record, picture
from ._native import ffi, lib
from ._text import Handle, files_of, document, new_handle, text_of, to_json


def shipped_paths() -> list[str]:
    """Ids of the paths that polku ships."""
    return [bytes(ffi.string(lib.polku_path_shipped_id(i))).decode("utf-8")
            for i in range(lib.polku_path_shipped_count())]


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a document: "path", "command", "case" or "event"."""
    text = name.encode("utf-8")
    found: dict[str, Any] = document(text_of(lib.polku_schema, text, len(text)))
    return found


class Path(Handle):
    """A compiled service path: definition, routing decisions, texts. Immutable, to be shared by threads."""

    def __init__(self, files: Iterable[tuple[str, str | bytes]]) -> None:
        """Compiles `(name, text)` pairs: the definition (JSON) first, then the DMN models that it names."""
        array, count, alive = files_of(files)
        self._pointer = new_handle("polku_path", lib.polku_path_destroy, lib.polku_path_compile, array, count)
        del alive

    @classmethod
    def shipped(cls, path_id: str) -> Path:
        """A path that polku ships, such as "tyokyky-kayttoon"."""
        made = cls.__new__(cls)
        text = path_id.encode("utf-8")
        made._pointer = new_handle("polku_path", lib.polku_path_destroy, lib.polku_path_shipped, text, len(text))
        return made

    @property
    def id(self) -> str:
        """The path's id."""
        return bytes(ffi.string(lib.polku_path_id(self._open()))).decode("utf-8")

    @property
    def version(self) -> str:
        """The version of the definition."""
        return bytes(ffi.string(lib.polku_path_version(self._open()))).decode("utf-8")

    @property
    def hash(self) -> str:
        """The content hash of definition and models, 64 hexadecimal digits."""
        return bytes(ffi.string(lib.polku_path_hash(self._open()))).decode("ascii")

    def prove(self, *, max_regions: int | None = None, max_states: int | None = None,
              max_findings: int | None = None) -> Record:
        """Whether a client of this path can fall between its services: `verdict`, `properties` with `findings` and their
        stories, `counts` (docs/proofs.md). The limits bound the work; what they cut short is "unknown".

        >>> Path.shipped("typ").prove()["verdict"]
        'proved'
        """
        return Record(document(self._prove("json", None, max_regions, max_states, max_findings)))

    def diagram(self, *, language: str = "en", way: Iterable[str] = ()) -> str:
        """The path as an SVG file: entries, stages with their owners and longest stays, routings, exits. `way` are the
        stages that a client went through, which are numbered and drawn thick.

        >>> Path.shipped("typ").diagram(language="fi").startswith("<svg")
        True
        """
        asked = to_json({"language": language, "way": list(way)})
        return text_of(lib.polku_path_diagram, self._open(), asked, len(asked))

    def _repr_html_(self) -> str:
        told = f"{self.id}, version {self.version}"
        return f"<p>{told}</p>" + picture(self.diagram(), f"Diagram of the path {told}")

    def prove_text(self, *, language: str = "en", page: bool = False) -> str:
        """The same as plain text, or as an HTML page of its own, in "fi", "sv", "en" or "fi-selko".

        >>> "loops" in Path.shipped("typ").prove_text()
        True
        """
        return self._prove("page" if page else "text", language)

    def certificate(self) -> str:
        """The certificate of what is proved, to be checked by `scripts/check_certificate`. `InvalidError` when nothing is.
        """
        return self._prove("certificate", None)

    def _prove(self, form: str, language: str | None, max_regions: int | None = None, max_states: int | None = None,
               max_findings: int | None = None) -> str:
        members = {"form": form, "language": language, "max_regions": max_regions, "max_states": max_states,
                   "max_findings": max_findings}
        asked = to_json({name: value for name, value in members.items() if value is not None})
        return text_of(lib.polku_path_prove, self._open(), asked, len(asked))


def equal_treatment(paths: Iterable[Path] | Mapping[str, Path], *, max_regions: int | None = None,
                    max_states: int | None = None, max_differences: int | None = None) -> dict[str, Any]:
    """Whether variants of a path treat clients equally outside of what their own files declare (docs/proofs.md, "Equal
    treatment"): `verdict`, and for each two of them `pairs` with `differences` and the client who meets them. The paths are
    called by their keys, else by their ids. The limits bound the work; what they cut short is "unknown".
    """
    made: dict[str, Any] = document(_equal(paths, {"max_regions": max_regions, "max_states": max_states,
                                                   "max_differences": max_differences}))
    return made


def equal_treatment_text(paths: Iterable[Path] | Mapping[str, Path], *, language: str = "en",
                         declared: bool = False) -> str:
    """The same as plain text in "fi", "sv", "en" or "fi-selko"; `declared` lists what the variants declare, too."""
    return _equal(paths, {"form": "text", "language": language, "declared": declared})


def _equal(paths: Iterable[Path] | Mapping[str, Path], members: dict[str, Any]) -> str:
    names = list(paths) if isinstance(paths, Mapping) else None
    variants = list(paths.values()) if isinstance(paths, Mapping) else list(paths)
    asked = to_json({name: value for name, value in {**members, "names": names}.items() if value is not None})
    array = ffi.new("polku_path *[]", [each._open() for each in variants])
    return text_of(lib.polku_path_compare_treatment, array, len(variants), asked, len(asked))

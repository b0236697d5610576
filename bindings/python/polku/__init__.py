# SPDX-License-Identifier: Apache-2.0
"""polku: service paths and their rules.

>>> import polku
>>> polku.evaluate("1 + x", {"x": 2})
Decimal('3')
>>> polku.evaluate('if age >= 18 then "adult" else "minor"', {"age": 20})
'adult'
"""
from ._display import Case, Explanation, Record, Records
from ._engines import TableFunction
from ._errors import (BusyError, CancelledError, ConflictError, CorruptError, DeniedError, InternalError, InvalidError,
                      LimitError, MisuseError, NotFoundError, PolkuError, Position)
from ._model import Decision, Program, evaluate
from ._pack import Pack, packs
from ._path import Path, equal_treatment, equal_treatment_text, schema, shipped_paths
from ._prepared import UNKNOWN, Months, Prepared
from ._simulation import SimulatedRows, Simulation, simulate_path
from ._store import Store
from ._table import ArrowArray, ArrowStream, Table
from ._text import abi_version, version

__all__ = [
    "ArrowArray", "ArrowStream", "BusyError", "CancelledError", "Case", "ConflictError", "CorruptError", "Decision", "DeniedError", "Explanation", "InternalError",
    "InvalidError", "LimitError", "MisuseError", "Months", "NotFoundError", "Pack", "Path", "PolkuError", "Position",
    "Prepared", "Program", "Record", "Records", "SimulatedRows", "Simulation", "Store", "Table", "TableFunction", "UNKNOWN", "abi_version", "equal_treatment", "equal_treatment_text", "evaluate",
    "packs", "schema", "shipped_paths", "simulate_path", "version",
]
__version__ = version()

# SPDX-License-Identifier: Apache-2.0
"""Runs where only the wheel is installed: no source tree, no build tree, and the library is the one in the wheel."""
import pathlib
import sys

import polku

package = pathlib.Path(polku.__file__).resolve().parent
assert str(package).startswith(sys.prefix), package
loaded = {line.split()[-1] for line in pathlib.Path("/proc/self/maps").read_text(encoding="utf-8").splitlines() if "libpolku" in line}
assert len(loaded) == 1 and loaded.pop().startswith(str(package)), loaded
assert polku.evaluate("6 * 7") == 42
with polku.Pack.shipped("deminimis") as pack:
    assert pack.decide("De minimis", {"excluded sector": True}, decided="2026-11-01")["value"]["fit"] == "excluded"

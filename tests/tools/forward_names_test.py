#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""include/polku/fwd.hpp names every public type."""
import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.exit(subprocess.run([sys.executable, "-B", str(TOP / "scripts" / "gen_forward.py"), "--check"], check=False).returncode)

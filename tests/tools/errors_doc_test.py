# SPDX-License-Identifier: Apache-2.0
"""docs/errors.md is what its generator writes, and the list of codes has no fault."""
import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.exit(subprocess.run([sys.executable, "-B", str(TOP / "scripts" / "gen_errors_doc.py"), "--check"], check=False).returncode)

# SPDX-License-Identifier: Apache-2.0
"""The cffi module `polku._native`: its declarations are read from capi/polku.h and
the headers that it includes, so that they cannot drift from them."""
import pathlib
import re

import cffi

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADERS = [ROOT / "capi" / name for name in ("polku.h", "polku_paths.h", "polku_store.h", "polku_packs.h")]


def declarations(header: str) -> str:
    """What cffi can read of the header: types, functions and integer constants."""
    text = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    text = text.replace("\\\n", " ")
    constants = re.findall(r"^#define (POLKU_[A-Z0-9_]+) (?:\(?[0-9]+u?\)?|\(\(size_t\)-1\))\s*$", text, flags=re.M)
    text = re.sub(r"^#ifdef __cplusplus.*?^#endif", "", text, flags=re.S | re.M)
    text = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    text = text.replace("POLKU_API ", "")
    callback = 'extern "Python" int32_t polku_python_cancel(void *user_data);'
    return "\n".join([f"#define {name} ..." for name in constants]) + "\n" + text + "\n" + callback


builder = cffi.FFI()
builder.cdef(declarations("\n".join(header.read_text(encoding="utf-8") for header in HEADERS)))
builder.set_source("polku._native", '#include "polku.h"', include_dirs=[str(HEADERS[0].parent)], libraries=["polku"],
                   library_dirs=[], extra_link_args=["-Wl,-rpath,$ORIGIN"], py_limited_api=True)

if __name__ == "__main__":
    builder.compile(verbose=True)

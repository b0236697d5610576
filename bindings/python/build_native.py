# SPDX-License-Identifier: Apache-2.0
"""The cffi module `polku._native`: its declarations are read from the headers of capi/, so that they cannot drift from
them. capsules.c is a part of it."""
import pathlib
import re

import cffi

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADERS = [ROOT / "capi" / name for name in ("polku.h", "polku_paths.h", "polku_store.h", "polku_packs.h", "polku_arrow.h",
                                              "polku_population.h")]
CAPSULES = pathlib.Path(__file__).resolve().parent / "capsules.c"
# What Python calls of capsules.c, and what it answers to the library and to capsules.c.
OWN = """
extern "Python" int32_t polku_python_rows(void *counter, int64_t rows);
extern "Python" void polku_python_dropped(void *counter);
void *polku_python_pointer(uintptr_t capsule, const char *name);
int polku_python_capsule(struct ArrowArrayStream *from, uintptr_t list);
int polku_python_stream_of(struct ArrowSchema *schema, struct ArrowArray *array, struct ArrowArrayStream *out);
int polku_python_count(struct ArrowArrayStream *stream, void *counter);
"""


def declarations(header: str) -> str:
    """What cffi can read of the header: types, functions and integer constants."""
    text = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    text = text.replace("\\\n", " ")
    constants = re.findall(r"^#define (POLKU_[A-Z0-9_]+) (?:\(?[0-9]+u?\)?|\(\(size_t\)-1\))\s*$", text, flags=re.M)
    text = re.sub(r"^#ifdef __cplusplus.*?^#endif", "", text, flags=re.S | re.M)
    text = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    text = text.replace("POLKU_API ", "")
    return "\n".join([f"#define {name} ..." for name in constants]) + "\n" + text


builder = cffi.FFI()
builder.cdef(declarations("\n".join(header.read_text(encoding="utf-8") for header in HEADERS)) + OWN)
builder.set_source("polku._native", CAPSULES.read_text(encoding="utf-8"), include_dirs=[str(HEADERS[0].parent)], libraries=["polku"],
                   library_dirs=[], extra_link_args=["-Wl,-rpath,$ORIGIN"], py_limited_api=True)

if __name__ == "__main__":
    builder.compile(verbose=True)

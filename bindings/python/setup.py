# SPDX-License-Identifier: Apache-2.0
"""Builds the C ABI library with CMake, and the cffi module over it.

POLKU_BUILD_DIR may name a build tree in which the library is already built; it is then used as it is.
"""
import os
import pathlib
import shutil
import subprocess

from setuptools import setup
from setuptools.command.build_ext import build_ext

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def built_library() -> pathlib.Path:
    """The folder that holds libpolku.so, built if need be."""
    given = os.environ.get("POLKU_BUILD_DIR")
    build = pathlib.Path(given) if given else HERE / "build" / "native"
    if not given:
        subprocess.run(
            ["cmake", "-S", str(ROOT), "-B", str(build), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
             "-DPOLKU_BUILD_TESTS=OFF", "-DPOLKU_BUILD_CLI=OFF", "-DPOLKU_BUILD_EXAMPLES=OFF"],
            check=True)
        subprocess.run(["cmake", "--build", str(build), "--target", "polku_capi"], check=True)
    found = sorted(build.glob("capi/libpolku.so.[0-9]*"))
    if not found:
        raise SystemExit(f"no capi/libpolku.so.* under {build}: build the target polku_capi there first")
    return found[0].parent


class BuildWithLibrary(build_ext):
    """Puts the library beside the package, where the module's run path finds it."""

    def run(self) -> None:
        folder = built_library()
        for extension in self.extensions:
            extension.library_dirs.append(str(folder))
        super().run()
        target = (HERE if self.inplace else pathlib.Path(self.build_lib)) / "polku"
        target.mkdir(parents=True, exist_ok=True)
        # Under its soname, by which the module looks for it; a build tree may hold older ones besides.
        soname = os.readlink(folder / "libpolku.so")
        shutil.copy2((folder / soname).resolve(), target / soname)


# One wheel for every Python from 3.11 on: the module keeps to the limited API.
setup(cffi_modules=["build_native.py:builder"], cmdclass={"build_ext": BuildWithLibrary},
      options={"bdist_wheel": {"py_limited_api": "cp311"}})

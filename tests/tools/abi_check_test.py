#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`.ci/abi` finds what breaks programs that were built against an older polku.h, and passes what does not."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / ".ci"))
import abi_shape  # noqa: E402


@unittest.skipUnless(shutil.which("abidiff"), "abigail-tools is not installed")
class AbiCheck(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.copy = pathlib.Path(folder.name)
        for path in (ROOT / "capi").iterdir():
            if path.suffix in (".h", ".map", ".txt"):
                shutil.copy(path, self.copy)

    def change(self, name: str, old: str, new: str) -> None:
        path = self.copy / name
        text = path.read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def verdict(self) -> tuple[int, str]:
        done = subprocess.run([ROOT / ".ci/abi", "--headers", str(self.copy)], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def assert_found(self, what: str) -> None:
        status, said = self.verdict()
        self.assertEqual(1, status, said)
        self.assertIn(what, said)

    def test_the_headers_as_they_are_pass(self) -> None:
        status, said = self.verdict()
        self.assertEqual(0, status, said)

    def test_the_baseline_is_that_of_either_compiler(self) -> None:
        for compiler in ("gcc", "clang-14"):
            if shutil.which(compiler):
                self.assertEqual([], abi_shape.faults(self.copy, ROOT / "capi/abi", compiler))

    def test_a_parameter_of_another_type(self) -> None:
        self.change("polku.h", "polku_context_set_numbers(polku_context* ctx, uint32_t form,",
                    "polku_context_set_numbers(polku_context* ctx, uint64_t form,")
        self.assert_found("polku_context_set_numbers")

    def test_another_answer(self) -> None:
        self.change("polku.h", "POLKU_API uint32_t polku_error_code(", "POLKU_API uint64_t polku_error_code(")
        self.assert_found("polku_error_code")

    def test_a_member_of_another_type(self) -> None:
        self.change("polku.h", "    int32_t scale;", "    int64_t scale;")
        self.assert_found("polku_decimal")

    def test_a_member_more_in_a_struct_that_never_changes(self) -> None:
        self.change("polku.h", "    size_t data_length;\n", "    size_t data_length;\n    uint32_t flags;\n")
        self.assert_found("polku_file")

    def test_members_of_an_option_struct_in_another_order(self) -> None:
        self.change("polku_store.h", "    uint32_t busy_timeout_ms;", "    uint32_t flags_first;\n    uint32_t busy_timeout_ms;")
        self.assert_found("polku_store_options")

    def test_a_constant_of_another_value(self) -> None:
        self.change("polku.h", "#define POLKU_STATUS_BUSY 7", "#define POLKU_STATUS_BUSY 8")
        self.assert_found("POLKU_STATUS_BUSY: was 7, is 8")

    def test_a_function_that_is_gone(self) -> None:
        self.change("polku_store.h", "POLKU_API polku_status polku_store_checkpoint(polku_store* store, polku_error** err);", "")
        self.change("exported_symbols.txt", "polku_store_checkpoint 1.0 stable\n", "")
        self.assert_found("polku_store_checkpoint")

    def test_a_function_that_is_not_listed(self) -> None:
        self.change("polku.h", "POLKU_API const char* polku_version(void);",
                    "POLKU_API const char* polku_version(void);\nPOLKU_API const char* polku_zzz(void);")
        self.assert_found("polku_zzz: declared in the headers, not in exported_symbols.txt")

    def test_another_version_node(self) -> None:
        self.change("polku.map", "POLKU_1", "POLKU_2")
        self.assert_found("polku_version@@POLKU_1")

    def test_what_breaks_nothing_passes(self) -> None:
        self.change("polku.h", "POLKU_API const char* polku_version(void);",
                    "POLKU_API const char* polku_version(void);\nPOLKU_API const char* polku_zzz(void);")
        path = self.copy / "exported_symbols.txt"
        path.write_text(path.read_text(encoding="utf-8") + "polku_zzz 1.1 unstable\n", encoding="utf-8")
        self.change("polku_store.h", "    uint64_t reserved[6]; /* zero */\n", "    uint64_t reserved[6]; /* zero */\n    uint64_t more;\n")
        self.change("polku.h", "#define POLKU_KIND_UNKNOWN 32", "#define POLKU_KIND_NEW 13\n#define POLKU_KIND_UNKNOWN 32")
        status, said = self.verdict()
        self.assertEqual(0, status, said)


if __name__ == "__main__":
    unittest.main()

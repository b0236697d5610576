// SPDX-License-Identifier: Apache-2.0
// The functions of the C ABI as capi/polku*.h declares them; a test compares both.
import { existsSync } from "node:fs";
import { join } from "node:path";
import koffi from "koffi";

/** Major version of the C interface that these declarations are of. */
const ABI_MAJOR = 1;

/** POLKU_LIBRARY names the file or its folder; without it the system's loader looks for libpolku. */
function libraryFile() {
  const given = process.env.POLKU_LIBRARY ?? "";
  const name = { win32: "polku.dll", darwin: "libpolku.dylib" }[process.platform] ?? "libpolku.so";
  if (given !== "" && existsSync(join(given, name))) return join(given, name);
  return given !== "" ? given : name;
}

export const types = {
  polku_position: koffi.struct("polku_position",
    { source: "const char *", element: "const char *", pointer: "const char *", line: "uint32_t", column: "uint32_t" }),
  polku_file: koffi.struct("polku_file", { name: "const char *", name_length: "size_t", data: "const uint8_t *", data_length: "size_t" }),
  polku_context_options: koffi.struct("polku_context_options", {
    struct_size: "uint32_t", max_depth: "uint32_t", max_steps: "uint64_t", max_items: "uint64_t", max_bytes: "uint64_t",
    reserved: koffi.array("uint64_t", 4) }),
  polku_store_options: koffi.struct("polku_store_options", {
    struct_size: "uint32_t", busy_timeout_ms: "uint32_t", flags: "uint32_t", reserved32: "uint32_t",
    reserved: koffi.array("uint64_t", 6) }),
  polku_view_options: koffi.struct("polku_view_options", {
    struct_size: "uint32_t", flags: "uint32_t", as_of: "const char *", as_of_length: "size_t", language: "const char *",
    language_length: "size_t", reader: "const char *", reader_length: "size_t", reserved: koffi.array("uint64_t", 4) }),
};
for (const handle of ["error", "string", "context", "program", "path", "pack", "store"]) {
  types[`polku_${handle}`] = koffi.opaque(`polku_${handle}`);
}

const OUT = "_Out_ polku_string **out, _Out_ polku_error **err";
/** A text of UTF-8 and its length; null with 0 is none. */
const text = (name) => `const char *${name}, size_t ${name}_length`;

export const declarations = [
  "uint32_t polku_abi_version()",
  "const char *polku_version()",
  "const char *polku_status_name(int32_t status)",
  "uint32_t polku_error_code(const polku_error *err)",
  "const char *polku_error_message(const polku_error *err)",
  "const char *polku_error_text(const polku_error *err)",
  "size_t polku_error_position_count(const polku_error *err)",
  "int32_t polku_error_position_at(const polku_error *err, size_t index, _Out_ polku_position *out)",
  "void polku_error_destroy(polku_error *err)",
  "const char *polku_string_data(const polku_string *text)",
  "void polku_string_destroy(polku_string *text)",
  "int32_t polku_context_create(const polku_context_options *options, _Out_ polku_context **out, _Out_ polku_error **err)",
  `int32_t polku_context_set_now(polku_context *ctx, ${text("now")}, _Out_ polku_error **err)`,
  "int32_t polku_context_set_numbers(polku_context *ctx, uint32_t form, _Out_ polku_error **err)",
  "void polku_context_destroy(polku_context *ctx)",
  `int32_t polku_feel_evaluate(polku_context *ctx, ${text("expression")}, ${text("names")}, ${OUT})`,
  "int32_t polku_program_compile(const polku_file *files, size_t count, _Out_ polku_program **out, _Out_ polku_error **err)",
  `int32_t polku_program_check(const polku_program *program, ${OUT})`,
  "size_t polku_program_decision_count(const polku_program *program)",
  "const char *polku_program_decision_name(const polku_program *program, size_t index)",
  `int32_t polku_program_find(const polku_program *program, ${text("name")}, _Out_ uint32_t *out, _Out_ polku_error **err)`,
  "size_t polku_program_input_count(const polku_program *program, uint32_t decision)",
  "const char *polku_program_input_name(const polku_program *program, uint32_t decision, size_t index)",
  "const char *polku_program_input_type(const polku_program *program, uint32_t decision, size_t index)",
  `int32_t polku_program_evaluate_json(const polku_program *program, polku_context *ctx, uint32_t decision, ${text("input")}, ${OUT})`,
  `int32_t polku_program_explain_json(const polku_program *program, polku_context *ctx, uint32_t decision, ${text("input")}, ${OUT})`,
  "void polku_program_destroy(polku_program *program)",
  "int32_t polku_path_compile(const polku_file *files, size_t count, _Out_ polku_path **out, _Out_ polku_error **err)",
  `int32_t polku_path_shipped(${text("id")}, _Out_ polku_path **out, _Out_ polku_error **err)`,
  "size_t polku_path_shipped_count()",
  "const char *polku_path_shipped_id(size_t index)",
  "const char *polku_path_id(const polku_path *path)",
  "const char *polku_path_version(const polku_path *path)",
  "const char *polku_path_hash(const polku_path *path)",
  `int32_t polku_path_prove(const polku_path *path, ${text("question")}, ${OUT})`,
  "void polku_path_destroy(polku_path *path)",
  `int32_t polku_schema(${text("name")}, ${OUT})`,
  "int32_t polku_pack_compile(const polku_file *files, size_t count, _Out_ polku_pack **out, _Out_ polku_error **err)",
  `int32_t polku_pack_shipped(${text("id")}, _Out_ polku_pack **out, _Out_ polku_error **err)`,
  "size_t polku_pack_shipped_count()",
  "const char *polku_pack_shipped_id(size_t index)",
  "const char *polku_pack_id(const polku_pack *pack)",
  "const char *polku_pack_hash(const polku_pack *pack)",
  `int32_t polku_pack_describe(const polku_pack *pack, ${OUT})`,
  `int32_t polku_pack_decide(const polku_pack *pack, ${text("question")}, ${OUT})`,
  `int32_t polku_pack_explain(const polku_pack *pack, ${text("question")}, ${text("language")}, ${OUT})`,
  `int32_t polku_pack_explain_text(const polku_pack *pack, ${text("question")}, ${text("language")}, ${OUT})`,
  `int32_t polku_pack_missing(const polku_pack *pack, ${text("question")}, ${text("language")}, ${OUT})`,
  `int32_t polku_pack_what_if(const polku_pack *pack, ${text("question")}, ${text("wish")}, ${OUT})`,
  "void polku_pack_destroy(polku_pack *pack)",
  `int32_t polku_store_open(${text("path")}, const polku_store_options *options, _Out_ polku_store **out, _Out_ polku_error **err)`,
  "int32_t polku_store_clone(polku_store *store, _Out_ polku_store **out, _Out_ polku_error **err)",
  "int32_t polku_store_use_path(polku_store *store, const polku_path *path, _Out_ polku_error **err)",
  `int32_t polku_store_adopt_pack(polku_store *store, const polku_pack *pack, ${text("adoption")}, ${OUT})`,
  `int32_t polku_store_execute(polku_store *store, ${text("command")}, ${OUT})`,
  `int32_t polku_store_case(polku_store *store, ${text("id")}, const polku_view_options *options, ${OUT})`,
  `int32_t polku_store_due(polku_store *store, ${text("by")}, ${OUT})`,
  `int32_t polku_store_cases(polku_store *store, ${text("after")}, uint32_t limit, ${OUT})`,
  "int32_t polku_store_feed(polku_store *store, uint64_t position, uint32_t limit, const void *options, "
    + "_Out_ polku_string **out, _Out_ uint64_t *cursor, _Out_ polku_error **err)",
  `int32_t polku_store_head(polku_store *store, ${OUT})`,
  `int32_t polku_store_verify(polku_store *store, ${text("anchor")}, ${OUT})`,
  "int32_t polku_store_checkpoint(polku_store *store, _Out_ polku_error **err)",
  "void polku_store_destroy(polku_store *store)",
];

const library = koffi.load(libraryFile());
/** Functions by their name without `polku_`. */
export const calls = Object.fromEntries(declarations.map((declaration) => {
  const name = /polku_(\w+)\(/.exec(declaration)[1];
  return [name, library.func(declaration)];
}));

const major = Math.floor(calls.abi_version() / 1_000_000);
if (major !== ABI_MAJOR) {
  throw new Error(`libpolku has version ${major} of the C interface, this package is made for ${ABI_MAJOR}`);
}

export const sizeOf = (type) => koffi.sizeof(types[type]);

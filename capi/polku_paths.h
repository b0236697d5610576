/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLKU_PATHS_H
#ifndef POLKU_H
#include "polku.h" /* includes this header in its place */
#else
#define POLKU_PATHS_H

/*
 * The part of polku's C ABI about service paths (docs/concepts.md, docs/proofs.md), and the schemas of documents.
 * polku.h includes it, and has the rules that hold for every call; it may be included by itself.
 */

#ifdef __cplusplus
extern "C" {
#endif

/* A compiled service path: definition, decisions, texts. Immutable, shared freely. Owned; polku_path_destroy. */
typedef struct polku_path polku_path;
/* Compiles a path. files[0] is the definition (JSON, schema: polku_schema("path")); the others are the DMN models that
 * it names and definitions that it extends (or shipped ones, docs/concepts.md).
 * Out: owned, polku_path_destroy. Threads: any. Errors: INVALID, NOT_FOUND, LIMIT. Since 1.0. */
POLKU_API polku_status polku_path_compile(const polku_file* files, size_t file_count, polku_path** out,
                                          polku_error** err);
/* A path that polku ships, by id, such as "tyokyky-kayttoon".
 * Out: owned, polku_path_destroy. Threads: any. Errors: INVALID, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_path_shipped(const char* id, size_t id_length, polku_path** out, polku_error** err);
/* How many paths polku ships. Out: plain. Threads: any. Errors: none. Since 1.0. */
POLKU_API size_t polku_path_shipped_count(void);
/* Id of a shipped path; NULL past the end. Out: static. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_path_shipped_id(size_t index);
/* The id that the definition says; "" for NULL. Out: borrowed from the path. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_path_id(const polku_path* path);
/* The version that the definition says; "" for NULL.
 * Out: borrowed from the path. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_path_version(const polku_path* path);
/* The content hash as 64 hexadecimal digits; "" for NULL.
 * Out: borrowed from the path. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_path_hash(const polku_path* path);
/* Asks whether a client of the path can fall between its services (docs/proofs.md). `question_json`, `{}` for all
 * defaults: "form" is "json" (the default), "text", "page" (HTML) or "certificate", "language" of text and page is
 * "fi", "sv", "en" (the default) or "fi-selko"; "max_regions", "max_states" and "max_findings" bound the work, and
 * what they cut short is answered `unknown`, never `proved`. What is refuted is a result, not an error. INVALID when a
 * certificate is asked for and nothing is proved.
 * Out: owned, polku_string_destroy. Threads: any. Errors: INVALID, LIMIT. Since 1.0. */
POLKU_API polku_status polku_path_prove(const polku_path* path, const char* question_json, size_t question_length,
                                        polku_string** out, polku_error** err);
/* Draws a path as an SVG file: entries, stages with their owners and longest stays, routings, exits. `question_json`,
 * `{}` for all defaults: "language" as above; "way" lists the stages that a client went through, which are numbered and
 * drawn thick, the last one marked.
 * Out: owned, polku_string_destroy. Threads: any. Errors: INVALID, LIMIT. Since 1.0. */
POLKU_API polku_status polku_path_diagram(const polku_path* path, const char* question_json, size_t question_length,
                                          polku_string** out, polku_error** err);
/* Asks whether two or more variants of a path treat clients equally outside of what their own files declare, each two
 * of them (docs/proofs.md, "Equal treatment"). `question_json`, `{}` for all defaults: "form" is "json" (the default)
 * or "text", "language" of the text as above, "declared" lists in the text what is declared, too; "names" calls the
 * paths otherwise than by their ids, one for each; "max_regions", "max_states" and "max_differences" bound the work
 * and the list. What is refuted is a result, not an error. INVALID for fewer than two paths, or two of one name. The
 * paths may be shared with other threads.
 * Out: owned, polku_string_destroy. Threads: any. Errors: INVALID, LIMIT. Since 1.0. */
POLKU_API polku_status polku_path_compare_treatment(const polku_path* const* paths, size_t path_count,
                                                    const char* question_json, size_t question_length,
                                                    polku_string** out, polku_error** err);
/* Destroys a path; NULL is fine. Stores that use it go on. Out: nothing. Threads: one. Errors: none. Since 1.0. */
POLKU_API void polku_path_destroy(polku_path* path);
/* The JSON Schema of a document: "path", "command", "case", "event".
 * Out: owned, polku_string_destroy. Threads: any. Errors: INVALID, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_schema(const char* name, size_t name_length, polku_string** out, polku_error** err);

#ifdef __cplusplus
}
#endif

#endif
#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLKU_PACKS_H
#ifndef POLKU_H
#include "polku.h" /* includes this header in its place */
#else
#define POLKU_PACKS_H

/*
 * The part of polku's C ABI about rule packs (docs/packs.md): dated rules of law that decide, explain, ask for what is
 * missing and say what would have to change. polku.h includes it, and has the rules that hold for every call; it may be
 * included by itself.
 *
 * A question is a JSON object: {"decision":"De minimis", "decided":"2026-11-01", "event":"2026-10-01", "variant":"...",
 * "inputs":{...}, "overrides":{...}}. `decision` and `decided` (the date of the decision) must be there. Without
 * `event` it is the date of the decision; `variant` asks for a version by id; `inputs` are the facts by name, where one
 * that is absent or null is unknown; `overrides` are figures to which the authority gives another value. Errors of a
 * question have line, column and JSON pointer.
 *
 * A language is "fi", "sv", "en" or "fi-selko"; NULL is "en".
 */

#ifdef __cplusplus
extern "C" {
#endif

/* A checked and compiled rule pack: immutable, shared freely by threads, also in a child process after fork. Owned;
 * polku_pack_destroy. */
typedef struct polku_pack polku_pack;

/* Compiles a pack. files[0] is the definition (pack.json), the others are the DMN models that it names. INVALID with
 * all that is wrong as causes of the error.
 * Out: owned, polku_pack_destroy. Threads: any. Errors: INVALID, NOT_FOUND, LIMIT. Since 1.0. */
POLKU_API polku_status polku_pack_compile(const polku_file* files, size_t file_count, polku_pack** out,
                                          polku_error** err);
/* A pack that polku ships, by id, such as "palkkatuki". NOT_FOUND names the known ones.
 * Out: owned, polku_pack_destroy. Threads: any. Errors: INVALID, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_pack_shipped(const char* id, size_t id_length, polku_pack** out, polku_error** err);
/* How many packs polku ships. Out: plain. Threads: any. Errors: none. Since 1.0. */
POLKU_API size_t polku_pack_shipped_count(void);
/* Id of a shipped pack, in byte order; NULL past the end. Out: static. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_pack_shipped_id(size_t index);
/* The id that pack.json says; "" for NULL. Out: borrowed from the pack. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_pack_id(const polku_pack* pack);
/* The hash of the pack's texts as 64 hexadecimal digits, by which stores keep it; "" for NULL.
 * Out: borrowed from the pack. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_pack_hash(const polku_pack* pack);
/* What the pack says, as a JSON object with the members of its pack.json: names, versions, decisions, inputs with
 * their questions, parameters, rules, sources, each text in four languages. Each version and variant has besides
 * `asks`: by decision, the facts that it rests on with their FEEL types.
 * Out: owned, polku_string_destroy. Threads: any. Errors: none. Since 1.0. */
POLKU_API polku_status polku_pack_describe(const polku_pack* pack, polku_string** out, polku_error** err);

/* Answers a question. *out: {"value":..., "version":..., "transition":..., "parameters":[...], "rules":[...]} with the
 * sources of figures and rules; a null value: not decided, because facts are unknown. INVALID when the pack is not in
 * force on the dates, or a fact does not fit; NOT_FOUND for a decision, fact, parameter or variant that the pack does
 * not have. The three calls below answer with the same errors.
 * Out: owned, polku_string_destroy. Threads: any. Errors: INVALID, NOT_FOUND, LIMIT. Since 1.0. */
POLKU_API polku_status polku_pack_decide(const polku_pack* pack, const char* question_json, size_t question_length,
                                         polku_string** out, polku_error** err);
/* Answers and tells why (docs/explain.md). *out is a JSON object of result, version, reasons, facts and figures that
 * the decision rests on, background, unknown facts, remedy.
 * Out: owned, polku_string_destroy. Threads: any. Errors: INVALID, NOT_FOUND, LIMIT. Since 1.0. */
POLKU_API polku_status polku_pack_explain(const polku_pack* pack, const char* question_json, size_t question_length,
                                          const char* language, size_t language_length, polku_string** out,
                                          polku_error** err);
/* The same as plain text for people, a line a fact.
 * Out: owned, polku_string_destroy. Threads: any. Errors: INVALID, NOT_FOUND, LIMIT. Since 1.0. */
POLKU_API polku_status polku_pack_explain_text(const polku_pack* pack, const char* question_json,
                                               size_t question_length, const char* language, size_t language_length,
                                               polku_string** out, polku_error** err);
/* Which facts can still change the decision, and which to ask next (docs/missing.md). *out: {"decided":...,
 * "value":..., "words":..., "inputs":[...], "next":{...}, "together":[...], "expected cost":..., "optimal":...,
 * "complete":...}. Beside the members of a question there may be `weights`: how probable answers are.
 * Out: owned, polku_string_destroy. Threads: any. Errors: INVALID, NOT_FOUND, LIMIT. Since 1.0. */
POLKU_API polku_status polku_pack_missing(const polku_pack* pack, const char* question_json, size_t question_length,
                                          const char* language, size_t language_length, polku_string** out,
                                          polku_error** err);
/* The cheapest changes that lead to a wanted answer, and the earliest date (docs/what-if.md). `wish_json`: {"goal":
 * ">= 12", "member":"...", "until":"2026-12-31", "max_evaluations":100000}; `goal` is a FEEL unary test of the answer
 * or of a member of it, the others may be left out. *out: {"outcome":..., "proposals":[...], ...}.
 * Out: owned, polku_string_destroy. Threads: any. Errors: INVALID, NOT_FOUND, LIMIT. Since 1.0. */
POLKU_API polku_status polku_pack_what_if(const polku_pack* pack, const char* question_json, size_t question_length,
                                          const char* wish_json, size_t wish_length, polku_string** out,
                                          polku_error** err);
/* For which facts two packs, or one on two dates, decide differently (docs/diff.md). `question_json`: {"was":{...},
 * "is":{...}, "facts":{...}, "member":"...", "max_regions":100}; `was` and `is` are questions without inputs, `facts`
 * are known, the last three may be left out. *out: {"regions":[...], "count":..., "exact":..., ...}.
 * Out: owned, polku_string_destroy. Threads: any. Errors: INVALID, NOT_FOUND, LIMIT. Since 1.0. */
POLKU_API polku_status polku_pack_difference(const polku_pack* was, const polku_pack* is, const char* question_json,
                                             size_t question_length, polku_string** out, polku_error** err);
/* Destroys a pack; NULL is fine. Stores that use it go on. Out: nothing. Threads: one. Errors: none. Since 1.0. */
POLKU_API void polku_pack_destroy(polku_pack* pack);

/* Takes a pack into use in a store (docs/decisions.md): decisions are made by it from then on. `adoption_json`:
 * {"command_id":"...", "now":"2026-03-02T10:00:00Z", "actor":"...", "purpose":"...", "reason":"..."}, the last may be
 * left out. *out is the answer of polku_store_execute. CONFLICT when this text of it is in use.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores, NOT_FOUND, CONFLICT. Since 1.0. */
POLKU_API polku_status polku_store_adopt_pack(polku_store* store, const polku_pack* pack, const char* adoption_json,
                                              size_t adoption_length, polku_string** out, polku_error** err);
/* Decisions of a store derived again, as they were made and as law and facts are known: a list of objects
 * (docs/decisions.md). `query_json`: {"case":"...", "pack":"...", "known_at":"2026-03-02T10:00:00Z", "affected":true,
 * "replaced":false}, each may be left out; NULL: all.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_store_check_decisions(polku_store* store, const char* query_json, size_t query_length,
                                                   polku_string** out, polku_error** err);

#ifdef __cplusplus
}
#endif

#endif
#endif

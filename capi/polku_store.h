/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLKU_STORE_H
#ifndef POLKU_H
#include "polku.h" /* includes this header in its place */
#else
#define POLKU_STORE_H

/*
 * The part of polku's C ABI about stores: cases, places, the feed. Errors of `stores` are INVALID, DENIED (also a file
 * that cannot be written), LIMIT (no room), CANCELLED, BUSY and CORRUPT. polku.h includes it, and has the rules that
 * hold for every call; it may be included by itself.
 */

#ifdef __cplusplus
extern "C" {
#endif

/* A store of cases: one SQLite file, memory, or a database of PostgreSQL. Several processes may open the same file or
 * database. One thread at a time for each handle; polku_store_clone opens another connection. Owned;
 * polku_store_destroy. */
typedef struct polku_store polku_store;
typedef struct polku_store_options {
    uint32_t struct_size;
    uint32_t busy_timeout_ms; /* how long to wait for other writers; 0 takes the default of 5 000 */
    uint32_t flags;           /* POLKU_STORE_... */
    uint32_t reserved32;
    uint64_t reserved[6]; /* zero */
} polku_store_options;
#define POLKU_STORE_OPTIONS_SIZE_1 (offsetof(polku_store_options, reserved32) + sizeof(uint32_t))
#define POLKU_STORE_OPTIONS_INIT                                             \
    {                                                                        \
        (uint32_t)sizeof(polku_store_options), 0, 0, 0, { 0, 0, 0, 0, 0, 0 } \
    }
#define POLKU_STORE_MUST_EXIST 1u /* do not create the file */

/* Opens or creates a store file; path ":memory:" keeps it in memory. Where the library was built with POLKU_POSTGRES, a
 * URI "postgresql://..." opens a database (docs/postgres.md), else it is NOT_FOUND. `options` may be NULL.
 * Out: owned, polku_store_destroy. Threads: any. Errors: stores, NOT_FOUND, CONFLICT. Since 1.0. */
POLKU_API polku_status polku_store_open(const char* path, size_t path_length, const polku_store_options* options,
                                        polku_store** out, polku_error** err);
/* Another connection to the same file, for another thread. Not for memory.
 * Out: owned, polku_store_destroy. Threads: one. Errors: stores, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_store_clone(polku_store* store, polku_store** out, polku_error** err);
/* As polku_context_set_cancel, asked also while the store waits for other writers.
 * Out: what the caller gave before. Threads: one. Errors: none. Since 1.0. */
POLKU_API polku_status polku_store_set_cancel(polku_store* store, polku_cancel_callback ask, void* user_data,
                                              polku_cancel_callback* out_ask, void** out_user_data, polku_error** err);
/* Makes a path known to the store, which keeps its bytes by content hash; the store then runs cases on it. Doing it
 * again is no fault.
 * Out: nothing. Threads: one. Errors: stores, NOT_FOUND, CONFLICT. Since 1.0. */
POLKU_API polku_status polku_store_use_path(polku_store* store, const polku_path* path, polku_error** err);

/* Carries out one command, a JSON object (schema: polku_schema("command")):
 *   {"command":"open_case", "case":"<32 hex>", "command_id":"...", "now":"2026-03-02T10:00:00Z", "actor":"...",
 *    "purpose":"...", "expected_version":0, "data":{...}}
 * All of its events are stored in one transaction before the call returns, or none. The same command id with the same
 * content answers as the first time. *out: {"case":..., "version":..., "events":[...]}.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores, NOT_FOUND, CONFLICT. Since 1.0. */
POLKU_API polku_status polku_store_execute(polku_store* store, const char* command_json, size_t command_length,
                                           polku_string** out, polku_error** err);

/* The INIT macro says that the texts are NUL-terminated; a text that is NULL is not there. */
typedef struct polku_view_options {
    uint32_t struct_size;
    uint32_t flags;    /* POLKU_VIEW_... */
    const char* as_of; /* ISO date that "open", "late" and "available" are told for; required */
    size_t as_of_length;
    const char* language; /* "fi", "sv", "en", "fi-selko"; NULL is "en" */
    size_t language_length;
    const char* reader; /* on whose behalf, a JSON object (docs/access.md); NULL: the host itself */
    size_t reader_length;
    uint64_t reserved[4]; /* zero */
} polku_view_options;
#define POLKU_VIEW_OPTIONS_SIZE_1 (offsetof(polku_view_options, reader_length) + sizeof(size_t))
#define POLKU_VIEW_OPTIONS_INIT                                                                                \
    {                                                                                                          \
        (uint32_t)sizeof(polku_view_options), 0, NULL, POLKU_NUL_TERMINATED, NULL, POLKU_NUL_TERMINATED, NULL, \
            POLKU_NUL_TERMINATED, {                                                                            \
            0, 0, 0, 0                                                                                         \
        }                                                                                                      \
    }
#define POLKU_VIEW_PROTECTED 1u /* also what a non-disclosure order (turvakielto) hides */

/* One case as a JSON object: stage and since when, responsible worker, facts, referrals, plan, obligations, available
 * and blocked actions with reasons, decisions with explanations, timeline.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_store_case(polku_store* store, const char* case_id, size_t case_id_length,
                                        const polku_view_options* options, polku_string** out, polku_error** err);
/* What is due by a date, soonest first: a list of {case, obligation, owner, due, nominal, late, ...}.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores. Since 1.0. */
POLKU_API polku_status polku_store_due(polku_store* store, const char* by_date, size_t by_date_length,
                                       polku_string** out, polku_error** err);
/* Cases as a list of {case, stage, municipality, opened, ...}, `limit` at a time after `after` or NULL.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores. Since 1.0. */
POLKU_API polku_status polku_store_cases(polku_store* store, const char* after, size_t after_length, uint32_t limit,
                                         polku_string** out, polku_error** err);
/* The text is as in polku_view_options. */
typedef struct polku_feed_options {
    uint32_t struct_size;
    uint32_t flags;     /* POLKU_FEED_... */
    const char* reader; /* on whose behalf, a JSON object (docs/access.md); NULL: the host itself */
    size_t reader_length;
    uint64_t reserved[4]; /* zero */
} polku_feed_options;
#define POLKU_FEED_OPTIONS_SIZE_1 (offsetof(polku_feed_options, reader_length) + sizeof(size_t))
#define POLKU_FEED_OPTIONS_INIT                                                             \
    {                                                                                       \
        (uint32_t)sizeof(polku_feed_options), 0, NULL, POLKU_NUL_TERMINATED, { 0, 0, 0, 0 } \
    }
#define POLKU_FEED_PERSONAL 1u /* members about persons, also of events of environments, employers and programmes */

/* The feed: events after a position (0: from the start) as a JSON list of CloudEvents 1.0, at least once and in order;
 * *out_cursor is the position to go on from. `options` may be NULL; they give it for a reader, or with more in it
 * (docs/access.md). What a reader may not see is left out, so a page may have fewer events than `limit`, or none: the
 * feed has ended when *out_cursor is `position`.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores. Since 1.0. */
POLKU_API polku_status polku_store_feed(polku_store* store, uint64_t position, uint32_t limit,
                                        const polku_feed_options* options, polku_string** out, uint64_t* out_cursor,
                                        polku_error** err);
/* Place books (docs/places.md) as they stand on a day. `book` is the hex id of a book's stream: *out tells its numbers
 * day by day, reservations, offers, and the queue in fair order. NULL: *out lists all books.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_store_places(polku_store* store, const char* book, size_t book_length, const char* as_of,
                                          size_t as_of_length, polku_string** out, polku_error** err);
/* Places that could be for a client, ranked, with reasons for and against in four languages. `wanted_json`: {"from":
 * "2026-03-02", "until": "2026-06-30"}, optionally "package" and "tasks". *out: {"suggestions": [...], ...}. DENIED
 * when the reader of the options may not see the client's coaching.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_store_suggest_places(polku_store* store, const char* case_id, size_t case_id_length,
                                                  const char* wanted_json, size_t wanted_length,
                                                  const polku_view_options* options, polku_string** out,
                                                  polku_error** err);
/* Registers of programmes (docs/registers.md). `query_json`: {"as_of": "2026-10-02"} lists all registers, of one path
 * with "path". With "path" and "register" *out is that register with its entries: "about", "owner", "due_by" narrow
 * them, "ended": true adds ended ones, "contacts": true contact persons, for the host or for a "reader" whose role
 * owns the entry or keeps the register. NOT_FOUND names the registers that are there.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_store_registers(polku_store* store, const char* query_json, size_t query_length,
                                             polku_string** out, polku_error** err);
/* Entries of all registers, of one path unless `path` is NULL, that somebody must look at again by a day, soonest
 * first.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_store_registers_due(polku_store* store, const char* path, size_t path_length,
                                                 const char* by_date, size_t by_date_length, polku_string** out,
                                                 polku_error** err);
/* Clients with an open case who come back again and again without getting on (docs/casework.md), with the events that
 * show it. `query_json`: {"as_of": "2026-10-02"}, optionally "path", "returns" (3) and "months" (12).
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_store_circling(polku_store* store, const char* query_json, size_t query_length,
                                            polku_string** out, polku_error** err);
/* The head of the store as "<position>:<64 hexadecimal digits>", to be kept elsewhere as an anchor.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores. Since 1.0. */
POLKU_API polku_status polku_store_head(polku_store* store, polku_string** out, polku_error** err);
/* Checks every chain, commitment and the file itself; `anchor` may be NULL. *out: {"ok":..., "streams":...,
 * "events":..., "findings":[...]}. Damage is reported in the JSON with status OK; only what keeps the check from
 * running is an error.
 * Out: owned, polku_string_destroy. Threads: one. Errors: stores. Since 1.0. */
POLKU_API polku_status polku_store_verify(polku_store* store, const char* anchor, size_t anchor_length,
                                          polku_string** out, polku_error** err);
/* Moves the write-ahead log into the file. BUSY when a reader keeps it from finishing.
 * Out: nothing. Threads: one. Errors: stores. Since 1.0. */
POLKU_API polku_status polku_store_checkpoint(polku_store* store, polku_error** err);
/* Closes and destroys a store; NULL is fine. Out: nothing. Threads: one. Errors: none. Since 1.0. */
POLKU_API void polku_store_destroy(polku_store* store);

#ifdef __cplusplus
}
#endif

#endif
#endif

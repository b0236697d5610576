/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLKU_H
#define POLKU_H

/*
 * polku: service paths and their rules, behind a stable C ABI. C99; callable from C++, .NET, Java, Python and others.
 *
 * Shape of every call. The subject comes first, then inputs, then outputs, last the optional error. The answer is a
 * polku_status; POLKU_STATUS_OK is 0. Every output is set to NULL or 0 before any work. When a call fails and `err` is
 * not NULL, *err receives an error that the caller destroys; an error already standing there is not looked at. Nothing
 * is ever thrown through this interface.
 *
 * Ownership. A pointer to a non-const handle that comes out belongs to the caller and is destroyed by the function that
 * its type's comment names. `const char *` that comes out is borrowed: it is valid as long as the handle that it came
 * from lives, unless the function says otherwise. Nothing is ever freed with free(). Every destroy function takes NULL.
 *
 * Text. Text goes in as UTF-8 with a length in bytes, or POLKU_NUL_TERMINATED; a NUL byte inside is an error. Text
 * comes out in UTF-8 and NUL-terminated, what may be long with its length.
 *
 * Structs. Option structs begin with struct_size, are started from their INIT macro and may grow at their end;
 * POLKU_..._SIZE_1 is the least size that is taken, that of ABI version 1. Others never change. Reserved members are
 * zero.
 *
 * Threads. polku_program, polku_path, polku_pack, polku_string and polku_error are immutable and may be shared by any
 * number of threads. Every other handle is for one thread at a time: a concurrent use, and a use in a child process
 * after fork, answers POLKU_STATUS_MISUSE.
 *
 * Time. No clock is read: what depends on time takes it as an argument.
 *
 * The end of each comment tells of what comes out (owned and by what it is destroyed, borrowed and from what, static,
 * or plain numbers), how many threads may use the subject at a time, which statuses the call gives besides OK, MISUSE,
 * NO_MEMORY and INTERNAL, and the version of this interface that brought it.
 */

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#if defined(POLKU_BUILDING)
#define POLKU_API __declspec(dllexport)
#else
#define POLKU_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define POLKU_API __attribute__((visibility("default")))
#else
#define POLKU_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------------------------ versions */

/* Version of this interface; the library's soname carries the major number. It moves apart from the product version. */
#define POLKU_ABI_VERSION_MAJOR 1
#define POLKU_ABI_VERSION_MINOR 0
#define POLKU_ABI_VERSION_PATCH 0
#define POLKU_ABI_VERSION \
    (POLKU_ABI_VERSION_MAJOR * 1000000u + POLKU_ABI_VERSION_MINOR * 1000u + POLKU_ABI_VERSION_PATCH)
#define POLKU_ABI_AT_LEAST(major, minor, patch) (POLKU_ABI_VERSION >= ((major)*1000000u + (minor)*1000u + (patch)))

/* Version of the product; it moves apart from that of the interface. */
#define POLKU_VERSION_MAJOR 0
#define POLKU_VERSION_MINOR 1
#define POLKU_VERSION_PATCH 0
#define POLKU_VERSION_STRING "0.1.0"

/* Marks what has a successor. Such functions stand in the last section of their header; a program that is built with
 * POLKU_HIDE_DEPRECATED does not see them (docs/stability.md). */
#if defined(__GNUC__)
#define POLKU_DEPRECATED(successor) __attribute__((deprecated("use " successor)))
#elif defined(_MSC_VER)
#define POLKU_DEPRECATED(successor) __declspec(deprecated("use " successor))
#else
#define POLKU_DEPRECATED(successor)
#endif

/* Interface version of the library at run time, in the form of POLKU_ABI_VERSION.
 * Out: plain. Threads: any. Errors: none. Since 1.0. */
POLKU_API uint32_t polku_abi_version(void);
/* Product version such as "0.1.0". Out: static. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_version(void);

/* ------------------------------------------------------------------------------------------ status and errors */

#define POLKU_NUL_TERMINATED ((size_t)-1)

typedef int32_t polku_status;
#define POLKU_STATUS_OK 0        /* done */
#define POLKU_STATUS_INVALID 1   /* an argument, a text or a command is wrong; the error says what, where and why */
#define POLKU_STATUS_NOT_FOUND 2 /* nothing of that name or id */
#define POLKU_STATUS_CONFLICT 3  /* another writer was first, or a command id was used for something else */
#define POLKU_STATUS_DENIED 4    /* the access rules say no */
#define POLKU_STATUS_LIMIT 5     /* a limit was passed (depth, steps, length, size) */
#define POLKU_STATUS_CANCELLED 6 /* the caller's callback asked to stop */
#define POLKU_STATUS_BUSY 7      /* the store is locked by others for longer than the busy time-out */
#define POLKU_STATUS_CORRUPT 8   /* the store file is damaged */
#define POLKU_STATUS_MISUSE 9    /* NULL or another type's handle, concurrent use, use after fork */
#define POLKU_STATUS_NO_MEMORY 10
#define POLKU_STATUS_INTERNAL 11 /* a fault of polku; please report it */

/* Name of a status, such as "CONFLICT"; "UNKNOWN" for other numbers.
 * Out: static. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_status_name(polku_status status);

/* An error: code (docs/errors.md), one sentence, the places that it concerns. Owned; polku_error_destroy. */
typedef struct polku_error polku_error;
/* A place of an error. Texts are borrowed from the error, never NULL; lines and columns count from 1, 0 is unknown. */
typedef struct polku_position {
    const char* source;
    const char* element;
    const char* pointer;
    uint32_t line;
    uint32_t column;
} polku_position;
/* The stable number of docs/errors.md; 0 for NULL. Out: plain. Threads: any. Errors: none. Since 1.0. */
POLKU_API uint32_t polku_error_code(const polku_error* err);
/* The status of the call that failed; OK for NULL. Out: plain. Threads: any. Errors: none. Since 1.0. */
POLKU_API polku_status polku_error_status(const polku_error* err);
/* The sentence, without places; "" for NULL. Out: borrowed from the error. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_error_message(const polku_error* err);
/* Places, sentence and causes as one text; "" for NULL.
 * Out: borrowed from the error. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_error_text(const polku_error* err);
/* How many places the error names; 0 for NULL. Out: plain. Threads: any. Errors: none. Since 1.0. */
POLKU_API size_t polku_error_position_count(const polku_error* err);
/* A place of the error; NOT_FOUND past the end.
 * Out: texts borrowed from the error. Threads: any. Errors: NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_error_position_at(const polku_error* err, size_t index, polku_position* out);
/* Destroys an error; NULL is fine. Out: nothing. Threads: one. Errors: none. Since 1.0. */
POLKU_API void polku_error_destroy(polku_error* err);

/* A text that came out. Owned; polku_string_destroy. */
typedef struct polku_string polku_string;
/* The bytes, NUL-terminated; "" for NULL. Out: borrowed from the string. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_string_data(const polku_string* text);
/* How many bytes there are before the closing NUL; 0 for NULL. Out: plain. Threads: any. Errors: none. Since 1.0. */
POLKU_API size_t polku_string_size(const polku_string* text);
/* Destroys a text; NULL is fine. Out: nothing. Threads: one. Errors: none. Since 1.0. */
POLKU_API void polku_string_destroy(polku_string* text);

/* --------------------------------------------------------------------------------------------------- context */

/* What an evaluation may know besides its inputs: the time, limits, a way to cancel. Owned; polku_context_destroy. */
typedef struct polku_context polku_context;
typedef struct polku_context_options {
    uint32_t struct_size; /* sizeof(polku_context_options) of the caller */
    uint32_t max_depth;   /* nested calls; 0 takes the default of 512 */
    uint64_t max_steps;   /* loop turns and calls; 0 takes the default of 50 000 000 */
    uint64_t max_items;   /* items of one list; 0 takes the default of 10 000 000 */
    uint64_t max_bytes;   /* bytes of one text; 0 takes the default of 64 MiB */
    uint64_t reserved[4]; /* zero */
} polku_context_options;
#define POLKU_CONTEXT_OPTIONS_SIZE_1 (offsetof(polku_context_options, max_bytes) + sizeof(uint64_t))
#define POLKU_CONTEXT_OPTIONS_INIT                                          \
    {                                                                       \
        (uint32_t)sizeof(polku_context_options), 0, 0, 0, 0, { 0, 0, 0, 0 } \
    }

/* Answers 0 to go on and 1 to stop, which ends the call with POLKU_STATUS_CANCELLED. Must not unwind, and must not use
 * the handle that asks. polku looks at nothing behind `user_data` and never releases it. */
typedef int32_t (*polku_cancel_callback)(void* user_data);

/* Makes a context; `options` may be NULL.
 * Out: owned, polku_context_destroy. Threads: any. Errors: INVALID. Since 1.0. */
POLKU_API polku_status polku_context_create(const polku_context_options* options, polku_context** out,
                                            polku_error** err);
/* What `now()` and `today()` answer: an ISO date or date-time, zone or not; without it null.
 * Out: nothing. Threads: one. Errors: INVALID. Since 1.0. */
POLKU_API polku_status polku_context_set_now(polku_context* ctx, const char* now, size_t now_length, polku_error** err);
/* Asked now and then in long work; NULL takes it away. Kept until replaced or the context is destroyed. What was set
 * before comes out, where the outputs are not NULL.
 * Out: what the caller gave before. Threads: one. Errors: none. Since 1.0. */
POLKU_API polku_status polku_context_set_cancel(polku_context* ctx, polku_cancel_callback ask, void* user_data,
                                                polku_cancel_callback* out_ask, void** out_user_data,
                                                polku_error** err);
/* How JSON answers over this context write numbers: as they are, or as strings for readers whose numbers are binary. */
#define POLKU_NUMBERS_AS_NUMBERS 0u /* the default */
#define POLKU_NUMBERS_AS_STRINGS 1u
/* `form` is one of POLKU_NUMBERS_.... Out: nothing. Threads: one. Errors: INVALID. Since 1.0. */
POLKU_API polku_status polku_context_set_numbers(polku_context* ctx, uint32_t form, polku_error** err);
/* Destroys a context; NULL is fine. Out: nothing. Threads: one. Errors: none. Since 1.0. */
POLKU_API void polku_context_destroy(polku_context* ctx);

/* Evaluates a FEEL expression over a JSON object of names (NULL: none); *out is canonical JSON.
 * Out: owned, polku_string_destroy. Threads: one. Errors: INVALID, LIMIT, CANCELLED. Since 1.0. */
POLKU_API polku_status polku_feel_evaluate(polku_context* ctx, const char* expression, size_t expression_length,
                                           const char* names_json, size_t names_length, polku_string** out,
                                           polku_error** err);

/* ------------------------------------------------------------------------------------------ models and decisions */

/* A compiled DMN model: immutable, shared freely by threads. Owned; polku_program_destroy. */
typedef struct polku_program polku_program;
/* One file of a model, a path or a pack. `name` is what errors call it. */
typedef struct polku_file {
    const char* name;
    size_t name_length; /* or POLKU_NUL_TERMINATED, as everywhere */
    const char* data;
    size_t data_length;
} polku_file;
/* Reads and compiles DMN 1.1 to 1.6 XML; files[0] is the main model, the others are what it imports. Decisions with
 * faults are kept and answer null; polku_program_check tells of them.
 * Out: owned, polku_program_destroy. Threads: any. Errors: INVALID, LIMIT. Since 1.0. */
POLKU_API polku_status polku_program_compile(const polku_file* files, size_t file_count, polku_program** out,
                                             polku_error** err);
/* Findings of the checker as a JSON list of {severity, code, message, source, element, pointer, line, column}; `[]`
 * when all is well.
 * Out: owned, polku_string_destroy. Threads: any. Errors: none. Since 1.0. */
POLKU_API polku_status polku_program_check(const polku_program* program, polku_string** out, polku_error** err);
/* Studies every decision table; *out is the JSON report of docs/analysis.md. `options_json`: NULL, or an object of
 * "nulls", "advice", "max_work", "max_findings", "max_replays".
 * Out: owned, polku_string_destroy. Threads: any. Errors: INVALID, LIMIT. Since 1.0. */
POLKU_API polku_status polku_program_analyse(const polku_program* program, const char* options_json,
                                             size_t options_length, polku_string** out, polku_error** err);
/* How many decisions, services and knowledge models there are; 0 for NULL.
 * Out: plain. Threads: any. Errors: none. Since 1.0. */
POLKU_API size_t polku_program_decision_count(const polku_program* program);
/* Name of a decision, service or knowledge model, in file order. NULL past the end.
 * Out: borrowed from the program. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_program_decision_name(const polku_program* program, size_t index);
/* Finds by name or id; *out is the index for the calls below.
 * Out: plain. Threads: any. Errors: INVALID, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_program_find(const polku_program* program, const char* name, size_t name_length,
                                          uint32_t* out, polku_error** err);
/* How many inputs a decision has, which are the slots of the typed call; 0 past the end.
 * Out: plain. Threads: any. Errors: none. Since 1.0. */
POLKU_API size_t polku_program_input_count(const polku_program* program, uint32_t decision);
/* Name of an input, in the order of the typed call's slots; NULL past the end.
 * Out: borrowed from the program. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_program_input_name(const polku_program* program, uint32_t decision, size_t index);
/* FEEL type of an input as text, such as "number"; NULL past the end.
 * Out: borrowed from the program. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_program_input_type(const polku_program* program, uint32_t decision, size_t index);
/* How many entries a decision's result has: outputs of a table with several, members of a declared context; else one,
 * the result itself. 0 past the end.
 * Out: plain. Threads: any. Errors: none. Since 1.0. */
POLKU_API size_t polku_program_output_count(const polku_program* program, uint32_t decision);
/* Name of an entry; "" of the result itself; NULL past the end.
 * Out: borrowed from the program. Threads: any. Errors: none. Since 1.0. */
POLKU_API const char* polku_program_output_name(const polku_program* program, uint32_t decision, size_t index);
/* Evaluates a decision over a JSON object of input data; *out is its value as canonical JSON. An unknown key is an
 * error, an absent one is unknown (null).
 * Out: owned, polku_string_destroy. Threads: one for the context. Errors: INVALID, NOT_FOUND, LIMIT, CANCELLED.
 * Since 1.0. */
POLKU_API polku_status polku_program_evaluate_json(const polku_program* program, polku_context* ctx, uint32_t decision,
                                                   const char* input_json, size_t input_length, polku_string** out,
                                                   polku_error** err);
/* As above; *out is {"value":..., "trace":[...]} with inputs, rules that matched and their annotations, for tables
 * without a match the nearest rules with their failing cells, and the causes of nulls.
 * Out: owned, polku_string_destroy. Threads: one for the context. Errors: INVALID, NOT_FOUND, LIMIT, CANCELLED.
 * Since 1.0. */
POLKU_API polku_status polku_program_explain_json(const polku_program* program, polku_context* ctx, uint32_t decision,
                                                  const char* input_json, size_t input_length, polku_string** out,
                                                  polku_error** err);
/* Why a decision did not answer as hoped: *out is {"value":..., "tables":[...], "nulls":[...]}: tables without a match
 * with their nearest rules, and where nulls came from. `rule` (id, or number from 1; may be NULL): also which cells
 * keep it from being met; NOT_FOUND when no table that ran has it.
 * Out: owned, polku_string_destroy. Threads: one for the context. Errors: INVALID, NOT_FOUND, LIMIT, CANCELLED.
 * Since 1.0. */
POLKU_API polku_status polku_program_why_not_json(const polku_program* program, polku_context* ctx, uint32_t decision,
                                                  const char* input_json, size_t input_length, const char* rule,
                                                  size_t rule_length, polku_string** out, polku_error** err);
/* Destroys a program; NULL is fine. Evaluations that use it go on.
 * Out: nothing. Threads: one. Errors: none. Since 1.0. */
POLKU_API void polku_program_destroy(polku_program* program);

/* ---------------------------------------------------------------------------------------------- typed values */

typedef uint8_t polku_kind;
#define POLKU_KIND_NULL 0
#define POLKU_KIND_BOOLEAN 1
#define POLKU_KIND_NUMBER 2
#define POLKU_KIND_STRING 3
#define POLKU_KIND_DATE 4
#define POLKU_KIND_TIME 5
#define POLKU_KIND_DATE_TIME 6
#define POLKU_KIND_MONTHS_DURATION 7
#define POLKU_KIND_DAYS_DURATION 8
#define POLKU_KIND_LIST 9      /* as JSON */
#define POLKU_KIND_CONTEXT 10  /* as JSON; out also by polku_evaluation_entry */
#define POLKU_KIND_RANGE 11    /* out only, as JSON */
#define POLKU_KIND_FUNCTION 12 /* out only */
#define POLKU_KIND_UNKNOWN 32  /* in: nobody gave the value; plain decisions read it as null */
#define POLKU_KIND_SYMBOL 33   /* in: a string that polku_evaluation_symbol interned */

/* coefficient x 10^-scale; the coefficient is a 128-bit two's complement integer (hi:lo) of at most 34 digits. */
typedef struct polku_decimal {
    uint64_t lo;
    int64_t hi;
    int32_t scale;
    uint32_t reserved;
} polku_decimal;
typedef struct polku_date {
    int64_t year;
    uint8_t month;
    uint8_t day;
    uint8_t reserved[6];
} polku_date;
/* Seconds, and nanoseconds of the same sign. */
typedef struct polku_days_duration {
    int64_t seconds;
    int32_t nanoseconds;
    uint32_t reserved;
} polku_days_duration;
/* A time of day; `zone` is a borrowed id such as "Europe/Helsinki", or NULL; has_offset tells whether offset_seconds
 * counts. */
typedef struct polku_time {
    int64_t nanoseconds; /* since midnight */
    const char* zone;
    size_t zone_length;
    int32_t offset_seconds;
    uint8_t has_offset;
    uint8_t reserved[3];
} polku_time;
typedef struct polku_date_time {
    polku_date date;
    polku_time time;
} polku_date_time;
/* A value in or out: 32 bytes. Texts and pointers are borrowed: in, for the call; out, until the next run. */
typedef struct polku_input {
    polku_kind kind;
    uint8_t boolean;
    uint8_t reserved[6];
    union {
        polku_decimal number;
        struct {
            const char* data;
            size_t length;
        } text; /* STRING; LIST and CONTEXT as JSON; RANGE comes out as JSON */
        polku_date date;
        const polku_time* time;
        const polku_date_time* date_time;
        int64_t months;
        polku_days_duration days;
        uint64_t symbol;
    } as;
} polku_input;

/* A decision made ready to run many times: slots, working memory, the result. One thread at a time. It keeps the
 * program alive. Owned; polku_evaluation_destroy. */
typedef struct polku_evaluation polku_evaluation;
/* Makes a decision ready. `options` as for a context, may be NULL.
 * Out: owned, polku_evaluation_destroy. Threads: any. Errors: INVALID, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_evaluation_create(const polku_program* program, uint32_t decision,
                                               const polku_context_options* options, polku_evaluation** out,
                                               polku_error** err);
/* As polku_context_set_now, for the runs to come. Out: nothing. Threads: one. Errors: INVALID. Since 1.0. */
POLKU_API polku_status polku_evaluation_set_now(polku_evaluation* evaluation, const char* now, size_t now_length,
                                                polku_error** err);
/* Interns a text that recurs: *out goes into `as.symbol` of later inputs with POLKU_KIND_SYMBOL; the same text has the
 * same symbol. Valid for the life of the evaluation.
 * Out: plain. Threads: one. Errors: INVALID. Since 1.0. */
POLKU_API polku_status polku_evaluation_symbol(polku_evaluation* evaluation, const char* text, size_t length,
                                               uint64_t* out, polku_error** err);
/* Runs with one input for each slot (polku_program_input_count), in slot order. *out is the result, borrowed until the
 * next run or destroy.
 * Out: borrowed until the next run. Threads: one. Errors: INVALID, LIMIT. Since 1.0. */
POLKU_API polku_status polku_evaluation_run(polku_evaluation* evaluation, const polku_input* inputs, size_t count,
                                            polku_input* out, polku_error** err);
/* The same, with the entries of the result in the order of polku_program_output_name instead of the whole; all are
 * NULL when no rule matched and when the call fails. The cheapest call.
 * Out: borrowed until the next run. Threads: one. Errors: INVALID, LIMIT. Since 1.0. */
POLKU_API polku_status polku_evaluation_run_entries(polku_evaluation* evaluation, const polku_input* inputs,
                                                    size_t count, polku_input* entries, size_t entry_count,
                                                    polku_error** err);
/* The entry of a CONTEXT result (a table with several outputs) by name.
 * Out: borrowed until the next run. Threads: one. Errors: INVALID, NOT_FOUND, LIMIT. Since 1.0. */
POLKU_API polku_status polku_evaluation_entry(polku_evaluation* evaluation, const char* name, size_t name_length,
                                              polku_input* out, polku_error** err);
/* Destroys an evaluation; NULL is fine. Out: nothing. Threads: one. Errors: none. Since 1.0. */
POLKU_API void polku_evaluation_destroy(polku_evaluation* evaluation);

#ifdef __cplusplus
}
#endif

/* In this order: each uses types of those before it. */
/* clang-format off */
#include "polku_paths.h" /* service paths, schemas */
#include "polku_store.h" /* stores, cases, places and the feed */
#include "polku_packs.h" /* rule packs */
/* clang-format on */

#endif

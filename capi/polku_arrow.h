/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLKU_ARROW_H
#define POLKU_ARROW_H

/*
 * The part of polku's C ABI about tables, which polku.h does not include: include it where you need it. One decision
 * over whole tables in the memory layout of Apache Arrow, handed over by its C data interface and C stream interface.
 * docs/arrow.md says how columns become inputs and answers become columns.
 */

#include "polku.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The structs of Arrow's C data interface and C stream interface, under the guards that its specification gives for
 * such copies. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char* format;
    const char* name;
    const char* metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema** children;
    struct ArrowSchema* dictionary;
    void (*release)(struct ArrowSchema*);
    void* private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void** buffers;
    struct ArrowArray** children;
    struct ArrowArray* dictionary;
    void (*release)(struct ArrowArray*);
    void* private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
    int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
    const char* (*get_last_error)(struct ArrowArrayStream*);
    void (*release)(struct ArrowArrayStream*);
    void* private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

/* A decision made ready for tables: what it reads, the columns that it answers with, working memory. One thread at a
 * time. It keeps the program alive. Owned; polku_batch_destroy. */
typedef struct polku_batch polku_batch;

/* The form of a column of answers. */
#define POLKU_COLUMN_DECLARED 0u /* what the model declares: docs/arrow.md */
#define POLKU_COLUMN_DECIMAL 1u  /* decimal128 of 38 digits at `scale` */
#define POLKU_COLUMN_NUMBER 2u   /* numbers as texts (utf8), which lose nothing */
#define POLKU_COLUMN_TEXT 3u     /* texts by dictionary; other values as their JSON or ISO text */
#define POLKU_COLUMN_BOOLEAN 4u
#define POLKU_COLUMN_DATE 5u /* date32 */

/* How one output of the decision becomes a column. */
typedef struct polku_batch_output {
    const char* name; /* of the output (polku_program_output_name); NULL stands for every output that is a number */
    size_t name_length;
    uint32_t form; /* POLKU_COLUMN_...; for all numbers only DECIMAL or NUMBER */
    int32_t scale; /* digits after the point of DECIMAL, 0 to 38; else 0 */
} polku_batch_output;

/* Columns of binary floating point are read by the shortest decimal text of each number, instead of being refused. */
#define POLKU_BATCH_ALLOW_FLOAT 1u
/* An input without a column is unknown in every row, instead of an error; a column that no input takes is one then. */
#define POLKU_BATCH_MISSING_UNKNOWN 2u

/* A column by its name. */
typedef struct polku_batch_column {
    const char* name;
    size_t name_length;
} polku_batch_column;

typedef struct polku_batch_options {
    uint32_t struct_size;              /* sizeof(polku_batch_options) of the caller */
    uint32_t flags;                    /* POLKU_BATCH_... */
    const polku_batch_output* outputs; /* for outputs whose column is not to be as declared; may be NULL */
    size_t output_count;
    const polku_batch_column* keep; /* input columns that stand in front of the answers; may be NULL */
    size_t keep_count;
    const char* error_column; /* name of the column of errors; NULL takes "error" */
    size_t error_column_length;
    uint64_t reserved[4]; /* zero */
} polku_batch_options;
#define POLKU_BATCH_OPTIONS_SIZE_1 (offsetof(polku_batch_options, error_column_length) + sizeof(size_t))
#define POLKU_BATCH_OPTIONS_INIT                                                            \
    {                                                                                       \
        (uint32_t)sizeof(polku_batch_options), 0, NULL, 0, NULL, 0, NULL, 0, { 0, 0, 0, 0 } \
    }

/* Makes a decision ready for tables. `options` may be NULL; what it points to is read during the call only.
 * Out: owned, polku_batch_destroy. Threads: any. Errors: INVALID, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_batch_create(const polku_program* program, uint32_t decision,
                                          const polku_batch_options* options, polku_batch** out, polku_error** err);
/* Decides every row of a struct array, one child for each column: *out and *out_schema, which the caller releases,
 * have the columns that are kept, one for each output, and last the errors of rows. `schema` is read only; `rows` is
 * taken over, whether or not the call succeeds: its `release` is NULL afterwards. `ctx` gives time, limits of each row
 * and cancelling. INVALID names the column that cannot be read; nothing is decided then.
 * Out: plain structs, released by the caller. Threads: one. Errors: INVALID, LIMIT, CANCELLED. Since 1.0. */
POLKU_API polku_status polku_batch_evaluate(polku_batch* batch, polku_context* ctx, const struct ArrowSchema* schema,
                                            struct ArrowArray* rows, struct ArrowSchema* out_schema,
                                            struct ArrowArray* out, polku_error** err);
/* The same as a stream: each array that is asked of *out takes one of `rows`, so that a table may be larger than
 * memory. `rows` is taken over, whether or not the call succeeds. *out, which the caller releases, needs neither the
 * batch nor the context: it has time, limits and cancel callback of the context as they are now; the callback's
 * user_data lives as long as the stream. Its columns are checked here; what fails later is the stream's error: EINVAL,
 * ENOMEM, ECANCELED, or that of `rows`.
 * Out: plain struct, released by the caller. Threads: one. Errors: INVALID. Since 1.0. */
POLKU_API polku_status polku_batch_stream(polku_batch* batch, polku_context* ctx, struct ArrowArrayStream* rows,
                                          struct ArrowArrayStream* out, polku_error** err);
/* Ends a batch; its streams go on. Out: nothing. Threads: one. Errors: none. Since 1.0. */
POLKU_API void polku_batch_destroy(polku_batch* batch);

#ifdef __cplusplus
}
#endif

#endif

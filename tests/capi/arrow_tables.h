/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow tables made by hand for the tests: their buffers are the caller's, and what is released is counted. */
#ifndef POLKU_TESTS_CAPI_ARROW_TABLES_H
#define POLKU_TESTS_CAPI_ARROW_TABLES_H

#include "files.h"

#include <polku_arrow.h>

#include <errno.h>

enum { most_columns = 6 };

typedef struct table {
    struct ArrowSchema schema;
    struct ArrowArray array;
    struct ArrowSchema schemas[most_columns];
    struct ArrowArray arrays[most_columns];
    struct ArrowSchema* schema_pointers[most_columns];
    struct ArrowArray* array_pointers[most_columns];
    const void* buffers[most_columns][4];
    const void* no_validity[1];
} table;

static int arrays_released = 0;

static void release_test_schema(struct ArrowSchema* of) { of->release = NULL; }
static void release_test_array(struct ArrowArray* of) {
    int64_t child;
    for (child = 0; child < of->n_children; ++child)
        if (of->children[child]->release != NULL) of->children[child]->release(of->children[child]);
    if (of->dictionary != NULL && of->dictionary->release != NULL) of->dictionary->release(of->dictionary);
    ++arrays_released;
    of->release = NULL;
}

static void start_table(table* into, int64_t rows) {
    memset(into, 0, sizeof *into);
    into->schema.format = "+s";
    into->schema.release = release_test_schema;
    into->schema.children = into->schema_pointers;
    into->array.length = rows;
    into->array.n_buffers = 1;
    into->array.buffers = into->no_validity;
    into->array.children = into->array_pointers;
    into->array.release = release_test_array;
}

static int64_t buffers_of_format(const char* format) {
    if (format[0] == 'n') return 0;
    if (strcmp(format, "+s") == 0) return 1;
    return format[0] == 'u' || format[0] == 'U' ? 3 : 2;
}

/* A column of as many rows as the table; answers its place. Buffers that a format has not stay NULL. */
static int add_column(table* into, const char* name, const char* format, const void* validity, const void* data,
                      const void* bytes) {
    const int at = (int)into->array.n_children++;
    struct ArrowArray* array = &into->arrays[at];
    into->schema.n_children = into->array.n_children;
    into->schema_pointers[at] = &into->schemas[at];
    into->array_pointers[at] = array;
    into->schemas[at].format = format;
    into->schemas[at].name = name;
    into->schemas[at].flags = ARROW_FLAG_NULLABLE;
    into->schemas[at].release = release_test_schema;
    into->buffers[at][0] = validity;
    into->buffers[at][1] = data;
    into->buffers[at][2] = bytes;
    array->length = into->array.length;
    array->null_count = validity == NULL ? 0 : -1;
    array->n_buffers = buffers_of_format(format);
    array->buffers = into->buffers[at];
    array->release = release_test_array;
    return at;
}

/* Makes the last column the dictionary of another. */
static void use_as_dictionary(table* into, int column, int64_t entries) {
    const int at = (int)--into->array.n_children;
    into->schema.n_children = at;
    into->arrays[at].length = entries;
    into->schemas[column].dictionary = &into->schemas[at];
    into->arrays[column].dictionary = &into->arrays[at];
}

/* Answers as they come out. */
typedef struct answers {
    struct ArrowSchema schema;
    struct ArrowArray array;
} answers;

static void release_answers(answers* of) {
    if (of->schema.release != NULL) of->schema.release(&of->schema);
    if (of->array.release != NULL) of->array.release(&of->array);
}

static const struct ArrowArray* column_of(const answers* from, const char* name) {
    int64_t at;
    for (at = 0; at < from->schema.n_children; ++at)
        if (strcmp(from->schema.children[at]->name, name) == 0) return from->array.children[at];
    return NULL;
}

static const char* format_of(const answers* from, const char* name) {
    int64_t at;
    for (at = 0; at < from->schema.n_children; ++at)
        if (strcmp(from->schema.children[at]->name, name) == 0) return from->schema.children[at]->format;
    return "none";
}

static int is_null(const struct ArrowArray* of, int64_t row) {
    const unsigned char* bits = of->buffers[0];
    return bits != NULL && ((bits[(of->offset + row) / 8] >> ((of->offset + row) % 8)) & 1) == 0;
}

/* The text of a row, through the dictionary where there is one; "null" of a null. */
static const char* text_in_row(const struct ArrowArray* of, int64_t row) {
    static char text[4][512];
    static int next = 0;
    const int32_t* offsets;
    char* made = text[next++ % 4];
    if (of == NULL) return "no column";
    if (is_null(of, row)) return "null";
    if (of->dictionary != NULL) return text_in_row(of->dictionary, ((const int32_t*)of->buffers[1])[row]);
    offsets = of->buffers[1];
    snprintf(made, sizeof text[0], "%.*s", (int)(offsets[row + 1] - offsets[row]),
             (const char*)of->buffers[2] + offsets[row]);
    return made;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The FEEL tables (`expression;context;expected;note`) through the C ABI. argv holds the files. A context is put around
 * the expression, so that its values keep their types; what does not compile counts as null, as in the C++ test. */
#include "files.h"

enum { cell_bytes = 8192 };

/* Reads one cell of a line into `cell`; answers where the next begins, or NULL after the last. */
static const char* read_cell(const char* at, char* cell) {
    int quoted = 0;
    size_t size = 0;
    for (; *at != '\0' && *at != '\n' && (quoted || *at != ';'); ++at) {
        if (quoted && at[0] == '"' && at[1] == '"') {
            if (size + 1 < cell_bytes) cell[size++] = *at++;
        } else if (*at == '"' && (quoted || size == 0)) {
            quoted = !quoted;
        } else if (size + 1 < cell_bytes) {
            cell[size++] = *at;
        }
    }
    cell[size] = '\0';
    return *at == ';' ? at + 1 : NULL;
}

/* The JSON of an expression in a context, to be destroyed; NULL stands for null. */
static polku_string* evaluate(polku_context* ctx, const char* expression, const char* context) {
    static char text[3 * cell_bytes];
    polku_error* err = NULL;
    polku_string* out = NULL;
    size_t length = strlen(context);
    if (length == 0) {
        snprintf(text, sizeof text, "%s", expression);
    } else {
        while (length > 0 && context[length - 1] != '}') --length;
        snprintf(text, sizeof text, "%.*s, the answer: %s\n}.the answer", (int)length - 1, context, expression);
    }
    if (polku_feel_evaluate(ctx, text, Z, NULL, 0, &out, &err) != POLKU_STATUS_OK) {
        CHECK(out == NULL);
        CHECK(polku_error_status(err) == POLKU_STATUS_INVALID);
        CHECK(polku_error_position_count(err) > 0);
        polku_error_destroy(err);
    }
    return out;
}

static void check_line(polku_context* ctx, const char* file, int number, const char* line) {
    static char cells[3][cell_bytes];
    const char* at = line;
    polku_string* found;
    polku_string* expected;
    const char* left;
    const char* right;
    int i;
    for (i = 0; i < 3 && at != NULL; ++i) at = read_cell(at, cells[i]);
    found = evaluate(ctx, cells[0], cells[1]);
    expected = evaluate(ctx, cells[2], cells[1]);
    left = found == NULL ? "null" : polku_string_data(found);
    right = expected == NULL ? "null" : polku_string_data(expected);
    ++check_count;
    if (i != 3 || strcmp(left, right) != 0) {
        ++check_failed;
        fprintf(stderr, "%s:%d: %s\n  expected %s\n  found    %s\n", file, number, cells[0], right, left);
    }
    polku_string_destroy(found);
    polku_string_destroy(expected);
}

static int check_table(polku_context* ctx, const char* file) {
    static char line[3 * cell_bytes];
    int number = 1;
    FILE* in = fopen(file, "r");
    if (in == NULL) {
        perror(file);
        exit(2);
    }
    if (fgets(line, sizeof line, in) == NULL || strcmp(line, "expression;context;expected;note\n") != 0) {
        fclose(in); /* a table of another shape, read by its own test */
        return 0;
    }
    while (fgets(line, sizeof line, in) != NULL) {
        ++number;
        if (line[0] != '\n') check_line(ctx, file, number, line);
    }
    fclose(in);
    return 1;
}

int main(int argc, char** argv) {
    polku_error* err = NULL;
    polku_context* ctx = NULL;
    int tables = 0;
    int i;
    OK(polku_context_create(NULL, &ctx, &err));
    OK(polku_context_set_now(ctx, "2026-03-01T12:00:00Z", Z, &err));
    for (i = 1; i < argc; ++i) tables += check_table(ctx, argv[i]);
    CHECK(tables > 0);
    polku_context_destroy(ctx);
    return finish();
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Versions, status names, errors and strings. */
#include "check.h"

static void versions(void) {
    CHECK(polku_abi_version() == POLKU_ABI_VERSION);
    CHECK(POLKU_ABI_AT_LEAST(1, 0, 0));
    CHECK(!POLKU_ABI_AT_LEAST(POLKU_ABI_VERSION_MAJOR + 1, 0, 0));
    SAME(polku_version(), POLKU_VERSION_STRING);
}

static void status_names(void) {
    SAME(polku_status_name(POLKU_STATUS_OK), "OK");
    SAME(polku_status_name(POLKU_STATUS_INVALID), "INVALID");
    SAME(polku_status_name(POLKU_STATUS_NOT_FOUND), "NOT_FOUND");
    SAME(polku_status_name(POLKU_STATUS_CONFLICT), "CONFLICT");
    SAME(polku_status_name(POLKU_STATUS_DENIED), "DENIED");
    SAME(polku_status_name(POLKU_STATUS_LIMIT), "LIMIT");
    SAME(polku_status_name(POLKU_STATUS_CANCELLED), "CANCELLED");
    SAME(polku_status_name(POLKU_STATUS_BUSY), "BUSY");
    SAME(polku_status_name(POLKU_STATUS_CORRUPT), "CORRUPT");
    SAME(polku_status_name(POLKU_STATUS_MISUSE), "MISUSE");
    SAME(polku_status_name(POLKU_STATUS_NO_MEMORY), "NO_MEMORY");
    SAME(polku_status_name(POLKU_STATUS_INTERNAL), "INTERNAL");
    SAME(polku_status_name(POLKU_STATUS_INTERNAL + 1), "UNKNOWN");
    SAME(polku_status_name(-1), "UNKNOWN");
}

static void no_error(void) {
    polku_position where;
    CHECK(polku_error_code(NULL) == 0);
    CHECK(polku_error_status(NULL) == POLKU_STATUS_OK);
    SAME(polku_error_message(NULL), "");
    SAME(polku_error_text(NULL), "");
    CHECK(polku_error_position_count(NULL) == 0);
    CHECK(polku_error_position_at(NULL, 0, &where) == POLKU_STATUS_MISUSE);
    SAME(where.source, "");
    SAME(where.element, "");
    SAME(where.pointer, "");
    CHECK(where.line == 0 && where.column == 0);
    polku_error_destroy(NULL);
}

static void an_error(void) {
    polku_context* ctx = NULL;
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_position where;
    OK(polku_context_create(NULL, &ctx, &err));
    CHECK(polku_feel_evaluate(ctx, "1 +\n * 2", Z, NULL, 0, &out, &err) == POLKU_STATUS_INVALID);
    CHECK(out == NULL);
    CHECK(polku_error_code(err) == 200);
    CHECK(polku_error_status(err) == POLKU_STATUS_INVALID);
    CHECK(polku_error_message(err)[0] != '\0');
    CHECK(strstr(polku_error_text(err), polku_error_message(err)) != NULL);
    CHECK(polku_error_position_count(err) == 1);
    CHECK(polku_error_position_at(err, 0, &where) == POLKU_STATUS_OK);
    CHECK(where.line == 2 && where.column == 2);
    CHECK(polku_error_position_at(err, 1, &where) == POLKU_STATUS_NOT_FOUND);
    CHECK(polku_error_position_at(err, (size_t)-1, &where) == POLKU_STATUS_NOT_FOUND);
    CHECK(polku_error_position_at(err, 0, NULL) == POLKU_STATUS_MISUSE);
    polku_error_destroy(err);
    err = NULL;
    /* Who wants no explanation passes no place for one. */
    CHECK(polku_feel_evaluate(ctx, "1 +", Z, NULL, 0, &out, NULL) == POLKU_STATUS_INVALID);
    polku_context_destroy(ctx);
}

static void no_string(void) {
    SAME(polku_string_data(NULL), "");
    CHECK(polku_string_size(NULL) == 0);
    polku_string_destroy(NULL);
}

int main(void) {
    versions();
    status_names();
    no_error();
    an_error();
    no_string();
    return finish();
}

/* SPDX-License-Identifier: Apache-2.0 */
/* A small harness for tests in plain C99: what fails is printed with its line, and main answers `finish()`. */
#ifndef POLKU_TESTS_CAPI_CHECK_H
#define POLKU_TESTS_CAPI_CHECK_H

#include <polku.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define Z POLKU_NUL_TERMINATED

static int check_count = 0;
static int check_failed = 0;

static void check_that(int good, const char* what, const char* file, int line) {
    ++check_count;
    if (good) return;
    ++check_failed;
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
}

static void check_same_text(const char* found, const char* expected, const char* file, int line) {
    ++check_count;
    if (found != NULL && strcmp(found, expected) == 0) return;
    ++check_failed;
    fprintf(stderr, "%s:%d: expected %s\n  found %s\n", file, line, expected, found == NULL ? "NULL" : found);
}

/* A failed call gives its status, an error of that status with a code and a sentence; the error is destroyed. */
static void check_failure(polku_status found, polku_status expected, uint32_t code, polku_error** err, const char* file,
                          int line) {
    ++check_count;
    if (found == expected && *err != NULL && polku_error_status(*err) == expected &&
        polku_error_message(*err)[0] != '\0' && (code == 0 || polku_error_code(*err) == code)) {
        polku_error_destroy(*err);
        *err = NULL;
        return;
    }
    ++check_failed;
    fprintf(stderr, "%s:%d: expected %s, code %u; found %s, code %u: %s\n", file, line, polku_status_name(expected),
            (unsigned)code, polku_status_name(found), (unsigned)polku_error_code(*err), polku_error_text(*err));
    polku_error_destroy(*err);
    *err = NULL;
}

static void check_success(polku_status found, polku_error** err, const char* file, int line) {
    ++check_count;
    if (found == POLKU_STATUS_OK && *err == NULL) return;
    ++check_failed;
    fprintf(stderr, "%s:%d: expected OK, found %s: %s\n", file, line, polku_status_name(found), polku_error_text(*err));
    polku_error_destroy(*err);
    *err = NULL;
}

/* Compares a text that came out and destroys it. */
static void check_text_out(polku_string** text, const char* expected, const char* file, int line) {
    check_same_text(*text == NULL ? NULL : polku_string_data(*text), expected, file, line);
    check_that(*text == NULL || polku_string_size(*text) == strlen(polku_string_data(*text)), "size of the text", file,
               line);
    polku_string_destroy(*text);
    *text = NULL;
}

#define CHECK(condition) check_that((condition) ? 1 : 0, #condition, __FILE__, __LINE__)
#define SAME(found, expected) check_same_text(found, expected, __FILE__, __LINE__)
/* These two use a variable `polku_error *err` of the test. */
#define OK(call) check_success(call, &err, __FILE__, __LINE__)
#define FAILS(call, status, code) check_failure(call, POLKU_STATUS_##status, code, &err, __FILE__, __LINE__)
#define TEXT(string, expected) check_text_out(&(string), expected, __FILE__, __LINE__)

static int finish(void) {
    printf("%d checks, %d failed\n", check_count, check_failed);
    return check_failed == 0 ? 0 : 1;
}

#endif

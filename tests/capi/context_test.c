/* SPDX-License-Identifier: Apache-2.0 */
/* Contexts and single FEEL expressions. */
#include "check.h"

static void options(void) {
    polku_context* ctx = (polku_context*)&ctx;
    polku_error* err = NULL;
    polku_context_options given = POLKU_CONTEXT_OPTIONS_INIT;
    struct {
        polku_context_options known;
        uint64_t later;
    } newer;
    OK(polku_context_create(&given, &ctx, &err));
    polku_context_destroy(ctx);
    /* A caller of an older header: only the members up to `reserved`. */
    given.struct_size = (uint32_t)offsetof(polku_context_options, reserved);
    given.reserved[0] = 7; /* past the end, so not looked at */
    OK(polku_context_create(&given, &ctx, &err));
    polku_context_destroy(ctx);
    given.struct_size = 0;
    FAILS(polku_context_create(&given, &ctx, &err), INVALID, 100);
    CHECK(ctx == NULL);
    given.struct_size = UINT32_MAX;
    FAILS(polku_context_create(&given, &ctx, &err), INVALID, 100);
    given.struct_size = (uint32_t)sizeof given;
    FAILS(polku_context_create(&given, &ctx, &err), INVALID, 100); /* reserved is not zero */
    memset(&newer, 0, sizeof newer);
    newer.known.struct_size = (uint32_t)sizeof newer;
    OK(polku_context_create(&newer.known, &ctx, &err)); /* a newer header, nothing new asked for */
    polku_context_destroy(ctx);
    newer.later = 1;
    FAILS(polku_context_create(&newer.known, &ctx, &err), INVALID, 100);
    FAILS(polku_context_create(NULL, NULL, &err), MISUSE, 102);
    polku_context_destroy(NULL);
}

static void now(polku_context* ctx) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    OK(polku_feel_evaluate(ctx, "today()", Z, NULL, 0, &out, &err));
    TEXT(out, "null");
    OK(polku_context_set_now(ctx, "2026-03-02T10:00:00+02:00", Z, &err));
    OK(polku_feel_evaluate(ctx, "now()", Z, NULL, 0, &out, &err));
    TEXT(out, "\"2026-03-02T10:00:00+02:00\"");
    OK(polku_context_set_now(ctx, "2026-03-03xyz", 10, &err));
    OK(polku_feel_evaluate(ctx, "today()", Z, NULL, 0, &out, &err));
    TEXT(out, "\"2026-03-03\"");
    FAILS(polku_context_set_now(ctx, "2026-02-30", Z, &err), INVALID, 110);
    FAILS(polku_context_set_now(ctx, "", 0, &err), INVALID, 110);
    FAILS(polku_context_set_now(ctx, "2026\0-03", 8, &err), INVALID, 100);
    FAILS(polku_context_set_now(ctx, NULL, Z, &err), MISUSE, 102);
    FAILS(polku_context_set_now(NULL, "2026-03-03", Z, &err), MISUSE, 102);
    OK(polku_feel_evaluate(ctx, "today()", Z, NULL, 0, &out, &err)); /* a refused time changes nothing */
    TEXT(out, "\"2026-03-03\"");
}

static void numbers(polku_context* ctx) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    OK(polku_context_set_numbers(ctx, POLKU_NUMBERS_AS_STRINGS, &err));
    OK(polku_feel_evaluate(ctx, "[0.10, {a: 1e3}, null, true]", Z, NULL, 0, &out, &err));
    TEXT(out, "[\"0.1\",{\"a\":\"1000\"},null,true]");
    FAILS(polku_context_set_numbers(ctx, 2, &err), INVALID, 100);
    FAILS(polku_context_set_numbers(NULL, POLKU_NUMBERS_AS_STRINGS, &err), MISUSE, 102);
    OK(polku_context_set_numbers(ctx, POLKU_NUMBERS_AS_NUMBERS, &err));
    OK(polku_feel_evaluate(ctx, "0.10", Z, NULL, 0, &out, &err));
    TEXT(out, "0.1");
}

static int32_t stop_after_three(void* user_data) {
    int* asked = user_data;
    return ++*asked >= 3;
}

static void cancel(polku_context* ctx) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_cancel_callback former = stop_after_three;
    void* former_data = &err;
    int asked = 0;
    OK(polku_context_set_cancel(ctx, stop_after_three, &asked, &former, &former_data, &err));
    CHECK(former == NULL && former_data == NULL);
    FAILS(polku_feel_evaluate(ctx, "count(for i in 1..5000000 return i)", Z, NULL, 0, &out, &err), CANCELLED, 510);
    CHECK(asked == 3);
    CHECK(out == NULL);
    OK(polku_context_set_cancel(ctx, NULL, NULL, &former, &former_data, &err));
    CHECK(former == stop_after_three && former_data == &asked);
    OK(polku_context_set_cancel(ctx, NULL, NULL, NULL, NULL, &err));
    OK(polku_feel_evaluate(ctx, "count(for i in 1..5000 return i)", Z, NULL, 0, &out, &err));
    TEXT(out, "5000");
    CHECK(asked == 3);
    FAILS(polku_context_set_cancel(NULL, NULL, NULL, &former, &former_data, &err), MISUSE, 102);
    CHECK(former == NULL && former_data == NULL);
}

static void limits(void) {
    polku_context* ctx = NULL;
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_context_options given = POLKU_CONTEXT_OPTIONS_INIT;
    given.max_steps = 5000;
    given.max_items = 1000;
    given.max_bytes = 1000;
    given.max_depth = 100;
    OK(polku_context_create(&given, &ctx, &err));
    FAILS(polku_feel_evaluate(ctx, "count(for i in 1..900, j in 1..900 return i)", Z, NULL, 0, &out, &err), LIMIT, 0);
    FAILS(polku_feel_evaluate(ctx, "for i in 1..1001 return i", Z, NULL, 0, &out, &err), LIMIT, 502);
    OK(polku_feel_evaluate(ctx, "1", Z, NULL, 0, &out, &err)); /* the next call starts afresh */
    TEXT(out, "1");
    /* Lists that share parts are small, and their text is not. */
    FAILS(polku_feel_evaluate(ctx, "for i in 1..60 return partial", Z, NULL, 0, &out, &err), LIMIT, 502);
    CHECK(out == NULL);
    OK(polku_feel_evaluate(ctx, "for i in 1..4 return partial", Z, NULL, 0, &out, &err));
    TEXT(out, "[[],[[]],[[],[[]]],[[],[[]],[[],[[]]]]]");
    polku_context_destroy(ctx);
}

static void expressions(polku_context* ctx) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    OK(polku_feel_evaluate(ctx, "1 + 2xyz", 5, NULL, 0, &out, &err));
    TEXT(out, "3");
    OK(polku_feel_evaluate(ctx, "x + y.z[2]", Z, "{\"x\": 0.1, \"y\": {\"z\": [1, 0.2]}}", Z, &out, &err));
    TEXT(out, "0.3");
    OK(polku_feel_evaluate(ctx, "x", Z, "{\"x\": 1234567890123456789012345678901234}", Z, &out, &err));
    TEXT(out, "1234567890123456789012345678901234");
    OK(polku_feel_evaluate(ctx, "\"\xc3\xa4\" + x", Z, "{\"x\":\"\\u0000\"}", Z, &out, &err));
    TEXT(out, "\"\xc3\xa4\\u0000\"");
    OK(polku_feel_evaluate(ctx, "[1, null, \"a\", true, @\"2026-03-02\", {b: @\"P1D\"}]", Z, "{}", 2, &out, &err));
    TEXT(out, "[1,null,\"a\",true,\"2026-03-02\",{\"b\":\"P1D\"}]");
    OK(polku_feel_evaluate(ctx, "1 / 0", Z, NULL, 0, &out, &err)); /* FEEL says null; that is no error */
    TEXT(out, "null");
}

static void bad_expressions(polku_context* ctx) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    FAILS(polku_feel_evaluate(ctx, "", 0, NULL, 0, &out, &err), INVALID, 200);
    FAILS(polku_feel_evaluate(ctx, "1 +", Z, NULL, 0, &out, &err), INVALID, 200);
    FAILS(polku_feel_evaluate(ctx, "1\0+ 1", 5, NULL, 0, &out, &err), INVALID, 100);
    FAILS(polku_feel_evaluate(ctx, "\"\xff\"", Z, NULL, 0, &out, &err), INVALID, 0);
    FAILS(polku_feel_evaluate(ctx, "1", Z, "{\"x\":", Z, &out, &err), INVALID, 800);
    FAILS(polku_feel_evaluate(ctx, "1", Z, "", 0, &out, &err), INVALID, 800);
    FAILS(polku_feel_evaluate(ctx, "1", Z, "[1]", Z, &out, &err), INVALID, 300);
    FAILS(polku_feel_evaluate(ctx, "1", Z, "{\"x\":1,\"x\":2}", Z, &out, &err), INVALID, 801);
    FAILS(polku_feel_evaluate(ctx, "1", Z, "{}\0", 3, &out, &err), INVALID, 100);
    FAILS(polku_feel_evaluate(ctx, NULL, Z, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_feel_evaluate(NULL, "1", Z, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_feel_evaluate(ctx, "1", Z, NULL, 0, NULL, &err), MISUSE, 102);
    CHECK(out == NULL);
}

static void deep_nesting(polku_context* ctx) {
    enum { deep = 200000 };
    polku_error* err = NULL;
    polku_string* out = NULL;
    char* text = malloc(2 * deep + 2);
    if (text == NULL) exit(2);
    memset(text, '(', deep);
    text[deep] = '1';
    memset(text + deep + 1, ')', deep);
    text[2 * deep + 1] = '\0';
    FAILS(polku_feel_evaluate(ctx, text, Z, NULL, 0, &out, &err), LIMIT, 500);
    memset(text, '[', deep);
    text[deep] = '\0';
    FAILS(polku_feel_evaluate(ctx, "1", Z, text, Z, &out, &err), LIMIT, 500);
    free(text);
}

int main(void) {
    polku_error* err = NULL;
    polku_context* ctx = NULL;
    options();
    OK(polku_context_create(NULL, &ctx, &err));
    now(ctx);
    numbers(ctx);
    cancel(ctx);
    expressions(ctx);
    bad_expressions(ctx);
    deep_nesting(ctx);
    polku_context_destroy(ctx);
    limits();
    return finish();
}

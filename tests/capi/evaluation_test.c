/* SPDX-License-Identifier: Apache-2.0 */
/* The typed call: every kind in and out, slots, symbols, and what is refused. */
#include "inputs.h"

static void table(void) {
    polku_error* err = NULL;
    polku_program* program = compile_file("examples/support.dmn");
    polku_evaluation* evaluation = make(program, "Support", NULL);
    polku_input in[2];
    polku_input out;
    polku_program_destroy(program); /* the evaluation keeps it alive */
    in[0] = number(65, 1);
    in[1] = number(14, 0);
    OK(polku_evaluation_run(evaluation, in, 2, &out, &err));
    CHECK(out.kind == POLKU_KIND_STRING);
    SAME(out.as.text.data, "coaching");
    CHECK(out.as.text.length == 8);
    in[0] = number(399, 2);
    in[1] = plain(POLKU_KIND_UNKNOWN);
    OK(polku_evaluation_run(evaluation, in, 2, &out, &err));
    SAME(out.as.text.data, "assessment");
    in[0] = plain(POLKU_KIND_NULL);
    OK(polku_evaluation_run(evaluation, in, 2, &out, &err));
    CHECK(out.kind == POLKU_KIND_NULL);
    in[0] = text("6", Z); /* of another type than the model says: null, as DMN has it */
    OK(polku_evaluation_run(evaluation, in, 2, &out, &err));
    CHECK(out.kind == POLKU_KIND_NULL);
    polku_evaluation_destroy(evaluation);
}

static void scalars(polku_evaluation* same) {
    polku_error* err = NULL;
    polku_input in;
    polku_input out;
    in = plain(POLKU_KIND_BOOLEAN);
    in.boolean = 1;
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    CHECK(out.kind == POLKU_KIND_BOOLEAN && out.boolean == 1);
    in = plain(POLKU_KIND_NULL);
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    CHECK(out.kind == POLKU_KIND_NULL);
    in = number(INT64_MIN, 3);
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    CHECK(out.kind == POLKU_KIND_NUMBER && (int64_t)out.as.number.lo == INT64_MIN && out.as.number.hi == -1);
    CHECK(out.as.number.scale == 3 && out.as.number.reserved == 0);
    /* 10^34 - 1, the largest coefficient */
    in.as.number.lo = 0x378d8e63ffffffffu;
    in.as.number.hi = 0x1ed09bead87c0;
    in.as.number.scale = -6111;
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    CHECK(out.as.number.lo == in.as.number.lo && out.as.number.hi == in.as.number.hi);
    CHECK(out.as.number.scale == -6111);
    ++in.as.number.lo; /* 10^34 */
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), INVALID, 100);
    CHECK(out.kind == POLKU_KIND_NULL);
    in = number(1, 6177);
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), INVALID, 100);
    in = number(1, -6112);
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), INVALID, 100);
}

static void texts(polku_evaluation* same) {
    static const char nul[] = "a\0b";
    polku_error* err = NULL;
    polku_input in;
    polku_input out;
    char changing[] = "first";
    char big[301];
    int round;
    in = text(changing, Z);
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    SAME(out.as.text.data, "first");
    changing[0] = 'F'; /* the caller's bytes are the caller's: the result stands */
    SAME(out.as.text.data, "first");
    for (round = 0; round < 2; ++round) {
        OK(polku_evaluation_run(same, &in, 1, &out, &err));
        SAME(out.as.text.data, "First");
    }
    in = text(NULL, 0);
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    SAME(out.as.text.data, "");
    CHECK(out.kind == POLKU_KIND_STRING && out.as.text.length == 0);
    in = text(
        "\xc3\xa4"
        "iti and more",
        5);
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    SAME(out.as.text.data, "\xc3\xa4iti");
    memset(big, 'x', 300);
    big[300] = '\0';
    in = text(big, Z);
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    CHECK(out.as.text.length == 300);
    in = text(nul, 3);
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), INVALID, 100);
    in = text(NULL, 3);
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), MISUSE, 102);
}

static void symbols(polku_evaluation* same) {
    polku_error* err = NULL;
    polku_input in;
    polku_input out;
    uint64_t coaching = 99;
    uint64_t advice = 99;
    OK(polku_evaluation_symbol(same, "coaching", Z, &coaching, &err));
    OK(polku_evaluation_symbol(same, "advice and more", 6, &advice, &err));
    in = plain(POLKU_KIND_SYMBOL);
    in.as.symbol = coaching;
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    SAME(out.as.text.data, "coaching");
    in.as.symbol = advice;
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    SAME(out.as.text.data, "advice");
    in.as.symbol = 12345;
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), INVALID, 100);
    FAILS(polku_evaluation_symbol(same, "a\0b", 3, &advice, &err), INVALID, 100);
    FAILS(polku_evaluation_symbol(same, NULL, 0, &advice, &err), MISUSE, 102);
    FAILS(polku_evaluation_symbol(NULL, "a", Z, &advice, &err), MISUSE, 102);
    FAILS(polku_evaluation_symbol(same, "a", Z, NULL, &err), MISUSE, 102);
}

static void dates_and_times(polku_evaluation* same) {
    polku_error* err = NULL;
    polku_input in = plain(POLKU_KIND_DATE);
    polku_input out;
    polku_time clock;
    polku_date_time when;
    in.as.date.year = -999999999;
    in.as.date.month = 2;
    in.as.date.day = 28;
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    CHECK(out.kind == POLKU_KIND_DATE && out.as.date.year == -999999999 && out.as.date.month == 2 &&
          out.as.date.day == 28);
    in.as.date.day = 30;
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), INVALID, 110);
    memset(&clock, 0, sizeof clock);
    clock.nanoseconds = 36000000000001;
    clock.has_offset = 1;
    clock.offset_seconds = 7200;
    in = plain(POLKU_KIND_TIME);
    in.as.time = &clock;
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    CHECK(out.kind == POLKU_KIND_TIME && out.as.time->nanoseconds == 36000000000001 && out.as.time->has_offset == 1);
    CHECK(out.as.time->offset_seconds == 7200 && out.as.time->zone == NULL);
    memset(&when, 0, sizeof when);
    when.date.year = 2026;
    when.date.month = 3;
    when.date.day = 2;
    when.time = clock;
    when.time.has_offset = 0;
    when.time.offset_seconds = 0;
    when.time.zone = "Europe/Helsinki and more";
    when.time.zone_length = 15;
    in = plain(POLKU_KIND_DATE_TIME);
    in.as.date_time = &when;
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    CHECK(out.kind == POLKU_KIND_DATE_TIME && out.as.date_time->date.day == 2);
    SAME(out.as.date_time->time.zone, "Europe/Helsinki");
    CHECK(out.as.date_time->time.zone_length == 15);
    when.time.zone = "Europe/Nowhere";
    when.time.zone_length = POLKU_NUL_TERMINATED;
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), INVALID, 113);
    in.as.date_time = NULL;
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), MISUSE, 102);
    in = plain(POLKU_KIND_TIME);
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), MISUSE, 102);
    in.as.time = &clock;
    clock.offset_seconds = 19 * 3600;
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), INVALID, 111);
    clock.offset_seconds = 0;
    clock.nanoseconds = -1;
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), INVALID, 111);
    clock.nanoseconds = INT64_MAX;
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), INVALID, 111);
}

static void durations(polku_evaluation* same) {
    polku_error* err = NULL;
    polku_input in = plain(POLKU_KIND_MONTHS_DURATION);
    polku_input out;
    in.as.months = -14;
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    CHECK(out.kind == POLKU_KIND_MONTHS_DURATION && out.as.months == -14);
    in = plain(POLKU_KIND_DAYS_DURATION);
    in.as.days.seconds = -86400;
    in.as.days.nanoseconds = -5;
    OK(polku_evaluation_run(same, &in, 1, &out, &err));
    CHECK(out.kind == POLKU_KIND_DAYS_DURATION && out.as.days.seconds == -86400 && out.as.days.nanoseconds == -5);
    in.as.days.nanoseconds = 5; /* of another sign than the seconds */
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), INVALID, 112);
    in.as.days.nanoseconds = -1000000000;
    FAILS(polku_evaluation_run(same, &in, 1, &out, &err), INVALID, 112);
}

static void containers(polku_program* program) {
    polku_error* err = NULL;
    polku_evaluation* pair = make(program, "pair", NULL);
    polku_input in = number(15, 1);
    polku_input out;
    OK(polku_evaluation_run(pair, &in, 1, &out, &err));
    CHECK(out.kind == POLKU_KIND_CONTEXT);
    SAME(out.as.text.data, "{\"both\":[1.5,1.5],\"one\":1.5}");
    OK(polku_evaluation_entry(pair, "one", Z, &out, &err));
    CHECK(out.kind == POLKU_KIND_NUMBER && out.as.number.lo == 15 && out.as.number.scale == 1);
    OK(polku_evaluation_entry(pair, "both of them", 4, &out, &err));
    CHECK(out.kind == POLKU_KIND_LIST);
    SAME(out.as.text.data, "[1.5,1.5]");
    FAILS(polku_evaluation_entry(pair, "neither", Z, &out, &err), NOT_FOUND, 101);
    CHECK(out.kind == POLKU_KIND_NULL);
    FAILS(polku_evaluation_entry(pair, "", 0, &out, &err), NOT_FOUND, 101);
    FAILS(polku_evaluation_entry(pair, "o\0e", 3, &out, &err), INVALID, 100);
    FAILS(polku_evaluation_entry(pair, NULL, Z, &out, &err), MISUSE, 102);
    FAILS(polku_evaluation_entry(NULL, "one", Z, &out, &err), MISUSE, 102);
    FAILS(polku_evaluation_entry(pair, "one", Z, NULL, &err), MISUSE, 102);
    in = text("{\"a\":[1,{\"b\":null}]}", Z);
    in.kind = POLKU_KIND_CONTEXT;
    OK(polku_evaluation_run(pair, &in, 1, &out, &err));
    OK(polku_evaluation_entry(pair, "one", Z, &out, &err));
    SAME(out.as.text.data, "{\"a\":[1,{\"b\":null}]}");
    in.kind = POLKU_KIND_LIST; /* says list, is none */
    FAILS(polku_evaluation_run(pair, &in, 1, &out, &err), INVALID, 300);
    in = text("{\"a\":", Z);
    in.kind = POLKU_KIND_CONTEXT;
    FAILS(polku_evaluation_run(pair, &in, 1, &out, &err), INVALID, 800);
    FAILS(polku_evaluation_entry(pair, "one", Z, &out, &err), NOT_FOUND, 101); /* a failed run leaves no result */
    polku_evaluation_destroy(pair);
}

static void time_given(polku_program* program) {
    polku_error* err = NULL;
    polku_evaluation* day = make(program, "the day", NULL);
    polku_input out;
    OK(polku_evaluation_run(day, NULL, 0, &out, &err));
    CHECK(out.kind == POLKU_KIND_NULL);
    OK(polku_evaluation_set_now(day, "2026-10-01", Z, &err));
    OK(polku_evaluation_run(day, NULL, 0, &out, &err));
    CHECK(out.kind == POLKU_KIND_DATE && out.as.date.year == 2026 && out.as.date.month == 10 && out.as.date.day == 1);
    FAILS(polku_evaluation_set_now(day, "yesterday", Z, &err), INVALID, 110);
    FAILS(polku_evaluation_set_now(day, NULL, Z, &err), MISUSE, 102);
    FAILS(polku_evaluation_set_now(NULL, "2026-10-01", Z, &err), MISUSE, 102);
    polku_evaluation_destroy(day);
}

static void limited(polku_program* program) {
    polku_error* err = NULL;
    polku_evaluation* work = NULL;
    polku_context_options options = POLKU_CONTEXT_OPTIONS_INIT;
    polku_input in = number(100, 0);
    polku_input out;
    uint32_t index = 0;
    OK(polku_program_find(program, "long work", Z, &index, &err));
    options.max_steps = 10000;
    OK(polku_evaluation_create(program, index, &options, &work, &err));
    OK(polku_evaluation_run(work, &in, 1, &out, &err));
    CHECK(out.kind == POLKU_KIND_NUMBER && out.as.number.lo == 100);
    in = number(1000000, 0);
    FAILS(polku_evaluation_run(work, &in, 1, &out, &err), LIMIT, 501);
    in = number(10, 0);
    OK(polku_evaluation_run(work, &in, 1, &out, &err)); /* the next run starts afresh */
    CHECK(out.as.number.lo == 10);
    polku_evaluation_destroy(work);
    options.struct_size = 3;
    FAILS(polku_evaluation_create(program, index, &options, &work, &err), INVALID, 100);
    FAILS(polku_evaluation_create(program, 99, NULL, &work, &err), NOT_FOUND, 101);
    FAILS(polku_evaluation_create(NULL, 0, NULL, &work, &err), MISUSE, 102);
    FAILS(polku_evaluation_create(program, 0, NULL, NULL, &err), MISUSE, 102);
    CHECK(work == NULL);
    polku_evaluation_destroy(NULL);
}

/* The list of its own beginnings: the text doubles with each item, the value does not. */
static void shared_parts(polku_program* program) {
    polku_error* err = NULL;
    polku_evaluation* shared = NULL;
    polku_context_options options = POLKU_CONTEXT_OPTIONS_INIT;
    polku_input in = number(3, 0);
    polku_input out;
    uint32_t index = 0;
    OK(polku_program_find(program, "shared parts", Z, &index, &err));
    options.max_bytes = 100000;
    OK(polku_evaluation_create(program, index, &options, &shared, &err));
    OK(polku_evaluation_run(shared, &in, 1, &out, &err));
    SAME(out.as.text.data, "{\"whole\":[[],[[]],[[],[[]]]]}");
    in = number(60, 0);
    FAILS(polku_evaluation_run(shared, &in, 1, &out, &err), LIMIT, 502);
    CHECK(out.kind == POLKU_KIND_NULL);
    FAILS(polku_evaluation_entry(shared, "whole", Z, &out, &err), LIMIT, 502);
    CHECK(out.kind == POLKU_KIND_NULL);
    in = number(1, 0);
    OK(polku_evaluation_run(shared, &in, 1, &out, &err));
    SAME(out.as.text.data, "{\"whole\":[[]]}");
    polku_evaluation_destroy(shared);
}

static void wrong_calls(polku_evaluation* same) {
    polku_error* err = NULL;
    polku_input in[2];
    polku_input out;
    in[0] = in[1] = number(1, 0);
    FAILS(polku_evaluation_run(same, in, 2, &out, &err), INVALID, 100);
    FAILS(polku_evaluation_run(same, in, 0, &out, &err), INVALID, 100);
    FAILS(polku_evaluation_run(same, NULL, 1, &out, &err), MISUSE, 102);
    FAILS(polku_evaluation_run(same, in, 1, NULL, &err), MISUSE, 102);
    FAILS(polku_evaluation_run(NULL, in, 1, &out, &err), MISUSE, 102);
    in[0].kind = POLKU_KIND_FUNCTION;
    FAILS(polku_evaluation_run(same, in, 1, &out, &err), INVALID, 100);
    in[0].kind = 200;
    CHECK(polku_evaluation_run(same, in, 1, &out, &err) == POLKU_STATUS_INVALID);
    CHECK(strstr(polku_error_message(err), "'x'") != NULL); /* the error names the input */
    polku_error_destroy(err);
}

int main(void) {
    polku_program* program = compile_file("tests/capi/echo.dmn");
    polku_evaluation* same = make(program, "same", NULL);
    CHECK(sizeof(polku_input) == 32 && sizeof(polku_decimal) == 24 && sizeof(polku_date) == 16);
    table();
    scalars(same);
    texts(same);
    symbols(same);
    dates_and_times(same);
    durations(same);
    containers(program);
    time_given(program);
    limited(program);
    shared_parts(program);
    wrong_calls(same);
    polku_evaluation_destroy(same);
    polku_program_destroy(program);
    return finish();
}

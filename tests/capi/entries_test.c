/* SPDX-License-Identifier: Apache-2.0 */
/* The outputs of a table in one call: what comes out, in which order, and what is refused. */
#include "inputs.h"

enum { inputs = 4, outputs = 3 };

static polku_input day(int64_t year, uint8_t month, uint8_t of_month) {
    polku_input in;
    memset(&in, 0, sizeof in);
    in.kind = POLKU_KIND_DATE;
    in.as.date.year = year;
    in.as.date.month = month;
    in.as.date.day = of_month;
    return in;
}

static void names(const polku_program* program, uint32_t rates, uint32_t code) {
    CHECK(polku_program_output_count(program, rates) == outputs);
    SAME(polku_program_output_name(program, rates, 0), "rate");
    SAME(polku_program_output_name(program, rates, 1), "code");
    SAME(polku_program_output_name(program, rates, 2), "from");
    CHECK(polku_program_output_name(program, rates, 3) == NULL);
    CHECK(polku_program_output_count(program, code) == 1);
    SAME(polku_program_output_name(program, code, 0), "");
    CHECK(polku_program_output_count(program, 99) == 0 && polku_program_output_count(NULL, 0) == 0);
    CHECK(polku_program_output_name(program, 99, 0) == NULL && polku_program_output_name(NULL, 0, 0) == NULL);
}

/* Runs both ways, which must agree; answers the code, or "" where the result is null. */
static const char* code_of(polku_evaluation* rates, const polku_input* in) {
    static char code[64];
    polku_error* err = NULL;
    polku_input out[outputs];
    polku_input whole;
    polku_input one;
    memset(out, 0xff, sizeof out);
    OK(polku_evaluation_run_entries(rates, in, inputs, out, outputs, &err));
    code[0] = '\0';
    if (out[1].kind == POLKU_KIND_STRING) snprintf(code, sizeof code, "%s", out[1].as.text.data);
    OK(polku_evaluation_run(rates, in, inputs, &whole, &err));
    if (code[0] == '\0') {
        CHECK(whole.kind == POLKU_KIND_NULL);
        CHECK(out[0].kind == POLKU_KIND_NULL && out[1].kind == POLKU_KIND_NULL && out[2].kind == POLKU_KIND_NULL);
        return code;
    }
    CHECK(whole.kind == POLKU_KIND_CONTEXT && strlen(whole.as.text.data) == whole.as.text.length);
    CHECK(strstr(whole.as.text.data, code) != NULL);
    OK(polku_evaluation_entry(rates, "rate", Z, &one, &err));
    CHECK(one.kind == out[0].kind && one.as.number.lo == out[0].as.number.lo &&
          one.as.number.scale == out[0].as.number.scale);
    OK(polku_evaluation_entry(rates, "code", Z, &one, &err));
    SAME(one.as.text.data, code);
    return code;
}

static void answers(polku_evaluation* rates) {
    polku_error* err = NULL;
    polku_input in[inputs];
    polku_input out[outputs];
    uint64_t north = 0;
    uint64_t again = 1;
    in[0] = number(1005, 1);
    in[1] = text("north", Z);
    in[2] = plain(POLKU_KIND_UNKNOWN);
    in[3] = plain(POLKU_KIND_NULL);
    SAME(code_of(rates, in), "N");
    OK(polku_evaluation_run_entries(rates, in, inputs, out, outputs, &err));
    CHECK(out[0].kind == POLKU_KIND_NUMBER && out[0].as.number.lo == 125 && out[0].as.number.scale == 3);
    CHECK(out[2].kind == POLKU_KIND_DATE && out[2].as.date.year == 2026 && out[2].as.date.month == 1);
    in[0] = number(10049999, 5);
    SAME(code_of(rates, in), ""); /* a hair below the bound */
    in[0] = number(100500000, 6);
    SAME(code_of(rates, in), "N");
    in[0].as.number.hi = 5; /* past 64 bits */
    in[2] = day(2019, 12, 31);
    in[3] = plain(POLKU_KIND_BOOLEAN);
    SAME(code_of(rates, in), "twelve bytes");
    in[3].boolean = 1;
    SAME(code_of(rates, in), "");
    in[0] = number(500, 0);
    in[1] = text("a region with a long name and more", 25);
    SAME(code_of(rates, in), "N");
    in[1] = text("east", Z); /* not allowed: null */
    SAME(code_of(rates, in), "");
    in[0] = plain(POLKU_KIND_NULL);
    SAME(code_of(rates, in), "none");
    in[0] = text("500", Z); /* of another kind: null */
    SAME(code_of(rates, in), "none");
    in[0] = number(-1, 0); /* outside the input values */
    SAME(code_of(rates, in), "");
    OK(polku_evaluation_symbol(rates, "north", Z, &north, &err));
    OK(polku_evaluation_symbol(rates, "north and south", 5, &again, &err));
    CHECK(north == again);
    in[0] = number(999, 0);
    in[1] = plain(POLKU_KIND_SYMBOL);
    in[1].as.symbol = north;
    SAME(code_of(rates, in), "N");
    in[0] = number(50, 0); /* this rule's outputs are expressions */
    SAME(code_of(rates, in), "made");
    OK(polku_evaluation_run_entries(rates, in, inputs, out, outputs, &err));
    CHECK(out[2].kind == POLKU_KIND_DATE && out[2].as.date.year == 2019 && out[2].as.date.day == 31);
}

static void refused(polku_evaluation* rates) {
    static const char nul[] = "no\0th";
    polku_error* err = NULL;
    polku_input in[inputs];
    polku_input out[outputs];
    in[0] = number(200, 0);
    in[1] = text(nul, 5);
    in[2] = plain(POLKU_KIND_NULL);
    in[3] = plain(POLKU_KIND_NULL);
    memset(out, 0xff, sizeof out);
    FAILS(polku_evaluation_run_entries(rates, in, inputs, out, outputs, &err), INVALID, 100);
    CHECK(out[0].kind == POLKU_KIND_NULL && out[2].kind == POLKU_KIND_NULL && out[1].as.text.data == NULL);
    in[1] = text(NULL, 3);
    FAILS(polku_evaluation_run_entries(rates, in, inputs, out, outputs, &err), MISUSE, 102);
    in[1] = plain(POLKU_KIND_SYMBOL);
    in[1].as.symbol = 4711;
    FAILS(polku_evaluation_run_entries(rates, in, inputs, out, outputs, &err), INVALID, 100);
    in[1] = text("north", Z);
    in[2] = day(2026, 2, 29);
    FAILS(polku_evaluation_run_entries(rates, in, inputs, out, outputs, &err), INVALID, 110);
    in[2] = day(2026, 2, 28);
    in[0] = number(1, 6177);
    FAILS(polku_evaluation_run_entries(rates, in, inputs, out, outputs, &err), INVALID, 100);
    in[0] = number(200, 0);
    FAILS(polku_evaluation_run_entries(rates, in, inputs, out, 2, &err), INVALID, 100);
    FAILS(polku_evaluation_run_entries(rates, in, 3, out, outputs, &err), INVALID, 100);
    FAILS(polku_evaluation_run_entries(rates, NULL, inputs, out, outputs, &err), MISUSE, 102);
    FAILS(polku_evaluation_run_entries(rates, in, inputs, NULL, outputs, &err), MISUSE, 102);
    FAILS(polku_evaluation_run_entries(NULL, in, inputs, out, outputs, &err), MISUSE, 102);
    OK(polku_evaluation_run_entries(rates, in, inputs, out, outputs, &err));
    SAME(out[1].as.text.data, "N");
}

int main(void) {
    polku_error* err = NULL;
    polku_program* program = compile_file("tests/capi/rates.dmn");
    uint32_t rates_index = 0;
    uint32_t code_index = 0;
    polku_evaluation* rates = make(program, "rates", &rates_index);
    polku_evaluation* code = make(program, "code", &code_index);
    polku_input in[inputs];
    polku_input out;
    names(program, rates_index, code_index);
    polku_program_destroy(program);
    answers(rates);
    refused(rates);
    in[0] = number(200, 0);
    in[1] = text("north", Z);
    in[2] = in[3] = plain(POLKU_KIND_NULL);
    OK(polku_evaluation_run_entries(code, in, inputs, &out, 1, &err)); /* a result that is no context: itself */
    CHECK(out.kind == POLKU_KIND_STRING);
    SAME(out.as.text.data, "N");
    polku_evaluation_destroy(rates);
    polku_evaluation_destroy(code);
    return finish();
}

/* SPDX-License-Identifier: Apache-2.0 */
/* DMN models and decisions over JSON. */
#include "files.h"

static void names(const polku_program* program) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    uint32_t support = 99;
    CHECK(polku_program_decision_count(program) == 1);
    SAME(polku_program_decision_name(program, 0), "Support");
    CHECK(polku_program_decision_name(program, 1) == NULL);
    OK(polku_program_find(program, "Support", Z, &support, &err));
    CHECK(support == 0);
    OK(polku_program_find(program, "decision_support and more", 16, &support, &err));
    CHECK(support == 0);
    CHECK(polku_program_input_count(program, support) == 2);
    SAME(polku_program_input_name(program, support, 0), "work ability");
    SAME(polku_program_input_name(program, support, 1), "months without work");
    SAME(polku_program_input_type(program, support, 1), "number");
    CHECK(polku_program_input_name(program, support, 2) == NULL);
    CHECK(polku_program_input_type(program, support, 2) == NULL);
    CHECK(polku_program_input_count(program, 1) == 0);
    CHECK(polku_program_input_name(program, 1, 0) == NULL);
    CHECK(polku_program_input_type(program, 1, 0) == NULL);
    OK(polku_program_check(program, &out, &err));
    TEXT(out, "[]");
}

static void bad_names(const polku_program* program) {
    polku_error* err = NULL;
    uint32_t index = 99;
    FAILS(polku_program_find(program, "Supp", Z, &index, &err), NOT_FOUND, 101);
    CHECK(index == 0);
    FAILS(polku_program_find(program, "", 0, &index, &err), NOT_FOUND, 101);
    FAILS(polku_program_find(program, "Sup\0port", 8, &index, &err), INVALID, 100);
    FAILS(polku_program_find(program, NULL, Z, &index, &err), MISUSE, 102);
    FAILS(polku_program_find(NULL, "Support", Z, &index, &err), MISUSE, 102);
    FAILS(polku_program_find(program, "Support", Z, NULL, &err), MISUSE, 102);
    CHECK(polku_program_decision_count(NULL) == 0);
    CHECK(polku_program_decision_name(NULL, 0) == NULL);
    CHECK(polku_program_input_count(NULL, 0) == 0);
    CHECK(polku_program_input_name(NULL, 0, 0) == NULL);
    CHECK(polku_program_input_type(NULL, 0, 0) == NULL);
}

static void evaluate(const polku_program* program, polku_context* ctx) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    OK(polku_program_evaluate_json(program, ctx, 0, "{\"work ability\": 6, \"months without work\": 14}", Z, &out,
                                   &err));
    TEXT(out, "\"coaching\"");
    OK(polku_program_evaluate_json(program, ctx, 0, "{\"work ability\": 2}...", 19, &out, &err));
    TEXT(out, "\"assessment\""); /* what is absent is unknown, and the rule does not look at it */
    OK(polku_program_evaluate_json(program, ctx, 0, "{}", Z, &out, &err));
    TEXT(out, "null");
    OK(polku_program_explain_json(program, ctx, 0, "{\"work ability\": 6, \"months without work\": 14}", Z, &out,
                                  &err));
    CHECK(strstr(polku_string_data(out), "\"value\":\"coaching\"") != NULL);
    CHECK(strstr(polku_string_data(out), "\"id\":\"rule_long\"") != NULL);
    CHECK(strstr(polku_string_data(out), "a year without work asks for coaching") != NULL);
    polku_string_destroy(out);
    OK(polku_program_why_not_json(program, ctx, 0, "{\"work ability\": 6}", Z, NULL, 0, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"nearest\":[{\"failing\":[{") != NULL);
    CHECK(strstr(polku_string_data(out), "\"of\":\"months without work\",\"origin\":\"input_not_given\"") != NULL);
    polku_string_destroy(out);
    OK(polku_program_why_not_json(program, ctx, 0, "{\"work ability\": 6, \"months without work\": 14}", Z, "rule_long",
                                  Z, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"asked\":[{\"failing\":[],\"id\":\"rule_long\"") != NULL);
    polku_string_destroy(out);
}

static void bad_inputs(const polku_program* program, polku_context* ctx) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_position where;
    FAILS(polku_program_evaluate_json(program, ctx, 0, "{\"work abilty\": 6}", Z, &out, &err), INVALID, 430);
    FAILS(polku_program_evaluate_json(program, ctx, 0, "[]", Z, &out, &err), INVALID, 431);
    FAILS(polku_program_evaluate_json(program, ctx, 0, "", 0, &out, &err), INVALID, 800);
    FAILS(polku_program_evaluate_json(program, ctx, 0, "{}\0", 3, &out, &err), INVALID, 100);
    FAILS(polku_program_evaluate_json(program, ctx, 1, "{}", Z, &out, &err), NOT_FOUND, 101);
    FAILS(polku_program_evaluate_json(program, ctx, UINT32_MAX, "{}", Z, &out, &err), NOT_FOUND, 101);
    FAILS(polku_program_evaluate_json(NULL, ctx, 0, "{}", Z, &out, &err), MISUSE, 102);
    FAILS(polku_program_evaluate_json(program, NULL, 0, "{}", Z, &out, &err), MISUSE, 102);
    FAILS(polku_program_evaluate_json(program, ctx, 0, NULL, Z, &out, &err), MISUSE, 102);
    FAILS(polku_program_evaluate_json(program, ctx, 0, "{}", Z, NULL, &err), MISUSE, 102);
    FAILS(polku_program_explain_json(program, ctx, 0, "{\"x\":1}", Z, &out, &err), INVALID, 430);
    FAILS(polku_program_explain_json(program, ctx, 7, "{}", Z, &out, &err), NOT_FOUND, 101);
    FAILS(polku_program_explain_json(program, NULL, 0, "{}", Z, &out, &err), MISUSE, 102);
    FAILS(polku_program_explain_json(NULL, ctx, 0, "{}", Z, &out, &err), MISUSE, 102);
    FAILS(polku_program_explain_json(program, ctx, 0, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_program_explain_json(program, ctx, 0, "{}", Z, NULL, &err), MISUSE, 102);
    FAILS(polku_program_why_not_json(program, ctx, 0, "{}", Z, "no such rule", Z, &out, &err), NOT_FOUND, 101);
    FAILS(polku_program_why_not_json(program, ctx, 0, "{\"x\":1}", Z, NULL, 0, &out, &err), INVALID, 430);
    FAILS(polku_program_why_not_json(program, ctx, 7, "{}", Z, NULL, 0, &out, &err), NOT_FOUND, 101);
    FAILS(polku_program_why_not_json(program, NULL, 0, "{}", Z, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_program_why_not_json(NULL, ctx, 0, "{}", Z, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_program_why_not_json(program, ctx, 0, NULL, 0, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_program_why_not_json(program, ctx, 0, "{}", Z, NULL, 0, NULL, &err), MISUSE, 102);
    FAILS(polku_program_check(NULL, &out, &err), MISUSE, 102);
    FAILS(polku_program_check(program, NULL, &err), MISUSE, 102);
    CHECK(out == NULL);
    /* An error in JSON says where. */
    CHECK(polku_program_evaluate_json(program, ctx, 0, "{\n \"work ability\": 6x}", Z, &out, &err) ==
          POLKU_STATUS_INVALID);
    CHECK(polku_error_position_at(err, 0, &where) == POLKU_STATUS_OK);
    CHECK(where.line == 2 && where.column == 19);
    polku_error_destroy(err);
}

/* The tables are studied; a model whose table leaves out 18 says so, with an input that shows it. */
static void analysis(const polku_program* program) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_program* broken = compile_file("tests/golden/bad/analysis/gap_number.dmn");
    OK(polku_program_analyse(program, NULL, 0, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"complete\":\"proved\"") != NULL);
    CHECK(strstr(polku_string_data(out), "\"verdict\":\"proved\"") != NULL);
    polku_string_destroy(out);
    OK(polku_program_analyse(broken, "{\"nulls\":false,\"max_findings\":3}", Z, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"finding\":\"gap\",\"input\":{\"age\":18}") != NULL);
    CHECK(strstr(polku_string_data(out), "\"region\":[{\"expression\":\"age\",\"tests\":\"18\"}]") != NULL);
    polku_string_destroy(out);
    OK(polku_program_analyse(broken, "{\"max_work\":1}", Z, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"verdict\":\"unknown\"") != NULL);
    polku_string_destroy(out);
    FAILS(polku_program_analyse(broken, "{\"null\":true}", Z, &out, &err), INVALID, 804);
    FAILS(polku_program_analyse(broken, "{\"max_work\":-1}", Z, &out, &err), INVALID, 805);
    FAILS(polku_program_analyse(broken, "{\"nulls\":1}", Z, &out, &err), INVALID, 805);
    FAILS(polku_program_analyse(broken, "[]", Z, &out, &err), INVALID, 805);
    FAILS(polku_program_analyse(broken, "{", Z, &out, &err), INVALID, 800);
    FAILS(polku_program_analyse(NULL, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_program_analyse(broken, NULL, 0, NULL, &err), MISUSE, 102);
    CHECK(out == NULL);
    polku_program_destroy(broken);
}

static void bad_models(void) {
    static const char unclosed[] =
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"d\" name=\"d\" namespace=\"n\">\n"
        "  <decision id=\"x\" name=\"x\">\n"
        "</definitions>\n";
    polku_error* err = NULL;
    polku_program* program = (polku_program*)&program;
    polku_position where;
    polku_file file;
    file.name = "broken.dmn";
    file.name_length = POLKU_NUL_TERMINATED;
    file.data = unclosed;
    file.data_length = POLKU_NUL_TERMINATED;
    CHECK(polku_program_compile(&file, 1, &program, &err) == POLKU_STATUS_INVALID);
    CHECK(program == NULL);
    CHECK(polku_error_code(err) == 400);
    CHECK(polku_error_position_at(err, 0, &where) == POLKU_STATUS_OK);
    SAME(where.source, "broken.dmn");
    CHECK(where.line == 3);
    polku_error_destroy(err);
    err = NULL;
    file.data_length = 0;
    FAILS(polku_program_compile(&file, 1, &program, &err), INVALID, 400);
    file.data = "<a/>";
    file.data_length = POLKU_NUL_TERMINATED;
    FAILS(polku_program_compile(&file, 1, &program, &err), INVALID, 401);
    file.data = "<!DOCTYPE a><a/>";
    FAILS(polku_program_compile(&file, 1, &program, &err), INVALID, 402);
    file.data = "<a\0/>";
    file.data_length = 5;
    FAILS(polku_program_compile(&file, 1, &program, &err), INVALID, 100);
    file.data = NULL;
    FAILS(polku_program_compile(&file, 1, &program, &err), MISUSE, 102);
    file.data = "<a/>";
    file.name = NULL;
    file.name_length = POLKU_NUL_TERMINATED;
    FAILS(polku_program_compile(&file, 1, &program, &err), MISUSE, 102);
    FAILS(polku_program_compile(&file, 0, &program, &err), INVALID, 100);
    FAILS(polku_program_compile(NULL, 1, &program, &err), MISUSE, 102);
    FAILS(polku_program_compile(&file, 1, NULL, &err), MISUSE, 102);
    polku_program_destroy(NULL);
}

/* A fault in one cell leaves the rest usable; the checker names it with its place. */
static void faulty_cell(void) {
    static const char model[] =
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"d\" name=\"d\" namespace=\"n\">\n"
        "  <decision id=\"good\" name=\"good\"><variable id=\"g\" name=\"good\"/>\n"
        "    <literalExpression id=\"ge\"><text>1 + 1</text></literalExpression></decision>\n"
        "  <decision id=\"bad\" name=\"bad\"><variable id=\"b\" name=\"bad\"/>\n"
        "    <literalExpression id=\"be\"><text>1 + </text></literalExpression></decision>\n"
        "</definitions>\n";
    polku_error* err = NULL;
    polku_program* program = NULL;
    polku_context* ctx = NULL;
    polku_string* out = NULL;
    polku_file file;
    file.name = "faulty.dmn";
    file.name_length = POLKU_NUL_TERMINATED;
    file.data = model;
    file.data_length = POLKU_NUL_TERMINATED;
    OK(polku_program_compile(&file, 1, &program, &err));
    OK(polku_context_create(NULL, &ctx, &err));
    OK(polku_program_evaluate_json(program, ctx, 0, "{}", Z, &out, &err));
    TEXT(out, "2");
    OK(polku_program_evaluate_json(program, ctx, 1, "{}", Z, &out, &err));
    TEXT(out, "null");
    OK(polku_program_check(program, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"code\":200") != NULL);
    CHECK(strstr(polku_string_data(out), "\"source\":\"faulty.dmn\"") != NULL);
    CHECK(strstr(polku_string_data(out), "\"line\":5") != NULL);
    polku_string_destroy(out);
    polku_context_destroy(ctx);
    polku_program_destroy(program);
}

int main(void) {
    polku_error* err = NULL;
    polku_context* ctx = NULL;
    polku_program* program = compile_file("examples/support.dmn");
    OK(polku_context_create(NULL, &ctx, &err));
    names(program);
    bad_names(program);
    evaluate(program, ctx);
    bad_inputs(program, ctx);
    analysis(program);
    bad_models();
    faulty_cell();
    polku_context_destroy(ctx);
    polku_program_destroy(program);
    return finish();
}

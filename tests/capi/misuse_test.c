/* SPDX-License-Identifier: Apache-2.0 */
/* Every function of the C ABI with valid, NULL, empty, huge and wrong arguments, on handles of another type and on
 * handles in use. argv[1] is a folder for a store. tests/tools/capi_docs_test.py sees to it that all of them are here.
 */
#include "misuse.h"

#include <polku_arrow.h>
#include <polku_population.h>

static const char model[] =
    "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" name=\"m\" namespace=\"n\" id=\"d\">"
    "<inputData name=\"x\" id=\"i\"><variable name=\"x\" typeRef=\"number\"/></inputData><decision name=\"y\" id=\"e\">"
    "<variable name=\"y\"/><informationRequirement><requiredInput href=\"#i\"/></informationRequirement>"
    "<literalExpression><text>{whole: x, half: x / 2}</text></literalExpression></decision></definitions>";
static const char question[] = "{\"decision\":\"Single undertaking\",\"decided\":\"2026-11-01\"}";
static const char client[] = "000000000000000000000000ca000001";
static const char open_case[] =
    "{\"command\":\"open_case\",\"case\":\"000000000000000000000000ca000001\",\"command_id\":\"m-1\","
    "\"now\":\"2026-01-12T09:01:00Z\",\"actor\":\"worker-201\",\"purpose\":\"service path\",\"data\":{\"path\":"
    "\"tyokyky-kayttoon\",\"client\":\"000000000000000000000000c1000001\",\"entry\":\"social rehabilitation\","
    "\"municipality\":\"698\",\"sender\":{\"person\":\"worker-201\",\"role\":\"own_worker\",\"organisation\":"
    "\"county\"},"
    "\"reason\":\"r\"}}";
static const char adoption[] =
    "{\"command_id\":\"a-1\",\"now\":\"2026-01-12T09:01:30Z\",\"actor\":\"a\",\"purpose\":\"p\"}";

static polku_file model_file[1];
static polku_file path_files[2];
static polku_file pack_files[2];
static const polku_path* two_paths[2];
static polku_input row[1];
static polku_input entries[2];
static const polku_context_options context_options = POLKU_CONTEXT_OPTIONS_INIT;
static polku_store_options store_options = POLKU_STORE_OPTIONS_INIT;
static polku_view_options view_options = POLKU_VIEW_OPTIONS_INIT;
static const polku_feed_options feed_options = POLKU_FEED_OPTIONS_INIT;

static int32_t go_on(void* user_data) {
    (void)user_data;
    return 0;
}

CALL(polku_context_create, P(0), P(1))
CALL(polku_context_set_now, P(0), T(1))
CALL(polku_context_set_numbers, P(0), (uint32_t)N(1))
CALL(polku_feel_evaluate, P(0), T(1), T(2), P(3))
CALL(polku_program_compile, P(0), (size_t)N(0), P(1))
CALL(polku_program_check, P(0), P(1))
CALL(polku_program_analyse, P(0), T(1), P(2))
CALL(polku_program_find, P(0), T(1), P(2))
CALL(polku_program_evaluate_json, P(0), P(1), (uint32_t)N(2), T(3), P(4))
CALL(polku_program_explain_json, P(0), P(1), (uint32_t)N(2), T(3), P(4))
CALL(polku_program_why_not_json, P(0), P(1), (uint32_t)N(2), T(3), T(4), P(5))
CALL(polku_evaluation_create, P(0), (uint32_t)N(1), P(2), P(3))
CALL(polku_evaluation_set_now, P(0), T(1))
CALL(polku_evaluation_symbol, P(0), T(1), P(2))
CALL(polku_evaluation_run, P(0), P(1), (size_t)N(1), P(2))
CALL(polku_evaluation_run_entries, P(0), P(1), (size_t)N(1), P(2), (size_t)N(2))
CALL(polku_evaluation_entry, P(0), T(1), P(2))
CALL(polku_path_compile, P(0), (size_t)N(0), P(1))
CALL(polku_path_shipped, T(0), P(1))
CALL(polku_path_prove, P(0), T(1), P(2))
CALL(polku_path_diagram, P(0), T(1), P(2))
CALL(polku_path_compare_treatment, P(0), (size_t)N(0), T(1), P(2))
CALL(polku_schema, T(0), P(1))
CALL(polku_pack_compile, P(0), (size_t)N(0), P(1))
CALL(polku_pack_shipped, T(0), P(1))
CALL(polku_pack_describe, P(0), P(1))
CALL(polku_pack_decide, P(0), T(1), P(2))
CALL(polku_pack_explain, P(0), T(1), T(2), P(3))
CALL(polku_pack_explain_text, P(0), T(1), T(2), P(3))
CALL(polku_pack_missing, P(0), T(1), T(2), P(3))
CALL(polku_pack_what_if, P(0), T(1), T(2), P(3))
CALL(polku_pack_difference, P(0), P(1), T(2), P(3))
CALL(polku_store_open, T(0), P(1), P(2))
CALL(polku_store_use_path, P(0), P(1))
CALL(polku_store_execute, P(0), T(1), P(2))
CALL(polku_store_adopt_pack, P(0), P(1), T(2), P(3))
CALL(polku_store_check_decisions, P(0), T(1), P(2))
CALL(polku_store_case, P(0), T(1), P(2), P(3))
CALL(polku_store_due, P(0), T(1), P(2))
CALL(polku_store_cases, P(0), T(1), (uint32_t)N(2), P(3))
CALL(polku_store_feed, P(0), N(1), (uint32_t)N(2), P(3), P(4), P(5))
CALL(polku_store_places, P(0), T(1), T(2), P(3))
CALL(polku_store_suggest_places, P(0), T(1), T(2), P(3), P(4))
CALL(polku_store_registers, P(0), T(1), P(2))
CALL(polku_store_registers_due, P(0), T(1), T(2), P(3))
CALL(polku_store_circling, P(0), T(1), P(2))
CALL(polku_store_head, P(0), P(1))
CALL(polku_store_verify, P(0), T(1), P(2))

static polku_status call_polku_context_set_cancel(const argument* a, polku_error** err) {
    return polku_context_set_cancel(P(0), go_on, NULL, NULL, NULL, err);
}
static polku_status call_polku_store_set_cancel(const argument* a, polku_error** err) {
    return polku_store_set_cancel(P(0), go_on, NULL, NULL, NULL, err);
}
static polku_status call_polku_store_checkpoint(const argument* a, polku_error** err) {
    return polku_store_checkpoint(P(0), err);
}
static polku_status call_polku_store_clone(const argument* a, polku_error** err) {
    return polku_store_clone(P(0), P(1), err);
}

static const entry rules_calls[] = {
    ENTRY(polku_context_create, OS(context_options, 0), OH(CONTEXT)),
    ENTRY(polku_context_set_now, H(CONTEXT), TX("2026-03-02")),
    ENTRY(polku_context_set_numbers, H(CONTEXT), NU(POLKU_NUMBERS_AS_STRINGS, INVALID)),
    ENTRY(polku_feel_evaluate, H(CONTEXT), TX("a + 1"), OP("{\"a\":1}"), OS_TEXT),
    ENTRY(polku_program_compile, AR(model_file, 1), OH(PROGRAM)),
    ENTRY(polku_program_check, H(PROGRAM), OS_TEXT),
    ENTRY(polku_program_analyse, H(PROGRAM), OP("{\"nulls\":true}"), OS_TEXT),
    ENTRY(polku_program_find, H(PROGRAM), TX("y"), OB(sizeof(uint32_t))),
    ENTRY(polku_program_evaluate_json, H(PROGRAM), H(CONTEXT), NU(0, NOT_FOUND), TX("{\"x\":1}"), OS_TEXT),
    ENTRY(polku_program_explain_json, H(PROGRAM), H(CONTEXT), NU(0, NOT_FOUND), TX("{\"x\":1}"), OS_TEXT),
    ENTRY(polku_program_why_not_json, H(PROGRAM), H(CONTEXT), NU(0, NOT_FOUND), TX("{\"x\":1}"), OP(NULL), OS_TEXT),
    ENTRY(polku_evaluation_create, H(PROGRAM), NU(0, NOT_FOUND), OS(context_options, 0), OH(EVALUATION)),
    ENTRY(polku_evaluation_set_now, H(EVALUATION), TX("2026-03-02T10:00:00+02:00")),
    ENTRY(polku_evaluation_symbol, H(EVALUATION), TX("a"), OB(sizeof(uint64_t))),
    ENTRY(polku_evaluation_run, H(EVALUATION), AR(row, 1), OB(sizeof(polku_input))),
    ENTRY(polku_evaluation_entry, H(EVALUATION), TX("half"), OB(sizeof(polku_input))),
    ENTRY(polku_evaluation_run_entries, H(EVALUATION), AR(row, 1), AR(entries, 2)),
    ENTRY(polku_path_compile, AR(path_files, 2), OH(PATH)),
    ENTRY(polku_path_shipped, TX("tyokyky-kayttoon"), OH(PATH)),
    ENTRY(polku_path_diagram, H(PATH), TX("{}"), OS_TEXT),
    ENTRY(polku_path_prove, H(PATH), TX("{\"max_states\":1}"), OS_TEXT),
    ENTRY(polku_path_compare_treatment, AR(two_paths, 2), TX("{\"names\":[\"a\",\"b\"],\"max_states\":1}"), OS_TEXT),
    ENTRY(polku_schema, TX("path"), OS_TEXT),
    ENTRY(polku_pack_compile, AR(pack_files, 2), OH(PACK)),
    ENTRY(polku_pack_shipped, TX("deminimis"), OH(PACK)),
    ENTRY(polku_pack_describe, H(PACK), OS_TEXT),
    ENTRY(polku_pack_decide, H(PACK), TX(question), OS_TEXT),
    ENTRY(polku_pack_explain, H(PACK), TX(question), OP("fi"), OS_TEXT),
    ENTRY(polku_pack_explain_text, H(PACK), TX(question), OP(NULL), OS_TEXT),
    ENTRY(polku_pack_missing, H(PACK), TX(question), OP("sv"), OS_TEXT),
    ENTRY(polku_pack_what_if, H(PACK), TX(question), TX("{\"goal\":\"true\",\"max_evaluations\":10}"), OS_TEXT),
    ENTRY(polku_pack_difference, H(PACK), H(PACK),
          TX("{\"was\":{\"decision\":\"Single undertaking\",\"decided\":\"2026-10-01\"},\"is\":{\"decision\":"
             "\"Single undertaking\",\"decided\":\"2026-11-01\"}}"),
          OS_TEXT),
};

static const entry store_calls[] = {
    ENTRY(polku_store_open, TX(":memory:"), OS(store_options, 0), OH(STORE)),
    ENTRY(polku_store_use_path, H(STORE), H(PATH)),
    ENTRY(polku_store_execute, H(STORE), TX(open_case), OS_TEXT),
    ONCE(polku_store_adopt_pack, OK, H(STORE), H(PACK), TX(adoption), OS_TEXT),
    ENTRY(polku_store_check_decisions, H(STORE), OP(NULL), OS_TEXT),
    ENTRY(polku_store_case, H(STORE), TX(client), OS(view_options, 1), OS_TEXT),
    ENTRY(polku_store_due, H(STORE), TX("2026-10-01"), OS_TEXT),
    ENTRY(polku_store_cases, H(STORE), OP(NULL), NU(1, OK), OS_TEXT),
    ENTRY(polku_store_feed, H(STORE), NU(0, OK), NU(2, OK), OS(feed_options, 0), OS_TEXT, OB(sizeof(uint64_t))),
    ENTRY(polku_store_places, H(STORE), OP(NULL), TX("2026-10-02"), OS_TEXT),
    ENTRY(polku_store_suggest_places, H(STORE), TX(client), TX("{\"from\":\"2026-11-02\",\"until\":\"2026-12-01\"}"),
          OS(view_options, 1), OS_TEXT),
    ENTRY(polku_store_registers, H(STORE), TX("{\"as_of\":\"2026-10-02\"}"), OS_TEXT),
    ENTRY(polku_store_registers_due, H(STORE), OP(NULL), TX("2026-10-02"), OS_TEXT),
    ENTRY(polku_store_circling, H(STORE), TX("{\"as_of\":\"2026-10-02\"}"), OS_TEXT),
    ENTRY(polku_store_head, H(STORE), OS_TEXT),
    ENTRY(polku_store_verify, H(STORE), OP(NULL), OS_TEXT),
    ENTRY(polku_store_checkpoint, H(STORE)),
    ENTRY(polku_store_clone, H(STORE), OH(STORE)),
};

/* These set the callbacks by which handles are caught in use. */
static const entry other_calls[] = {
    ENTRY(polku_context_set_cancel, H(CONTEXT)),
    ENTRY(polku_store_set_cancel, H(STORE)),
};

#define EACH(table, action)                                                   \
    do {                                                                      \
        size_t each;                                                          \
        for (each = 0; each < sizeof table / sizeof table[0]; ++each) action; \
    } while (0)

static int inside = 0;

static int32_t use_context(void* user_data) {
    (void)user_data;
    if (inside++ == 0) {
        EACH(rules_calls, while_in_use(&rules_calls[each], CONTEXT));
        while_in_use(&other_calls[0], CONTEXT);
    }
    return 0;
}

static int32_t use_store(void* user_data) {
    (void)user_data;
    if (inside++ == 0) {
        EACH(store_calls, while_in_use(&store_calls[each], STORE));
        while_in_use(&other_calls[1], STORE);
    }
    return 0;
}

/* So many events that checking them asks the callback: cases of other clients. */
static void fill_store(void) {
    polku_error* err = NULL;
    char command[sizeof open_case];
    int i;
    memcpy(command, open_case, sizeof command);
    for (i = 0; i < 60; ++i) {
        polku_string* answer = NULL;
        char digits[3];
        snprintf(digits, sizeof digits, "%02d", i + 10);
        memcpy(strstr(command, "ca0000") + 6, digits, 2);
        memcpy(strstr(command, "c10000") + 6, digits, 2);
        memcpy(strstr(command, "command_id") + 14, digits, 2); /* of "m-1" */
        OK(polku_store_execute(handles[STORE], command, Z, &answer, &err));
        polku_string_destroy(answer);
    }
}

static void handles_in_use(void) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    OK(polku_context_set_cancel(handles[CONTEXT], use_context, NULL, NULL, NULL, &err));
    OK(polku_feel_evaluate(handles[CONTEXT], "count(for i in 1..20000 return i)", Z, NULL, 0, &out, &err));
    polku_string_destroy(out);
    CHECK(inside > 0);
    inside = 0;
    fill_store();
    OK(polku_store_set_cancel(handles[STORE], use_store, NULL, NULL, NULL, &err));
    OK(polku_store_verify(handles[STORE], NULL, 0, &out, &err));
    polku_string_destroy(out);
    CHECK(inside > 0);
    OK(polku_store_set_cancel(handles[STORE], NULL, NULL, NULL, NULL, &err));
}

/* What answers no status: counts, names and texts give nothing for NULL, for a handle of another type and past the end.
 */
static void plain_answers(void* none) {
    const size_t far = (size_t)-1;
    CHECK(polku_error_code(none) == 0 && polku_error_status(none) == POLKU_STATUS_OK);
    SAME(polku_error_message(none), "");
    SAME(polku_error_text(none), "");
    CHECK(polku_error_position_count(none) == 0);
    CHECK(polku_program_decision_count(none) == 0 && polku_program_decision_name(none, 0) == NULL);
    CHECK(polku_program_input_count(none, 0) == 0 && polku_program_output_count(none, 0) == 0);
    CHECK(polku_program_input_name(none, 0, 0) == NULL && polku_program_input_type(none, 0, 0) == NULL);
    CHECK(polku_program_output_name(none, 0, 0) == NULL);
    SAME(polku_path_id(none), "");
    SAME(polku_path_version(none), "");
    SAME(polku_path_hash(none), "");
    SAME(polku_pack_id(none), "");
    SAME(polku_pack_hash(none), "");
    CHECK(polku_path_shipped_id(far) == NULL && polku_path_shipped_id(polku_path_shipped_count()) == NULL);
    CHECK(polku_pack_shipped_id(far) == NULL && polku_pack_shipped_id(polku_pack_shipped_count()) == NULL);
    CHECK(polku_program_decision_name(handles[PROGRAM], far) == NULL);
    CHECK(polku_program_input_name(handles[PROGRAM], UINT32_MAX, 0) == NULL);
    CHECK(polku_program_input_type(handles[PROGRAM], 0, far) == NULL);
    CHECK(polku_program_output_name(handles[PROGRAM], 0, far) == NULL);
    /* Destroying what is no live handle of the type leaves it alone. */
    polku_error_destroy(none);
    polku_context_destroy(none);
    polku_program_destroy(none);
    polku_evaluation_destroy(none);
    polku_path_destroy(none);
    polku_pack_destroy(none);
    polku_store_destroy(none);
}

/* A table or a stream goes in once, so these stand outside of the lists; arrow_test.c has their tables. */
static void batches(void) {
    polku_error* err = NULL;
    polku_batch* batch = NULL;
    polku_batch* none = NULL;
    polku_batch_options options = POLKU_BATCH_OPTIONS_INIT;
    struct ArrowSchema schema;
    struct ArrowSchema out_schema;
    struct ArrowArray rows;
    struct ArrowArray out;
    struct ArrowArrayStream in;
    struct ArrowArrayStream stream;
    memset(&schema, 0, sizeof schema);
    memset(&rows, 0, sizeof rows);
    memset(&in, 0, sizeof in);
    FAILS(polku_batch_create(handles[OTHER], 0, NULL, &batch, &err), MISUSE, 102);
    options.keep_count = (size_t)-1;
    options.keep = (const polku_batch_column*)(const void*)&options;
    FAILS(polku_batch_create(handles[PROGRAM], 0, &options, &batch, &err), INVALID, 100);
    OK(polku_batch_create(handles[PROGRAM], 0, NULL, &batch, &err));
    FAILS(polku_batch_evaluate(handles[OTHER], handles[CONTEXT], &schema, &rows, &out_schema, &out, &err), MISUSE, 102);
    FAILS(polku_batch_evaluate(batch, handles[OTHER], &schema, &rows, &out_schema, &out, &err), MISUSE, 102);
    FAILS(polku_batch_evaluate(batch, handles[CONTEXT], NULL, &rows, &out_schema, &out, &err), MISUSE, 102);
    FAILS(polku_batch_evaluate(batch, handles[CONTEXT], &schema, NULL, &out_schema, &out, &err), MISUSE, 102);
    FAILS(polku_batch_evaluate(batch, handles[CONTEXT], &schema, &rows, NULL, &out, &err), MISUSE, 102);
    FAILS(polku_batch_evaluate(batch, handles[CONTEXT], &schema, &rows, &out_schema, NULL, &err), MISUSE, 102);
    FAILS(polku_batch_evaluate(batch, handles[CONTEXT], &schema, &rows, &out_schema, &out, &err), INVALID, 100);
    FAILS(polku_batch_stream(handles[OTHER], handles[CONTEXT], &in, &stream, &err), MISUSE, 102);
    FAILS(polku_batch_stream(batch, handles[OTHER], &in, &stream, &err), MISUSE, 102);
    FAILS(polku_batch_stream(batch, handles[CONTEXT], &in, NULL, &err), MISUSE, 102);
    CHECK(out.release == NULL && out_schema.release == NULL && stream.release == NULL && none == NULL);
    polku_batch_destroy(handles[OTHER]);
    polku_batch_destroy(batch);
}

static const char months_question[] =
    "{\"assumptions\": {\"path\": \"typ\", \"from\": \"2026-01\", \"to\": \"2026-01\", \"municipalities\": {}, "
    "\"entries\": {},"
    " \"facts\": {}, \"stages\": {}, \"services\": {}}}";

static void simulations(void) {
    static const char question[] = "{\"decision\": \"De minimis\", \"decided\": \"2026-11-01\"}";
    polku_error* err = NULL;
    polku_pack* pack = NULL;
    polku_simulation* simulation = NULL;
    polku_string* out = NULL;
    polku_batch_options columns = POLKU_BATCH_OPTIONS_INIT;
    struct ArrowArrayStream in;
    struct ArrowArrayStream stream;
    memset(&in, 0, sizeof in);
    OK(polku_pack_shipped("deminimis", Z, &pack, &err));
    FAILS(polku_simulation_create(NULL, NULL, question, Z, NULL, &simulation, &err), MISUSE, 102);
    FAILS(polku_simulation_create(handles[OTHER], NULL, question, Z, NULL, &simulation, &err), MISUSE, 102);
    FAILS(polku_simulation_create(pack, handles[OTHER], question, Z, NULL, &simulation, &err), MISUSE, 102);
    FAILS(polku_simulation_create(pack, NULL, NULL, Z, NULL, &simulation, &err), MISUSE, 102);
    FAILS(polku_simulation_create(pack, NULL, "", 0, NULL, &simulation, &err), INVALID, 800);
    FAILS(polku_simulation_create(pack, NULL, question, Z, NULL, NULL, &err), MISUSE, 102);
    columns.keep_count = 1;
    FAILS(polku_simulation_create(pack, NULL, question, Z, &columns, &simulation, &err), INVALID, 100);
    columns.keep_count = 0;
    columns.flags = POLKU_BATCH_MISSING_UNKNOWN;
    FAILS(polku_simulation_create(pack, NULL, question, Z, &columns, &simulation, &err), INVALID, 100);
    OK(polku_simulation_create(pack, pack, question, Z, NULL, &simulation, &err));
    FAILS(polku_simulation_run(handles[OTHER], handles[CONTEXT], &in, &out, &err), MISUSE, 102);
    FAILS(polku_simulation_run(simulation, handles[OTHER], &in, &out, &err), MISUSE, 102);
    FAILS(polku_simulation_run(simulation, NULL, &in, &out, &err), MISUSE, 102);
    FAILS(polku_simulation_run(simulation, handles[CONTEXT], NULL, &out, &err), MISUSE, 102);
    FAILS(polku_simulation_run(simulation, handles[CONTEXT], &in, NULL, &err), MISUSE, 102);
    FAILS(polku_simulation_run(simulation, handles[CONTEXT], &in, &out, &err), INVALID, 1110); /* it was released */
    FAILS(polku_simulation_rows(handles[OTHER], handles[CONTEXT], &in, &stream, &err), MISUSE, 102);
    FAILS(polku_simulation_rows(simulation, handles[OTHER], &in, &stream, &err), MISUSE, 102);
    FAILS(polku_simulation_rows(simulation, handles[CONTEXT], NULL, &stream, &err), MISUSE, 102);
    FAILS(polku_simulation_rows(simulation, handles[CONTEXT], &in, NULL, &err), MISUSE, 102);
    FAILS(polku_simulation_rows(simulation, handles[CONTEXT], &in, &stream, &err), INVALID, 1110);
    FAILS(polku_simulation_report(handles[OTHER], &out, &err), MISUSE, 102);
    FAILS(polku_simulation_report(NULL, &out, &err), MISUSE, 102);
    FAILS(polku_simulation_report(simulation, NULL, &err), MISUSE, 102);
    FAILS(polku_simulation_report(simulation, &out, &err), MISUSE, 102);
    polku_simulation_destroy(handles[OTHER]);
    polku_simulation_destroy(NULL);
    polku_simulation_destroy(simulation);
    polku_pack_destroy(pack);
}

static void months(void) {
    polku_error* err = NULL;
    polku_path* path = NULL;
    polku_string* out = NULL;
    const polku_path* none = NULL;
    const polku_path* other = handles[OTHER];
    const polku_path* one;
    const polku_pack* no_pack = handles[OTHER];
    OK(polku_path_shipped("typ", Z, &path, &err));
    one = path;
    FAILS(polku_path_simulate(&one, 1, NULL, 0, NULL, NULL, "{}", Z, &out, &err), MISUSE, 102);
    FAILS(polku_path_simulate(&one, 1, NULL, 0, NULL, handles[OTHER], "{}", Z, &out, &err), MISUSE, 102);
    FAILS(polku_path_simulate(&one, 1, NULL, 0, NULL, handles[CONTEXT], NULL, Z, &out, &err), MISUSE, 102);
    FAILS(polku_path_simulate(&one, 1, NULL, 0, NULL, handles[CONTEXT], "{}", Z, NULL, &err), MISUSE, 102);
    FAILS(polku_path_simulate(&one, 1, NULL, 0, no_pack, handles[CONTEXT], "{}", Z, &out, &err), MISUSE, 102);
    FAILS(polku_path_simulate(&one, 1, NULL, 0, NULL, handles[CONTEXT], "", 0, &out, &err), INVALID, 800);
    FAILS(polku_path_simulate(&none, 1, NULL, 0, NULL, handles[CONTEXT], months_question, Z, &out, &err), MISUSE, 102);
    FAILS(polku_path_simulate(&other, 1, NULL, 0, NULL, handles[CONTEXT], months_question, Z, &out, &err), MISUSE, 102);
    FAILS(polku_path_simulate(NULL, 1, NULL, 0, NULL, handles[CONTEXT], months_question, Z, &out, &err), MISUSE, 102);
    FAILS(polku_path_simulate(&one, 1, &none, 1, NULL, handles[CONTEXT], months_question, Z, &out, &err), MISUSE, 102);
    FAILS(polku_path_simulate(&one, 1, NULL, 1, NULL, handles[CONTEXT], months_question, Z, &out, &err), MISUSE, 102);
    FAILS(polku_path_simulate(&one, SIZE_MAX, NULL, 0, NULL, handles[CONTEXT], months_question, Z, &out, &err), INVALID,
          100);
    /* All is well but for the assumptions, which have no stage. */
    FAILS(polku_path_simulate(&one, 1, NULL, 0, NULL, handles[CONTEXT], months_question, Z, &out, &err), INVALID, 0);
    polku_path_destroy(path);
}

static void clones(void) {
    polku_error* err = NULL;
    polku_store* store = handles[STORE];
    polku_store* memory = NULL;
    OK(polku_store_open(":memory:", Z, NULL, &memory, &err));
    FAILS(polku_store_clone(memory, &store, &err), INVALID, 100);
    CHECK(store == NULL);
    polku_store_destroy(memory);
}

static void errors_and_strings(void) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_position where;
    CHECK(polku_feel_evaluate(handles[CONTEXT], "1 +", Z, NULL, 0, &out, &err) == POLKU_STATUS_INVALID);
    CHECK(polku_error_position_at(err, 0, &where) == POLKU_STATUS_OK && where.line == 1);
    CHECK(polku_error_position_at(err, (size_t)-1, &where) == POLKU_STATUS_NOT_FOUND && where.line == 0);
    CHECK(polku_error_position_at(err, 0, NULL) == POLKU_STATUS_MISUSE);
    CHECK(polku_error_position_at(NULL, 0, &where) == POLKU_STATUS_MISUSE);
    CHECK(polku_error_position_at(handles[OTHER], 0, &where) == POLKU_STATUS_MISUSE);
    SAME(polku_string_data((const polku_string*)(const void*)err), "");
    CHECK(polku_string_size((const polku_string*)(const void*)err) == 0);
    polku_string_destroy((polku_string*)(void*)err);
    CHECK(polku_error_code(err) != 0); /* it is still there */
    polku_error_destroy(err);
    SAME(polku_string_data(NULL), "");
    CHECK(polku_string_size(NULL) == 0);
    polku_string_destroy(NULL);
    CHECK(polku_abi_version() == POLKU_ABI_VERSION);
    SAME(polku_version(), POLKU_VERSION_STRING);
    SAME(polku_status_name(INT32_MIN), "UNKNOWN");
    SAME(polku_status_name(INT32_MAX), "UNKNOWN");
}

static void set_file(polku_file* file, const char* name, const char* data) {
    file->name = name;
    file->name_length = Z;
    file->data = data;
    file->data_length = Z;
}

/* The name of a store file that is not there. */
static const char* new_file(const char* folder) {
    static const char* const ends[] = {"-wal", "-shm", ""};
    static char name[4096];
    size_t i;
    for (i = 0; i < sizeof ends / sizeof ends[0]; ++i) {
        snprintf(name, sizeof name, "%s/misuse.db%s", folder, ends[i]);
        remove(name);
    }
    return name;
}

static void make_handles(const char* folder) {
    polku_error* err = NULL;
    polku_context* context = NULL;
    polku_program* program = NULL;
    polku_evaluation* evaluation = NULL;
    polku_path* path = NULL;
    polku_pack* pack = NULL;
    polku_store* store = NULL;
    polku_string* other = NULL;
    set_file(&model_file[0], "m.dmn", model);
    set_file(&path_files[0], "path.json", read_text("src/packs/tyokyky-kayttoon/path.json"));
    set_file(&path_files[1], "routing.dmn", read_text("src/packs/tyokyky-kayttoon/routing.dmn"));
    set_file(&pack_files[0], "pack.json", read_text("src/packs/deminimis/pack.json"));
    set_file(&pack_files[1], "deminimis-2024.dmn", read_text("src/packs/deminimis/deminimis-2024.dmn"));
    OK(polku_context_create(NULL, &context, &err));
    OK(polku_program_compile(model_file, 1, &program, &err));
    OK(polku_evaluation_create(program, 0, NULL, &evaluation, &err));
    OK(polku_path_shipped("tyokyky-kayttoon", Z, &path, &err));
    OK(polku_pack_shipped("deminimis", Z, &pack, &err));
    OK(polku_store_open(new_file(folder), Z, NULL, &store, &err));
    OK(polku_schema("case", Z, &other, &err));
    handles[CONTEXT] = context;
    handles[PROGRAM] = program;
    handles[EVALUATION] = evaluation;
    handles[PATH] = path;
    handles[PACK] = pack;
    handles[STORE] = store;
    handles[OTHER] = other;
    two_paths[0] = two_paths[1] = path;
    row[0].kind = POLKU_KIND_NUMBER;
    row[0].as.number.lo = 1;
    store_options.flags = POLKU_STORE_MUST_EXIST;
    view_options.as_of = "2026-10-01";
}

static void destroy_handles(void) {
    polku_context_destroy(handles[CONTEXT]);
    polku_program_destroy(handles[PROGRAM]);
    polku_evaluation_destroy(handles[EVALUATION]);
    polku_path_destroy(handles[PATH]);
    polku_pack_destroy(handles[PACK]);
    polku_store_destroy(handles[STORE]);
    polku_string_destroy(handles[OTHER]);
    free((void*)(uintptr_t)path_files[0].data);
    free((void*)(uintptr_t)path_files[1].data);
    free((void*)(uintptr_t)pack_files[0].data);
    free((void*)(uintptr_t)pack_files[1].data);
}

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    make_handles(argv[1]);
    EACH(rules_calls, misuse(&rules_calls[each]));
    EACH(store_calls, misuse(&store_calls[each]));
    EACH(other_calls, misuse(&other_calls[each]));
    handles_in_use();
    plain_answers(NULL);
    plain_answers(handles[OTHER]);
    batches();
    simulations();
    months();
    clones();
    errors_and_strings();
    destroy_handles();
    return finish();
}

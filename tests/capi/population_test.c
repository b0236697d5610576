/* SPDX-License-Identifier: Apache-2.0 */
/* What a rule pack decides of a table of people, through Arrow streams. */
#include "arrow_tables.h"

#include <polku_population.h>

enum { rows = 4 };

static const char question[] =
    "{\"decision\": \"Supplement\", \"decided\": \"2026-11-01\", \"by\": [\"municipality\"], \"keep\": [\"id\"],"
    " \"figures\": {\"raised amount\": 350, \"raised below age\": 0},"
    " \"against\": {\"figures\": {\"raised amount\": 500}}}";

static const int32_t text_offsets[rows + 1] = {0, 3, 6, 9, 12};
static const char municipalities[] = "167167276276";
static const int64_t ids[rows] = {7, 8, 9, 10};
static const int32_t sort_offsets[rows + 1] = {0, 11, 22, 33, 44};
static const char sorts[] = "associationassociationassociationassociation";
static const unsigned char yes[1] = {0x0f};
static const int64_t ages[rows] = {61, 30, 62, 63};
static const int64_t hours[rows] = {25, 25, 25, 3};

/* One array of people, then the end. */
typedef struct source {
    table rows;
    int given;
} source;

static int source_schema(struct ArrowArrayStream* of, struct ArrowSchema* out) {
    *out = ((source*)of->private_data)->rows.schema;
    return 0;
}
static int source_next(struct ArrowArrayStream* of, struct ArrowArray* out) {
    source* from = of->private_data;
    memset(out, 0, sizeof *out);
    if (from->given++ == 0) *out = from->rows.array;
    return 0;
}
static const char* source_error(struct ArrowArrayStream* of) {
    (void)of;
    return NULL;
}
static void source_release(struct ArrowArrayStream* of) { of->release = NULL; }

static struct ArrowArrayStream people(source* from) {
    struct ArrowArrayStream made;
    memset(from, 0, sizeof *from);
    start_table(&from->rows, rows);
    add_column(&from->rows, "municipality", "u", NULL, text_offsets, municipalities);
    add_column(&from->rows, "id", "l", NULL, ids, NULL);
    add_column(&from->rows, "employer sort", "u", NULL, sort_offsets, sorts);
    add_column(&from->rows, "target group", "b", NULL, yes, NULL);
    add_column(&from->rows, "age", "l", NULL, ages, NULL);
    add_column(&from->rows, "weekly hours", "l", NULL, hours, NULL);
    made.get_schema = source_schema;
    made.get_next = source_next;
    made.get_last_error = source_error;
    made.release = source_release;
    made.private_data = from;
    return made;
}

static polku_simulation* simulation_of(const polku_pack* pack, const char* asked, const polku_batch_options* columns) {
    polku_error* err = NULL;
    polku_simulation* made = NULL;
    OK(polku_simulation_create(pack, NULL, asked, Z, columns, &made, &err));
    if (made == NULL) exit(2);
    return made;
}

static void totals(const polku_pack* pack, polku_context* ctx) {
    polku_error* err = NULL;
    polku_simulation* simulation = simulation_of(pack, question, NULL);
    polku_string* out = NULL;
    source from;
    struct ArrowArrayStream in = people(&from);
    OK(polku_simulation_run(simulation, ctx, &in, &out, &err));
    CHECK(in.release == NULL);
    CHECK(strstr(polku_string_data(out), "\"group\":[\"167\"]") != NULL);
    CHECK(strstr(polku_string_data(out), "\"rows\":4") != NULL);
    polku_string_destroy(out);
    polku_simulation_destroy(simulation);
}

static void each_row(const polku_pack* pack, polku_context* ctx) {
    static const polku_batch_output amount = {"a month", Z, POLKU_COLUMN_DECIMAL, 2};
    polku_batch_options columns = POLKU_BATCH_OPTIONS_INIT;
    polku_error* err = NULL;
    polku_simulation* simulation;
    polku_string* out = NULL;
    polku_string* direct = NULL;
    source from;
    source again;
    struct ArrowArrayStream in = people(&from);
    struct ArrowArrayStream in_again;
    struct ArrowArrayStream stream;
    answers made;
    answers end;
    columns.outputs = &amount;
    columns.output_count = 1;
    simulation = simulation_of(pack, question, &columns);
    OK(polku_simulation_rows(simulation, ctx, &in, &stream, &err));
    FAILS(polku_simulation_report(simulation, &out, &err), MISUSE, 102);
    CHECK(stream.get_schema(&stream, &made.schema) == 0);
    CHECK(stream.get_next(&stream, &made.array) == 0);
    CHECK(made.array.length == rows);
    SAME(format_of(&made, "row"), "l");
    SAME(format_of(&made, "day"), "tdD");
    SAME(format_of(&made, "a month"), "d:38,2");
    SAME(format_of(&made, "a month against"), "d:38,2");
    SAME(text_in_row(column_of(&made, "id"), 2), "9");
    SAME(text_in_row(column_of(&made, "municipality"), 3), "276");
    CHECK(((const int64_t*)column_of(&made, "row")->buffers[1])[3] == 4);
    FAILS(polku_simulation_report(simulation, &out, &err), MISUSE, 102);
    memset(&end, 0, sizeof end);
    CHECK(stream.get_next(&stream, &end.array) == 0 && end.array.release == NULL);
    release_answers(&made);
    stream.release(&stream);
    OK(polku_simulation_report(simulation, &out, &err));
    /* The totals are those of the run without rows. */
    in_again = people(&again);
    OK(polku_simulation_run(simulation, ctx, &in_again, &direct, &err));
    SAME(polku_string_data(out), polku_string_data(direct));
    polku_string_destroy(out);
    polku_string_destroy(direct);
    polku_simulation_destroy(simulation);
}

static void refused(const polku_pack* pack, const char* asked, const char* words) {
    polku_error* err = NULL;
    polku_simulation* none = NULL;
    CHECK(polku_simulation_create(pack, NULL, asked, Z, NULL, &none, &err) == POLKU_STATUS_INVALID && none == NULL);
    if (strstr(polku_error_text(err), words) == NULL) SAME(polku_error_text(err), words);
    polku_error_destroy(err);
}

static void questions(const polku_pack* pack) {
    refused(pack, "{}", "/decision");
    refused(pack, "[]", "object");
    refused(pack, "{\"decision\": \"Supplement\"}", "/decided");
    refused(pack, "{\"decision\": \"Supplement\", \"decided\": \"1.11.2026\"}", "2026-01-31");
    refused(pack, "{\"decision\": \"Supplement\", \"decided\": 5}", "a text");
    refused(pack, "{\"decision\": \"Suplement\", \"decided\": \"2026-11-01\"}", "Suplement");
    refused(pack, "{\"decision\": \"Supplement\", \"decided\": \"2026-11-01\", \"untill\": \"2026-12-01\"}", "'until'");
    refused(pack, "{\"decision\": \"Supplement\", \"decided\": \"2026-11-01\", \"until\": \"2026-10-01\"}", "before");
    refused(pack, "{\"decision\": \"Supplement\", \"decided\": \"2026-11-01\", \"block\": 0}", "/block");
    refused(pack, "{\"decision\": \"Supplement\", \"decided\": \"2026-11-01\", \"by\": [1]}", "/by");
    refused(pack, "{\"decision\": \"Supplement\", \"decided\": \"2026-11-01\", \"against\": {\"figure\": {}}}",
            "/against/figure");
    refused(pack, "{\"decision\": \"Supplement\", \"decided\": \"2026-11-01\", \"figures\": {\"raised\": 1}}",
            "raised");
}

static int32_t stop_now(void* user_data) {
    (void)user_data;
    return 1;
}

static void what_fails(const polku_pack* pack, polku_context* ctx) {
    polku_error* err = NULL;
    polku_simulation* simulation = simulation_of(pack, question, NULL);
    polku_context* stopped = NULL;
    polku_string* out = NULL;
    source from;
    struct ArrowArrayStream in = people(&from);
    struct ArrowArrayStream stream;
    struct ArrowArray array;
    from.rows.schemas[4].name = "agee";
    FAILS(polku_simulation_run(simulation, ctx, &in, &out, &err), INVALID, 1111);
    in = people(&from);
    from.rows.schemas[4].format = "g";
    FAILS(polku_simulation_rows(simulation, ctx, &in, &stream, &err), INVALID, 1110);
    CHECK(in.release == NULL && stream.release == NULL);
    OK(polku_context_create(NULL, &stopped, &err));
    OK(polku_context_set_cancel(stopped, stop_now, NULL, NULL, NULL, &err));
    in = people(&from);
    FAILS(polku_simulation_run(simulation, stopped, &in, &out, &err), CANCELLED, 510);
    in = people(&from);
    OK(polku_simulation_rows(simulation, stopped, &in, &stream, &err));
    CHECK(stream.get_next(&stream, &array) == ECANCELED);
    CHECK(strstr(stream.get_last_error(&stream), "no result") != NULL);
    stream.release(&stream);
    polku_context_destroy(stopped);
    polku_simulation_destroy(simulation);
}

int main(void) {
    polku_error* err = NULL;
    polku_pack* pack = NULL;
    polku_context* ctx = NULL;
    OK(polku_pack_shipped("paikallislisa", Z, &pack, &err));
    OK(polku_context_create(NULL, &ctx, &err));
    totals(pack, ctx);
    each_row(pack, ctx);
    questions(pack);
    what_fails(pack, ctx);
    polku_context_destroy(ctx);
    polku_pack_destroy(pack);
    return finish();
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions over Arrow tables: columns in and out, and tables that are not what their schema says. */
#include "arrow_tables.h"

enum { rows = 5 };

/* The columns of rates.dmn: amount, region, since, new. The fifth amount is null. */
static const int64_t cents[rows] = {10050, 5000, 200000, 1, 7};
static const unsigned char four_of_five[1] = {0x0f};
static const int32_t region_offsets[rows + 1] = {0, 5, 10, 15, 20, 20};
static const char region_bytes[] = "northsouthsouthsouth";
static const int32_t days[rows] = {20000, 20001, 18000, 18000, 0};
static const unsigned char truths[1] = {0x00};

static void rates_table(table* into) {
    start_table(into, rows);
    add_column(into, "amount", "d:18,2,64", four_of_five, cents, NULL);
    add_column(into, "region", "u", NULL, region_offsets, region_bytes);
    add_column(into, "since", "tdD", NULL, days, NULL);
    add_column(into, "new", "b", NULL, truths, NULL);
}

static polku_batch* batch_of(const polku_program* program, const char* decision, const polku_batch_options* options) {
    polku_error* err = NULL;
    polku_batch* made = NULL;
    uint32_t index = 0;
    OK(polku_program_find(program, decision, Z, &index, &err));
    OK(polku_batch_create(program, index, options, &made, &err));
    if (made == NULL) exit(2);
    return made;
}

static void decide(polku_batch* batch, polku_context* ctx, table* from, answers* into) {
    polku_error* err = NULL;
    OK(polku_batch_evaluate(batch, ctx, &from->schema, &from->array, &into->schema, &into->array, &err));
    CHECK(from->array.release == NULL);
}

/* The call fails, its error has these words, and the table was taken over and released all the same. */
static void refuse(polku_batch* batch, polku_context* ctx, table* from, const char* words) {
    polku_error* err = NULL;
    answers none;
    CHECK(polku_batch_evaluate(batch, ctx, &from->schema, &from->array, &none.schema, &none.array, &err) ==
          POLKU_STATUS_INVALID);
    if (strstr(polku_error_message(err), words) == NULL) SAME(polku_error_message(err), words);
    CHECK(polku_error_code(err) == 100);
    CHECK(none.schema.release == NULL && none.array.release == NULL && from->array.release == NULL);
    polku_error_destroy(err);
}

static void columns_out(const polku_program* program, polku_context* ctx) {
    static const polku_batch_output rate = {"rate", Z, POLKU_COLUMN_DECIMAL, 3};
    polku_batch_options options = POLKU_BATCH_OPTIONS_INIT;
    polku_batch* batch;
    table from;
    answers made;
    const int64_t* rates;
    options.outputs = &rate;
    options.output_count = 1;
    batch = batch_of(program, "rates", &options);
    rates_table(&from);
    arrays_released = 0;
    decide(batch, ctx, &from, &made);
    CHECK(arrays_released == 5);
    CHECK(made.schema.n_children == 4 && made.array.n_children == 4 && made.array.length == rows);
    SAME(made.schema.format, "+s");
    SAME(format_of(&made, "rate"), "d:38,3");
    SAME(format_of(&made, "code"), "i");
    SAME(made.schema.children[1]->dictionary->format, "u");
    SAME(format_of(&made, "from"), "tdD");
    SAME(format_of(&made, "error"), "u");
    rates = column_of(&made, "rate")->buffers[1];
    CHECK(rates[0] == 125 && rates[1] == 0);   /* 0.125 */
    CHECK(rates[2] == 500 && rates[4] == 250); /* 50 / 100, 0.25 */
    SAME(text_in_row(column_of(&made, "code"), 0), "N");
    SAME(text_in_row(column_of(&made, "code"), 1), "made");
    SAME(text_in_row(column_of(&made, "code"), 2), "twelve bytes");
    SAME(text_in_row(column_of(&made, "code"), 3), "null"); /* no rule matched */
    CHECK(((const int32_t*)column_of(&made, "from")->buffers[1])[0] == 20454);
    CHECK(((const int32_t*)column_of(&made, "from")->buffers[1])[1] == 20001);
    CHECK(is_null(column_of(&made, "from"), 2) && is_null(column_of(&made, "rate"), 3));
    CHECK(column_of(&made, "error")->null_count == rows);
    release_answers(&made);
    polku_batch_destroy(batch);
}

static void inexact_numbers(const polku_program* program, polku_context* ctx) {
    static const polku_batch_output all = {NULL, 0, POLKU_COLUMN_DECIMAL, 2};
    polku_batch_options options = POLKU_BATCH_OPTIONS_INIT;
    polku_batch* batch = batch_of(program, "rates", NULL);
    table from;
    answers made;
    rates_table(&from);
    decide(batch, ctx, &from, &made);
    SAME(format_of(&made, "rate"), "u"); /* no scale was declared: texts lose nothing */
    SAME(text_in_row(column_of(&made, "rate"), 0), "0.125");
    SAME(text_in_row(column_of(&made, "rate"), 3), "null");
    release_answers(&made);
    polku_batch_destroy(batch);
    options.outputs = &all;
    options.output_count = 1;
    options.error_column = "fault!";
    options.error_column_length = 5;
    batch = batch_of(program, "rates", &options);
    rates_table(&from);
    decide(batch, ctx, &from, &made);
    CHECK(is_null(column_of(&made, "rate"), 0) && !is_null(column_of(&made, "rate"), 2));
    SAME(text_in_row(column_of(&made, "code"), 0), "N"); /* the other columns of the row stand */
    SAME(text_in_row(column_of(&made, "fault"), 0),
         "output 'rate': 0.125 is not exact at scale 2, or has more than 38 digits there");
    SAME(text_in_row(column_of(&made, "fault"), 2), "null");
    release_answers(&made);
    polku_batch_destroy(batch);
}

/* Scales that item definitions declare, of an entry and of a table's output. */
static void declared_scales(polku_context* ctx) {
    static const int64_t costs[] = {25, 101};
    polku_program* program = compile_file("tests/capi/scales.dmn");
    polku_batch* grant = batch_of(program, "grant", NULL);
    polku_batch* fee = batch_of(program, "fee", NULL);
    table from;
    answers made;
    const uint64_t* words;
    start_table(&from, 2);
    add_column(&from, "cost", "l", NULL, costs, NULL);
    decide(grant, ctx, &from, &made);
    SAME(format_of(&made, "sum"), "d:38,2");
    SAME(format_of(&made, "share"), "u");
    words = column_of(&made, "sum")->buffers[1];
    CHECK(words[0] == 1250 && words[1] == 0 && words[2] == 5050);
    SAME(text_in_row(column_of(&made, "share"), 1), "12.625");
    release_answers(&made);
    start_table(&from, 2);
    add_column(&from, "cost", "l", NULL, costs, NULL);
    decide(fee, ctx, &from, &made);
    SAME(format_of(&made, "fee"), "d:38,2");
    words = column_of(&made, "fee")->buffers[1];
    CHECK(words[0] == 1250 && words[1] == 0);
    CHECK(words[3] == 547522 && words[2] == 1791274398880104448u); /* 101 x 10^23 = 547522 x 2^64 + the low word */
    release_answers(&made);
    polku_batch_destroy(fee);
    polku_batch_destroy(grant);
    polku_program_destroy(program);
}

/* The same rows as parts of longer columns, at offsets of the table and of its columns that are no multiple of 8. */
static void slices(const polku_program* program, polku_context* ctx) {
    int64_t shifted[rows + 9] = {0};
    int32_t offsets[rows + 10] = {0};
    int32_t since[rows + 9] = {0};
    unsigned char valid[2] = {0xff, 0xff};
    unsigned char truth[2] = {0xff, 0x01};
    static const polku_batch_column names[] = {{"region", Z}};
    polku_batch_options options = POLKU_BATCH_OPTIONS_INIT;
    polku_batch* batch;
    table from;
    answers made;
    int row;
    for (row = 0; row < rows; ++row) {
        shifted[row + 9] = cents[row];
        since[row + 9] = days[row];
        offsets[row + 9] = region_offsets[row];
    }
    offsets[rows + 9] = region_offsets[rows];
    valid[1] = 0x1f; /* the last of rows 9 to 13 is null */
    options.keep = names;
    options.keep_count = 1;
    batch = batch_of(program, "rates", &options);
    start_table(&from, rows + 2);
    add_column(&from, "amount", "d:18,2,64", valid, shifted, NULL);
    add_column(&from, "region", "u", NULL, offsets, region_bytes);
    add_column(&from, "since", "tdD", NULL, since, NULL);
    add_column(&from, "new", "b", NULL, truth, NULL);
    for (row = 0; row < 4; ++row) from.arrays[row].offset = 7;
    from.array.offset = 2;
    from.array.length = rows;
    valid[1] = 0x1f;
    arrays_released = 0;
    decide(batch, ctx, &from, &made);
    CHECK(arrays_released == 4); /* the kept one lives on */
    SAME(made.schema.children[0]->name, "region");
    CHECK(made.array.children[0]->offset == 9 && made.array.children[0]->length == rows);
    SAME(text_in_row(column_of(&made, "code"), 0), "N");
    SAME(text_in_row(column_of(&made, "rate"), 1), "0.5");
    SAME(text_in_row(column_of(&made, "code"), 2), "twelve bytes");
    SAME(text_in_row(column_of(&made, "code"), 4), "none"); /* both are null */
    release_answers(&made);
    CHECK(arrays_released == 5);
    polku_batch_destroy(batch);
}

/* Each form of a column that an input of any type takes, echoed as text. */
static void echo_of(polku_batch* batch, polku_context* ctx, table* from, const char* first, const char* second) {
    answers made;
    decide(batch, ctx, from, &made);
    SAME(text_in_row(column_of(&made, "same"), 0), first);
    SAME(text_in_row(column_of(&made, "same"), 1), second);
    SAME(text_in_row(column_of(&made, "error"), 0), "null");
    release_answers(&made);
}

static void numbers_in(polku_batch* batch, polku_context* ctx) {
    static const int8_t small[] = {-5, 127};
    static const uint8_t bytes[] = {250, 1};
    static const uint32_t words[] = {4000000000u, 0};
    static const uint64_t long_words[] = {18446744073709551615u, 3};
    static const int64_t wide[] = {5, 0, -5, -1}; /* 0.05 and -0.05 at scale 2 */
    table from;
    start_table(&from, 2);
    add_column(&from, "x", "c", NULL, small, NULL);
    echo_of(batch, ctx, &from, "-5", "127");
    start_table(&from, 2);
    add_column(&from, "x", "C", NULL, bytes, NULL);
    echo_of(batch, ctx, &from, "250", "1");
    start_table(&from, 2);
    add_column(&from, "x", "I", NULL, words, NULL);
    echo_of(batch, ctx, &from, "4000000000", "0");
    start_table(&from, 2);
    add_column(&from, "x", "L", NULL, long_words, NULL);
    echo_of(batch, ctx, &from, "18446744073709551615", "3");
    start_table(&from, 2);
    add_column(&from, "x", "d:38,2", NULL, wide, NULL);
    echo_of(batch, ctx, &from, "0.05", "-0.05");
    start_table(&from, 2);
    add_column(&from, "x", "n", NULL, NULL, NULL);
    echo_of(batch, ctx, &from, "null", "null");
}

static void texts_in(polku_batch* batch, polku_context* ctx) {
    static const int64_t long_offsets[] = {0, 3, 5};
    static const int32_t offsets[] = {0, 3, 5};
    static const uint8_t indexes[] = {1, 0};
    static const unsigned char second_only[] = {0x02};
    static const unsigned char list_and[] = "threefourteen letters";
    struct {
        int32_t length;
        char inside[12];
    } views[2] = {{5, "short"}, {16, ""}};
    const int32_t place[2] = {0, 5}; /* block, start */
    static const int64_t sizes[] = {21};
    table from;
    int x;
    start_table(&from, 2);
    add_column(&from, "x", "U", NULL, long_offsets, "onetw");
    echo_of(batch, ctx, &from, "one", "tw");
    start_table(&from, 2);
    x = add_column(&from, "x", "C", NULL, indexes, NULL);
    add_column(&from, "", "u", NULL, offsets, "onetw");
    use_as_dictionary(&from, x, 2);
    echo_of(batch, ctx, &from, "tw", "one");
    start_table(&from, 2); /* a dictionary with a null in it */
    x = add_column(&from, "x", "C", NULL, indexes, NULL);
    add_column(&from, "", "u", second_only, offsets, "onetw");
    use_as_dictionary(&from, x, 2);
    echo_of(batch, ctx, &from, "tw", "null");
    memcpy(views[1].inside + 4, place, sizeof place);
    start_table(&from, 2);
    x = add_column(&from, "x", "vu", NULL, views, list_and);
    from.buffers[x][3] = sizes;
    from.arrays[x].n_buffers = 4;
    echo_of(batch, ctx, &from, "short", "fourteen letters");
    start_table(&from, 2);
    x = add_column(&from, "x", "vu", NULL, views, list_and);
    from.buffers[x][3] = long_offsets; /* says that the block has no bytes */
    from.arrays[x].n_buffers = 4;
    refuse(batch, ctx, &from, "its text in row 1 lies outside its buffers");
}

static void containers_in(polku_batch* batch, polku_context* ctx) {
    static const int16_t numbers[] = {1, 2, 3};
    static const int32_t offsets[] = {0, 2, 3};
    static const unsigned char first_only[] = {0x01};
    table from;
    table inner;
    int x;
    start_table(&inner, 2);
    add_column(&inner, "n", "s", NULL, numbers, NULL);
    add_column(&inner, "t", "u", NULL, offsets, "onetw");
    start_table(&from, 2);
    x = add_column(&from, "x", "+s", first_only, NULL, NULL);
    from.schemas[x].children = inner.schema_pointers;
    from.schemas[x].n_children = from.arrays[x].n_children = 2;
    from.arrays[x].children = inner.array_pointers;
    echo_of(batch, ctx, &from, "{\"n\":1,\"t\":\"on\"}", "null");
    start_table(&inner, 3);
    add_column(&inner, "item", "s", NULL, numbers, NULL);
    start_table(&from, 2);
    x = add_column(&from, "x", "+l", NULL, offsets, NULL);
    from.schemas[x].children = inner.schema_pointers;
    from.schemas[x].n_children = from.arrays[x].n_children = 1;
    from.arrays[x].children = inner.array_pointers;
    echo_of(batch, ctx, &from, "[1,2]", "[3]");
}

static void floats_in(const polku_program* program, polku_context* ctx, polku_batch* strict) {
    static const double binary[] = {0.1, 1e300};
    static const double not_finite[] = {0.0, 1.0};
    static const float narrow[] = {0.1f, -2.5f};
    double bad[2];
    polku_batch_options options = POLKU_BATCH_OPTIONS_INIT;
    polku_batch* batch;
    table from;
    answers made;
    start_table(&from, 2);
    add_column(&from, "x", "g", NULL, binary, NULL);
    refuse(strict, ctx, &from, "input 'x': column 'x' has binary floating point");
    options.flags = POLKU_BATCH_ALLOW_FLOAT;
    batch = batch_of(program, "same", &options);
    start_table(&from, 2);
    add_column(&from, "x", "g", NULL, binary, NULL);
    echo_of(batch, ctx, &from, "0.1", "1E+300");
    start_table(&from, 2);
    add_column(&from, "x", "f", NULL, narrow, NULL);
    echo_of(batch, ctx, &from, "0.1", "-2.5");
    bad[0] = not_finite[0] / not_finite[0];
    bad[1] = 1;
    start_table(&from, 2);
    add_column(&from, "x", "g", NULL, bad, NULL);
    decide(batch, ctx, &from, &made);
    SAME(text_in_row(column_of(&made, "error"), 0), "input 'x': NaN and infinity are no numbers of FEEL");
    SAME(text_in_row(column_of(&made, "same"), 0), "null");
    SAME(text_in_row(column_of(&made, "same"), 1), "1");
    release_answers(&made);
    polku_batch_destroy(batch);
}

/* Texts where an input is a date, and what is no date. */
static void dates_in(const polku_program* program, polku_context* ctx) {
    static const int32_t offsets[] = {0, 10, 20};
    polku_batch* batch = batch_of(program, "review day", NULL);
    table from;
    answers made;
    start_table(&from, 2);
    add_column(&from, "start", "u", NULL, offsets, "2026-11-242026-11-31");
    decide(batch, ctx, &from, &made);
    CHECK(strstr(text_in_row(column_of(&made, "error"), 1), "input 'start': ") != NULL);
    SAME(text_in_row(column_of(&made, "error"), 0), "null");
    CHECK(is_null(column_of(&made, "review day"), 1) && !is_null(column_of(&made, "review day"), 0));
    SAME(format_of(&made, "review day"), "tdD");
    CHECK(((const int32_t*)column_of(&made, "review day")->buffers[1])[0] == 20873); /* 2027-02-24 */
    release_answers(&made);
    polku_batch_destroy(batch);
}

static void bad_tables(polku_batch* batch, polku_context* ctx) {
    static const int32_t falling[rows + 1] = {0, 5, 10, 9, 20, 20};
    static const int32_t indexes[rows] = {0, 1, 2, 0, 0};
    table from;
    rates_table(&from);
    from.schemas[1].name = "regions";
    refuse(batch, ctx, &from, "no column 'region'");
    rates_table(&from);
    from.schemas[1].name = "since";
    refuse(batch, ctx, &from, "no column 'region'");
    rates_table(&from);
    from.schemas[1].format = "l";
    refuse(batch, ctx, &from, "input 'region': column 'region' has the format 'l', but the input is a string");
    rates_table(&from);
    from.schemas[2].format = "tsn:UTC";
    refuse(batch, ctx, &from, "column 'since' has the format 'tsn:UTC', which polku does not read");
    rates_table(&from);
    from.buffers[1][1] = falling;
    refuse(batch, ctx, &from, "the column 'region' cannot be read: its offset 3 is 9, before 10");
    rates_table(&from);
    from.buffers[0][1] = NULL;
    refuse(batch, ctx, &from, "the column 'amount' cannot be read: its data is NULL");
    rates_table(&from);
    from.arrays[3].length = 4;
    refuse(batch, ctx, &from, "the column 'new' cannot be read: it has 4 rows at offset 0");
    rates_table(&from);
    from.arrays[3].length = -1;
    refuse(batch, ctx, &from, "the column 'new'");
    rates_table(&from);
    from.arrays[0].offset = INT64_MAX;
    refuse(batch, ctx, &from, "the column 'amount'");
    rates_table(&from);
    from.arrays[2].release = NULL;
    refuse(batch, ctx, &from, "the column 'since' cannot be read: it was released");
    rates_table(&from);
    from.arrays[2].n_buffers = 1;
    refuse(batch, ctx, &from, "the column 'since' cannot be read: it has 1 buffers instead of 2");
    rates_table(&from);
    from.array.n_children = 3;
    refuse(batch, ctx, &from, "the table has 3 columns");
    rates_table(&from);
    from.array.release = NULL;
    refuse(batch, ctx, &from, "the table was released");
    rates_table(&from);
    from.schema.format = "l";
    refuse(batch, ctx, &from, "not a struct");
    rates_table(&from);
    from.schemas[1].format = "i";
    from.buffers[1][1] = indexes;
    from.arrays[1].n_buffers = 2;
    add_column(&from, "", "u", NULL, region_offsets, region_bytes);
    use_as_dictionary(&from, 1, 2);
    refuse(batch, ctx, &from, "its index in row 2 is 2, and its dictionary has 2 entries");
    rates_table(&from);
    from.no_validity[0] = four_of_five;
    from.array.null_count = -1;
    refuse(batch, ctx, &from, "row 4 of the table is null as a whole");
}

static void bad_options(const polku_program* program) {
    static const polku_batch_output unknown = {"none", Z, POLKU_COLUMN_TEXT, 0};
    static const polku_batch_output wide = {"rate", Z, POLKU_COLUMN_DECIMAL, 39};
    static const polku_batch_output formless = {"rate", Z, 17, 0};
    static const polku_batch_column kept[] = {{"code", Z}};
    polku_batch_options options = POLKU_BATCH_OPTIONS_INIT;
    polku_error* err = NULL;
    polku_batch* made = NULL;
    uint32_t rates = 0;
    OK(polku_program_find(program, "rates", Z, &rates, &err));
    FAILS(polku_batch_create(NULL, rates, NULL, &made, &err), MISUSE, 102);
    FAILS(polku_batch_create(program, 99, NULL, &made, &err), NOT_FOUND, 0);
    FAILS(polku_batch_create(program, rates, NULL, NULL, &err), MISUSE, 102);
    options.flags = 64;
    FAILS(polku_batch_create(program, rates, &options, &made, &err), INVALID, 100);
    options.flags = 0;
    options.output_count = 1;
    FAILS(polku_batch_create(program, rates, &options, &made, &err), MISUSE, 102);
    options.outputs = &unknown;
    FAILS(polku_batch_create(program, rates, &options, &made, &err), INVALID, 100);
    options.outputs = &wide;
    FAILS(polku_batch_create(program, rates, &options, &made, &err), INVALID, 100);
    options.outputs = &formless;
    FAILS(polku_batch_create(program, rates, &options, &made, &err), INVALID, 100);
    options.output_count = 0;
    options.error_column = "rate";
    options.error_column_length = Z;
    FAILS(polku_batch_create(program, rates, &options, &made, &err), INVALID, 100);
    options.error_column = NULL;
    options.keep = kept;
    options.keep_count = 1;
    FAILS(polku_batch_create(program, rates, &options, &made, &err), INVALID, 100);
    options.struct_size = 8;
    FAILS(polku_batch_create(program, rates, &options, &made, &err), INVALID, 100);
    CHECK(made == NULL);
    polku_batch_destroy(NULL);
}

/* Columns that are missing, and those that no input takes. */
static void missing_columns(const polku_program* program, polku_context* ctx) {
    polku_batch_options options = POLKU_BATCH_OPTIONS_INIT;
    polku_batch* batch;
    table from;
    answers made;
    options.flags = POLKU_BATCH_MISSING_UNKNOWN;
    batch = batch_of(program, "rates", &options);
    start_table(&from, rows);
    add_column(&from, "amount", "d:18,2,64", four_of_five, cents, NULL);
    decide(batch, ctx, &from, &made);
    SAME(text_in_row(column_of(&made, "code"), 0), "null");
    SAME(text_in_row(column_of(&made, "code"), 1), "made");
    SAME(text_in_row(column_of(&made, "code"), 4), "none"); /* both are null */
    release_answers(&made);
    start_table(&from, rows);
    add_column(&from, "amounts", "d:18,2,64", four_of_five, cents, NULL);
    refuse(batch, ctx, &from, "no input takes the column 'amounts'");
    polku_batch_destroy(batch);
}

/* -------------------------------------------------------------------------------------------------- streams */

typedef struct source {
    int left;
    int fails_at;
    int released;
    table now;
} source;

static int source_schema(struct ArrowArrayStream* of, struct ArrowSchema* out) {
    source* self = of->private_data;
    rates_table(&self->now);
    *out = self->now.schema;
    return 0;
}
static int source_next(struct ArrowArrayStream* of, struct ArrowArray* out) {
    source* self = of->private_data;
    memset(out, 0, sizeof *out);
    if (self->left == self->fails_at) return EIO;
    if (self->left-- == 0) return 0;
    rates_table(&self->now);
    *out = self->now.array;
    return 0;
}
static const char* source_error(struct ArrowArrayStream* of) {
    (void)of;
    return "the disk is gone";
}
static void source_release(struct ArrowArrayStream* of) {
    ++((source*)of->private_data)->released;
    of->release = NULL;
}
static struct ArrowArrayStream stream_of(source* from, int batches) {
    struct ArrowArrayStream made = {source_schema, source_next, source_error, source_release, NULL};
    memset(from, 0, sizeof *from);
    from->left = batches;
    from->fails_at = -1;
    made.private_data = from;
    return made;
}

static int32_t stop_at_once(void* asked) {
    ++*(int*)asked;
    return 1;
}

static void streams(const polku_program* program) {
    polku_error* err = NULL;
    polku_batch* batch = batch_of(program, "rates", NULL);
    polku_context* ctx = NULL;
    struct ArrowArrayStream in;
    struct ArrowArrayStream out;
    source from;
    answers made;
    int batches = 0;
    OK(polku_context_create(NULL, &ctx, &err));
    in = stream_of(&from, 3);
    OK(polku_batch_stream(batch, ctx, &in, &out, &err));
    CHECK(in.release == NULL && from.released == 0);
    polku_context_destroy(ctx); /* the stream needs neither of them */
    polku_batch_destroy(batch);
    arrays_released = 0;
    CHECK(out.get_schema(&out, &made.schema) == 0);
    while (out.get_next(&out, &made.array) == 0 && made.array.release != NULL) {
        ++batches;
        CHECK(made.array.length == rows);
        SAME(text_in_row(column_of(&made, "code"), 1), "made");
        made.array.release(&made.array);
    }
    CHECK(batches == 3 && arrays_released == 15 && out.get_last_error(&out) == NULL);
    made.schema.release(&made.schema);
    CHECK(from.released == 0);
    out.release(&out);
    CHECK(from.released == 1 && out.release == NULL);
}

static void streams_that_fail(const polku_program* program) {
    polku_error* err = NULL;
    polku_batch* batch = batch_of(program, "rates", NULL);
    polku_context* ctx = NULL;
    struct ArrowArrayStream in;
    struct ArrowArrayStream out;
    struct ArrowArray made;
    source from;
    int asked = 0;
    OK(polku_context_create(NULL, &ctx, &err));
    in = stream_of(&from, 3);
    from.fails_at = 2;
    OK(polku_batch_stream(batch, ctx, &in, &out, &err));
    CHECK(out.get_next(&out, &made) == 0);
    made.release(&made);
    CHECK(out.get_next(&out, &made) == EIO && made.release == NULL);
    SAME(out.get_last_error(&out), "the disk is gone");
    CHECK(out.get_next(&out, &made) == EIO); /* for good */
    out.release(&out);
    CHECK(from.released == 1);
    OK(polku_context_set_cancel(ctx, stop_at_once, &asked, NULL, NULL, &err));
    in = stream_of(&from, 3);
    OK(polku_batch_stream(batch, ctx, &in, &out, &err));
    arrays_released = 0;
    CHECK(out.get_next(&out, &made) == ECANCELED && made.release == NULL && asked > 0 && arrays_released == 5);
    CHECK(strstr(out.get_last_error(&out), "stop") != NULL || strstr(out.get_last_error(&out), "cancel") != NULL);
    out.release(&out);
    in = stream_of(&from, 3);
    FAILS(polku_batch_stream(NULL, ctx, &in, &out, &err), MISUSE, 102);
    CHECK(from.released == 1 && in.release == NULL && out.release == NULL);
    FAILS(polku_batch_stream(batch, ctx, &in, &out, &err), INVALID, 100); /* it was released */
    FAILS(polku_batch_stream(batch, ctx, NULL, &out, &err), MISUSE, 102);
    polku_context_destroy(ctx);
    polku_batch_destroy(batch);
}

int main(void) {
    polku_error* err = NULL;
    polku_program* rates = compile_file("tests/capi/rates.dmn");
    polku_program* echo = compile_file("tests/capi/echo.dmn");
    polku_context* ctx = NULL;
    polku_batch* batch = batch_of(rates, "rates", NULL);
    polku_batch* same = batch_of(echo, "same", NULL);
    OK(polku_context_create(NULL, &ctx, &err));
    columns_out(rates, ctx);
    inexact_numbers(rates, ctx);
    declared_scales(ctx);
    slices(rates, ctx);
    numbers_in(same, ctx);
    texts_in(same, ctx);
    containers_in(same, ctx);
    floats_in(echo, ctx, same);
    dates_in(echo, ctx);
    bad_tables(batch, ctx);
    bad_options(rates);
    missing_columns(rates, ctx);
    streams(rates);
    streams_that_fail(rates);
    polku_batch_destroy(same);
    polku_batch_destroy(batch);
    polku_context_destroy(ctx);
    polku_program_destroy(echo);
    polku_program_destroy(rates);
    return finish();
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Stores and cases. argv[1] is a folder for files. */
#include "files.h"

static const char case_id[] = "000000000000000000000000ca000001";
static char folder[3500];

static const char* file_in_folder(const char* name) {
    static char full[4000];
    snprintf(full, sizeof full, "%s/%s", folder, name);
    return full;
}

static void remove_store(const char* name) {
    char side[4100];
    const char* file = file_in_folder(name);
    remove(file);
    snprintf(side, sizeof side, "%s-wal", file);
    remove(side);
    snprintf(side, sizeof side, "%s-shm", file);
    remove(side);
}

static void use_shipped(polku_store* store) {
    polku_error* err = NULL;
    polku_path* path = NULL;
    OK(polku_path_shipped("tyokyky-kayttoon", Z, &path, &err));
    OK(polku_store_use_path(store, path, &err));
    OK(polku_store_use_path(store, path, &err)); /* again is no fault */
    polku_path_destroy(path);
}

static polku_store* in_memory(void) {
    polku_error* err = NULL;
    polku_store* store = NULL;
    OK(polku_store_open(":memory:", Z, NULL, &store, &err));
    if (store == NULL) exit(2);
    use_shipped(store);
    return store;
}

/* Carries out all commands of the example client; answers how many. */
static int run_client(polku_store* store) {
    polku_error* err = NULL;
    char* commands = read_text("examples/one_client.jsonl");
    char* line;
    int count = 0;
    for (line = strtok(commands, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        polku_string* answer = NULL;
        OK(polku_store_execute(store, line, Z, &answer, &err));
        CHECK(strstr(polku_string_data(answer), case_id) != NULL);
        polku_string_destroy(answer);
        ++count;
    }
    free(commands);
    return count;
}

static void has(polku_string* text, const char* part, int line) {
    check_that(text != NULL && strstr(polku_string_data(text), part) != NULL, part, __FILE__, line);
    polku_string_destroy(text);
}
#define HAS(text, part)            \
    do {                           \
        has(text, part, __LINE__); \
        (text) = NULL;             \
    } while (0)

static void whole_client(polku_store* store) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_string* again = NULL;
    polku_view_options view = POLKU_VIEW_OPTIONS_INIT;
    uint64_t cursor = 0;
    char* first = read_text("examples/one_client.jsonl");
    *strchr(first, '\n') = '\0';
    CHECK(run_client(store) > 10);
    view.as_of = "2026-10-01";
    view.language = "fi";
    OK(polku_store_case(store, case_id, Z, &view, &out, &err));
    HAS(out, "\"open_market\"");
    view.language = NULL; /* English */
    view.flags = POLKU_VIEW_PROTECTED;
    OK(polku_store_case(store, case_id, 32, &view, &out, &err));
    HAS(out, case_id);
    OK(polku_store_cases(store, NULL, 0, 10, &out, &err));
    HAS(out, case_id);
    OK(polku_store_cases(store, case_id, Z, 10, &out, &err));
    TEXT(out, "[]");
    OK(polku_store_due(store, "2026-12-31", Z, &out, &err));
    HAS(out, "[");
    OK(polku_store_feed(store, 0, 5, NULL, &out, &cursor, &err));
    HAS(out, "\"specversion\":\"1.0\"");
    CHECK(cursor >= 5);
    OK(polku_store_feed(store, 1000000, 5, NULL, &out, &cursor, &err));
    TEXT(out, "[]");
    /* The same command again answers as the first time. */
    OK(polku_store_execute(store, first, Z, &out, &err));
    OK(polku_store_execute(store, first, strlen(first), &again, &err));
    SAME(polku_string_data(out), polku_string_data(again));
    polku_string_destroy(out);
    polku_string_destroy(again);
    free(first);
}

static void circling(polku_store* store) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    OK(polku_store_circling(store, "{\"as_of\":\"2026-10-02\"}", Z, &out, &err));
    TEXT(out, "[]");
    FAILS(polku_store_circling(store, "{\"as_of\":\"2026-10-02\",\"returns\":0}", Z, &out, &err), INVALID, 100);
    FAILS(polku_store_circling(store, "{}", Z, &out, &err), INVALID, 803);
    FAILS(polku_store_circling(store, "{\"as_of\":\"soon\"}", Z, &out, &err), INVALID, 0);
    FAILS(polku_store_circling(store, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_store_circling(NULL, "{}", Z, &out, &err), MISUSE, 102);
    FAILS(polku_store_circling(store, "{}", Z, NULL, &err), MISUSE, 102);
    CHECK(out == NULL);
}

static void registers(polku_store* store) {
    static const char open_book[] =
        "{\"command\":\"open_register\",\"programme\":\"0000000000000000000000000f000001\",\"command_id\":\"rg-1\","
        "\"now\":\"2026-10-02T10:00:00Z\",\"actor\":\"a\",\"purpose\":\"p\",\"data\":{\"path\":\"tyokyky-kayttoon\","
        "\"register\":\"readiness\"}}";
    static const char told[] =
        "{\"command\":\"record_entry\",\"programme\":\"0000000000000000000000000f000001\",\"command_id\":\"rg-2\","
        "\"now\":\"2026-10-02T10:00:00Z\",\"actor\":\"a\",\"purpose\":\"p\",\"data\":{\"entry\":\"r1\",\"about\":"
        "\"698\",\"fields\":{\"who\":\"associations\",\"takes part in\":\"design\",\"brings\":\"experience\"}}}";
    static const char one[] = "{\"path\":\"tyokyky-kayttoon\",\"register\":\"readiness\",\"as_of\":\"2026-10-02\"}";
    static const char unnamed[] = "{\"path\":\"tyokyky-kayttoon\",\"as_of\":\"2026-10-02\",\"about\":\"698\"}";
    static const char pathless[] = "{\"register\":\"readiness\",\"as_of\":\"2026-10-02\"}";
    static const char unknown[] = "{\"path\":\"tyokyky-kayttoon\",\"register\":\"x\",\"as_of\":\"2026-10-02\"}";
    polku_error* err = NULL;
    polku_string* out = NULL;
    OK(polku_store_execute(store, open_book, Z, &out, &err));
    polku_string_destroy(out);
    OK(polku_store_execute(store, told, Z, &out, &err));
    polku_string_destroy(out);
    OK(polku_store_registers(store, "{\"as_of\":\"2026-10-02\"}", Z, &out, &err));
    HAS(out, "\"register\":\"readiness\"");
    OK(polku_store_registers(store, one, Z, &out, &err));
    HAS(out, "\"entry\":\"r1\"");
    FAILS(polku_store_registers(store, unnamed, Z, &out, &err), INVALID, 803);
    FAILS(polku_store_registers(store, pathless, Z, &out, &err), INVALID, 803);
    FAILS(polku_store_registers(store, unknown, Z, &out, &err), NOT_FOUND, 101);
    FAILS(polku_store_registers(store, "{}", Z, &out, &err), INVALID, 803);
    FAILS(polku_store_registers(store, NULL, 0, &out, &err), MISUSE, 102);
    OK(polku_store_registers_due(store, NULL, 0, "2028-01-01", Z, &out, &err));
    HAS(out, "\"entry\":\"r1\"");
    OK(polku_store_registers_due(store, "toimi", Z, "2028-01-01", Z, &out, &err));
    SAME(polku_string_data(out), "[]");
    polku_string_destroy(out);
    out = NULL;
    FAILS(polku_store_registers_due(store, NULL, 0, "soon", Z, &out, &err), INVALID, 110);
}

static void places(polku_store* store) {
    static const char book[] = "0000000000000000000000000e000001";
    static const char open_book[] =
        "{\"command\":\"open_places\",\"environment\":\"0000000000000000000000000e000001\",\"command_id\":\"pl-1\","
        "\"now\":\"2026-10-02T10:00:00Z\",\"actor\":\"a\",\"purpose\":\"p\",\"data\":{\"path\":\"tyokyky-kayttoon\","
        "\"environment\":\"eduro\",\"places\":2}}";
    static const char join[] =
        "{\"command\":\"reserve_place\",\"environment\":\"0000000000000000000000000e000001\",\"command_id\":\"pl-2\","
        "\"now\":\"2026-10-02T10:00:00Z\",\"actor\":\"a\",\"purpose\":\"p\",\"data\":{\"reservation\":\"r1\",\"case\":"
        "\"000000000000000000000000ca000002\",\"place\":{\"from\":\"2026-11-02\",\"until\":\"2026-12-01\"}}}";
    static const char wanted[] = "{\"from\":\"2026-11-02\",\"until\":\"2026-12-01\"}";
    polku_error* err = NULL;
    polku_string* out = NULL;
    uint64_t cursor = 0;
    polku_view_options view = POLKU_VIEW_OPTIONS_INIT;
    polku_feed_options feed = POLKU_FEED_OPTIONS_INIT;
    OK(polku_store_execute(store, open_book, Z, &out, &err));
    HAS(out, "place_book_opened");
    FAILS(polku_store_execute(store, join, Z, &out, &err), NOT_FOUND, 630); /* no such case */
    OK(polku_store_places(store, NULL, 0, "2026-10-02", Z, &out, &err));
    HAS(out, "\"environment\":\"eduro\",\"free\":2");
    OK(polku_store_places(store, book, Z, "2026-10-02", Z, &out, &err));
    HAS(out, "\"levels\":[");
    FAILS(polku_store_places(store, "e1", Z, "2026-10-02", Z, &out, &err), INVALID, 100);
    FAILS(polku_store_places(store, book, Z, "tomorrow", Z, &out, &err), INVALID, 110);
    FAILS(polku_store_places(store, book, Z, NULL, 0, &out, &err), MISUSE, 102);
    view.as_of = "2026-10-02";
    OK(polku_store_suggest_places(store, case_id, Z, wanted, Z, &view, &out, &err));
    HAS(out, "\"suggestions\":[]"); /* this path has no catalogue of tasks */
    FAILS(polku_store_suggest_places(store, case_id, Z, "{}", Z, &view, &out, &err), INVALID, 803);
    view.reader = "{\"actor\":\"Ulla Ulkopuolinen\",\"purpose\":\"services\"}";
    FAILS(polku_store_suggest_places(store, case_id, Z, wanted, Z, &view, &out, &err), DENIED, 901);
    OK(polku_store_feed(store, 0, 1000000, NULL, &out, &cursor, &err));
    HAS(out, "\"type\":\"polku.places_set\"");
    feed.flags = POLKU_FEED_PERSONAL;
    feed.reader = view.reader;
    OK(polku_store_feed(store, 0, 1000000, &feed, &out, &cursor, &err));
    CHECK(strstr(polku_string_data(out), "polku.case_opened") == NULL);
    HAS(out, "polku.places_set");
    feed.flags = 0x80u;
    FAILS(polku_store_feed(store, 0, 10, &feed, &out, &cursor, &err), INVALID, 100);
    feed.flags = 0;
    FAILS(polku_store_feed(store, 0, 0, &feed, &out, &cursor, &err), INVALID, 100);
}

static void head_and_verify(polku_store* store) {
    polku_error* err = NULL;
    polku_string* head = NULL;
    polku_string* out = NULL;
    OK(polku_store_head(store, &head, &err));
    CHECK(strchr(polku_string_data(head), ':') != NULL);
    OK(polku_store_verify(store, NULL, 0, &out, &err));
    HAS(out, "\"ok\":true");
    OK(polku_store_verify(store, polku_string_data(head), polku_string_size(head), &out, &err));
    HAS(out, "\"ok\":true");
    polku_string_destroy(head);
    OK(polku_store_verify(store, "3:0000000000000000000000000000000000000000000000000000000000000000", Z, &out, &err));
    HAS(out, "\"ok\":false"); /* damage is in the report */
    FAILS(polku_store_verify(store, "no anchor", Z, &out, &err), INVALID, 100);
    FAILS(polku_store_verify(store, "3\0:", 3, &out, &err), INVALID, 100);
    OK(polku_store_checkpoint(store, &err));
}

static void bad_commands(polku_store* store) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_string* head = NULL;
    polku_position where;
    OK(polku_store_head(store, &head, &err));
    FAILS(polku_store_execute(store, "", 0, &out, &err), INVALID, 800);
    FAILS(polku_store_execute(store, "[]", Z, &out, &err), INVALID, 805);
    FAILS(polku_store_execute(store, "{}", Z, &out, &err), INVALID, 803);
    FAILS(polku_store_execute(store, "{\"command\":\"route\",\"commando\":1}", Z, &out, &err), INVALID, 804);
    FAILS(polku_store_execute(store, "{}\0", 3, &out, &err), INVALID, 100);
    FAILS(
        polku_store_execute(store,
                            "{\"command\":\"route\",\"case\":\"000000000000000000000000ca000099\",\"command_id\":\"x\","
                            "\"now\":\"2026-03-02T10:00:00Z\",\"actor\":\"a\",\"purpose\":\"p\"}",
                            Z, &out, &err),
        NOT_FOUND, 630);
    FAILS(
        polku_store_execute(store,
                            "{\"command\":\"route\",\"case\":\"000000000000000000000000ca000001\",\"command_id\":\"x\","
                            "\"now\":\"2026-10-02T10:00:00Z\",\"actor\":\"a\",\"purpose\":\"p\"}",
                            Z, &out, &err),
        CONFLICT, 632);
    FAILS(polku_store_execute(
              store,
              "{\"command\":\"tick\",\"case\":\"000000000000000000000000ca000001\",\"command_id\":\"aino-01\","
              "\"now\":\"2026-10-02T10:00:00Z\",\"actor\":\"a\",\"purpose\":\"p\"}",
              Z, &out, &err),
          CONFLICT, 711);
    FAILS(polku_store_execute(
              store,
              "{\"command\":\"tick\",\"case\":\"000000000000000000000000ca000001\",\"command_id\":\"y\","
              "\"now\":\"2026-10-02T10:00:00Z\",\"actor\":\"a\",\"purpose\":\"p\",\"expected_version\":1}",
              Z, &out, &err),
          CONFLICT, 710);
    CHECK(
        polku_store_execute(store,
                            "{\"command\":\"rout\",\"case\":\"000000000000000000000000ca000001\",\"command_id\":\"z\","
                            "\"now\":\"2026-10-02T10:00:00Z\",\"actor\":\"a\",\"purpose\":\"p\"}",
                            Z, &out, &err) == POLKU_STATUS_INVALID);
    CHECK(polku_error_position_count(err) == 1 && polku_error_position_at(err, 0, &where) == POLKU_STATUS_OK);
    CHECK(where.pointer[0] == '/');
    CHECK(strstr(polku_error_message(err), "'route'") != NULL); /* the nearest command is named */
    polku_error_destroy(err);
    err = NULL;
    FAILS(polku_store_execute(store, NULL, Z, &out, &err), MISUSE, 102);
    FAILS(polku_store_execute(store, "{}", Z, NULL, &err), MISUSE, 102);
    FAILS(polku_store_execute(NULL, "{}", Z, &out, &err), MISUSE, 102);
    CHECK(out == NULL);
    OK(polku_store_head(store, &out, &err)); /* nothing of this left a trace */
    TEXT(out, polku_string_data(head));
    polku_string_destroy(head);
}

static void bad_views(polku_store* store) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_view_options view = POLKU_VIEW_OPTIONS_INIT;
    FAILS(polku_store_case(store, case_id, Z, &view, &out, &err), MISUSE, 102); /* as_of is needed */
    view.as_of = "2026-13-01";
    FAILS(polku_store_case(store, case_id, Z, &view, &out, &err), INVALID, 110);
    view.as_of = "2026-10-01";
    FAILS(polku_store_case(store, "ca01", Z, &view, &out, &err), INVALID, 100);
    FAILS(polku_store_case(store, "", 0, &view, &out, &err), INVALID, 100);
    FAILS(polku_store_case(store, "0000000000000000000000000000ffff", Z, &view, &out, &err), NOT_FOUND, 630);
    FAILS(polku_store_case(store, "00\0", 3, &view, &out, &err), INVALID, 100);
    view.language = "de";
    FAILS(polku_store_case(store, case_id, Z, &view, &out, &err), INVALID, 100);
    view.language = "fi-selko";
    OK(polku_store_case(store, case_id, Z, &view, &out, &err));
    polku_string_destroy(out);
    view.flags = 0x80000000u;
    FAILS(polku_store_case(store, case_id, Z, &view, &out, &err), INVALID, 100);
    view.flags = 0;
    view.reserved[2] = 1;
    FAILS(polku_store_case(store, case_id, Z, &view, &out, &err), INVALID, 100);
    view.reader = "{\"actor\":\"Ulla Ulkopuolinen\",\"organisation\":\"municipality\",\"purpose\":\"services\"}";
    view.reserved[2] = 0;
    FAILS(polku_store_case(store, case_id, Z, &view, &out, &err), DENIED, 901);
    view.reader = "{\"actor\":7}";
    FAILS(polku_store_case(store, case_id, Z, &view, &out, &err), INVALID, 805);
    view.reader = "{\"actor\"";
    FAILS(polku_store_case(store, case_id, Z, &view, &out, &err), INVALID, 800);
    view.reader = NULL;
    view.struct_size = (uint32_t)POLKU_VIEW_OPTIONS_SIZE_1;
    OK(polku_store_case(store, case_id, Z, &view, &out, &err));
    polku_string_destroy(out);
    view.struct_size = 4;
    FAILS(polku_store_case(store, case_id, Z, &view, &out, &err), INVALID, 100);
    FAILS(polku_store_case(store, case_id, Z, NULL, &out, &err), MISUSE, 102);
    FAILS(polku_store_case(store, NULL, Z, &view, &out, &err), MISUSE, 102);
    FAILS(polku_store_case(NULL, case_id, Z, &view, &out, &err), MISUSE, 102);
    FAILS(polku_store_case(store, case_id, Z, &view, NULL, &err), MISUSE, 102);
}

static void bad_queries(polku_store* store) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    uint64_t cursor = 7;
    FAILS(polku_store_due(store, "soon", Z, &out, &err), INVALID, 110);
    FAILS(polku_store_due(store, "", 0, &out, &err), INVALID, 110);
    FAILS(polku_store_due(store, NULL, Z, &out, &err), MISUSE, 102);
    FAILS(polku_store_due(NULL, "2026-10-01", Z, &out, &err), MISUSE, 102);
    FAILS(polku_store_due(store, "2026-10-01", Z, NULL, &err), MISUSE, 102);
    FAILS(polku_store_cases(store, "nothing", Z, 1, &out, &err), INVALID, 100);
    FAILS(polku_store_cases(store, NULL, 0, 0, &out, &err), INVALID, 100);
    FAILS(polku_store_cases(NULL, NULL, 0, 1, &out, &err), MISUSE, 102);
    FAILS(polku_store_cases(store, NULL, 0, 1, NULL, &err), MISUSE, 102);
    FAILS(polku_store_feed(store, 0, 0, NULL, &out, &cursor, &err), INVALID, 100);
    CHECK(cursor == 0);
    FAILS(polku_store_feed(NULL, 0, 1, NULL, &out, &cursor, &err), MISUSE, 102);
    FAILS(polku_store_feed(store, 0, 1, NULL, &out, NULL, &err), MISUSE, 102);
    FAILS(polku_store_feed(store, 0, 1, NULL, NULL, &cursor, &err), MISUSE, 102);
    FAILS(polku_store_head(NULL, &out, &err), MISUSE, 102);
    FAILS(polku_store_head(store, NULL, &err), MISUSE, 102);
    FAILS(polku_store_verify(NULL, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_store_verify(store, NULL, 0, NULL, &err), MISUSE, 102);
    FAILS(polku_store_checkpoint(NULL, &err), MISUSE, 102);
    FAILS(polku_store_use_path(store, NULL, &err), MISUSE, 102);
    FAILS(polku_store_use_path(NULL, NULL, &err), MISUSE, 102);
    FAILS(polku_store_set_cancel(NULL, NULL, NULL, NULL, NULL, &err), MISUSE, 102);
    CHECK(out == NULL);
}

static int32_t always_stop(void* user_data) {
    ++*(int*)user_data;
    return 1;
}

static void files(void) {
    polku_error* err = NULL;
    polku_store* store = NULL;
    polku_store* other = NULL;
    polku_string* out = NULL;
    polku_view_options view = POLKU_VIEW_OPTIONS_INIT;
    polku_store_options options = POLKU_STORE_OPTIONS_INIT;
    polku_cancel_callback former = NULL;
    void* former_data = NULL;
    int asked = 0;
    remove_store("client.db");
    options.flags = POLKU_STORE_MUST_EXIST;
    FAILS(polku_store_open(file_in_folder("client.db"), Z, &options, &store, &err), NOT_FOUND, 700);
    options.flags = 0;
    options.busy_timeout_ms = 50;
    OK(polku_store_open(file_in_folder("client.db"), Z, &options, &store, &err));
    if (store == NULL) exit(2);
    use_shipped(store);
    OK(polku_store_clone(store, &other, &err));
    if (other == NULL) exit(2);
    OK(polku_store_set_cancel(store, always_stop, &asked, NULL, NULL, &err));
    OK(polku_store_set_cancel(store, NULL, NULL, &former, &former_data, &err));
    CHECK(former == always_stop && former_data == &asked);
    CHECK(run_client(other) > 10); /* a clone knows the paths of the original */
    view.as_of = "2026-10-01";
    OK(polku_store_case(store, case_id, Z, &view, &out, &err));
    HAS(out, "open_market");
    polku_store_destroy(other);
    OK(polku_store_checkpoint(store, &err));
    polku_store_destroy(store);
    options.flags = POLKU_STORE_MUST_EXIST;
    OK(polku_store_open(file_in_folder("client.db"), Z, &options, &store, &err));
    OK(polku_store_case(store, case_id, Z, &view, &out, &err)); /* on the path's bytes that the store keeps */
    HAS(out, "open_market");
    OK(polku_store_verify(store, NULL, 0, &out, &err));
    HAS(out, "\"ok\":true");
    polku_store_destroy(store);
    remove_store("client.db");
}

static void bad_stores(void) {
    static const char text[] = "This is no store, however long it may be. This is no store, however long it may be.";
    polku_error* err = NULL;
    polku_store* store = (polku_store*)&store;
    polku_store_options options = POLKU_STORE_OPTIONS_INIT;
    FILE* file = fopen(file_in_folder("text.db"), "wb");
    if (file == NULL) exit(2);
    fwrite(text, 1, sizeof text, file);
    fclose(file);
    FAILS(polku_store_open(file_in_folder("text.db"), Z, NULL, &store, &err), INVALID, 701);
    CHECK(store == NULL);
    remove(file_in_folder("text.db"));
    FAILS(polku_store_open(file_in_folder("no/such/folder.db"), Z, NULL, &store, &err), NOT_FOUND, 700);
    FAILS(polku_store_open("", 0, NULL, &store, &err), INVALID, 100);
    FAILS(polku_store_open("a\0b", 3, NULL, &store, &err), INVALID, 100);
    FAILS(polku_store_open(NULL, Z, NULL, &store, &err), MISUSE, 102);
    FAILS(polku_store_open(":memory:", Z, NULL, NULL, &err), MISUSE, 102);
    options.struct_size = 1;
    FAILS(polku_store_open(":memory:", Z, &options, &store, &err), INVALID, 100);
    options.struct_size = (uint32_t)sizeof options;
    options.flags = 2;
    FAILS(polku_store_open(":memory:", Z, &options, &store, &err), INVALID, 100);
    options.flags = 0;
    options.reserved32 = 1;
    FAILS(polku_store_open(":memory:", Z, &options, &store, &err), INVALID, 100);
    options.reserved32 = 0;
    options.reserved[5] = 1;
    FAILS(polku_store_open(":memory:", Z, &options, &store, &err), INVALID, 100);
    options.struct_size = (uint32_t)offsetof(polku_store_options, reserved);
    OK(polku_store_open(":memory:", Z, &options, &store, &err));
    {
        polku_store* other = store;
        FAILS(polku_store_clone(store, &other, &err), INVALID, 100);
        CHECK(other == NULL);
        FAILS(polku_store_clone(NULL, &other, &err), MISUSE, 102);
        FAILS(polku_store_clone(store, NULL, &err), MISUSE, 102);
    }
    polku_store_destroy(store);
    polku_store_destroy(NULL);
}

/* A decision by a rule pack: made, and derived again. */
static void decisions(void) {
    static const char adoption[] =
        "{\"command_id\":\"adopt-1\",\"now\":\"2026-10-01T08:00:00Z\",\"actor\":\"lawyer-1\",\"purpose\":\"rules\"}";
    static const char command[] =
        "{\"command\":\"decide_by_pack\",\"case\":\"000000000000000000000000ca000001\",\"command_id\":\"d-1\","
        "\"now\":\"2026-10-02T08:00:00Z\",\"actor\":\"worker-201\",\"purpose\":\"decision\",\"data\":{\"id\":\"d1\","
        "\"pack\":\"paikallislisa\",\"decision\":\"Supplement\",\"inputs\":{\"employer sort\":\"company\",\"age\":57,"
        "\"target group\":true,\"weekly hours\":20,\"employment months\":4,\"pay subsidy granted\":false}}}";
    polku_store* store = in_memory();
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_pack* pack = NULL;
    run_client(store);
    OK(polku_pack_shipped("paikallislisa", Z, &pack, &err));
    FAILS(polku_store_execute(store, command, Z, &out, &err), NOT_FOUND, 694);
    OK(polku_store_adopt_pack(store, pack, adoption, Z, &out, &err));
    polku_string_destroy(out);
    OK(polku_store_execute(store, command, Z, &out, &err));
    polku_string_destroy(out);
    OK(polku_store_check_decisions(store, NULL, 0, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"derived\":\"same\"") != NULL);
    CHECK(strstr(polku_string_data(out), polku_pack_hash(pack)) != NULL);
    has(out, "\"a month\":450", __LINE__);
    OK(polku_store_check_decisions(store, "{\"pack\":\"paikallislisa\",\"affected\":true}", Z, &out, &err));
    SAME(polku_string_data(out), "[]");
    polku_string_destroy(out);
    out = NULL;
    FAILS(polku_store_adopt_pack(store, pack, "{\"command_id\":\"adopt-2\"}", Z, &out, &err), INVALID, 803);
    FAILS(polku_store_adopt_pack(store, NULL, adoption, Z, &out, &err), MISUSE, 102);
    FAILS(polku_store_adopt_pack(NULL, pack, adoption, Z, &out, &err), MISUSE, 102);
    FAILS(polku_store_adopt_pack(store, pack, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_store_check_decisions(store, "{\"known_at\":\"soon\"}", Z, &out, &err), INVALID, 0);
    FAILS(polku_store_check_decisions(store, "{\"when\":1}", Z, &out, &err), INVALID, 0);
    FAILS(polku_store_check_decisions(NULL, NULL, 0, &out, &err), MISUSE, 102);
    polku_pack_destroy(pack);
    polku_store_destroy(store);
}

int main(int argc, char** argv) {
    polku_store* store;
    snprintf(folder, sizeof folder, "%s", argc > 1 ? argv[1] : ".");
    store = in_memory();
    whole_client(store);
    places(store);
    registers(store);
    circling(store);
    head_and_verify(store);
    bad_commands(store);
    bad_views(store);
    bad_queries(store);
    polku_store_destroy(store);
    decisions();
    files();
    bad_stores();
    return finish();
}

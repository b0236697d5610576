/* SPDX-License-Identifier: Apache-2.0 */
/* Service paths: shipped and compiled ones, what is wrong with a definition, schemas. */
#include "files.h"

static const char shipped_id[] = "tyokyky-kayttoon";

static void shipped(void) {
    polku_error* err = NULL;
    polku_path* path = NULL;
    size_t i;
    int found = 0;
    for (i = 0; i < polku_path_shipped_count(); ++i) found += strcmp(polku_path_shipped_id(i), shipped_id) == 0;
    CHECK(found == 1);
    CHECK(polku_path_shipped_id(polku_path_shipped_count()) == NULL);
    CHECK(polku_path_shipped_id((size_t)-1) == NULL);
    OK(polku_path_shipped("tyokyky-kayttoon and more", 16, &path, &err));
    SAME(polku_path_id(path), shipped_id);
    CHECK(polku_path_version(path)[0] != '\0');
    CHECK(strlen(polku_path_hash(path)) == 64);
    polku_path_destroy(path);
    FAILS(polku_path_shipped("tyokyky", Z, &path, &err), NOT_FOUND, 101);
    CHECK(path == NULL);
    FAILS(polku_path_shipped("", 0, &path, &err), NOT_FOUND, 101);
    FAILS(polku_path_shipped("../capi", Z, &path, &err), NOT_FOUND, 101);
    FAILS(polku_path_shipped("tyo\0kyky", 8, &path, &err), INVALID, 100);
    FAILS(polku_path_shipped(NULL, Z, &path, &err), MISUSE, 102);
    FAILS(polku_path_shipped(shipped_id, Z, NULL, &err), MISUSE, 102);
    SAME(polku_path_id(NULL), "");
    SAME(polku_path_version(NULL), "");
    SAME(polku_path_hash(NULL), "");
    polku_path_destroy(NULL);
}

/* What `polku prove` answers, in its four forms, and an honest unknown where the work is bounded. */
static void proofs(void) {
    polku_error* err = NULL;
    polku_path* path = NULL;
    polku_string* out = NULL;
    OK(polku_path_shipped("typ", Z, &path, &err));
    OK(polku_path_diagram(path, "{\"language\":\"fi\",\"way\":[\"referral\"]}", Z, &out, &err));
    CHECK(strncmp(polku_string_data(out), "<svg", 4) == 0 && strstr(polku_string_data(out), "<style>") != NULL);
    polku_string_destroy(out);
    FAILS(polku_path_diagram(path, "{\"language\":\"xx\"}", Z, &out, &err), INVALID, 100);
    FAILS(polku_path_diagram(path, "{\"ways\":[]}", Z, &out, &err), INVALID, 0);
    FAILS(polku_path_diagram(NULL, "{}", Z, &out, &err), MISUSE, 102);
    OK(polku_path_prove(path, "{}", Z, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"verdict\":\"proved\"") != NULL);
    polku_string_destroy(out);
    OK(polku_path_prove(path, "{\"form\":\"text\",\"language\":\"fi\"}", Z, &out, &err));
    CHECK(polku_string_size(out) > 200);
    polku_string_destroy(out);
    OK(polku_path_prove(path, "{\"form\":\"page\",\"language\":\"sv\"}", Z, &out, &err));
    CHECK(strncmp(polku_string_data(out), "<!DOCTYPE html>", 15) == 0);
    polku_string_destroy(out);
    OK(polku_path_prove(path, "{\"form\":\"certificate\"}", Z, &out, &err));
    CHECK(strstr(polku_string_data(out), polku_path_id(path)) != NULL);
    polku_string_destroy(out);
    OK(polku_path_prove(path, "{\"max_states\":3}", Z, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"verdict\":\"unknown\"") != NULL);
    polku_string_destroy(out);
    out = NULL;
    FAILS(polku_path_prove(path, "{\"form\":\"poem\"}", Z, &out, &err), INVALID, 0);
    FAILS(polku_path_prove(path, "{\"language\":\"xx\"}", Z, &out, &err), INVALID, 100);
    FAILS(polku_path_prove(path, "{\"max_state\":3}", Z, &out, &err), INVALID, 0);
    FAILS(polku_path_prove(path, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_path_prove(NULL, "{}", Z, &out, &err), MISUSE, 102);
    FAILS(polku_path_prove(path, "{}", Z, NULL, &err), MISUSE, 102);
    CHECK(out == NULL);
    polku_path_destroy(path);
}

/* What `polku equal` answers. A path and itself treat clients alike; two shipped paths have no base in common. */
static void equals(void) {
    polku_error* err = NULL;
    polku_path* path = NULL;
    polku_path* other = NULL;
    const polku_path* two[2];
    polku_string* out = NULL;
    OK(polku_path_shipped("typ", Z, &path, &err));
    OK(polku_path_shipped("top", Z, &other, &err));
    two[0] = path;
    two[1] = path;
    OK(polku_path_compare_treatment(two, 2, "{\"names\":[\"Here\",\"There\"]}", Z, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"verdict\":\"proved\"") != NULL);
    CHECK(strstr(polku_string_data(out), "There") != NULL);
    polku_string_destroy(out);
    two[1] = other;
    OK(polku_path_compare_treatment(two, 2, "{\"form\":\"text\",\"language\":\"fi\",\"declared\":true}", Z, &out,
                                    &err));
    CHECK(polku_string_size(out) > 200);
    polku_string_destroy(out);
    out = NULL;
    FAILS(polku_path_compare_treatment(two, 1, "{}", Z, &out, &err), INVALID, 100);
    FAILS(polku_path_compare_treatment(two, 2, "{\"names\":[\"Here\"]}", Z, &out, &err), INVALID, 100);
    FAILS(polku_path_compare_treatment(two, 2, "{\"names\":[\"Here\",\"Here\"]}", Z, &out, &err), INVALID, 100);
    FAILS(polku_path_compare_treatment(two, 2, "{\"form\":\"page\"}", Z, &out, &err), INVALID, 0);
    FAILS(polku_path_compare_treatment(two, 2, "{\"max_regions\":-1}", Z, &out, &err), INVALID, 100);
    FAILS(polku_path_compare_treatment(NULL, 2, "{}", Z, &out, &err), MISUSE, 102);
    two[1] = NULL;
    FAILS(polku_path_compare_treatment(two, 2, "{}", Z, &out, &err), MISUSE, 102);
    CHECK(out == NULL);
    polku_path_destroy(other);
    polku_path_destroy(path);
}

/* The same files through the front door give the same path. */
static void compiled(void) {
    polku_error* err = NULL;
    polku_path* path = NULL;
    polku_path* of_library = NULL;
    polku_file files[2];
    char* definition = read_text("src/packs/tyokyky-kayttoon/path.json");
    char* routing = read_text("src/packs/tyokyky-kayttoon/routing.dmn");
    files[0].name = "path.json";
    files[0].name_length = POLKU_NUL_TERMINATED;
    files[0].data = definition;
    files[0].data_length = POLKU_NUL_TERMINATED;
    files[1].name = "routing.dmn";
    files[1].name_length = POLKU_NUL_TERMINATED;
    files[1].data = routing;
    files[1].data_length = strlen(routing);
    OK(polku_path_compile(files, 2, &path, &err));
    OK(polku_path_shipped(shipped_id, Z, &of_library, &err));
    SAME(polku_path_hash(path), polku_path_hash(of_library));
    polku_path_destroy(path);
    polku_path_destroy(of_library);
    FAILS(polku_path_compile(files, 1, &path, &err), INVALID, 0); /* the model that it names is not there */
    files[1].name = NULL;
    files[1].name_length = POLKU_NUL_TERMINATED;
    FAILS(polku_path_compile(files, 2, &path, &err), MISUSE, 102);
    FAILS(polku_path_compile(files, 0, &path, &err), INVALID, 100);
    FAILS(polku_path_compile(NULL, 2, &path, &err), MISUSE, 102);
    FAILS(polku_path_compile(files, 1, NULL, &err), MISUSE, 102);
    CHECK(path == NULL);
    free(definition);
    free(routing);
}

static void bad_definitions(void) {
    polku_error* err = NULL;
    polku_path* path = NULL;
    polku_position where;
    polku_file file;
    file.name = "bad.json";
    file.name_length = POLKU_NUL_TERMINATED;
    file.data_length = POLKU_NUL_TERMINATED;
    file.data = "";
    FAILS(polku_path_compile(&file, 1, &path, &err), INVALID, 800);
    file.data = "{}";
    FAILS(polku_path_compile(&file, 1, &path, &err), INVALID, 803);
    file.data = "{\"id\":\"a\",\"id\":\"b\"}";
    FAILS(polku_path_compile(&file, 1, &path, &err), INVALID, 801);
    file.data = "{\n  \"id\": 7\n}";
    CHECK(polku_path_compile(&file, 1, &path, &err) == POLKU_STATUS_INVALID);
    CHECK(polku_error_position_at(err, 0, &where) == POLKU_STATUS_OK);
    SAME(where.source, "bad.json");
    polku_error_destroy(err);
    err = NULL;
    file.data = "{}\0";
    file.data_length = 3;
    FAILS(polku_path_compile(&file, 1, &path, &err), INVALID, 100);
    CHECK(path == NULL);
}

static void schemas(void) {
    static const char* const names[] = {"path", "command", "case", "event"};
    polku_error* err = NULL;
    polku_string* out = NULL;
    size_t i;
    for (i = 0; i < 4; ++i) {
        OK(polku_schema(names[i], Z, &out, &err));
        CHECK(strstr(polku_string_data(out), "https://json-schema.org/draft/2020-12/schema") != NULL);
        polku_string_destroy(out);
    }
    OK(polku_schema("pathological", 4, &out, &err));
    polku_string_destroy(out);
    FAILS(polku_schema("store", Z, &out, &err), NOT_FOUND, 101);
    FAILS(polku_schema("", 0, &out, &err), NOT_FOUND, 101);
    FAILS(polku_schema("pa\0th", 5, &out, &err), INVALID, 100);
    FAILS(polku_schema(NULL, Z, &out, &err), MISUSE, 102);
    FAILS(polku_schema("path", Z, NULL, &err), MISUSE, 102);
    CHECK(out == NULL);
}

int main(void) {
    shipped();
    compiled();
    proofs();
    equals();
    bad_definitions();
    schemas();
    return finish();
}

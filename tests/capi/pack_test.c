/* SPDX-License-Identifier: Apache-2.0 */
/* Rule packs: shipped and compiled ones, what they say, the four kinds of answers, what is wrong with questions. */
#include "files.h"

#define LONG_ID "deminimis and more"

static const char asked[] =
    "{\"decision\":\"De minimis\",\"decided\":\"2026-11-01\",\"inputs\":"
    "{\"earlier aid\":[{\"day\":\"2024-03-01\",\"amount\":120000}],\"group aid complete\":true,"
    "\"excluded sector\":false,\"day of grant\":\"2026-11-01\",\"new aid\":70000}}";
static const char open_question[] = "{\"decision\":\"Single undertaking\",\"decided\":\"2026-11-01\"}";

static polku_pack* shipped_pack(const char* id) {
    polku_error* err = NULL;
    polku_pack* pack = NULL;
    OK(polku_pack_shipped(id, Z, &pack, &err));
    if (pack == NULL) exit(2);
    return pack;
}

/* The text has the part; the string is destroyed. */
static void has(polku_string** text, const char* part) {
    CHECK(strstr(polku_string_data(*text), part) != NULL);
    if (strstr(polku_string_data(*text), part) == NULL)
        fprintf(stderr, "  wanted %s\n  in %s\n", part, polku_string_data(*text));
    CHECK(polku_string_size(*text) == strlen(polku_string_data(*text)));
    polku_string_destroy(*text);
    *text = NULL;
}

static void shipped(void) {
    polku_error* err = NULL;
    polku_pack* pack = NULL;
    size_t i;
    int found = 0;
    CHECK(polku_pack_shipped_count() >= 18);
    for (i = 0; i < polku_pack_shipped_count(); ++i) {
        found += strcmp(polku_pack_shipped_id(i), "deminimis") == 0;
        CHECK(i == 0 || strcmp(polku_pack_shipped_id(i - 1), polku_pack_shipped_id(i)) < 0);
    }
    CHECK(found == 1);
    CHECK(polku_pack_shipped_id(polku_pack_shipped_count()) == NULL);
    CHECK(polku_pack_shipped_id((size_t)-1) == NULL);
    OK(polku_pack_shipped(LONG_ID, 9, &pack, &err));
    SAME(polku_pack_id(pack), "deminimis");
    polku_pack_destroy(pack);
    FAILS(polku_pack_shipped(LONG_ID, Z, &pack, &err), NOT_FOUND, 101);
    CHECK(pack == NULL);
    FAILS(polku_pack_shipped("", 0, &pack, &err), NOT_FOUND, 101);
    FAILS(polku_pack_shipped("tyokyky-kayttoon", Z, &pack, &err), NOT_FOUND, 101); /* a path, no pack */
    FAILS(polku_pack_shipped("demi\0nimis", 10, &pack, &err), INVALID, 100);
    FAILS(polku_pack_shipped(NULL, Z, &pack, &err), MISUSE, 102);
    FAILS(polku_pack_shipped("deminimis", Z, NULL, &err), MISUSE, 102);
    CHECK(polku_pack_shipped("deminimi", Z, &pack, NULL) == POLKU_STATUS_NOT_FOUND);
    SAME(polku_pack_id(NULL), "");
    polku_pack_destroy(NULL);
}

/* The same files through the front door give the same pack. */
static void compiled(void) {
    polku_error* err = NULL;
    polku_pack* pack = NULL;
    polku_pack* of_library = shipped_pack("deminimis");
    polku_string* out = NULL;
    polku_string* same = NULL;
    polku_position where;
    polku_file files[3];
    char* definition = read_text("src/packs/deminimis/pack.json");
    char* model = read_text("src/packs/deminimis/deminimis-2024.dmn");
    files[0].name = "pack.json";
    files[0].name_length = POLKU_NUL_TERMINATED;
    files[0].data = definition;
    files[0].data_length = POLKU_NUL_TERMINATED;
    files[1].name = "deminimis-2024.dmn";
    files[1].name_length = POLKU_NUL_TERMINATED;
    files[1].data = model;
    files[1].data_length = strlen(model);
    files[2] = files[1];
    OK(polku_pack_compile(files, 2, &pack, &err));
    OK(polku_pack_describe(pack, &out, &err));
    OK(polku_pack_describe(of_library, &same, &err));
    TEXT(out, polku_string_data(same));
    OK(polku_pack_decide(pack, asked, Z, &out, &err));
    polku_pack_destroy(pack);
    has(&out, "\"fit\":\"fits\"");
    polku_string_destroy(same);
    polku_pack_destroy(of_library);
    FAILS(polku_pack_compile(files, 3, &pack, &err), INVALID, 100); /* the model stands twice */
    CHECK(polku_pack_compile(files, 1, &pack, &err) == POLKU_STATUS_INVALID);
    CHECK(strstr(polku_error_text(err), "deminimis-2024.dmn") != NULL); /* the model that is not there */
    CHECK(polku_error_position_at(err, 0, &where) == POLKU_STATUS_OK);
    SAME(where.source, "pack.json");
    SAME(where.pointer, "/versions/0/model");
    CHECK(where.line > 1);
    polku_error_destroy(err);
    err = NULL;
    files[0].data = "";
    FAILS(polku_pack_compile(files, 2, &pack, &err), INVALID, 800);
    files[0].data = "{}";
    FAILS(polku_pack_compile(files, 2, &pack, &err), INVALID, 803);
    files[0].data = "{}\0";
    files[0].data_length = 3;
    FAILS(polku_pack_compile(files, 2, &pack, &err), INVALID, 100);
    files[0].data_length = 2;
    files[1].name = NULL;
    files[1].name_length = POLKU_NUL_TERMINATED;
    FAILS(polku_pack_compile(files, 2, &pack, &err), MISUSE, 102);
    FAILS(polku_pack_compile(files, 0, &pack, &err), INVALID, 100);
    FAILS(polku_pack_compile(NULL, 2, &pack, &err), MISUSE, 102);
    FAILS(polku_pack_compile(files, 2, NULL, &err), MISUSE, 102);
    CHECK(pack == NULL);
    free(definition);
    free(model);
}

static void descriptions(const polku_pack* pack) {
    static const char* const parts[] = {"\"id\":\"deminimis\"",
                                        "\"fi-selko\":",
                                        "\"versions\":[",
                                        "\"decisions\":[",
                                        "\"inputs\":[",
                                        "\"parameters\":[",
                                        "\"asks\":{\"De minimis\":{",
                                        "\"new aid\":\"number\""};
    polku_error* err = NULL;
    polku_string* out = NULL;
    size_t i;
    OK(polku_pack_describe(pack, &out, &err));
    for (i = 0; i < sizeof parts / sizeof *parts; ++i) CHECK(strstr(polku_string_data(out), parts[i]) != NULL);
    polku_string_destroy(out);
    FAILS(polku_pack_describe(NULL, &out, &err), MISUSE, 102);
    CHECK(out == NULL);
    FAILS(polku_pack_describe(pack, NULL, &err), MISUSE, 102);
}

static void decisions(const polku_pack* pack) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    OK(polku_pack_decide(pack, asked, Z, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"version\":\"deminimis-2024\"") != NULL);
    CHECK(strstr(polku_string_data(out), "\"rules\":[{\"rule\":") != NULL);
    has(&out, "\"aid together\":190000");
    OK(polku_pack_decide(pack, asked, strlen(asked), &out, &err));
    polku_string_destroy(out);
    /* Nobody told a fact: not decided, and no error. */
    OK(polku_pack_decide(pack, open_question, Z, &out, &err));
    has(&out, "\"value\":null");
    FAILS(polku_pack_decide(NULL, asked, Z, &out, &err), MISUSE, 102);
    CHECK(out == NULL);
    FAILS(polku_pack_decide(pack, NULL, Z, &out, &err), MISUSE, 102);
    FAILS(polku_pack_decide(pack, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_pack_decide(pack, asked, Z, NULL, &err), MISUSE, 102);
    CHECK(polku_pack_decide(pack, "", 0, &out, NULL) == POLKU_STATUS_INVALID);
}

struct bad_question {
    const char* text;
    polku_status status;
    uint32_t code;
    const char* pointer; /* NULL: the error names no place */
};
#define DE_MINIMIS "{\"decision\":\"De minimis\",\"decided\":\"2026-11-01\","
static const struct bad_question bad_questions[] = {
    {"", POLKU_STATUS_INVALID, 800, ""},
    {"[]", POLKU_STATUS_INVALID, 805, ""},
    {"{}", POLKU_STATUS_INVALID, 803, ""},
    {DE_MINIMIS "\"decided\":\"2026-11-02\"}", POLKU_STATUS_INVALID, 801, "/decided"},
    {DE_MINIMIS "\"facts\":{}}", POLKU_STATUS_INVALID, 804, "/facts"},
    {DE_MINIMIS "\"inputs\":[]}", POLKU_STATUS_INVALID, 805, "/inputs"},
    {"{\"decision\":\"De minimis\",\"decided\":\"1.11.2026\"}", POLKU_STATUS_INVALID, 806, "/decided"},
    {DE_MINIMIS "\"inputs\":{\"new aid\":\"a lot\"}}", POLKU_STATUS_INVALID, 0, "/inputs/new aid"},
    {DE_MINIMIS "\"inputs\":{\"no such\":1}}", POLKU_STATUS_NOT_FOUND, 101, "/inputs/no such"},
    {DE_MINIMIS "\"inputs\":{\"aid cap\":1}}", POLKU_STATUS_INVALID, 0, "/inputs/aid cap"},
    {DE_MINIMIS "\"overrides\":{\"no such\":1}}", POLKU_STATUS_NOT_FOUND, 101, "/overrides/no such"},
    {DE_MINIMIS "\"variant\":\"no such\"}", POLKU_STATUS_NOT_FOUND, 101, NULL},
    {"{\"decision\":\"No such\",\"decided\":\"2026-11-01\"}", POLKU_STATUS_NOT_FOUND, 101, NULL},
    {"{\"decision\":\"De minimis\",\"decided\":\"1926-11-01\"}", POLKU_STATUS_INVALID, 0, NULL},
};

typedef polku_status (*question_call)(const polku_pack* pack, const char* question, size_t length, polku_string** out,
                                      polku_error** err);

static polku_status explain_in_english(const polku_pack* pack, const char* question, size_t length, polku_string** out,
                                       polku_error** err) {
    return polku_pack_explain(pack, question, length, NULL, 0, out, err);
}
static polku_status tell_in_english(const polku_pack* pack, const char* question, size_t length, polku_string** out,
                                    polku_error** err) {
    return polku_pack_explain_text(pack, question, length, "en", Z, out, err);
}
static polku_status missing_in_english(const polku_pack* pack, const char* question, size_t length, polku_string** out,
                                       polku_error** err) {
    return polku_pack_missing(pack, question, length, "en", 2, out, err);
}
static polku_status what_if_true(const polku_pack* pack, const char* question, size_t length, polku_string** out,
                                 polku_error** err) {
    return polku_pack_what_if(pack, question, length, "{\"goal\":\"true\"}", Z, out, err);
}

/* All calls answer a bad question alike, with the place in its text. */
static void wrong_questions(const polku_pack* pack) {
    static const question_call calls[] = {polku_pack_decide, explain_in_english, tell_in_english, missing_in_english,
                                          what_if_true};
    size_t i;
    size_t call;
    for (i = 0; i < sizeof bad_questions / sizeof *bad_questions; ++i) {
        const struct bad_question* each = &bad_questions[i];
        for (call = 0; call < sizeof calls / sizeof *calls; ++call) {
            polku_error* err = NULL;
            polku_string* out = NULL;
            polku_position where;
            const polku_status status = calls[call](pack, each->text, Z, &out, &err);
            CHECK(out == NULL);
            CHECK(status == each->status);
            if (status != each->status) fprintf(stderr, "  call %d: %s\n", (int)call, each->text);
            CHECK(each->code == 0 || polku_error_code(err) == each->code);
            CHECK((polku_error_position_count(err) != 0) == (each->pointer != NULL));
            if (each->pointer != NULL && polku_error_position_at(err, 0, &where) == POLKU_STATUS_OK) {
                SAME(where.source, "question_json");
                SAME(where.pointer, each->pointer);
                CHECK(where.line == 1 && where.column > 0);
            }
            polku_error_destroy(err);
            err = NULL;
            FAILS(calls[call](pack, "{}\0", 3, &out, &err), INVALID, 100);
            FAILS(calls[call](NULL, each->text, Z, &out, &err), MISUSE, 102);
            FAILS(calls[call](pack, NULL, Z, &out, &err), MISUSE, 102);
            FAILS(calls[call](pack, each->text, Z, NULL, &err), MISUSE, 102);
        }
    }
}

/* The facts of the command in docs/explain.md. */
static char* documented_facts(void) {
    char* page = read_text("docs/explain.md");
    char* start = strstr(page, "echo '");
    char* end = start == NULL ? NULL : strchr(start + 6, '\'');
    if (end == NULL) exit(2);
    *end = '\0';
    memmove(page, start + 6, strlen(start + 6) + 1);
    return page;
}

static void explanations(const polku_pack* pack) {
    static const char* const languages[] = {"fi", "sv", "en", "fi-selko"};
    polku_error* err = NULL;
    polku_string* out = NULL;
    char* facts = documented_facts();
    char question[1024];
    size_t i;
    snprintf(question, sizeof question, DE_MINIMIS "\"inputs\":%s}", facts);
    OK(polku_pack_explain(pack, question, Z, "en", Z, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"reasons\":[{\"rule\":") != NULL);
    CHECK(strstr(polku_string_data(out), "\"background\":[{") != NULL);
    has(&out, "\"language\":\"en\"");
    OK(polku_pack_explain_text(pack, question, Z, NULL, 0, &out, &err));
    CHECK(strstr(polku_string_data(out), "outside the regulation") != NULL);
    CHECK(strstr(polku_string_data(out), "2026-11-01") != NULL);
    has(&out, "\n");
    for (i = 0; i < 4; ++i) {
        polku_string* text = NULL;
        char language[32];
        snprintf(language, sizeof language, "\"language\":\"%s\"", languages[i]);
        OK(polku_pack_explain(pack, question, Z, languages[i], strlen(languages[i]), &out, &err));
        has(&out, language);
        OK(polku_pack_explain_text(pack, question, Z, languages[i], Z, &text, &err));
        CHECK(polku_string_size(text) > 200);
        polku_string_destroy(text);
    }
    FAILS(polku_pack_explain(pack, question, Z, "de", Z, &out, &err), INVALID, 100);
    FAILS(polku_pack_explain(pack, question, Z, "", 0, &out, &err), INVALID, 100);
    FAILS(polku_pack_explain_text(pack, question, Z, "e\0n", 3, &out, &err), INVALID, 100);
    FAILS(polku_pack_explain_text(pack, question, Z, "finska", Z, &out, &err), INVALID, 100);
    CHECK(out == NULL);
    free(facts);
}

static void missing(const polku_pack* pack) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    OK(polku_pack_missing(pack, open_question, Z, NULL, 0, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"decided\":false") != NULL);
    CHECK(strstr(polku_string_data(out), "\"complete\":true") != NULL);
    has(&out, "\"next\":{\"group\":");
    OK(polku_pack_missing(pack,
                          "{\"decision\":\"Single undertaking\",\"decided\":\"2026-11-01\",\"inputs\":"
                          "{\"majority of votes\":true}}",
                          Z, "fi-selko", Z, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"inputs\":[]") != NULL);
    has(&out, "\"decided\":true");
    FAILS(polku_pack_missing(pack, open_question, Z, "no", Z, &out, &err), INVALID, 100);
}

static void what_if(void) {
    /* The example of docs/what-if.md. */
    static const char question[] =
        "{\"decision\":\"Supplement\",\"decided\":\"2026-02-01\",\"inputs\":"
        "{\"employer sort\":\"association\",\"target group\":true,\"age\":30,"
        "\"weekly hours\":15,\"employment months\":6,\"pay subsidy granted\":false}}";
    static const char wish[] = "{\"goal\":\"true\",\"member\":\"granted\"}";
    polku_pack* pack = shipped_pack("paikallislisa");
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_position where;
    OK(polku_pack_what_if(pack, question, Z, wish, Z, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"outcome\":\"found\"") != NULL);
    has(&out, "\"proposals\":[{\"answer\":");
    OK(polku_pack_what_if(pack, question, Z, "{\"goal\":\"null\",\"max_evaluations\":1}", Z, &out, &err));
    polku_string_destroy(out);
    FAILS(polku_pack_what_if(pack, question, Z, "{}", Z, &out, &err), INVALID, 803);
    CHECK(polku_pack_what_if(pack, question, Z, "{\"goal\":\"true\",\n\"until\":\"soon\"}", Z, &out, &err) ==
          POLKU_STATUS_INVALID);
    CHECK(polku_error_position_at(err, 0, &where) == POLKU_STATUS_OK);
    SAME(where.source, "wish_json");
    SAME(where.pointer, "/until");
    CHECK(where.line == 2);
    polku_error_destroy(err);
    err = NULL;
    FAILS(polku_pack_what_if(pack, question, Z, "{\"goal\":\">=\"}", Z, &out, &err), INVALID, 0); /* no FEEL test */
    FAILS(polku_pack_what_if(pack, question, Z, "{\"goal\":\"true\",\"until\":\"2025-12-31\"}", Z, &out, &err), INVALID,
          100); /* before the date of the decision */
    FAILS(polku_pack_what_if(pack, question, Z, "", 0, &out, &err), INVALID, 800);
    FAILS(polku_pack_what_if(pack, question, Z, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_pack_what_if(pack, question, Z, "{}\0", 3, &out, &err), INVALID, 100);
    CHECK(out == NULL);
    polku_pack_destroy(pack);
}

static void difference(void) {
    static const char asked[] =
        "{\"was\":{\"decision\":\"Supplement\",\"decided\":\"2026-02-01\"},"
        "\"is\":{\"decision\":\"Supplement\",\"decided\":\"2026-02-01\",\"overrides\":{\"raised amount\":500}},"
        "\"member\":\"a month\",\"max_regions\":5}";
    polku_pack* pack = shipped_pack("paikallislisa");
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_position where;
    OK(polku_pack_difference(pack, pack, asked, Z, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"value\":450") != NULL);
    CHECK(strstr(polku_string_data(out), "\"value\":500") != NULL);
    has(&out, "\"complete\":true");
    CHECK(polku_pack_difference(pack, pack, "{\"was\":{\"decision\":\"Supplement\",\"decided\":\"soon\"},\n\"is\":{}}",
                                Z, &out, &err) == POLKU_STATUS_INVALID);
    CHECK(polku_error_position_at(err, 0, &where) == POLKU_STATUS_OK);
    SAME(where.pointer, "/was/decided");
    CHECK(where.line == 1);
    polku_error_destroy(err);
    err = NULL;
    FAILS(polku_pack_difference(pack, pack, "{}", Z, &out, &err), INVALID, 0);
    FAILS(polku_pack_difference(pack, NULL, asked, Z, &out, &err), MISUSE, 102);
    FAILS(polku_pack_difference(NULL, pack, asked, Z, &out, &err), MISUSE, 102);
    FAILS(polku_pack_difference(pack, pack, NULL, 0, &out, &err), MISUSE, 102);
    CHECK(out == NULL);
    CHECK(strlen(polku_pack_hash(pack)) == 64);
    SAME(polku_pack_hash(NULL), "");
    polku_pack_destroy(pack);
}

int main(void) {
    polku_pack* pack = shipped_pack("deminimis");
    shipped();
    compiled();
    descriptions(pack);
    decisions(pack);
    wrong_questions(pack);
    explanations(pack);
    missing(pack);
    what_if();
    difference();
    polku_pack_destroy(pack);
    return finish();
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Clients along a path, month by month. */
#include "files.h"

#include <polku_population.h>

/* The question with the example's assumptions in it. */
static char* question_with(const char* assumptions, const char* rest) {
    size_t size = strlen(assumptions) * 2 + strlen(rest) + 64;
    char* made = malloc(size);
    if (made == NULL) exit(2);
    snprintf(made, size, "{\"assumptions\": %s%s}", assumptions, rest);
    return made;
}

static char* ask(const polku_path* path, polku_context* ctx, const char* assumptions, const char* rest) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    char* question = question_with(assumptions, rest);
    char* made;
    OK(polku_path_simulate(&path, path == NULL ? 0 : 1, NULL, 0, NULL, ctx, question, Z, &out, &err));
    made = malloc(polku_string_size(out) + 1);
    if (made == NULL) exit(2);
    memcpy(made, polku_string_data(out), polku_string_size(out) + 1);
    polku_string_destroy(out);
    free(question);
    return made;
}

static void answers(polku_context* ctx, const char* assumptions) {
    polku_error* err = NULL;
    polku_path* path = NULL;
    polku_string* out = NULL;
    char* question;
    char* shipped;
    char* given;
    char* other_seed;
    OK(polku_path_shipped("toimi", Z, &path, &err));
    shipped = ask(NULL, ctx, assumptions, ", \"repeats\": 3");
    given = ask(path, ctx, assumptions, ", \"repeats\": 3, \"threads\": 2");
    SAME(given, shipped); /* the shipped path, and threads change nothing */
    CHECK(strstr(shipped, "\"path\":\"toimi\"") != NULL);
    CHECK(strstr(shipped, "\"measure\":\"cost\"") != NULL);
    CHECK(strstr(shipped, "\"against\"") == NULL);
    other_seed = ask(path, ctx, assumptions, ", \"repeats\": 3, \"seed\": 9");
    CHECK(strstr(other_seed, "\"seed\":9") != NULL);
    CHECK(strcmp(other_seed, shipped) != 0);
    free(other_seed);
    free(given);
    free(shipped);
    /* Another side of the same assumptions and path differs in nothing. */
    question = question_with(assumptions, ", \"repeats\": 3");
    OK(polku_path_simulate(NULL, 0, (const polku_path* const*)&path, 1, NULL, ctx, question, Z, &out, &err));
    CHECK(strstr(polku_string_data(out), "\"difference\":{\"high\":0,\"low\":0,\"median\":0}") != NULL);
    polku_string_destroy(out);
    free(question);
    polku_path_destroy(path);
}

static int32_t stop_now(void* user_data) {
    (void)user_data;
    return 1;
}

static void fails(polku_context* ctx, const char* assumptions, const char* rest, polku_status status, uint32_t code,
                  const char* words) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    char* question = question_with(assumptions, rest);
    const polku_status found = polku_path_simulate(NULL, 0, NULL, 0, NULL, ctx, question, Z, &out, &err);
    if (strstr(polku_error_text(err), words) == NULL) SAME(polku_error_text(err), words);
    check_failure(found, status, code, &err, __FILE__, __LINE__);
    CHECK(out == NULL);
    free(question);
}

static void what_is_wrong(polku_context* ctx, const char* assumptions) {
    polku_error* err = NULL;
    polku_context* stopped = NULL;
    fails(ctx, "{}", "", POLKU_STATUS_INVALID, 0, "/assumptions");
    fails(ctx, "7", "", POLKU_STATUS_INVALID, 0, "/assumptions");
    fails(ctx, assumptions, ", \"repeat\": 3", POLKU_STATUS_INVALID, 0, "repeat");
    fails(ctx, assumptions, ", \"repeats\": 0", POLKU_STATUS_INVALID, 100, "/repeats");
    fails(ctx, assumptions, ", \"repeats\": 10001", POLKU_STATUS_INVALID, 100, "10000");
    fails(ctx, assumptions, ", \"threads\": 257", POLKU_STATUS_INVALID, 100, "/threads");
    fails(ctx, assumptions, ", \"seed\": -1", POLKU_STATUS_INVALID, 100, "/seed");
    OK(polku_context_create(NULL, &stopped, &err));
    OK(polku_context_set_cancel(stopped, stop_now, NULL, NULL, NULL, &err));
    fails(stopped, assumptions, "", POLKU_STATUS_CANCELLED, 510, "no result");
    polku_context_destroy(stopped);
}

int main(void) {
    polku_error* err = NULL;
    polku_context* ctx = NULL;
    char* assumptions = read_text("examples/path_assumptions.json");
    OK(polku_context_create(NULL, &ctx, &err));
    answers(ctx, assumptions);
    what_is_wrong(ctx, assumptions);
    polku_context_destroy(ctx);
    free(assumptions);
    return finish();
}

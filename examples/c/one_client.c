/* SPDX-License-Identifier: Apache-2.0 */
/* One client from referral to follow-up through the C ABI: carries out the commands of a JSON Lines file in a store in
 * memory, prints the answer to each, and at the end the case as a worker sees it.
 *
 *   one_client COMMANDS.jsonl AS_OF
 */
#include <polku.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const char* what, polku_error* err) {
    fprintf(stderr, "%s: %s\n", what, polku_error_text(err));
    polku_error_destroy(err);
    return 1;
}

static void print_and_destroy(polku_string* text) {
    printf("%s\n", polku_string_data(text));
    polku_string_destroy(text);
}

/* Opens a store in memory and makes the shipped path known to it. */
static int open_store(polku_store** store) {
    polku_error* err = NULL;
    polku_path* path = NULL;
    if (polku_store_open(":memory:", POLKU_NUL_TERMINATED, NULL, store, &err) != POLKU_STATUS_OK)
        return fail("open", err);
    if (polku_path_shipped("tyokyky-kayttoon", POLKU_NUL_TERMINATED, &path, &err) != POLKU_STATUS_OK)
        return fail("path", err);
    const polku_status used = polku_store_use_path(*store, path, &err);
    polku_path_destroy(path);
    return used == POLKU_STATUS_OK ? 0 : fail("use path", err);
}

/* Carries out one line; keeps the case id of the first. */
static int execute(polku_store* store, const char* line, char case_id[33]) {
    polku_error* err = NULL;
    polku_string* answer = NULL;
    if (polku_store_execute(store, line, POLKU_NUL_TERMINATED, &answer, &err) != POLKU_STATUS_OK)
        return fail(line, err);
    const char* found = strstr(polku_string_data(answer), "\"case\":\"");
    if (case_id[0] == '\0' && found != NULL) {
        memcpy(case_id, found + 8, 32);
        case_id[32] = '\0';
    }
    print_and_destroy(answer);
    return 0;
}

static int print_case(polku_store* store, const char* case_id, const char* as_of) {
    polku_error* err = NULL;
    polku_string* view = NULL;
    polku_view_options options = POLKU_VIEW_OPTIONS_INIT;
    options.as_of = as_of;
    options.language = "fi";
    if (polku_store_case(store, case_id, POLKU_NUL_TERMINATED, &options, &view, &err) != POLKU_STATUS_OK)
        return fail("case", err);
    print_and_destroy(view);
    return 0;
}

int main(int argc, char** argv) {
    static char line[65536];
    char case_id[33] = "";
    polku_store* store = NULL;
    if (argc != 3) {
        fprintf(stderr, "usage: %s COMMANDS.jsonl AS_OF\n", argv[0]);
        return 2;
    }
    FILE* commands = fopen(argv[1], "r");
    if (commands == NULL) {
        perror(argv[1]);
        return 2;
    }
    int failed = open_store(&store);
    while (!failed && fgets(line, sizeof line, commands) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '\0') failed = execute(store, line, case_id);
    }
    fclose(commands);
    if (!failed) failed = print_case(store, case_id, argv[2]);
    polku_store_destroy(store);
    return failed;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <polku.h>
#include <stdio.h>

static const char* const command =
    "{\"command\": \"open_case\", \"case\": \"00000000000000000000000000000001\", \"command_id\": \"first-1\","
    " \"now\": \"2026-03-02T10:00:00Z\", \"actor\": \"worker-1\", \"purpose\": \"service need\","
    " \"data\": {\"path\": \"tyokyky-kayttoon\", \"client\": \"c0000000000000000000000000000001\","
    " \"municipality\": \"698\", \"entry\": \"self_referral\"}}";

int main(void) {
    polku_store* store = NULL;
    polku_path* path = NULL;
    polku_string *answer = NULL, *due = NULL;
    polku_error* err = NULL;
    const int failed = polku_store_open(":memory:", POLKU_NUL_TERMINATED, NULL, &store, &err) ||
                       polku_path_shipped("tyokyky-kayttoon", POLKU_NUL_TERMINATED, &path, &err) ||
                       polku_store_use_path(store, path, &err) ||
                       polku_store_execute(store, command, POLKU_NUL_TERMINATED, &answer, &err) ||
                       polku_store_due(store, "2026-03-09", POLKU_NUL_TERMINATED, &due, &err);
    if (failed) fprintf(stderr, "%s\n", polku_error_text(err));
    if (!failed) printf("%s\n%s\n", polku_string_data(answer), polku_string_data(due));
    polku_string_destroy(due); /* each takes NULL, so one way out serves success and failure */
    polku_string_destroy(answer);
    polku_path_destroy(path);
    polku_store_destroy(store);
    polku_error_destroy(err);
    return failed;
}

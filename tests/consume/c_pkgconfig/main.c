/* SPDX-License-Identifier: Apache-2.0 */
/* A plain C99 program found its way to polku by pkg-config alone. */
#include <polku.h>

#include <stdio.h>
#include <string.h>

int main(void) {
    polku_context* ctx = NULL;
    polku_string* out = NULL;
    polku_error* err = NULL;
    int good = 0;
    if (polku_context_create(NULL, &ctx, &err) == POLKU_STATUS_OK &&
        polku_feel_evaluate(ctx, "6 * 7", POLKU_NUL_TERMINATED, NULL, 0, &out, &err) == POLKU_STATUS_OK) {
        good = strcmp(polku_string_data(out), "42") == 0;
    }
    if (err != NULL) fprintf(stderr, "%s\n", polku_error_text(err));
    polku_string_destroy(out);
    polku_error_destroy(err);
    polku_context_destroy(ctx);
    return good ? 0 : 1;
}

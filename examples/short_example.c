/* SPDX-License-Identifier: Apache-2.0 */
#include <polku.h>
#include <stdio.h>

int main(void) {
    static char xml[65536];
    FILE* in = fopen("support.dmn", "rb");
    const polku_file model = {"support.dmn", POLKU_NUL_TERMINATED, xml, in ? fread(xml, 1, sizeof xml, in) : 0};
    polku_context* ctx = NULL;
    polku_program* program = NULL;
    polku_string *due = NULL, *support = NULL;
    polku_error* err = NULL;
    if (polku_context_create(NULL, &ctx, &err) || polku_program_compile(&model, 1, &program, &err) ||
        polku_feel_evaluate(ctx, "@\"2026-11-24\" + duration(\"P3M\")", POLKU_NUL_TERMINATED, NULL, 0, &due, &err) ||
        polku_program_evaluate_json(program, ctx, 0, "{\"work ability\": 6, \"months without work\": 14}",
                                    POLKU_NUL_TERMINATED, &support, &err)) {
        fprintf(stderr, "%s\n", polku_error_text(err));
        return 1;
    }
    printf("%s\n%s\n", polku_string_data(due), polku_string_data(support)); /* "2027-02-24" and "coaching" */
    return 0; /* a longer program destroys what it got: polku_string_destroy, polku_program_destroy, ... */
}

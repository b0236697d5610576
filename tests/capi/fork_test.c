/* SPDX-License-Identifier: Apache-2.0 */
/* After fork the parent's handles answer MISUSE in the child, immutable ones and new ones work, and the parent goes on.
 */
#define _POSIX_C_SOURCE 200809L
#include "files.h"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static char file[3600];
static const char question[] = "{\"decision\":\"Single undertaking\",\"decided\":\"2026-11-01\"}";

static void in_child(polku_context* ctx, polku_evaluation* evaluation, polku_store* store, polku_program* program,
                     polku_pack* pack) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_evaluation* own = NULL;
    polku_store* own_store = NULL;
    polku_input in[2];
    polku_input result;
    memset(in, 0, sizeof in);
    FAILS(polku_feel_evaluate(ctx, "1", Z, NULL, 0, &out, &err), MISUSE, 102);
    FAILS(polku_context_set_now(ctx, "2026-03-02", Z, &err), MISUSE, 102);
    FAILS(polku_program_evaluate_json(program, ctx, 0, "{}", Z, &out, &err), MISUSE, 102);
    FAILS(polku_evaluation_run(evaluation, in, 2, &result, &err), MISUSE, 102);
    FAILS(polku_store_head(store, &out, &err), MISUSE, 102);
    FAILS(polku_store_clone(store, &own_store, &err), MISUSE, 102);
    OK(polku_evaluation_create(program, 0, NULL, &own, &err)); /* a program is immutable and goes on working */
    OK(polku_evaluation_run(own, in, 2, &result, &err));
    OK(polku_pack_missing(pack, question, Z, NULL, 0, &out, &err)); /* so is a pack */
    polku_string_destroy(out);
    OK(polku_store_open(file, Z, NULL, &own_store, &err));
    OK(polku_store_head(own_store, &out, &err));
    polku_string_destroy(out);
    polku_store_destroy(own_store);
    polku_evaluation_destroy(own);
    /* Destroying the parent's handles here leaves the parent's alone. */
    polku_store_destroy(store);
    polku_evaluation_destroy(evaluation);
    polku_context_destroy(ctx);
    polku_program_destroy(program);
    polku_pack_destroy(pack);
}

int main(int argc, char** argv) {
    polku_error* err = NULL;
    polku_string* out = NULL;
    polku_context* ctx = NULL;
    polku_evaluation* evaluation = NULL;
    polku_store* store = NULL;
    polku_program* program = compile_file("examples/support.dmn");
    polku_pack* pack = NULL;
    pid_t child;
    int ended = 0;
    snprintf(file, sizeof file, "%s/fork.db", argc > 1 ? argv[1] : ".");
    OK(polku_context_create(NULL, &ctx, &err));
    OK(polku_evaluation_create(program, 0, NULL, &evaluation, &err));
    OK(polku_store_open(file, Z, NULL, &store, &err));
    OK(polku_pack_shipped("deminimis", Z, &pack, &err));
    fflush(NULL);
    child = fork();
    if (child == 0) {
        in_child(ctx, evaluation, store, program, pack);
        fflush(NULL);
        _exit(check_failed == 0 ? 0 : 1);
    }
    CHECK(child > 0 && waitpid(child, &ended, 0) == child);
    CHECK(WIFEXITED(ended) && WEXITSTATUS(ended) == 0);
    OK(polku_feel_evaluate(ctx, "1", Z, NULL, 0, &out, &err));
    TEXT(out, "1");
    OK(polku_store_head(store, &out, &err));
    polku_string_destroy(out);
    polku_store_destroy(store);
    polku_evaluation_destroy(evaluation);
    polku_context_destroy(ctx);
    OK(polku_pack_missing(pack, question, Z, NULL, 0, &out, &err));
    polku_string_destroy(out);
    polku_pack_destroy(pack);
    polku_program_destroy(program);
    return finish();
}

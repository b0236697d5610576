/* SPDX-License-Identifier: Apache-2.0 */
/* What stands around the block of docs/arrow.md. */
#include <polku.h>
#include <polku_arrow.h>

void decide_tables(polku_context* ctx, const polku_program* program, uint32_t decision, struct ArrowSchema schema,
                   struct ArrowArray rows, struct ArrowArrayStream rows_stream);

void decide_tables(polku_context* ctx, const polku_program* program, uint32_t decision, struct ArrowSchema schema,
                   struct ArrowArray rows, struct ArrowArrayStream rows_stream) {
    struct ArrowSchema out_schema;
    struct ArrowArray out;
    struct ArrowArrayStream answers_stream;
    polku_batch* batch = NULL;
    polku_error* err = NULL;
    /* SNIPPET */
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What surrounds the block of docs/c-abi.md. */
#include <polku.h>

void ask(void);
void ask(void) {
    /* SNIPPET */
    polku_string_destroy(out);
    polku_pack_destroy(pack);
}

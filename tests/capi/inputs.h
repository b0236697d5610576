/* SPDX-License-Identifier: Apache-2.0 */
/* Inputs and evaluations for the tests of the typed call. */
#ifndef POLKU_TESTS_CAPI_INPUTS_H
#define POLKU_TESTS_CAPI_INPUTS_H

#include "files.h"

static polku_input number(int64_t coefficient, int32_t scale) {
    polku_input in;
    memset(&in, 0, sizeof in);
    in.kind = POLKU_KIND_NUMBER;
    in.as.number.lo = (uint64_t)coefficient;
    in.as.number.hi = coefficient < 0 ? -1 : 0;
    in.as.number.scale = scale;
    return in;
}

static polku_input text(const char* data, size_t length) {
    polku_input in;
    memset(&in, 0, sizeof in);
    in.kind = POLKU_KIND_STRING;
    in.as.text.data = data;
    in.as.text.length = length;
    return in;
}

static polku_input plain(polku_kind kind) {
    polku_input in;
    memset(&in, 0, sizeof in);
    in.kind = kind;
    return in;
}

/* An evaluation of the decision of that name; its index goes to `index` unless that is NULL. */
static polku_evaluation* make(const polku_program* program, const char* name, uint32_t* index) {
    polku_error* err = NULL;
    polku_evaluation* made = NULL;
    uint32_t found = 0;
    OK(polku_program_find(program, name, Z, &found, &err));
    OK(polku_evaluation_create(program, found, NULL, &made, &err));
    if (made == NULL) exit(2);
    if (index != NULL) *index = found;
    return made;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Files of the project for the tests. */
#ifndef POLKU_TESTS_CAPI_FILES_H
#define POLKU_TESTS_CAPI_FILES_H

#include "check.h"

/* A whole file as text, to be freed; ends the program when it cannot be read. */
static char* read_text(const char* path) {
    char full[4096];
    FILE* in;
    long size;
    char* text;
    snprintf(full, sizeof full, "%s/%s", POLKU_SOURCE_DIR, path);
    in = fopen(full, "rb");
    if (in == NULL || fseek(in, 0, SEEK_END) != 0 || (size = ftell(in)) < 0 || fseek(in, 0, SEEK_SET) != 0) {
        perror(full);
        exit(2);
    }
    text = malloc((size_t)size + 1);
    if (text == NULL || fread(text, 1, (size_t)size, in) != (size_t)size) {
        perror(full);
        exit(2);
    }
    text[size] = '\0';
    fclose(in);
    return text;
}

/* The compiled model of one file. */
static polku_program* compile_file(const char* path) {
    polku_error* err = NULL;
    polku_program* program = NULL;
    char* text = read_text(path);
    polku_file file;
    file.name = path;
    file.name_length = POLKU_NUL_TERMINATED;
    file.data = text;
    file.data_length = POLKU_NUL_TERMINATED;
    OK(polku_program_compile(&file, 1, &program, &err));
    free(text);
    if (program == NULL) exit(2);
    return program;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a call with each of its arguments wrong in every way that its role allows. */
#ifndef POLKU_TESTS_CAPI_MISUSE_H
#define POLKU_TESTS_CAPI_MISUSE_H

#include "files.h"

/* The live handles that the calls use; OTHER is a handle of a type that none of them takes. */
enum which { CONTEXT, PROGRAM, EVALUATION, PATH, PACK, STORE, OTHER, HANDLES };
static void* handles[HANDLES];

enum role {
    NOTHING,
    HANDLE,   /* `which` */
    TEXT,     /* needed; NULL is misuse */
    OPTIONAL, /* NULL is none */
    NUMBER,   /* `number`; the largest one answers `huge` */
    ARRAY,    /* `data` of `number` elements; NULL is misuse, a count past all memory invalid */
    OPTIONS,  /* `data` with struct_size in front; NULL is fine when `number` is 0 */
    PLAIN,    /* `data` as it is, also NULL */
    OUT       /* `number` bytes that are zero when the call fails; `which` says how what came out is destroyed */
};

typedef struct argument {
    enum role role;
    enum which which;
    const void* data;
    const char* text;
    size_t length;
    uint64_t number;
    polku_status huge;
    void* use; /* what the call is given */
} argument;

typedef polku_status (*caller)(const argument* a, polku_error** err);
enum { MOST_ARGUMENTS = 7 };
typedef struct entry {
    const char* name;
    caller call;
    argument arguments[MOST_ARGUMENTS];
    polku_status again; /* what a valid call answers when it is made once more; 0: the same */
} entry;

#define CALL(name, ...) \
    static polku_status call_##name(const argument* a, polku_error** err) { return name(__VA_ARGS__, err); }
#define P(i) a[i].use
#define T(i) a[i].text, a[i].length
#define N(i) a[i].number
#define H(of) \
    { .role = HANDLE, .which = of }
#define TX(with) \
    { .role = TEXT, .text = with, .length = Z }
#define OP(with) \
    { .role = OPTIONAL, .text = with, .length = Z }
#define NU(value, status) \
    { .role = NUMBER, .number = value, .huge = POLKU_STATUS_##status }
#define AR(elements, count) \
    { .role = ARRAY, .data = elements, .number = count }
#define OS(options, needed) \
    { .role = OPTIONS, .data = &options, .number = needed }
#define PL(value) \
    { .role = PLAIN, .data = value }
/* A handle or string that comes out, and plain bytes. */
#define OH(of) \
    { .role = OUT, .which = of, .number = sizeof(void*) }
#define OS_TEXT OH(OTHER)
#define OB(bytes) \
    { .role = OUT, .which = HANDLES, .number = bytes }
#define ENTRY(name, ...) \
    { #name, call_##name, {__VA_ARGS__ }, 0 }
#define ONCE(name, status, ...) \
    { #name, call_##name, {__VA_ARGS__ }, POLKU_STATUS_##status }

static const char* in_entry = "";
static const char* with_what = "";

static void expect(int good, const char* what) {
    char line[300];
    snprintf(line, sizeof line, "%s, %s: %s", in_entry, with_what, what);
    check_that(good, line, __FILE__, __LINE__);
}

static void destroy_out(const argument* out, void* made) {
    switch (out->which) {
        case CONTEXT: polku_context_destroy(made); break;
        case PROGRAM: polku_program_destroy(made); break;
        case EVALUATION: polku_evaluation_destroy(made); break;
        case PATH: polku_path_destroy(made); break;
        case PACK: polku_pack_destroy(made); break;
        case STORE: polku_store_destroy(made); break;
        case OTHER: polku_string_destroy(made); break;
        default: break;
    }
}

/* Calls, and checks what holds for every call: a failure has an error of its status, and all outputs are zero. */
static polku_status run_call(const entry* which, const argument* changed) {
    union {
        unsigned char bytes[64];
        void* made;
    } places[MOST_ARGUMENTS];
    static const unsigned char zero[64];
    argument given[MOST_ARGUMENTS];
    polku_error* err = (polku_error*)handles[OTHER]; /* what stands there is not looked at */
    polku_status status;
    size_t i;
    memcpy(given, changed, sizeof given);
    memset(places, 0xAA, sizeof places);
    for (i = 0; i < MOST_ARGUMENTS; ++i) {
        if (given[i].role == OUT && given[i].use == NULL && given[i].data == NULL) given[i].use = places[i].bytes;
    }
    status = which->call(given, &err);
    if (getenv("POLKU_SEEN") != NULL) printf("seen %s %s\n", which->name, polku_status_name(status));
    expect(status >= 0 && status < POLKU_STATUS_INTERNAL, "the status is known and not INTERNAL");
    expect((status == POLKU_STATUS_OK) == (err == NULL), "an error when and only when the call failed");
    expect(polku_error_status(err) == status, "the error has the status of the call");
    expect(status == POLKU_STATUS_OK || (polku_error_code(err) != 0 && polku_error_message(err)[0] != '\0'),
           "a code and a sentence");
    for (i = 0; i < MOST_ARGUMENTS; ++i) {
        if (given[i].role != OUT || given[i].use != (void*)places[i].bytes) continue;
        if (status != POLKU_STATUS_OK)
            expect(memcmp(places[i].bytes, zero, (size_t)given[i].number) == 0, "outputs of a failed call are zero");
        else
            destroy_out(&given[i], places[i].made);
    }
    if (status != POLKU_STATUS_OK) expect(which->call(given, NULL) == status, "the same status without an error");
    polku_error_destroy(err);
    return status;
}

static polku_status run_text(const entry* of, argument* a, size_t at, const char* what, const char* text,
                             size_t length) {
    const argument before = a[at];
    polku_status status;
    with_what = what;
    a[at].text = text;
    a[at].length = length;
    status = run_call(of, a);
    a[at] = before;
    return status;
}

static void wrong_texts(const entry* of, argument* a, size_t at) {
    enum { LONG = 1 << 20 };
    static char lines[LONG + 1];
    const int needed = a[at].role == TEXT;
    memset(lines, '[', LONG);
    if (needed) expect(run_text(of, a, at, "NULL text", NULL, Z) == POLKU_STATUS_MISUSE, "MISUSE");
    (void)run_text(of, a, at, "NULL text of no length", NULL, 0);
    (void)run_text(of, a, at, "empty text", "", 0);
    (void)run_text(of, a, at, "not UTF-8", "\xff\xfe\x80", 3);
    expect(run_text(of, a, at, "NUL byte inside", "a\0b", 3) == POLKU_STATUS_INVALID, "INVALID");
    expect(run_text(of, a, at, "huge length", "a", (size_t)-2) == POLKU_STATUS_INVALID, "INVALID");
    (void)run_text(of, a, at, "long text", lines, LONG);
    memset(lines, 'x', LONG);
    (void)run_text(of, a, at, "long name", lines, LONG);
}

static void wrong_options(const entry* of, argument* a, size_t at) {
    const argument before = a[at];
    uint32_t copy[64];
    memset(copy, 0, sizeof copy);
    memcpy(copy, before.data, *(const uint32_t*)before.data);
    a[at].use = copy;
    with_what = "short options";
    copy[0] = 4;
    expect(run_call(of, a) == POLKU_STATUS_INVALID, "INVALID");
    with_what = "huge options";
    copy[0] = UINT32_MAX;
    expect(run_call(of, a) == POLKU_STATUS_INVALID, "INVALID");
    with_what = "options of a newer header, zero past what is known";
    copy[0] = (uint32_t)sizeof copy;
    expect(run_call(of, a) == POLKU_STATUS_OK, "OK");
    with_what = "an option that is not known";
    copy[63] = 1;
    expect(run_call(of, a) == POLKU_STATUS_INVALID, "INVALID");
    with_what = "NULL options";
    a[at].use = NULL;
    expect(run_call(of, a) == (before.number != 0 ? POLKU_STATUS_MISUSE : POLKU_STATUS_OK), "as the header says");
    a[at] = before;
}

static void wrong_argument(const entry* of, argument* a, size_t at) {
    const argument before = a[at];
    switch (before.role) {
        case HANDLE:
            with_what = "NULL handle";
            a[at].use = NULL;
            expect(run_call(of, a) == POLKU_STATUS_MISUSE, "MISUSE");
            with_what = "handle of another type";
            a[at].use = handles[OTHER];
            expect(run_call(of, a) == POLKU_STATUS_MISUSE, "MISUSE");
            break;
        case TEXT:
        case OPTIONAL: wrong_texts(of, a, at); break;
        case NUMBER:
            with_what = "the largest number";
            a[at].number = UINT32_MAX;
            expect(run_call(of, a) == before.huge, "the status of the table");
            break;
        case ARRAY:
            with_what = "NULL array";
            a[at].use = NULL;
            expect(run_call(of, a) == POLKU_STATUS_MISUSE, "MISUSE");
            a[at].use = before.use;
            with_what = "count past all memory";
            a[at].number = (size_t)-1;
            expect(run_call(of, a) == POLKU_STATUS_INVALID, "INVALID");
            with_what = "count 0";
            a[at].number = 0;
            expect(run_call(of, a) == POLKU_STATUS_INVALID, "INVALID");
            break;
        case OPTIONS: wrong_options(of, a, at); break;
        case OUT:
            with_what = "NULL output";
            a[at].data = of; /* keeps it NULL */
            expect(run_call(of, a) == POLKU_STATUS_MISUSE, "MISUSE");
            break;
        default: break;
    }
    a[at] = before;
}

static void fill_in(const entry* of, argument* a) {
    size_t i;
    memcpy(a, of->arguments, sizeof of->arguments);
    for (i = 0; i < MOST_ARGUMENTS; ++i) {
        if (a[i].role == HANDLE) a[i].use = handles[a[i].which];
        if (a[i].role == ARRAY || a[i].role == OPTIONS || a[i].role == PLAIN)
            memcpy(&a[i].use, &a[i].data, sizeof a[i].use);
    }
}

/* The call as it should be, with each argument wrong by itself, and as it should be once more. */
static void misuse(const entry* of) {
    argument a[MOST_ARGUMENTS];
    size_t i;
    fill_in(of, a);
    in_entry = of->name;
    with_what = "valid";
    expect(run_call(of, a) == POLKU_STATUS_OK, "OK");
    for (i = 0; i < MOST_ARGUMENTS; ++i) wrong_argument(of, a, i);
    with_what = "valid once more";
    expect(run_call(of, a) == of->again, "OK, or what the table says");
}

/* The call on a handle that another call uses now. */
static void while_in_use(const entry* of, enum which handle) {
    argument a[MOST_ARGUMENTS];
    size_t i;
    fill_in(of, a);
    in_entry = of->name;
    with_what = "handle in use";
    for (i = 0; i < MOST_ARGUMENTS; ++i) {
        if (a[i].role == HANDLE && a[i].which == handle) expect(run_call(of, a) == POLKU_STATUS_MISUSE, "MISUSE");
    }
}

#endif

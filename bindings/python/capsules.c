/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow streams to and from Python's capsules (the Arrow PyCapsule interface), as a part of the cffi module, whose
 * other calls know no Python objects: they come by their address, and what is made goes into a list of the caller's.
 * cffi lets go of the interpreter lock in each call, so these take it for themselves. */
#include "polku.h"
#include "polku_population.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* In Python: rows that went through so far, 1 to stop; and the end of the stream that counted them. */
static int32_t polku_python_rows(void* counter, int64_t rows);
static void polku_python_dropped(void* counter);

/* What a capsule of that name holds; NULL when it is none. */
static void* polku_python_pointer(uintptr_t capsule, const char* name) {
    const PyGILState_STATE state = PyGILState_Ensure();
    void* found = PyCapsule_GetPointer((PyObject*)capsule, name);
    if (found == NULL) PyErr_Clear();
    PyGILState_Release(state);
    return found;
}

static void polku_python_end_capsule(PyObject* capsule) {
    struct ArrowArrayStream* stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");
    if (stream == NULL) return;
    if (stream->release != NULL) stream->release(stream);
    free(stream);
}

/* Takes a stream over into a new capsule at the end of a list; 0 when that is done. */
static int polku_python_capsule(struct ArrowArrayStream* from, uintptr_t list) {
    const PyGILState_STATE state = PyGILState_Ensure();
    struct ArrowArrayStream* held = malloc(sizeof *held);
    PyObject* capsule = held == NULL ? NULL : PyCapsule_New(held, "arrow_array_stream", polku_python_end_capsule);
    int failed = 1;
    if (capsule != NULL) {
        *held = *from;
        from->release = NULL;
        failed = PyList_Append((PyObject*)list, capsule);
        Py_DECREF(capsule);
    } else {
        free(held);
    }
    PyErr_Clear();
    PyGILState_Release(state);
    return failed;
}

/* One array as a stream of one. */
struct polku_python_single {
    struct ArrowSchema schema;
    struct ArrowArray array;
};
static int polku_python_single_schema(struct ArrowArrayStream* of, struct ArrowSchema* out) {
    struct polku_python_single* self = of->private_data;
    *out = self->schema;
    self->schema.release = NULL;
    return out->release == NULL ? EINVAL : 0;
}
static int polku_python_single_next(struct ArrowArrayStream* of, struct ArrowArray* out) {
    struct polku_python_single* self = of->private_data;
    *out = self->array;
    self->array.release = NULL;
    return 0;
}
static const char* polku_python_single_error(struct ArrowArrayStream* of) {
    (void)of;
    return "the schema was read before";
}
static void polku_python_single_release(struct ArrowArrayStream* of) {
    struct polku_python_single* self = of->private_data;
    if (self->schema.release != NULL) self->schema.release(&self->schema);
    if (self->array.release != NULL) self->array.release(&self->array);
    free(self);
    of->release = NULL;
}
static int polku_python_stream_of(struct ArrowSchema* schema, struct ArrowArray* array, struct ArrowArrayStream* out) {
    struct polku_python_single* self = malloc(sizeof *self);
    if (self == NULL) return ENOMEM;
    self->schema = *schema;
    self->array = *array;
    schema->release = NULL;
    array->release = NULL;
    out->get_schema = polku_python_single_schema;
    out->get_next = polku_python_single_next;
    out->get_last_error = polku_python_single_error;
    out->release = polku_python_single_release;
    out->private_data = self;
    return 0;
}

/* A stream that tells Python how many rows went through. */
struct polku_python_counted {
    struct ArrowArrayStream inner;
    void* counter;
    int64_t rows;
    int stopped;
};
static int polku_python_counted_schema(struct ArrowArrayStream* of, struct ArrowSchema* out) {
    struct polku_python_counted* self = of->private_data;
    return self->inner.get_schema(&self->inner, out);
}
static int polku_python_counted_next(struct ArrowArrayStream* of, struct ArrowArray* out) {
    struct polku_python_counted* self = of->private_data;
    int failed = self->stopped ? ECANCELED : self->inner.get_next(&self->inner, out);
    if (failed != 0 || out->release == NULL) return failed;
    self->rows += out->length;
    if (polku_python_rows(self->counter, self->rows) == 0) return 0;
    self->stopped = 1;
    out->release(out);
    memset(out, 0, sizeof *out);
    return ECANCELED;
}
static const char* polku_python_counted_error(struct ArrowArrayStream* of) {
    struct polku_python_counted* self = of->private_data;
    return self->stopped ? "the progress callable raised an error" : self->inner.get_last_error(&self->inner);
}
static void polku_python_counted_release(struct ArrowArrayStream* of) {
    struct polku_python_counted* self = of->private_data;
    PyGILState_STATE state;
    PyObject* error[3];
    if (self->inner.release != NULL) self->inner.release(&self->inner);
    state = PyGILState_Ensure();
    PyErr_Fetch(&error[0], &error[1], &error[2]); /* streams are also released while an error is on its way */
    polku_python_dropped(self->counter);
    PyErr_Restore(error[0], error[1], error[2]);
    PyGILState_Release(state);
    free(self);
    of->release = NULL;
}
/* Puts a counter around a stream, in its place. */
static int polku_python_count(struct ArrowArrayStream* stream, void* counter) {
    struct polku_python_counted* self = malloc(sizeof *self);
    if (self == NULL) return ENOMEM;
    self->inner = *stream;
    self->counter = counter;
    self->rows = 0;
    self->stopped = 0;
    stream->get_schema = polku_python_counted_schema;
    stream->get_next = polku_python_counted_next;
    stream->get_last_error = polku_python_counted_error;
    stream->release = polku_python_counted_release;
    stream->private_data = self;
    return 0;
}

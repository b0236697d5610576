// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CAPI_ARROW_STREAM_HPP
#define POLKU_CAPI_ARROW_STREAM_HPP

// What our Arrow streams have in common: a state with `error` and `failed`, kept in private_data.

#include "guard.hpp"
#include "polku_arrow.h"

#include <cerrno>
#include <new>

namespace polku_capi {

/// The number of errno that says the same.
inline int errno_of(const polku::error& what) {
    const auto status = static_cast<polku_status>(polku::status_of(what.code()));
    return status == POLKU_STATUS_CANCELLED ? ECANCELED : status == POLKU_STATUS_NO_MEMORY ? ENOMEM : EINVAL;
}

/// Runs a body that answers 0 or a number of errno; what it throws is one, too. After an error it answers that for
/// good.
template <class State, class Body>
int guarded_stream(ArrowArrayStream* stream, Body&& body) noexcept {
    auto& self = *static_cast<State*>(stream->private_data);
    try {
        if (self.failed == 0) self.failed = body(self);
    } catch (const std::bad_alloc&) {
        self.failed = ENOMEM;
    } catch (...) {
        self.failed = EIO;
    }
    return self.failed;
}

template <class State>
const char* stream_last_error(ArrowArrayStream* stream) {
    const auto& self = *static_cast<const State*>(stream->private_data);
    if (self.failed == 0) return nullptr;
    if (!self.error.empty()) return self.error.c_str();
    return self.failed == ENOMEM ? "memory ran out" : "a fault of the library itself";
}

template <class State>
void release_stream(ArrowArrayStream* stream) {
    delete static_cast<State*>(stream->private_data);
    stream->release = nullptr;
}

}  // namespace polku_capi

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CAPI_GUARD_HPP
#define POLKU_CAPI_GUARD_HPP

// The one gate between C callers and C++ bodies: nothing thrown passes it, every failure becomes a status and an error.

#include "polku.h"

#include <polku/result.hpp>

#include <atomic>
#include <cstdint>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace polku_capi {

/// What every handle starts with: a word of its type. It tells a handle of another type, which a binding without types
/// may pass, and most that were destroyed; there the memory is no longer the handle's, so that is no promise.
template <std::uint32_t Word>
class marked {
public:
    marked() = default;
    marked(const marked&) = delete;
    marked& operator=(const marked&) = delete;
    ~marked() { word_ = 0; }
    bool is_live() const noexcept { return word_ == Word; }

private:
    volatile std::uint32_t word_ = Word;  // volatile: the destructor's store is not to be left out
};

template <class Handle>
bool usable(const Handle* handle) noexcept {
    return handle != nullptr && handle->is_live();
}

/// The body of a destroy function.
template <class Handle>
void destroy(Handle* handle) noexcept {
    if (usable(handle)) delete handle;
}

}  // namespace polku_capi

struct polku_error : polku_capi::marked<0x706b6572U> {
    polku_error(polku::error of, std::string whole) : what(std::move(of)), text(std::move(whole)) {}

    polku::error what;
    std::string text;
};

/// The bytes stand behind it in the same allocation, with a NUL at their end.
struct polku_string : polku_capi::marked<0x706b7374U> {
    explicit polku_string(std::size_t length) : size(length) {}

    std::size_t size;

    char* data() noexcept { return reinterpret_cast<char*>(this + 1); }
    const char* data() const noexcept { return reinterpret_cast<const char*>(this + 1); }
};

namespace polku_capi {

/// Raised in a child process by fork, so that handles of the parent can be told from the child's own.
std::uint32_t fork_generation() noexcept;

/// What every handle that is for one thread at a time starts with.
struct exclusive {
    std::atomic<bool> in_use{false};
    std::uint32_t generation = fork_generation();
};

/// Holds a handle for the length of a call; `ok()` is false when another call holds it or the process was forked.
class hold {
public:
    explicit hold(exclusive* handle) noexcept : handle_(handle) {
        if (handle_->generation != fork_generation()) {
            state_ = state::forked;
        } else if (handle_->in_use.exchange(true, std::memory_order_acquire)) {
            state_ = state::busy;
        }
    }
    hold(const hold&) = delete;
    hold& operator=(const hold&) = delete;
    ~hold() {
        if (state_ == state::held) handle_->in_use.store(false, std::memory_order_release);
    }
    bool ok() const noexcept { return state_ == state::held; }
    polku::error why() const {
        return {polku::error_code::misuse,
                state_ == state::forked ? "the handle was made before fork and is used in the child; open another there"
                                        : "the handle is in use by another thread; give each thread its own"};
    }

private:
    enum class state : std::uint8_t { held, busy, forked };
    exclusive* handle_;
    state state_ = state::held;
};

/// Turns an error into a status, and into an owned polku_error when the caller wants one.
polku_status report(polku::error what, polku_error** err) noexcept;
polku_status report_no_memory(polku_error** err) noexcept;
polku_status report_internal(const char* what, polku_error** err) noexcept;

/// Runs a body that answers `result<void>` and maps everything that may come out of it.
template <class Body>
polku_status guarded(polku_error** err, Body&& body) noexcept {
    if (err != nullptr) *err = nullptr;
#if POLKU_EXCEPTIONS
    try {
#endif
        polku::result<void> done = body();
        if (POLKU_LIKELY(done.has_value())) return POLKU_STATUS_OK;
        return report(std::move(done).error(), err);
#if POLKU_EXCEPTIONS
    } catch (const polku::exception& thrown) {
        return report(thrown.error(), err);
    } catch (const std::bad_alloc&) {
        return report_no_memory(err);
    } catch (const std::exception& thrown) {
        return report_internal(thrown.what(), err);
    } catch (...) {
        return report_internal("an unknown exception", err);
    }
#endif
}

/// MISUSE for a NULL where something is needed; `name` is the parameter's.
polku::error null_argument(const char* name);
#define POLKU_CAPI_NEED(argument) \
    if ((argument) == nullptr) return ::polku_capi::null_argument(#argument)

/// MISUSE for a NULL, and for what is no live handle of the type.
polku::error wrong_handle(const char* name);
#define POLKU_CAPI_HANDLE(argument) \
    POLKU_CAPI_NEED(argument);      \
    if (!(argument)->is_live()) return ::polku_capi::wrong_handle(#argument)

/// The most bytes that anything in memory has; a greater length or count is a fault of the caller, not to be followed.
constexpr std::size_t most_bytes = PTRDIFF_MAX;

/// Text that came in: length or NUL-terminated, checked for NUL bytes inside.
polku::result<std::string_view> text_in(const char* data, std::size_t length, const char* name);

/// The same where NULL stands for none, whatever its length says.
inline polku::result<std::string_view> optional_text_in(const char* data, std::size_t length, const char* name) {
    return data == nullptr ? polku::result<std::string_view>(std::string_view()) : text_in(data, length, name);
}

/// A language that texts are there in; "en" for NULL.
polku::result<std::string> language_in(const char* language, std::size_t length);

/// Text that goes out.
polku_string* text_out(std::string_view text);

}  // namespace polku_capi

#endif

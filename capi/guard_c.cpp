// SPDX-License-Identifier: Apache-2.0
#include "guard.hpp"

#include <polku/rules/explanation.hpp>

#include <cstring>
#if !defined(_WIN32)
#include <pthread.h>
#endif

namespace polku_capi {

namespace {

std::atomic<std::uint32_t> generation{1};

#if !defined(_WIN32)
const int registered = pthread_atfork(nullptr, nullptr, [] { generation.fetch_add(1, std::memory_order_relaxed); });
#else
const int registered = 0;
#endif

}  // namespace

std::uint32_t fork_generation() noexcept {
    (void)registered;
    return generation.load(std::memory_order_relaxed);
}

polku_status report(polku::error what, polku_error** err) noexcept {
    const auto status = static_cast<polku_status>(polku::status_of(what.code()));
    if (err == nullptr) return status;
#if POLKU_EXCEPTIONS
    try {
#endif
        std::string text = what.to_string();
        *err = new polku_error(std::move(what), std::move(text));
#if POLKU_EXCEPTIONS
    } catch (...) {
        *err = nullptr;  // no memory for the explanation; the status still says what happened
    }
#endif
    return status;
}

polku_status report_no_memory(polku_error** err) noexcept {
    if (err != nullptr) *err = nullptr;
    return POLKU_STATUS_NO_MEMORY;
}

polku_status report_internal(const char* what, polku_error** err) noexcept {
#if POLKU_EXCEPTIONS
    try {
#endif
        return report(polku::error(polku::error_code::internal, std::string("unexpected failure: ") + what), err);
#if POLKU_EXCEPTIONS
    } catch (...) {
        return POLKU_STATUS_INTERNAL;
    }
#endif
}

polku::error null_argument(const char* name) {
    return {polku::error_code::misuse, std::string("argument '") + name + "' is NULL"};
}

polku::error wrong_handle(const char* name) {
    return {polku::error_code::misuse,
            std::string("argument '") + name + "' is no live handle of its type: destroyed, or of another type"};
}

polku::result<std::string_view> text_in(const char* data, std::size_t length, const char* name) {
    if (data == nullptr) {
        if (length == 0) return std::string_view();
        return null_argument(name);
    }
    if (length == POLKU_NUL_TERMINATED) return std::string_view(data);
    if (length > most_bytes)
        return polku::error(polku::error_code::invalid_argument, std::string("the length of argument '") + name +
                                                                     "' is " + std::to_string(length) +
                                                                     "; no memory is that large");
    const std::string_view text(data, length);
    const std::size_t nul = text.find('\0');
    if (nul != std::string_view::npos)
        return polku::error(polku::error_code::invalid_argument, std::string("argument '") + name +
                                                                     "' has a NUL byte at offset " +
                                                                     std::to_string(nul) + "; text must have none");
    return text;
}

polku::result<std::string> language_in(const char* language, std::size_t length) {
    if (language == nullptr) return std::string("en");
    POLKU_TRY(const std::string_view wanted, text_in(language, length, "language"));
    if (polku::rules::is_language(wanted)) return std::string(wanted);
    return polku::error(polku::error_code::invalid_argument,
                        "the language is '" + std::string(wanted) + "'; it must be fi, sv, en or fi-selko");
}

polku_string* text_out(std::string_view text) {
    auto* const made = new (::operator new(sizeof(polku_string) + text.size() + 1)) polku_string(text.size());
    if (!text.empty()) std::memcpy(made->data(), text.data(), text.size());
    made->data()[text.size()] = '\0';
    return made;
}

}  // namespace polku_capi

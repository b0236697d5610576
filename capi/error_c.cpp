// SPDX-License-Identifier: Apache-2.0
#include "guard.hpp"

#include <polku/version.hpp>

using namespace polku_capi;

uint32_t polku_abi_version(void) { return POLKU_ABI_VERSION; }

const char* polku_version(void) { return POLKU_VERSION_STRING; }

const char* polku_status_name(polku_status status) {
    static constexpr const char* names[] = {"OK",        "INVALID", "NOT_FOUND", "CONFLICT", "DENIED",    "LIMIT",
                                            "CANCELLED", "BUSY",    "CORRUPT",   "MISUSE",   "NO_MEMORY", "INTERNAL"};
    if (status < 0 || status > POLKU_STATUS_INTERNAL) return "UNKNOWN";
    return names[status];
}

uint32_t polku_error_code(const polku_error* err) { return usable(err) ? static_cast<uint32_t>(err->what.code()) : 0; }

polku_status polku_error_status(const polku_error* err) {
    return usable(err) ? static_cast<polku_status>(polku::status_of(err->what.code())) : POLKU_STATUS_OK;
}

const char* polku_error_message(const polku_error* err) { return usable(err) ? err->what.message().c_str() : ""; }

const char* polku_error_text(const polku_error* err) { return usable(err) ? err->text.c_str() : ""; }

size_t polku_error_position_count(const polku_error* err) { return usable(err) ? err->what.positions().size() : 0; }

polku_status polku_error_position_at(const polku_error* err, size_t index, polku_position* out) {
    return guarded(nullptr, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = polku_position{"", "", "", 0, 0};
        POLKU_CAPI_HANDLE(err);
        if (index >= err->what.positions().size())
            return polku::error(polku::error_code::not_found, "the error has no position of that index");
        const polku::position& at = err->what.positions()[index];
        *out = polku_position{at.source.c_str(), at.element.c_str(), at.pointer.c_str(), at.line, at.column};
        return {};
    });
}

void polku_error_destroy(polku_error* err) { destroy(err); }

const char* polku_string_data(const polku_string* text) { return usable(text) ? text->data() : ""; }

size_t polku_string_size(const polku_string* text) { return usable(text) ? text->size : 0; }

void polku_string_destroy(polku_string* text) {
    if (!usable(text)) return;
    text->~polku_string();
    ::operator delete(text);
}

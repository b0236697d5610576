// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_ERROR_IPP
#define POLKU_IMPL_ERROR_IPP

#include <polku/error.hpp>

namespace polku::inline POLKU_V {

POLKU_DECL std::string_view name_of(error_code code) noexcept {
    switch (code) {
#define X(name, number, status, text) \
    case error_code::name:            \
        return #name;
#include <polku/error_codes.inc>
#undef X
    }
    return "unknown";
}

POLKU_DECL std::string_view text_of(error_code code) noexcept {
    switch (code) {
#define X(name, number, status, text) \
    case error_code::name:            \
        return text;
#include <polku/error_codes.inc>
#undef X
    }
    return "unknown error code";
}

POLKU_DECL status status_of(error_code code) noexcept {
    switch (code) {
#define X(name, number, stat, text) \
    case error_code::name:          \
        return status::stat;
#include <polku/error_codes.inc>
#undef X
    }
    return status::internal;
}

POLKU_DECL std::string pointer_to(std::string_view base, std::string_view member) {
    std::string made(base);
    made += '/';
    for (const char each : member) {
        if (each == '~')
            made += "~0";
        else if (each == '/')
            made += "~1";
        else
            made += each;
    }
    return made;
}
POLKU_DECL std::string pointer_to(std::string_view base, std::size_t index) {
    return pointer_to(base, std::string_view(std::to_string(index)));
}

namespace detail {

POLKU_DECL std::string prefix_of(const position& where) {
    std::string out = where.source;
    if (where.line != 0) {
        out += (out.empty() ? "line " : ":") + std::to_string(where.line);
        if (where.column != 0) out += ":" + std::to_string(where.column);
    }
    if (!where.element.empty()) out += (out.empty() ? "" : ": ") + where.element;
    if (!where.pointer.empty()) out += (out.empty() ? "" : " ") + ("(" + where.pointer + ")");
    return out;
}

}  // namespace detail

POLKU_DECL std::string error::to_string() const {
    std::string out;
    for (const position& where : positions_) {
        const std::string prefix = detail::prefix_of(where);
        if (prefix.empty()) continue;
        out += (out.empty() ? "" : " and ") + prefix;
    }
    out += (out.empty() ? "" : ": ") + message_;
    for (const error& cause : causes_) out += "\n  because: " + cause.to_string();
    return out;
}

}  // namespace polku::inline POLKU_V

#endif

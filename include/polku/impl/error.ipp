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

// Here and not in the class: each unit that hands an error on would have these bodies again.
POLKU_DECL error::error() noexcept = default;
POLKU_DECL error::error(error_code code, std::string message) : code_(code), message_(std::move(message)) {}
POLKU_DECL error::error(error_code code, std::string message, position where) : error(code, std::move(message)) {
    positions_.push_back(std::move(where));
}
POLKU_DECL error::error(const error& other) = default;
POLKU_DECL error::error(error&& other) noexcept = default;
POLKU_DECL error& error::operator=(const error& other) = default;
POLKU_DECL error& error::operator=(error&& other) noexcept = default;
POLKU_DECL error::~error() = default;

POLKU_DECL error& error::at(position where) & {
    positions_.push_back(std::move(where));
    return *this;
}
POLKU_DECL error& error::because(error cause) & {
    causes_.push_back(std::move(cause));
    return *this;
}

#if POLKU_EXCEPTIONS
POLKU_DECL exception::exception(polku::error what) : error_(std::move(what)), text_(error_.to_string()) {}
POLKU_DECL exception::exception(const exception& other) = default;
POLKU_DECL exception::exception(exception&& other) noexcept = default;
POLKU_DECL exception& exception::operator=(const exception& other) = default;
POLKU_DECL exception& exception::operator=(exception&& other) noexcept = default;
POLKU_DECL exception::~exception() = default;
POLKU_DECL const char* exception::what() const noexcept { return text_.c_str(); }
#endif

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

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_ERROR_HPP
#define POLKU_ERROR_HPP

#include <polku/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#if POLKU_EXCEPTIONS
#include <exception>
#endif

namespace polku::inline POLKU_V {

/// What went wrong, as a stable number; `docs/errors.md` is made from this list.
enum class error_code : std::uint32_t {
#define X(name, number, status, text) name = number,
#include <polku/error_codes.inc>
#undef X
};

/// The coarse class of an error, as the C ABI returns it.
enum class status : std::uint32_t {
    ok = 0,
    invalid = 1,
    not_found = 2,
    conflict = 3,
    denied = 4,
    limit = 5,
    cancelled = 6,
    busy = 7,
    corrupt = 8,
    misuse = 9,
    no_memory = 10,
    internal = 11,
};

POLKU_DECL std::string_view name_of(error_code code) noexcept;
POLKU_DECL std::string_view text_of(error_code code) noexcept;
POLKU_DECL status status_of(error_code code) noexcept;

/// JSON pointer (RFC 6901) of a member or an item of what `base` points to, `~` and `/` in names escaped:
/// `/facts/work~1life`.
POLKU_DECL std::string pointer_to(std::string_view base, std::string_view member);
POLKU_DECL std::string pointer_to(std::string_view base, std::size_t index);

constexpr bool is_family(error_code code, std::uint32_t hundred) noexcept {
    return static_cast<std::uint32_t>(code) / 100 == hundred;
}
constexpr bool is_feel_syntax(error_code code) noexcept { return is_family(code, 2); }
constexpr bool is_dmn(error_code code) noexcept { return is_family(code, 4); }
constexpr bool is_limit(error_code code) noexcept { return is_family(code, 5); }
constexpr bool is_path(error_code code) noexcept { return is_family(code, 6); }
constexpr bool is_storage(error_code code) noexcept { return is_family(code, 7); }
constexpr bool is_json(error_code code) noexcept { return is_family(code, 8); }

/// Where an error is. Every part may be empty or 0; what is known is filled. Lines and columns count from 1, columns in
/// Unicode code points.
struct position {
    std::string source;   ///< file name, model name or stream that the caller knows
    std::string element;  ///< element or rule id, decision or stage name
    std::string pointer;  ///< JSON pointer, or cell as `rule 3, input 2`
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    bool operator==(const position&) const = default;
};

/// An error of the library: one sentence that says what was found and what would be right, a code, the places it
/// concerns (two for an overlap of two rules), and the errors that caused it, nearest first.
class error {
public:
    error() = default;
    error(error_code code, std::string message) : code_(code), message_(std::move(message)) {}
    error(error_code code, std::string message, position where) : error(code, std::move(message)) {
        positions_.push_back(std::move(where));
    }

    error_code code() const noexcept { return code_; }
    const std::string& message() const noexcept { return message_; }
    const std::vector<position>& positions() const noexcept { return positions_; }
    const std::vector<error>& causes() const noexcept { return causes_; }

    error& at(position where) & {
        positions_.push_back(std::move(where));
        return *this;
    }
    error&& at(position where) && { return std::move(at(std::move(where))); }
    error& because(error cause) & {
        causes_.push_back(std::move(cause));
        return *this;
    }
    error&& because(error cause) && { return std::move(because(std::move(cause))); }
    std::vector<position>& positions() noexcept { return positions_; }

    /// `source:line:column: element (pointer): message`, with the parts that are known; causes follow on own lines.
    std::string to_string() const;

private:
    error_code code_ = error_code::internal;
    std::string message_;
    std::vector<position> positions_;
    std::vector<error> causes_;
};

/// How much a diagnostic matters; warnings never alter results.
enum class severity : std::uint8_t { error, warning, note };

/// One finding of a checker.
struct diagnostic {
    polku::severity severity = polku::severity::error;
    polku::error what;
};

#if POLKU_EXCEPTIONS
/// Thrown by the functions that have a `try_` twin, and by nothing else.
class exception : public std::exception {
public:
    explicit exception(polku::error what) : error_(std::move(what)), text_(error_.to_string()) {}
    const polku::error& error() const noexcept { return error_; }
    const char* what() const noexcept override { return text_.c_str(); }

private:
    polku::error error_;
    std::string text_;
};
#endif

}  // namespace polku::inline POLKU_V

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/error.ipp>
#endif

#endif

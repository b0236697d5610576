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
    ok = 0,          ///< no error
    invalid = 1,     ///< what was given is wrong
    not_found = 2,   ///< something that was named is not there
    conflict = 3,    ///< somebody else was first, or it is there already
    denied = 4,      ///< the rules do not allow it
    limit = 5,       ///< a bound was passed
    cancelled = 6,   ///< the caller stopped it
    busy = 7,        ///< the store stayed locked
    corrupt = 8,     ///< what is stored is damaged
    misuse = 9,      ///< the library was called wrongly
    no_memory = 10,  ///< memory ran out
    internal = 11,   ///< a fault of the library itself
};

/// Its name as in `docs/errors.md`, such as `not_found`; `unknown` for a number that no error has. Static text.
POLKU_DECL std::string_view name_of(error_code code) noexcept;
/// What the code means, in one English sentence. Static text.
POLKU_DECL std::string_view text_of(error_code code) noexcept;
/// The class that the C ABI returns for the code.
POLKU_DECL status status_of(error_code code) noexcept;

/// JSON pointer (RFC 6901) of a member or an item of what `base` points to, `~` and `/` in names escaped:
/// `/facts/work~1life`.
POLKU_DECL std::string pointer_to(std::string_view base, std::string_view member);
POLKU_DECL std::string pointer_to(std::string_view base, std::size_t index);

/// True when the code's number is in that hundred: families are kept apart by hundreds (`docs/errors.md`).
constexpr bool is_family(error_code code, std::uint32_t hundred) noexcept {
    return static_cast<std::uint32_t>(code) / 100 == hundred;
}
/// True for codes 200 to 299: reading and compiling FEEL.
constexpr bool is_feel_syntax(error_code code) noexcept { return is_family(code, 2); }
/// True for codes 400 to 499: DMN models and their evaluation.
constexpr bool is_dmn(error_code code) noexcept { return is_family(code, 4); }
/// True for codes 500 to 599: bounds and cancelling.
constexpr bool is_limit(error_code code) noexcept { return is_family(code, 5); }
/// True for codes 600 to 699: service paths and commands that the rules do not allow.
constexpr bool is_path(error_code code) noexcept { return is_family(code, 6); }
/// True for codes 700 to 799: stores.
constexpr bool is_storage(error_code code) noexcept { return is_family(code, 7); }
/// True for codes 800 to 899: JSON, and rule packs.
constexpr bool is_json(error_code code) noexcept { return is_family(code, 8); }

/// Where an error is. Every part may be empty or 0; what is known is filled. Lines and columns count from 1, columns in
/// Unicode code points.
struct position {
    std::string source;        ///< file name, model name or stream that the caller knows
    std::string element;       ///< element or rule id, decision or stage name
    std::string pointer;       ///< JSON pointer, or cell as `rule 3, input 2`
    std::uint32_t line = 0;    ///< from 1; 0: not known
    std::uint32_t column = 0;  ///< from 1; 0: not known
    bool operator==(const position&) const = default;
};

/// An error of the library: one sentence that says what was found and what would be right, a code, the places it
/// concerns (two for an overlap of two rules), and the errors that caused it, nearest first.
class error {
public:
    error() noexcept;
    /// An error without causes; `where` is its first position.
    error(error_code code, std::string message);
    error(error_code code, std::string message, position where);
    error(const error& other);
    error(error&& other) noexcept;
    error& operator=(const error& other);
    error& operator=(error&& other) noexcept;
    ~error();

    /// What went wrong; `internal` for a default-made object.
    error_code code() const noexcept { return code_; }
    /// One English sentence without its place; it is told to people, codes are told to programs.
    const std::string& message() const noexcept { return message_; }
    /// Where it is; empty when no place is known.
    const std::vector<position>& positions() const noexcept { return positions_; }
    /// What brought it about, nearest first.
    const std::vector<error>& causes() const noexcept { return causes_; }

    /// Adds a position after those that are there; returns this error, so that calls can be joined.
    error& at(position where) &;
    error&& at(position where) && { return std::move(at(std::move(where))); }
    /// Adds a cause after those that are there; returns this error.
    error& because(error cause) &;
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

/// How much a diagnostic matters; warnings never alter results. The names are `error`, `warning` and `note`.
enum class severity : std::uint8_t { error, warning, note };

/// One finding of a checker.
struct diagnostic {
    polku::severity severity = polku::severity::error;  ///< how much it matters
    polku::error what;                                  ///< code, sentence and places
};

#if POLKU_EXCEPTIONS
/// Thrown by the functions that have a `try_` twin, and by nothing else.
class exception : public std::exception {
public:
    /// Carries the error.
    explicit exception(polku::error what);
    exception(const exception& other);
    exception(exception&& other) noexcept;
    exception& operator=(const exception& other);
    exception& operator=(exception&& other) noexcept;
    ~exception() override;
    /// The same error that the `try_` twin returns.
    const polku::error& error() const noexcept { return error_; }
    const char* what() const noexcept override;

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

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_REGEX_HPP
#define POLKU_FEEL_REGEX_HPP

#include <polku/config.hpp>
#include <polku/result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::feel {

/// The flags of XPath Functions and Operators 3.1 clause 5.6.2.
struct regex_flags {
    bool dot_all = false;      ///< `s`: `.` takes line ends too
    bool multi_line = false;   ///< `m`: `^` and `$` also match at line ends
    bool ignore_case = false;  ///< `i`
    bool extended = false;     ///< `x`: white space outside character classes is removed first
    bool literal = false;      ///< `q`: every character stands for itself
};

/// Reads flags such as `"im"`; empty for any other letter.
POLKU_DECL std::optional<regex_flags> parse_regex_flags(std::string_view text) noexcept;

/// Translates a pattern of the XPath dialect (XML Schema part 2 appendix F with XPath Functions and Operators 3.1
/// clause 5.6.1) to the dialect of the engine. What XPath lacks (look-around, possessive quantifiers, `\b`, named
/// groups) is an `invalid_argument` error that names the place.
POLKU_DECL result<std::string> try_translate_regex(std::string_view pattern, const regex_flags& flags);

/// A compiled pattern: immutable, shared freely by threads, cheap to copy.
class regex {
public:
    /// How a search ended: `no_match`, `matched`, `over_limit` (the steps were used up) or `bad_text` (no UTF-8).
    enum class outcome : std::uint8_t { no_match, matched, over_limit, bad_text };
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);  ///< the place of a group that took no part
    /// Byte offsets of a group; both `npos` for one that took no part.
    struct group {
        std::size_t begin = npos;  ///< of its first byte
        std::size_t end = npos;    ///< past its last byte
    };

    /// Error `invalid_argument` for a pattern that is not of the XPath dialect; it names the place.
    POLKU_DECL static result<regex> try_compile(std::string_view pattern, const regex_flags& flags);

    /// Number of groups, without the whole match.
    std::uint32_t group_count() const noexcept { return groups_; }
    /// Finds the first match at or after byte `from`; `steps` bounds matching and backtracking. `found` gets the whole
    /// match and then the groups. `text` must be UTF-8 (`bad_text` otherwise; looked at only when `from` is 0).
    POLKU_DECL outcome search(std::string_view text, std::size_t from, std::uint32_t steps,
                              std::vector<group>& found) const;

private:
    std::shared_ptr<const void> code_;
    std::uint32_t groups_ = 0;
};

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/regex.ipp>
#include <polku/impl/feel/regex_translate.ipp>
#endif

#endif

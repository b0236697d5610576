// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_REGEX_CLASSES_HPP
#define POLKU_IMPL_FEEL_REGEX_CLASSES_HPP

#include <polku/config.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::feel::detail {

/// An inclusive range of code points.
struct code_point_range {
    std::uint32_t first;
    std::uint32_t last;
};

/// `\x{...}` ranges for the inside of a bracket expression; what falls on surrogates is cut off.
POLKU_DECL std::string bracket_ranges(std::span<const code_point_range> ranges);
/// The same for everything but these (sorted, apart) ranges.
POLKU_DECL std::string bracket_complement(std::span<const code_point_range> ranges);

/// What a multi-character escape (`s S i I c C d D w W`) is inside a bracket expression; empty for another letter.
POLKU_DECL std::string bracket_of_escape(char letter);
/// The same for `\p{name}`, or `\P{name}` when `negated`; empty for an unknown category or block.
POLKU_DECL std::string bracket_of_property(std::string_view name, bool negated);

}  // namespace polku::inline POLKU_V::feel::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/regex_classes.ipp>
#endif

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_JSON_NUMBER_TEXT_HPP
#define POLKU_SRC_JSON_NUMBER_TEXT_HPP

#include <polku/feel/number.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

/// Numbers as JSON writes them, exactly or not at all.
namespace polku::inline POLKU_V::json::detail {

/// Digits from the first to the last that is not zero.
std::size_t significant_digits(std::string_view number) noexcept;
/// Empty for a number that cannot be held exactly.
std::optional<feel::number> exact_number(std::string_view text);

}  // namespace polku::inline POLKU_V::json::detail

#endif

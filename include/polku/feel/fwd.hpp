// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_FEEL_FWD_HPP
#define POLKU_FEEL_FWD_HPP

/// @file
/// The name of every public type of `feel`, for headers that only mention them.

#include <polku/config.hpp>

#include <cstdint>

namespace polku::inline POLKU_V::feel {
// clang-format off
struct builtin; class compile_hooks; struct compile_options; class context; class entry_names; class evaluation_context;
class expression; class function; enum class kind : std::uint8_t; struct limits; enum class null_reason : std::uint8_t;
class number; struct parameter; struct range; class regex; struct regex_flags; enum class rounding : std::uint8_t;
class scope; struct signature; struct simple_test; enum class syntax : std::uint8_t; struct syntax_node;
enum class syntax_operator : std::uint8_t; struct syntax_symbol; struct syntax_tree; struct text_origin; class type;
class unary_tests; class value;
// clang-format on
}  // namespace polku::inline POLKU_V::feel

#endif

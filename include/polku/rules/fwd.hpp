// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_RULES_FWD_HPP
#define POLKU_RULES_FWD_HPP

/// @file
/// The name of every public type of `rules`, for headers that only mention them.

#include <polku/config.hpp>

namespace polku::inline POLKU_V::rules {
struct business_id;
struct identity_code;
struct municipality;
struct wellbeing_county;
}  // namespace polku::inline POLKU_V::rules

#endif

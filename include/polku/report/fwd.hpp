// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_REPORT_FWD_HPP
#define POLKU_REPORT_FWD_HPP

/// @file
/// The name of every public type of `report`, for headers that only mention them.

#include <polku/config.hpp>

namespace polku::inline POLKU_V::report {
class drawing;
enum class label : unsigned char;
struct page_case;
}  // namespace polku::inline POLKU_V::report

#endif

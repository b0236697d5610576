// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_JSON_FWD_HPP
#define POLKU_JSON_FWD_HPP

/// @file
/// The name of every public type of `json`, for headers that only mention them.

#include <polku/config.hpp>

#include <cstdint>

namespace polku::inline POLKU_V::json {
// clang-format off
struct case_view_options; class decision_reader; struct difference_wish; struct event_data; class input_plan;
struct joined_parts;
template <class T>
struct json_defaults;
struct missing_wish; enum class number_form : std::uint8_t; class packer; struct parse_options; struct path_layer;
class recent_texts; struct shipped_file; class text_writer; class unpacker; struct what_if_wish; struct write_options;
// clang-format on
}  // namespace polku::inline POLKU_V::json

#endif

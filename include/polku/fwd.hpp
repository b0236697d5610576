// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_FWD_HPP
#define POLKU_FWD_HPP

/// @file
/// The name of every public type, for headers that only mention them.

#include <polku/config.hpp>
#include <polku/dmn/fwd.hpp>
#include <polku/feel/fwd.hpp>
#include <polku/json/fwd.hpp>
#include <polku/path/fwd.hpp>
#include <polku/population/fwd.hpp>
#include <polku/report/fwd.hpp>
#include <polku/rules/fwd.hpp>
#include <polku/storage/fwd.hpp>
#include <polku/time/fwd.hpp>

#include <cstdint>

namespace polku::inline POLKU_V {
// clang-format off
struct backtest_figure; struct backtest_measure; struct backtest_options; struct backtest_report;
enum class case_history : std::uint8_t; struct circling_query; struct decision_query; struct diagnostic; class error;
enum class error_code : std::uint32_t; struct example_client; struct example_employer; struct example_employers;
struct example_file; struct example_place; class exception; struct feed_options; struct loaded_case;
struct loaded_employer; struct logged_reader; struct made_picture; struct named_path; struct named_text;
struct pack_adoption; struct pack_bundle; struct path_bundle; struct picture_options;
enum class picture_source : std::uint8_t; struct position; struct recount_answer; struct recount_options;
struct register_query;
template <class Value>
class result;
struct retention_rule; struct retention_rules; enum class severity : std::uint8_t; struct simulation_page_options;
enum class status : std::uint32_t; struct store_people_options; struct stored_question; struct synthetic_count;
struct synthetic_options; struct terms_bundle; struct use_log_rule; struct view_options; class workspace;
struct workspace_options;
// clang-format on
}  // namespace polku::inline POLKU_V

#endif

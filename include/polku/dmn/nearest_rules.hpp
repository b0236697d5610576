// SPDX-License-Identifier: Apache-2.0
// In front of the guard: in header-only mode this pulls in bodies that need the declarations below, so they must come
// through here a second time.
#include <polku/dmn/decision_table.hpp>

#ifndef POLKU_DMN_NEAREST_RULES_HPP
#define POLKU_DMN_NEAREST_RULES_HPP

#include <polku/dmn/trace.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// The rules with the fewest cells that do not accept the inputs (one value for each column), then in the order of the
/// rules; at most `limit`. Each text of a cell is evaluated once for a column, however many rules repeat it.
POLKU_DECL std::vector<near_rule> nearest_rules(const compiled_table& table, feel::evaluation_context& with,
                                                std::span<const feel::value> slots, std::span<const feel::value> inputs,
                                                std::size_t limit);

/// The failing cells of one rule, counted from 0.
POLKU_DECL near_rule failing_cells(const compiled_table& table, feel::evaluation_context& with,
                                   std::span<const feel::value> slots, std::span<const feel::value> inputs,
                                   std::uint32_t rule);

/// The rule with this id, else with this number counted from 1; the number of rules when there is none.
POLKU_DECL std::uint32_t find_rule(const compiled_table& table, std::string_view id_or_number);

namespace detail {

POLKU_DECL feel::evaluation_context probe_of(const feel::evaluation_context& with, const trace& into);
POLKU_DECL void record_failures(const compiled_table& table, const feel::evaluation_context& with,
                                std::span<const feel::value> slots, std::span<const feel::value> inputs, trace& into,
                                table_trace& made);

}  // namespace detail

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/nearest_rules.ipp>
#endif

#endif

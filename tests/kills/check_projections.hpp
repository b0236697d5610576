// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_KILLS_CHECK_PROJECTIONS_HPP
#define POLKU_TESTS_KILLS_CHECK_PROJECTIONS_HPP

// What a store keeps beside its events, held against the events themselves. Whatever is kept so in future belongs here.

#include "workspace/case_loading.hpp"
#include "workspace/place_door.hpp"

#include <polku/storage/hash.hpp>
#include <polku/workspace/workspace.hpp>

#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace kills {

inline std::string no_case_row(const polku::path::stream_id& id) {
    return "case " + polku::storage::to_hex(id.bytes) + ": ";
}

/// The row of each case is what its events come to; the counts of cases are those of the rows.
inline std::string check_cases(polku::workspace& in, const polku::storage::stream_row& row, polku::time::date today) {
    using namespace polku;
    const auto loaded = in.try_load(storage::to_hex(row.stream.bytes));
    if (!loaded) return no_case_row(row.stream) + loaded.error().to_string();
    if (!row.projection) return no_case_row(row.stream) + "it has no row";
    const storage::case_projection wanted = detail::projection_of(loaded->path, loaded->state, today);
    if (*row.projection == wanted) return {};
    return no_case_row(row.stream) + "its row says stage " + row.projection->stage + ", " + row.projection->status +
           "; its events say " + wanted.stage + ", " + wanted.status;
}

/// No day has more people in places than there are places.
inline std::string check_book(polku::workspace& in, const polku::storage::stream_row& row) {
    using namespace polku;
    const auto folded = detail::try_fold_book(in.store(), row.stream);
    if (!folded) return folded.error().to_string();
    const path::place_book& book = folded->state;
    for (const path::place_level& level :
         path::place_levels(book, path::place_scope::any, "", *time::date::from_parts(2025, 1, 1),
                            *time::date::from_parts(2028, 12, 31))) {
        if (level.places && level.held > *level.places) {
            return "the places of " + storage::to_hex(row.stream.bytes) + " on " + time::to_string(level.from) + ": " +
                   std::to_string(level.held) + " held of " + std::to_string(*level.places);
        }
    }
    return {};
}

/// Empty when all is as the events say; else what is not.
inline std::string check_projections(polku::workspace& in, polku::time::date today) {
    using namespace polku;
    std::map<std::tuple<std::string, std::string, std::string, bool>, std::uint64_t> counted;
    storage::stream_query query;
    for (;;) {
        const auto rows = in.store().try_find_streams(query);
        if (!rows) return rows.error().to_string();
        for (const storage::stream_row& row : *rows) {
            std::string wrong;
            if (row.kind == path::stream_kind::case_) {
                wrong = check_cases(in, row, today);
                const auto& is = row.projection;
                if (is) ++counted[{is->municipality, is->stage, is->status, !is->closed_on.has_value()}];
            }
            if (row.kind == path::stream_kind::environment) wrong = check_book(in, row);
            if (!wrong.empty()) return wrong;
        }
        if (rows->size() < query.limit) break;
        query.after = rows->back().number;
    }
    const auto cells = in.store().try_count_cases();
    if (!cells) return cells.error().to_string();
    for (const storage::case_count& cell : *cells) {
        auto& left = counted[{cell.municipality, cell.stage, cell.status, cell.open}];
        if (left != cell.cases)
            return "there are " + std::to_string(left) + " cases where the count says " + std::to_string(cell.cases);
        left = 0;
    }
    for (const auto& each : counted)
        if (each.second != 0) return "the counts leave out " + std::to_string(each.second) + " cases";
    return {};
}

}  // namespace kills

#endif

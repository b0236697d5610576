// SPDX-License-Identifier: Apache-2.0
#include "cli/each_case.hpp"

#include "cli/workspace_options.hpp"

#include <polku/storage/hash.hpp>

#include <iostream>

namespace polku::cli {

result<void> each_case(workspace& in, const std::function<result<void>(const loaded_case&)>& visit) {
    const bool watched = watched_by_a_person();
    std::size_t seen = 0;
    storage::stream_query query;
    query.kind = path::stream_kind::case_;
    for (;;) {
        POLKU_TRY(const auto rows, in.store().try_find_streams(query));
        for (const storage::stream_row& row : rows) {
            POLKU_TRY(const loaded_case loaded, in.try_load(storage::to_hex(row.stream.bytes)));
            POLKU_CHECK(visit(loaded));
        }
        seen += rows.size();
        if (watched) std::cerr << "\r" << seen << " cases" << std::flush;
        if (rows.size() < query.limit) break;
        query.after = rows.back().number;
    }
    if (watched) std::cerr << "\n";
    return {};
}

}  // namespace polku::cli

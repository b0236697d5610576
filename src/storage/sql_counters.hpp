// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SQL_COUNTERS_HPP
#define POLKU_SRC_STORAGE_SQL_COUNTERS_HPP

#include "counting_rules.hpp"
#include "sealer.hpp"

#include <polku/storage/counters.hpp>

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace polku::inline POLKU_V::storage {

/// The counters in a store. Functions that write must be called inside a write transaction, `sums_on` inside any;
/// they throw `store_failure` and the engine's exceptions. `seals` is a null pointer in a store in clear.
class sql_counters {
public:
    explicit sql_counters(connection& on) : on_(on) {}

    counting_state read();
    void write(const counting_state& state);

    /// Lets the sums hold one more day, when it has settled: no append pays for more.
    void settle(counting_state& state, std::int64_t newest_ms);
    /// Takes changes up, which `flush` writes in one go: those of many commands to the same counter are one row.
    void add(const counting_state& state, std::span<const counter_delta> deltas, sealer* seals);
    /// Before the commit, and before anything is read.
    void flush(const counting_state& state);
    void drop_all();
    std::vector<counted_label> sums_on(const counting_state& state, std::int64_t day, sealer* seals);

    /// Seals the labels that are in clear, in a store that is being sealed.
    void seal_labels(sealer& seals);

    /// What a rolled-back transaction made must not be used again.
    void forget() noexcept {
        numbers_.clear();
        waiting_.clear();
    }

private:
    struct change {
        std::int64_t day = 0;
        std::int64_t label = 0;
        std::int64_t value = 0;
        std::int64_t count = 0;
    };

    void change_counter(const change& of);
    std::int64_t label_number(const std::string& label, sealer* seals);
    std::string label_text(query& row, sealer* seals);

    connection& on_;
    std::unordered_map<std::string, std::int64_t> numbers_;
    std::vector<change> waiting_;
};

}  // namespace polku::inline POLKU_V::storage

#endif

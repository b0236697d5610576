// SPDX-License-Identifier: Apache-2.0
#include "sql_counters.hpp"

#include "encoding.hpp"
#include "sql_core.hpp"

#include <polku/storage/hash.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace polku::inline POLKU_V::storage {

namespace {

// Some tens of thousands are in use at most; a host with more pays a look-up.
constexpr std::size_t most_known_labels = 200'000;
// Changes that wait to be written; a transaction of very many writes them in several goes.
constexpr std::size_t most_waiting_changes = 500'000;
constexpr std::int64_t first_day = std::numeric_limits<std::int64_t>::min();

// Under whose key labels are: nobody's, the store's own.
const std::string label_owner = "-";
const std::string label_class = "store";

std::string label_bytes(std::string_view label) {
    byte_writer out("polku.label.1");
    out.text(label);
    return out.take();
}

std::string label_binding(const path::hash& hash) {
    byte_writer out("polku.label.seal.1");
    out.raw(hash);
    return out.take();
}

/// Adds up rows by label and value. Almost all values are small and not negative (days), so each label has them in a
/// row of places; the others are kept apart.
class adder {
public:
    void add(query& rows, std::int64_t sign) {
        while (rows.step()) add(rows.integer(0), rows.integer(1), sign * rows.integer(2));
    }
    std::vector<std::pair<std::int64_t, std::int64_t>> taken(std::int64_t label) {
        std::vector<std::pair<std::int64_t, std::int64_t>> made;
        const auto give = [&](std::int64_t value, std::int64_t count) {
            if (count != 0) made.emplace_back(value, count);
        };
        const auto rare = rare_.lower_bound({label, first_day});
        auto next = rare;
        for (; next != rare_.end() && next->first.first == label && next->first.second < 0; ++next)
            give(next->first.second, next->second);
        const auto at = static_cast<std::size_t>(label);
        if (at < usual_.size())
            for (std::size_t value = 0; value < usual_[at].size(); ++value)
                give(static_cast<std::int64_t>(value), usual_[at][value]);
        for (; next != rare_.end() && next->first.first == label; ++next) give(next->first.second, next->second);
        return made;
    }

private:
    void add(std::int64_t label, std::int64_t value, std::int64_t count) {
        constexpr std::int64_t usual_end = 4096;
        if (value < 0 || value >= usual_end) {
            rare_[{label, value}] += count;
            return;
        }
        const auto at = static_cast<std::size_t>(label);
        const auto place = static_cast<std::size_t>(value);
        if (at >= usual_.size()) usual_.resize(at + 1);
        if (place >= usual_[at].size()) usual_[at].resize(place + 1);
        usual_[at][place] += count;
    }

    std::vector<std::vector<std::int64_t>> usual_;
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> rare_;
};

/// True when the sum is a number of 64 bits.
bool can_add(std::int64_t left, std::int64_t right) {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    return right < 0 ? least - right <= left : left <= most - right;
}

/// Visits the sum of the changes to each counter, in the order of the table's key; not those that come to nothing.
template <class Change, class Visit>
void add_up(std::vector<Change>& all, Visit visit) {
    const auto place = [](const Change& of) { return std::tie(of.day, of.label, of.value); };
    std::sort(all.begin(), all.end(),
              [&](const Change& left, const Change& right) { return place(left) < place(right); });
    for (auto at = all.begin(); at != all.end();) {
        Change whole = *at;
        while (++at != all.end() && place(*at) == place(whole) && can_add(whole.count, at->count))
            whole.count += at->count;
        if (whole.count != 0) visit(whole);
    }
}

}  // namespace

counting_state sql_counters::read() {
    query row(on_, sql::read_counting);
    if (!row.step()) throw_corrupt_row("the table of how far was counted has no row");
    return {small_number(row, 0), row.integer(1), row.maybe_integer(2), row.natural(3)};
}

void sql_counters::write(const counting_state& state) {
    query(on_, sql::set_counting, state.way, state.counted_to, state.summed_to, state.recount).run();
}

void sql_counters::settle(counting_state& state, std::int64_t newest_ms) {
    const std::int64_t settled = day_to_sum_to(newest_ms);
    if (state.summed_to && settled <= *state.summed_to) return;
    std::optional<std::int64_t> day;
    {
        const std::int64_t after = state.summed_to.value_or(first_day);
        query next(on_, sql::next_counted_day, after, settled);
        if (next.step()) day = next.maybe_integer(0);
    }
    if (day) query(on_, sql::sum_day, *day).run();
    state.summed_to = day.value_or(settled);
}

std::int64_t sql_counters::label_number(const std::string& label, sealer* seals) {
    if (const auto known = numbers_.find(label); known != numbers_.end()) return known->second;
    if (numbers_.size() >= most_known_labels) numbers_.clear();
    const std::string bytes = label_bytes(label);
    const path::hash hash = seals == nullptr ? blake2b(bytes) : seals->keyed_hash(label_owner, label_class, bytes);
    {
        query found(on_, sql::find_label, hash);
        if (found.step()) return numbers_[label] = found.integer(0);
    }
    if (seals == nullptr) {
        const std::optional<std::int64_t> no_key;
        const std::optional<seal_nonce> no_nonce;
        query insert(on_, sql::insert_label, hash, no_key, no_nonce, blob{label});
        insert.step();
        return numbers_[label] = insert.integer(0);
    }
    const sealed_bytes sealed = seals->seal(label_owner, label_class, path::hash{}, label, label_binding(hash));
    query insert(on_, sql::insert_label, hash, sealed.key_no, sealed.nonce, blob{sealed.bytes});
    insert.step();
    return numbers_[label] = insert.integer(0);
}

void sql_counters::seal_labels(sealer& seals) {
    std::map<std::int64_t, std::string> in_clear;
    {
        query rows(on_, sql::clear_labels);
        while (rows.step()) in_clear.emplace(rows.integer(0), rows.text(1));
    }
    for (const auto& [number, label] : in_clear) {
        const path::hash hash = seals.keyed_hash(label_owner, label_class, label_bytes(label));
        const sealed_bytes sealed = seals.seal(label_owner, label_class, path::hash{}, label, label_binding(hash));
        query(on_, sql::seal_label, number, hash, sealed.key_no, sealed.nonce, blob{sealed.bytes}).run();
    }
    forget();
}

void sql_counters::add(const counting_state& state, std::span<const counter_delta> deltas, sealer* seals) {
    for (const counter_delta& each : deltas)
        if (each.count != 0)
            waiting_.push_back({each.day.to_days(), label_number(each.label, seals), each.value, each.count});
    if (waiting_.size() >= most_waiting_changes) flush(state);
}

// A counter that comes to zero has no row. Deleting the row that would become zero costs less than asking for the count
// that an update left; where asking is dear, zeros are deleted behind the update.
void sql_counters::change_counter(const change& of) {
    if (on_.answers_at_once()) {
        query(on_, sql::drop_counter, of.day, of.label, of.value, of.count).run();
        if (on_.changed_rows() == 0) query(on_, sql::add_counter, of.day, of.label, of.value, of.count).run();
        return;
    }
    query(on_, sql::add_counter, of.day, of.label, of.value, of.count).run();
    query(on_, sql::drop_counter, of.day, of.label, of.value, std::int64_t{0}).run();
}

void sql_counters::flush(const counting_state& state) {
    std::vector<change> settled;
    add_up(waiting_, [&](const change& whole) {
        change_counter(whole);
        if (state.summed_to && whole.day <= *state.summed_to)
            settled.push_back({0, whole.label, whole.value, whole.count});
    });
    waiting_.clear();
    add_up(settled,
           [&](const change& whole) { query(on_, sql::add_sum, whole.label, whole.value, whole.count).run(); });
}

void sql_counters::drop_all() {
    query(on_, sql::drop_counters).run();
    query(on_, sql::drop_sums).run();
}

std::string sql_counters::label_text(query& row, sealer* seals) {
    if (row.is_null(2)) return row.text(4);
    if (seals == nullptr) {
        throw store_failure{error(error_code::store_key_missing,
                                  "the labels of the counters are sealed; open the store with its master key")};
    }
    path::hash salt{};
    std::string text;
    const path::hash hash = row.bytes<32>(1);
    if (seals->open(row.integer(2), row.text(3), row.text(4), label_binding(hash), salt, text) != seal_outcome::opened)
        throw store_failure{error(error_code::store_seal_broken, "a label of the counters is not what was sealed")};
    return text;
}

std::vector<counted_label> sql_counters::sums_on(const counting_state& state, std::int64_t day, sealer* seals) {
    adder all;
    std::int64_t first = day;
    {
        query lowest(on_, sql::next_counted_day, first_day, day);
        if (lowest.step()) first = lowest.maybe_integer(0).value_or(day);
    }
    // From whichever end fewer days lie between.
    if (state.summed_to && (day >= *state.summed_to || *state.summed_to - day < day - first)) {
        query sums(on_, sql::read_sums);
        all.add(sums, 1);
        if (day > *state.summed_to) {
            query later(on_, sql::read_counters, *state.summed_to, day);
            all.add(later, 1);
        } else {
            query later(on_, sql::read_counters, day, *state.summed_to);
            all.add(later, -1);
        }
    } else {
        query rows(on_, sql::read_counters, first_day, day);
        all.add(rows, 1);
    }
    std::vector<counted_label> labels;
    query known(on_, sql::read_labels);
    while (known.step()) labels.push_back({label_text(known, seals), all.taken(known.integer(0))});
    return labels;
}

}  // namespace polku::inline POLKU_V::storage

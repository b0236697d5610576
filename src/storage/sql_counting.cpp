// SPDX-License-Identifier: Apache-2.0
// How appends, checkpoints and recounts keep the counters in step with the events.
#include "append_rules.hpp"
#include "sql_core.hpp"

namespace polku::inline POLKU_V::storage {

sql_core::tail sql_core::read_counted_tail() {
    tail at = read_tail();
    at.counting = counters_.read();
    at.counted = at.counting.counted_to == static_cast<std::int64_t>(at.position);
    return at;
}

sql_core::tail sql_core::tail_to_write() {
    if (kept_tail_ && on_.data_version() == kept_tail_version_) return *kept_tail_;
    return read_counted_tail();
}

void sql_core::keep_tail(const tail& at) noexcept {
    kept_tail_ = at;
    kept_tail_version_ = on_.data_version();
}

void sql_core::write_counting(tail& at, const counting_state& before) {
    counting_state& now = at.counting;
    if (at.counted) now.counted_to = static_cast<std::int64_t>(at.position);
    if (now.way == before.way && now.counted_to == before.counted_to && now.summed_to == before.summed_to) return;
    counters_.write(now);
}

result<void> sql_core::count(tail& at, const append_request& request) {
    at.counted = at.counted && is_counted(at.counting, request);
    if (!request.counts) return {};
    for (const stream_version& each : request.counts->read) {
        const std::optional<stream_place> place = find_place(each.stream);
        if ((place ? place->version : 0) != each.version) return read_moved(request);
    }
    if (request.counts->cases && cases_about(request.counts->cases->client) != request.counts->cases->streams)
        return read_moved(request);
    if (!at.counted) return {};
    if (at.position != 0) counters_.settle(at.counting, at.newest_ms);
    counters_.add(at.counting, request.counts->deltas, seals());
    return {};
}

std::vector<path::stream_id> sql_core::cases_about(const std::string& client) {
    std::vector<path::stream_id> found;
    query rows(on_, sql::cases_about, client);
    while (rows.step()) found.push_back({rows.bytes<16>(0)});
    return found;
}

result<counters_answer> sql_core::counters(time::date on) {
    return guarded(on_, "adding up counters", [&]() -> result<counters_answer> {
        const transaction whole(on_, sql::begin_read);
        const tail at = read_counted_tail();
        counters_answer answer{at.counted, at.counting.way, {}};
        if (answer.complete) answer.labels = counters_.sums_on(at.counting, on.to_days(), seals());
        return answer;
    });
}

result<void> sql_core::begin_recount(tail& at, const recount_step& step) {
    if (step.number == 0) {
        counters_.drop_all();
        at.counting.way = step.counting;
        at.counting.counted_to = -1;
        at.counting.summed_to.reset();
        ++at.counting.recount;
        if (at.position != 0) counters_.settle(at.counting, at.newest_ms);
        return {};
    }
    if (step.number != at.counting.recount || at.counting.counted_to != -1)
        return recount_conflict("another one has begun, or this one was ended");
    return {};
}

result<std::uint64_t> sql_core::recount(const recount_step& step) {
    POLKU_CHECK(check_keys());
    POLKU_CHECK(check_deltas(step.deltas));
    auto counted = guarded(on_, "counting anew", [&]() -> result<std::uint64_t> {
        transaction whole(on_, sql::begin_write);
        tail at = read_counted_tail();
        POLKU_CHECK(begin_recount(at, step));
        counters_.add(at.counting, step.deltas, seals());
        counters_.flush(at.counting);
        if (step.upto) {
            if (*step.upto != at.position)
                return recount_conflict("events were stored after position " + std::to_string(*step.upto) +
                                        ", the last that was counted");
            at.counting.counted_to = static_cast<std::int64_t>(at.position);
        }
        counters_.write(at.counting);
        whole.commit();
        return at.counting.recount;
    });
    if (!counted) {
        counters_.forget();
        if (seals() != nullptr) seals()->forget();
    }
    return counted;
}

}  // namespace polku::inline POLKU_V::storage

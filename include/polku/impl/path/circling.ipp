// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_CIRCLING_IPP
#define POLKU_IMPL_PATH_CIRCLING_IPP

#include <polku/path/case_on.hpp>
#include <polku/path/circling.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

namespace polku::inline POLKU_V::path {

namespace detail {

/// Reads the events of one client in order and tells what each meant for getting on.
class circling_reader {
public:
    explicit circling_reader(std::span<const client_case> of) : cases_(of) {}

    void read(const event& what, std::size_t in_case) {
        now_ = {circling_step_kind::stage_reached, {}, what.effective_date, {}, in_case, what.position};
        path_ = cases_[in_case].path;
        std::visit([this](const auto& body) { see(body); }, what.what);
    }
    std::vector<circling_step> take() && { return std::move(steps_); }

private:
    using kind = circling_step_kind;
    /// A thing of a path: ids of two paths are different things.
    using thing = std::pair<std::string, std::string>;
    /// When a thing ended for the client the last time, and in which round.
    struct last_end {
        time::date on;
        std::int64_t round = 0;
    };
    using last_ends = std::map<thing, last_end>;

    template <class Body>
    void see(const Body&) {}

    void see(const case_opened&) {
        if (ended_) begin_round(path_);
    }
    void see(const case_closed&) { ended_ = now_.on; }
    void see(const case_reopened& what) { begin_round(what.stage); }
    void begin_round(std::string of) {
        add(kind::case_again, std::move(of), ended_);
        ++round_;
    }
    void see(const stage_entered& what) {
        if (what.from_stage) left_[{path_, *what.from_stage}] = {now_.on, round_};
        const auto [last, is_new] = entered_.emplace(thing{path_, what.stage}, round_);
        // The stage in which a case begins is no progress yet.
        if (is_new && what.from_stage) add(kind::stage_reached, what.stage);
        if (!is_new && last->second == round_) {
            const auto left = left_.find({path_, what.stage});
            add(kind::stage_again, what.stage, left == left_.end() ? std::optional<time::date>() : left->second.on);
        }
        last->second = round_;
    }
    void see(const referral_drafted& what) { add_again(kind::service_again, what.service, referred_); }
    void see(const referral_moved& what) {
        switch (what.to_state) {
            case referral_state::in_progress:
                if (begun_.insert({path_, what.service}).second) add(kind::service_begun, what.service);
                return;
            case referral_state::declined:
            case referral_state::onward:
            case referral_state::failed:
            case referral_state::expired:
                if (away_.insert({now_.in_case, what.referral}).second) add(kind::turned_away, what.service);
                break;
            case referral_state::completed:
            case referral_state::revoked: break;
            default: return;
        }
        referred_[{path_, what.service}] = {now_.on, round_};
    }
    void see(const assessment_completed& what) {
        if (assessed_.insert({path_, what.kind}).second) add(kind::assessment_completed, what.kind);
    }
    void see(const coaching_started& what) { add_again(kind::coaching_again, what.package, coached_); }
    void see(const coaching_completed& what) {
        if (coached_.count({path_, what.package}) == 0) add(kind::coaching_completed, what.package);
        coached_[{path_, what.package}] = {now_.on, round_};
    }
    void see(const placement_started& what) {
        const bool is_first = been_.insert({path_, what.kind}).second;
        if (!add_again(kind::placement_again, what.kind, placed_) && is_first) add(kind::placement_started, what.kind);
    }
    void see(const placement_ended& what) { placed_[{path_, what.kind}] = {now_.on, round_}; }
    void see(const goal_scored& what) {
        const auto [best, is_new] = scores_.emplace(thing{std::to_string(now_.in_case), what.goal}, what.score);
        if (is_new || !(best->second < what.score)) return;
        best->second = what.score;
        add(kind::goal_nearer, what.goal);
    }

    /// A return, when the same thing ended in this round. In a new round the client walks the path anew: that alone is
    /// neither a return nor a step on.
    bool add_again(kind what, const std::string& of, const last_ends& ends) {
        const auto last = ends.find({path_, of});
        if (last == ends.end() || last->second.round != round_) return false;
        add(what, of, last->second.on);
        return true;
    }
    void add(kind what, std::string of, std::optional<time::date> before = {}) {
        now_.what = what;
        now_.of = std::move(of);
        now_.before = before;
        steps_.push_back(now_);
    }

    std::span<const client_case> cases_;
    circling_step now_;
    std::string path_;
    std::optional<time::date> ended_;  // of the last case that did
    std::int64_t round_ = 0;           // a new one with each case and reopening
    std::map<thing, std::int64_t> entered_;
    std::set<thing> begun_, assessed_, been_;
    std::set<std::pair<std::size_t, std::string>> away_;
    last_ends left_, referred_, coached_, placed_;
    std::map<thing, feel::number> scores_;  // the best, by case and goal
    std::vector<circling_step> steps_;
};

inline bool has_open_case(std::span<const client_case> of, time::date as_of) {
    return std::any_of(of.begin(), of.end(), [&](const client_case& each) {
        const case_state then = case_on(*each.state, as_of);
        return then.is_opened() && !then.is_closed();
    });
}

}  // namespace detail

POLKU_DECL std::vector<circling_step> circling_steps(std::span<const client_case> of, time::date as_of) {
    struct placed_event {
        event what;
        std::size_t in_case;
    };
    std::vector<placed_event> all;
    for (std::size_t at = 0; at < of.size(); ++at)
        for (event& each : standing_events(*of[at].state))
            if (each.effective_date <= as_of && each.stream == stream_kind::case_) all.push_back({std::move(each), at});
    std::stable_sort(all.begin(), all.end(), [](const placed_event& a, const placed_event& b) {
        return a.what.effective_date != b.what.effective_date ? a.what.effective_date < b.what.effective_date
                                                              : a.what.recorded_at_ms < b.what.recorded_at_ms;
    });
    detail::circling_reader reader(of);
    for (const placed_event& each : all) reader.read(each.what, each.in_case);
    return std::move(reader).take();
}

POLKU_DECL result<std::optional<circling>> try_find_circling(std::span<const client_case> of, time::date as_of,
                                                             const circling_rule& with) {
    const auto first = with.months < 1 ? std::nullopt : as_of.plus_months(-with.months);
    if (with.returns < 1 || !first)
        return error(error_code::invalid_argument,
                     "a rule of circling wants at least one return and one month; found " +
                         std::to_string(with.returns) + " and " + std::to_string(with.months));
    circling found;
    for (circling_step& each : circling_steps(of, as_of)) {
        if (is_return(each.what)) {
            found.returns.push_back(std::move(each));
        } else {
            found.returns.clear();
            found.got_on = std::move(each);
        }
    }
    std::erase_if(found.returns, [&](const circling_step& each) { return !(*first < each.on); });
    const bool circles = static_cast<std::int64_t>(found.returns.size()) >= with.returns;
    if (!circles || !detail::has_open_case(of, as_of)) return std::optional<circling>();
    return std::optional(std::move(found));
}

}  // namespace polku::inline POLKU_V::path

#endif

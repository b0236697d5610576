// SPDX-License-Identifier: Apache-2.0
#include <polku/path/places.hpp>

#include "place_run.hpp"
#include "property_count.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>

using namespace place_run;

namespace {

constexpr int horizon = 120;  // days after the first
constexpr std::array packages{"supported", "short"};

time::date day_at(int index) { return day("2026-01-05").plus_days(index).value(); }

/// Counts day by day, by what was told and accepted: no sweep, no change points.
class day_by_day {
public:
    void set(const path::set_places& what, int from, int until) {
        for (int each = from; each <= until; ++each) numbers_[{what.scope, what.of.value_or("")}][each] = what.places;
    }
    void close(const path::place_book& book, int from) {
        if (closed_from_ <= from) return;
        closed_from_ = from;
        stood_.clear();
        for (const path::place_reservation& each : book.reservations)
            if (each.is_open()) stood_.insert(each.id);
    }
    /// Days on which one more place of these terms would be one too many.
    bool has_room(const path::place_book& book, const path::place_terms& of) const {
        for (int each = 0; each <= horizon; ++each) {
            if (day_at(each) < of.from || of.until < day_at(each)) continue;
            if (each >= closed_from_ || is_full(book, path::place_scope::any, "", each)) return false;
            if (of.package && is_full(book, path::place_scope::package, *of.package, each)) return false;
        }
        return true;
    }
    void check(const path::place_book& book) const {
        for (int each = 0; each <= horizon; ++each) {
            check_kind(book, path::place_scope::any, "", each);
            for (const char* package : packages) check_kind(book, path::place_scope::package, package, each);
        }
    }

private:
    using kind = std::pair<path::place_scope, std::string>;

    static int held(const path::place_book& book, path::place_scope scope, const std::string& of, int index) {
        int count = 0;
        for (const path::place_reservation& each : book.reservations)
            if (each.holds_on(day_at(index)) && (scope == path::place_scope::any || each.place.package == of)) ++count;
        return count;
    }
    std::optional<std::int64_t> number(path::place_scope scope, const std::string& of, int index) const {
        const auto found = numbers_.find({scope, of});
        if (found == numbers_.end() || found->second.count(index) == 0) return std::nullopt;
        return found->second.at(index);
    }
    bool is_full(const path::place_book& book, path::place_scope scope, const std::string& of, int index) const {
        const auto places = number(scope, of, index);
        if (!places) return scope == path::place_scope::any;
        return held(book, scope, of, index) >= *places;
    }
    void check_kind(const path::place_book& book, path::place_scope scope, const std::string& of, int index) const {
        if (index >= closed_from_) {
            for (const path::place_reservation& each : book.reservations) {
                const bool is_new = each.holds_on(day_at(index)) && stood_.count(each.id) == 0;
                if (is_new) FAIL_CHECK(each.id << " holds a place on closed day " << index);
            }
            return;
        }
        const auto places = number(scope, of, index);
        const int count = held(book, scope, of, index);
        if (places && *places < count) FAIL_CHECK(count << " of " << *places << " places are held on day " << index);
        const auto shown = places || scope != path::place_scope::any ? places : std::optional<std::int64_t>(0);
        const std::vector<path::place_level> expected{{day_at(index), day_at(index), shown, count}};
        if (path::place_levels(book, scope, of, day_at(index), day_at(index)) != expected)
            FAIL_CHECK("the level of day " << index << " is not " << count);
    }

    std::map<kind, std::map<int, std::int64_t>> numbers_;
    std::set<std::string> stood_;
    int closed_from_ = horizon + 1;
};

/// A history of a book by chance; every accepted command is checked against the counts, every refusal for room too.
class history {
public:
    explicit history(std::uint32_t seed) : random_(seed) {
        run_.tell(path::open_places{"small", "workshop", {}, {}, 3}, "2026-01-05");
        counts_.set({path::place_scope::any, {}, 3, day_at(0), {}}, 0, horizon);
    }

    void play() {
        for (int step = 0; step < 70; ++step) {
            today_ = std::min(horizon, today_ + below(3));
            one_step(std::to_string(step));
            counts_.check(run_.book);
        }
    }
    int refused_for_room() const { return refused_; }
    int placed() const {
        const auto& waiting = run_.book.waiting;
        return static_cast<int>(std::count_if(waiting.begin(), waiting.end(), [](const path::waiting_entry& each) {
            return each.state == path::waiting_state::placed;
        }));
    }

private:
    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

    path::place_terms terms() {
        const int from = std::min(horizon, today_ + below(30));
        path::place_terms made{day_at(from), day_at(std::min(horizon, from + below(40))), {}, {}};
        if (below(2) == 0) made.package = packages[static_cast<std::size_t>(below(2))];
        return made;
    }
    std::string any_reservation() {
        if (run_.book.reservations.empty()) return "none";
        return run_.book.reservations[static_cast<std::size_t>(below(static_cast<int>(run_.book.reservations.size())))]
            .id;
    }
    std::string any_offer() const {
        for (const path::place_reservation& each : run_.book.reservations)
            if (each.state == path::reservation_state::offered) return each.id;
        return "none";
    }
    bool give(path::place_command_body what) {
        auto made = path::decide_places(run_.path, run_.book, {std::move(what), day_at(today_), client_id()},
                                        {day_at(today_), "w", "p", 0});
        if (!made) {
            code_ = made.error().code();
            return false;
        }
        code_ = {};
        for (const path::place_event& each : made.value()) run_.book = path::evolve_places(std::move(run_.book), each);
        return true;
    }

    void one_step(const std::string& id) {
        switch (below(12)) {
            case 0: return set_numbers();
            case 1: return join(id);
            case 2: return join(id);
            case 3: return reserve(id);
            case 4: give(path::accept_offer{any_offer()}); return;
            case 5: give(path::decline_offer{any_offer(), "too far"}); return;
            case 6: give(path::take_place{any_reservation()}); return;
            case 7: give(path::end_place{any_reservation(), {}}); return;
            case 8: give(path::release_place{any_reservation(), "moved away"}); return;
            case 9: give(path::extend_place{any_reservation(), day_at(std::min(horizon, today_ + below(60)))}); return;
            case 10:
                if (below(8) == 0) {
                    const int from = std::min(horizon, today_ + below(60));
                    const path::place_book before = run_.book;
                    if (give(path::close_places{day_at(from), {}, "by chance"})) counts_.close(before, from);
                }
                return;
            default: return offer(id);
        }
    }
    void set_numbers() {
        path::set_places what{path::place_scope::any, {}, below(5), day_at(std::min(horizon, today_ + below(20))), {}};
        if (below(2) == 0) {
            what.scope = path::place_scope::package;
            what.of = packages[static_cast<std::size_t>(below(2))];
        }
        const int from = static_cast<int>(what.from.to_days() - day_at(0).to_days());
        int until = horizon;
        if (below(2) == 0) {
            until = std::min(horizon, from + below(30));
            what.until = day_at(until);
        }
        if (give(what)) counts_.set(what, from, until);
    }
    void join(const std::string& id) {
        path::place_wishes wishes;
        if (below(3) == 0) wishes.from = day_at(std::min(horizon, today_ + below(30)));
        if (below(3) == 0) wishes.packages = {packages[static_cast<std::size_t>(below(2))]};
        std::optional<time::date> since;
        if (below(4) == 0) since = day_at(std::max(0, today_ - below(30)));
        give(path::join_waiting_list{id, "case " + id, {}, below(3) == 0 ? "urgent" : "usual", since, wishes});
    }
    void reserve(const std::string& id) {
        const path::place_book before = run_.book;
        path::reserve_place what{id, "case " + id, terms(), {}};
        for (const path::waiting_entry& each : before.waiting)
            if (each.is_open() && below(8) > 0) what.passes.push_back({each.id, "urgent help"});
        after_giving(before, give(what), what.place, nullptr);
    }
    void offer(const std::string& id) {
        const auto order = path::fair_order(run_.book, day_at(today_));
        if (order.empty()) return;
        const place_book before = run_.book;
        const auto chosen = static_cast<std::size_t>(below(3)) % order.size();
        const path::waiting_entry entry = *order[chosen];
        path::offer_place what{id, entry.id, terms(), {}, {}};
        if (below(3) == 0)
            for (const path::waiting_entry* each : order) what.passes.push_back({each->id, "cannot be reached"});
        after_giving(before, give(what), what.place, &entry);
    }
    /// Room was there exactly when the naive count says so, and nobody of the same class was overtaken in silence.
    void after_giving(const path::place_book& before, bool is_given, const path::place_terms& of,
                      const path::waiting_entry* chosen) {
        path::place_book lapsed = before;
        for (const path::place_reservation& each : before.reservations)
            if (each.state == path::reservation_state::offered && *each.answer_by < day_at(today_)) {
                path::place_event gone;
                gone.what = path::offer_lapsed{each.id};
                gone.effective_date = day_at(today_);
                lapsed = path::evolve_places(std::move(lapsed), gone);
            }
        if (is_given) CHECK(counts_.has_room(lapsed, of));
        if (code_ == error_code::no_free_place || code_ == error_code::places_closed) {
            CHECK_FALSE(counts_.has_room(lapsed, of));
            ++refused_;
        }
        if (!is_given) return;
        for (const path::waiting_entry& each : lapsed.waiting) {
            if (each.state != path::waiting_state::waiting || (chosen && each.id == chosen->id)) continue;
            const bool is_same_class = !chosen || each.priority == chosen->priority;
            const bool is_earlier =
                !chosen || std::pair(each.since, each.sequence) < std::pair(chosen->since, chosen->sequence);
            if (!is_same_class || !is_earlier) continue;
            const auto& passes = path::find_entry(run_.book, each.id)->passes;
            const bool has_reason = std::any_of(passes.begin(), passes.end(),
                                                [&](const path::waiting_pass& pass) { return pass.place == of; });
            CHECK_MESSAGE(has_reason, each.id);
        }
    }

    using place_book = path::place_book;
    std::mt19937 random_;
    book_run run_;
    day_by_day counts_;
    int today_ = 0;
    int refused_ = 0;
    error_code code_{};
};

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/place_model: random histories never over-book a day and overtake nobody in silence") {
    constexpr std::size_t usual = 40;
    const std::size_t count = property_count(usual);
    std::size_t refused = 0;
    std::size_t placed = 0;
    for (std::uint32_t seed = 1; seed <= count; ++seed) {
        CAPTURE(seed);
        history one(seed);
        one.play();
        refused += one.refused_for_room();
        placed += one.placed();
    }
    // The histories do reach what they are about.
    if (is_sampled(usual)) return;
    CHECK(refused > count / 2);
    CHECK(placed > count / 4);
}

TEST_CASE("path/place_model: whoever has waited for the class's longest time is helped within a bound") {
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        book_run run;
        run.open(1);
        std::map<std::string, std::size_t> bound;  // places that may go to others, by entry
        std::size_t most_before = 0;
        // Each week one place of a week comes free, and one or two people join: the urgent class alone would fill it.
        for (int week = 0; week < 60; ++week) {
            const time::date today = day_at(week * 7);
            const std::string on = time::to_string(today);
            const std::string id = std::to_string(week);
            run.join("u" + id, "urgent", on);
            if (random() % 4 == 0) run.join("n" + id, "usual", on);
            const auto order = path::fair_order(run.book, today);
            for (std::size_t i = 0; i < order.size(); ++i)
                if (order[i]->first_from <= today && bound.count(order[i]->id) == 0) {
                    bound[order[i]->id] = i;
                    most_before = std::max(most_before, i);
                }
            const std::string first = order.front()->id;
            run.tell(path::offer_place{"o" + id, first, {today, today.plus_days(6).value(), {}, {}}, {}, {}}, on);
            run.tell(path::accept_offer{"o" + id}, on);
            for (auto& each : bound) {
                if (path::find_entry(run.book, each.first)->state == path::waiting_state::placed) continue;
                const bool is_in_time = each.second > 0;
                CHECK_MESSAGE(is_in_time, each.first);
                --each.second;
            }
        }
        const auto& waiting = run.book.waiting;
        CHECK(std::any_of(waiting.begin(), waiting.end(), [](const path::waiting_entry& each) {
            return each.priority == "usual" && each.state == path::waiting_state::placed;
        }));
        CHECK(most_before > 0);
    }
}

TEST_SUITE_END();

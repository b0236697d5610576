// SPDX-License-Identifier: Apache-2.0
#include "path_run.hpp"

#include "path_clients.hpp"
#include "path_draws.hpp"
#include "path_router.hpp"

#include <algorithm>

namespace polku::inline POLKU_V::population::detail {

namespace {

/// A line for places, and the places. Who came on an earlier day is before who came later; those of one day are in an
/// order by lot.
struct place_line {
    struct waiter {
        std::uint64_t lot = 0;
        std::uint64_t key = 0;  ///< of the client: no two are the same
        client_slot who = 0;
        std::int32_t since = 0;
    };
    bool is_limited = false;
    std::int64_t free = 0;
    std::vector<waiter> line;
    std::size_t first = 0;    ///< of the line
    std::size_t ordered = 0;  ///< end of those whose order stands

    bool is_empty() const noexcept { return first == line.size(); }
    void order_new() {
        std::sort(line.begin() + static_cast<std::ptrdiff_t>(ordered), line.end(),
                  [](const waiter& a, const waiter& b) { return a.lot != b.lot ? a.lot < b.lot : a.key < b.key; });
        ordered = line.size();
    }
    waiter take() {
        const waiter made = line[first++];
        if (first > 1024 && first * 2 > line.size()) {  // what was taken is let go now and then
            line.erase(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(first));
            ordered -= first;
            first = 0;
        }
        return made;
    }
};

class runner {
public:
    runner(const path_plan& of, const benefit_ladder* ladder, std::uint64_t seed, std::uint32_t repeat)
        : of_(of),
          ladder_(ladder),
          draws_(of, seed, repeat),
          router_(of),
          layout_(of),
          clients_(of.stages.size(), of.facts.size()),
          ends_(static_cast<std::size_t>(of.days())),
          inside_((of.stages.size() + of.services.size()) * of.municipalities.size()),
          waiting_(inside_.size()),
          on_path_(of.municipalities.size()) {
        counts_.cells.resize(layout_.cells());
        for (const planned_stage& each : of.stages) add_lines(each.room);
        for (const planned_service& each : of.services) add_lines(each.room);
    }

    result<run_counts> run(const std::function<bool()>& go_on) {
        for (month_ = 0; month_ < layout_.months; ++month_) {
            router_.begin_month(month_);
            if (month_ == 0) POLKU_CHECK(place_stock());
            plan_arrivals();
            for (today_ = of_.day_of(month_); today_ < of_.day_of(month_ + 1); ++today_) POLKU_CHECK(live_day());
            close_month();
            if (!go_on()) return error(error_code::cancelled, "ended by the caller; there is no result");
        }
        for (client_slot who = 0; who < clients_.size(); ++who)
            if (clients_[who].is_here) stop_pay(who, of_.days());
        return std::move(counts_);
    }

private:
    // Rooms: the stages, then the services.
    void add_lines(const planned_room& room) {
        first_line_.push_back(lines_.size());
        const std::size_t many = room.is_limited && !room.is_shared ? of_.municipalities.size() : 1;
        for (std::size_t each = 0; each < many; ++each) {
            place_line made;
            made.is_limited = room.is_limited;
            made.free = room.is_limited ? room.places[each] : 0;
            lines_.push_back(std::move(made));
        }
    }
    bool is_service(std::size_t room) const { return room >= of_.stages.size(); }
    const planned_room& room_of(std::size_t room) const {
        return is_service(room) ? of_.services[room - of_.stages.size()].room : of_.stages[room].room;
    }
    place_line& line_of(std::size_t room, std::size_t municipality) {
        return lines_[first_line_[room] + (room_of(room).is_shared ? 0 : municipality)];
    }
    std::int64_t& count(std::size_t municipality, std::size_t figure) {
        return counts_.cells[layout_.cell(month_, municipality, figure)];
    }
    std::int64_t& inside(std::size_t room, std::size_t municipality) {
        return inside_[room * of_.municipalities.size() + municipality];
    }
    std::int64_t& waiting(std::size_t room, std::size_t municipality) {
        return waiting_[room * of_.municipalities.size() + municipality];
    }

    /// Those who are there as the first day begins, and those who wait then.
    result<void> place_stock() {
        for (std::size_t municipality = 0; municipality < of_.municipalities.size(); ++municipality) {
            const planned_municipality& says = of_.municipalities[municipality];
            for (const planned_stock& stock : says.stock) {
                for (std::int64_t each = 0; each < stock.many; ++each) {
                    const client_slot who =
                        add_client(draws_.stock_client(municipality, stock.stage, each), municipality);
                    const stay_times& days = of_.stages[stock.stage].days;
                    const chance by = stay_chance(who, stock.stage, 1).at(stay_draw::days);
                    const std::int32_t rest = stock.so_far.empty()
                                                  ? days.draw_rest(by)
                                                  : days.draw_rest(by, stock.so_far[static_cast<std::size_t>(each)]);
                    begin_stay(who, stock.stage);
                    ++inside(stock.stage, municipality);
                    --line_of(stock.stage, municipality).free;
                    end_on(today_ + rest, who, own_time);
                    pay_as_in(who, stock.stage);
                }
                for (std::int64_t each = 0; each < stock.waiting; ++each) {
                    const client_slot who =
                        add_client(draws_.waiting_client(municipality, stock.stage, each), municipality);
                    join(stock.stage, who);
                }
            }
        }
        // Those who wait already are before all who come.
        for (place_line& each : lines_) each.order_new();
        return {};
    }

    /// Draws how many come this month, and on which days.
    void plan_arrivals() {
        arrivals_.assign(static_cast<std::size_t>(of_.day_of(month_ + 1) - of_.day_of(month_)), {});
        for (std::size_t municipality = 0; municipality < of_.municipalities.size(); ++municipality) {
            const std::int64_t many = draws_.arrivals(municipality, month_);
            count(municipality, run_layout::arrived) = many;
            for (std::int64_t each = 0; each < many; ++each) {
                const chance who = draws_.arriving_client(municipality, month_, each);
                arrivals_[who.at(client_draw::day).below(arrivals_.size())].push_back({municipality, who});
            }
        }
    }

    result<void> live_day() {
        // A day's list can grow by nobody else: each end lies on a later day.
        for (const end_of_time& each : ends_[static_cast<std::size_t>(today_)]) POLKU_CHECK(end(each));
        ends_[static_cast<std::size_t>(today_)] = {};
        for (const auto& [municipality, who] : arrivals_[static_cast<std::size_t>(today_ - of_.day_of(month_))]) {
            const client_slot slot = add_client(who, municipality);
            join(of_.entries[clients_[slot].entry].stage, slot);
        }
        for (std::size_t room = 0; room < first_line_.size(); ++room) admit_to(room);
        return {};
    }

    client_slot add_client(chance who, std::size_t municipality) {
        const client_slot slot = clients_.add(who.number());
        path_client& made = clients_[slot];
        made.municipality = static_cast<std::uint32_t>(municipality);
        made.entry = static_cast<std::uint32_t>(draws_.entry(who));
        if (ladder_ != nullptr) made.paid_days = draws_.days_so_far(who);
        ++on_path_[municipality];
        ++counts_.clients;
        return slot;
    }
    chance key_of(client_slot who) const { return chance(clients_[who].key); }
    chance stay_chance(client_slot who, std::size_t room, std::int64_t visit) const {
        return draws_.stay(key_of(who), room, visit);
    }

    void join(std::size_t room, client_slot who) {
        const std::size_t municipality = clients_[who].municipality;
        if (!room_of(room).is_limited) {
            enter(room, who, 0);
            return;
        }
        if (!is_service(room)) start_pay(who);
        ++waiting(room, municipality);
        const std::int64_t visit = clients_.visits(who)[is_service(room) ? clients_[who].stage : room];
        const chance lot = stay_chance(who, room, visit).at(stay_draw::lot);
        line_of(room, municipality).line.push_back({lot.number(), clients_[who].key, who, std::int32_t(today_)});
    }

    void admit_to(std::size_t room) {
        const std::size_t lines = room_of(room).is_shared ? 1 : of_.municipalities.size();
        for (std::size_t each = 0; each < lines; ++each) {
            place_line& line = lines_[first_line_[room] + each];
            if (line.ordered < line.line.size()) line.order_new();
            while (!line.is_empty() && line.free > 0) {
                const place_line::waiter next = line.take();
                --line.free;
                --waiting(room, clients_[next.who].municipality);
                enter(room, next.who, today_ - next.since);
            }
        }
    }

    void enter(std::size_t room, client_slot who, std::int64_t waited) {
        const std::size_t municipality = clients_[who].municipality;
        ++inside(room, municipality);
        ++count(municipality, layout_.stage(room, run_layout::entered));
        count(municipality, layout_.stage(room, run_layout::waited)) += waited;
        if (is_service(room)) {
            const std::size_t service = room - of_.stages.size();
            const std::int64_t visit = clients_.visits(who)[clients_[who].stage];
            const std::int32_t days =
                of_.services[service].days.draw(stay_chance(who, room, visit).at(stay_draw::days));
            end_on(today_ + days, who, static_cast<std::uint32_t>(room));
            return;
        }
        begin_stay(who, room);
        const std::int64_t visit = clients_.visits(who)[room];
        const chance by = stay_chance(who, room, visit);
        end_on(today_ + of_.stages[room].days.draw(by.at(stay_draw::days)), who, own_time);
        pay_as_in(who, room);
        refer(who, room, by.at(stay_draw::referrals));
    }

    void begin_stay(client_slot who, std::size_t stage) {
        clients_[who].stage = static_cast<std::uint32_t>(stage);
        clients_[who].open = 1;
        ++clients_.visits(who)[stage];
    }

    /// The referrals of a stay: to services that are for such a client.
    void refer(client_slot who, std::size_t stage, chance by) {
        const std::vector<planned_share>& referrals = of_.stages[stage].referrals;
        for (std::size_t each = 0; each < referrals.size(); ++each) {
            const std::size_t service = referrals[each].of;
            if (!draws_.is_referred(stage, each, by)) continue;
            for (const planned_rules& rules : of_.rules)
                for (const auto& [slot, fact] : rules.services[service].facts) ask(who, fact);
            if (!router_.is_for(service, clients_.facts(who))) continue;
            ++clients_[who].open;
            join(of_.stages.size() + service, who);
        }
    }

    /// Draws a fact that a client brings, when it is asked for the first time.
    void ask(client_slot who, std::size_t fact) {
        drawn_value& value = clients_.facts(who)[fact];
        if (value == undrawn && of_.facts[fact].brought) value = draws_.brought(fact, key_of(who));
    }

    void end_on(std::int64_t day, client_slot who, std::uint32_t what) {
        if (day < of_.days()) ends_[static_cast<std::size_t>(day)].push_back({who, what});
    }

    result<void> end(const end_of_time& of) {
        path_client& client = clients_[of.who];
        if (of.what != own_time) {
            --inside(of.what, client.municipality);
            ++line_of(of.what, client.municipality).free;
            ++count(client.municipality, layout_.stage(of.what, run_layout::left));
        }
        if (--client.open > 0) return {};
        return leave_stage(of.who);
    }

    result<void> leave_stage(client_slot who) {
        const std::size_t stage = clients_[who].stage;
        const std::size_t municipality = clients_[who].municipality;
        POLKU_TRY(const planned_target target, try_next(who));
        --inside(stage, municipality);
        ++line_of(stage, municipality).free;
        ++count(municipality, layout_.stage(stage, run_layout::left));
        ++count(municipality, layout_.moved(stage, target));
        if (target < of_.stages.size()) {
            POLKU_CHECK(check_visits(who, target));
            join(target, who);
            return {};
        }
        ++count(municipality, layout_.exit(target - of_.stages.size()));
        ++count(municipality, run_layout::left_path);
        --on_path_[municipality];
        stop_pay(who, today_);
        clients_.remove(who);
        return {};
    }

    result<planned_target> try_next(client_slot who) {
        const path_client& client = clients_[who];
        const std::size_t stage = client.stage;
        const std::int64_t visit = clients_.visits(who)[stage];
        const chance by = stay_chance(who, stage, visit);
        // What is told is told on every way out, so that later stages know it.
        for (std::size_t each = 0; each < of_.stages[stage].told.size(); ++each)
            clients_.facts(who)[of_.stages[stage].told[each].first] = draws_.told(stage, each, by.at(stay_draw::facts));
        if (const auto exit = draws_.leaves(stage, by.at(stay_draw::leaves))) return of_.stages.size() + *exit;
        for (const planned_rules::input& each : of_.rules[of_.rules_of_month[month_]].stages[stage].inputs) {
            if (each.from != planned_rules::input::source::fact) continue;
            ask(who, each.fact);
            if (clients_.facts(who)[each.fact] == undrawn)
                return error(error_code::simulation_shape,
                             "the routing of stage '" + of_.stages[stage].id + "' asks for '" +
                                 of_.facts[each.fact].name +
                                 "', which nobody has told of a client who comes there; give the shares of its values "
                                 "at /facts, for those who were not told of it on their way");
        }
        return router_.try_next({stage, visit, client.entry, clients_.facts(who)});
    }

    result<void> check_visits(client_slot who, std::size_t stage) const {
        const planned_rules::routing& by = of_.rules[of_.rules_of_month[month_]].stages[stage];
        if (by.most_visits == 0 || clients_.visits(who)[stage] < by.most_visits) return {};
        return error(error_code::simulation_shape,
                     "in " + month_text(of_.months[month_]) + " a client is sent to the stage '" +
                         of_.stages[stage].id + "' for the " + std::to_string(by.most_visits + 1) +
                         "th time, and the path allows " + std::to_string(by.most_visits) +
                         "; a case would stop there, too");
    }

    void pay_as_in(client_slot who, std::size_t stage) {
        if (of_.stages[stage].paid)
            start_pay(who);
        else
            stop_pay(who, today_);
    }
    void start_pay(client_slot who) {
        if (clients_[who].paid_since == not_paid) clients_[who].paid_since = static_cast<std::int32_t>(today_);
    }
    void stop_pay(client_slot who, std::int64_t day) {
        path_client& client = clients_[who];
        if (client.paid_since == not_paid || ladder_ == nullptr) return;
        const std::int64_t from = client.paid_since;
        client.paid_since = not_paid;
        ladder_->charge(client.paid_days, from, day, 0, [&](std::size_t month, std::int64_t days, std::int64_t amount) {
            counts_.cells[layout_.cell(month, client.municipality, run_layout::benefit_days)] += days;
            counts_.cells[layout_.cell(month, client.municipality, run_layout::cost)] += amount;
        });
        client.paid_days += static_cast<std::int32_t>(ladder_->paid(from, day));
    }

    void close_month() {
        const std::size_t rooms = of_.stages.size() + of_.services.size();
        for (std::size_t municipality = 0; municipality < of_.municipalities.size(); ++municipality) {
            count(municipality, run_layout::on_path) = on_path_[municipality];
            for (std::size_t room = 0; room < rooms; ++room) {
                count(municipality, layout_.stage(room, run_layout::inside)) = inside(room, municipality);
                count(municipality, layout_.stage(room, run_layout::waiting)) = waiting(room, municipality);
            }
        }
    }

    struct arrival {
        std::size_t municipality;
        chance who;
    };

    const path_plan& of_;
    const benefit_ladder* ladder_;
    run_draws draws_;
    path_router router_;
    run_layout layout_;
    path_clients clients_;
    std::vector<std::vector<end_of_time>> ends_;  ///< by day
    std::vector<std::vector<arrival>> arrivals_;  ///< by day of the month
    std::vector<std::size_t> first_line_;         ///< by room
    std::vector<place_line> lines_;
    std::vector<std::int64_t> inside_, waiting_;  ///< by room and municipality
    std::vector<std::int64_t> on_path_;
    run_counts counts_;
    std::size_t month_ = 0;
    std::int64_t today_ = 0;
};

}  // namespace

result<run_counts> try_run(const path_plan& of, const benefit_ladder* ladder, std::uint64_t seed, std::uint32_t repeat,
                           const std::function<bool()>& go_on) {
    return runner(of, ladder, seed, repeat).run(go_on);
}

}  // namespace polku::inline POLKU_V::population::detail

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_UNIT_POPULATION_PATH_ORACLE_HPP
#define POLKU_TESTS_UNIT_POPULATION_PATH_ORACLE_HPP

#include <population/path_draws.hpp>
#include <population/path_run.hpp>

#include <polku/dmn/program.hpp>
#include <polku/rules/pack_definition.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

/// The same simulation in the plainest way: each client is looked at on each day, each question goes to the table
/// anew, each benefit day to the pack, and queues are sorted lists. Only the draws are the ones of the real one.
class path_oracle {
public:
    std::int64_t most_inside = 0;  ///< in the second stage, on any day
    std::int64_t unfair = 0;       ///< who came later and entered before

    path_oracle(const path_plan& of, const rules::pack& ladder, const benefit_assumptions& benefit, std::uint64_t seed,
                std::uint32_t repeat)
        : of_(of), ladder_(ladder), benefit_(benefit), draws_(of, seed, repeat), layout_(of) {
        cells_.resize(layout_.cells());
    }

    std::vector<std::int64_t> run() {
        start();
        for (month_ = 0; month_ < layout_.months; ++month_) {
            for (day_ = of_.day_of(month_); day_ < of_.day_of(month_ + 1); ++day_) live();
            for (person& each : all_) close(each);
        }
        return cells_;
    }

private:
    struct stay_part {
        std::size_t room = 0;
        bool is_waiting = false;
        std::int64_t since = 0;
        std::int64_t until = 0;
    };
    struct person {
        chance who{0};
        std::size_t municipality = 0;
        std::size_t stage = 0;
        bool is_gone = false;
        bool is_paid = false;
        std::int64_t days_so_far = 0;
        std::map<std::size_t, std::int64_t> visits;
        std::map<std::size_t, std::size_t> facts;
        std::vector<stay_part> parts;
        chance key() const { return chance(who.number()); }
    };

    std::int64_t& count(const person& of, std::size_t figure) {
        return cells_[layout_.cell(month_, of.municipality, figure)];
    }
    bool is_stage(std::size_t room) const { return room < of_.stages.size(); }
    const planned_room& room(std::size_t of) const {
        return is_stage(of) ? of_.stages[of].room : of_.services[of - of_.stages.size()].room;
    }

    person& add(chance who, std::size_t municipality) {
        person made;
        made.who = who;
        made.municipality = municipality;
        made.days_so_far = draws_.days_so_far(who);
        all_.push_back(made);
        return all_.back();
    }

    void start() {
        for (std::size_t code = 0; code < of_.municipalities.size(); ++code)
            for (const planned_stock& stock : of_.municipalities[code].stock) {
                for (std::int64_t each = 0; each < stock.many; ++each) {
                    person& one = add(draws_.stock_client(code, stock.stage, each), code);
                    one.stage = stock.stage;
                    one.visits[stock.stage] = 1;
                    const chance by = draws_.stay(one.key(), stock.stage, 1).at(stay_draw::days);
                    const stay_times& days = of_.stages[stock.stage].days;
                    const auto rest = stock.so_far.empty()
                                          ? days.draw_rest(by)
                                          : days.draw_rest(by, stock.so_far[static_cast<std::size_t>(each)]);
                    one.parts.push_back({stock.stage, false, 0, rest});
                    one.is_paid = of_.stages[stock.stage].paid;
                }
                for (std::int64_t each = 0; each < stock.waiting; ++each) {
                    person& one = add(draws_.waiting_client(code, stock.stage, each), code);
                    one.parts.push_back({stock.stage, true, -1, 0});  // before all who come on the first day
                    one.is_paid = true;
                }
            }
    }

    void live() {
        for (person& each : all_)
            if (!each.is_gone) end_parts(each);
        for (std::size_t code = 0; code < of_.municipalities.size(); ++code) {
            const std::int64_t many = draws_.arrivals(code, month_);
            const auto length = static_cast<std::uint64_t>(of_.day_of(month_ + 1) - of_.day_of(month_));
            for (std::int64_t each = 0; each < many; ++each) {
                const chance who = draws_.arriving_client(code, month_, each);
                if (static_cast<std::int64_t>(who.at(client_draw::day).below(length)) + of_.day_of(month_) != day_)
                    continue;
                person& one = add(who, code);
                ++count(one, run_layout::arrived);
                ask_for(one, of_.entries[draws_.entry(who)].stage);
            }
        }
        for (std::size_t at = 0; at < of_.stages.size() + of_.services.size(); ++at) admit(at);
        for (person& each : all_)
            if (!each.is_gone && each.is_paid) pay(each);
        std::int64_t inside = 0;
        for (const person& each : all_)
            for (const stay_part& part : each.parts) inside += !each.is_gone && part.room == 1 && !part.is_waiting;
        most_inside = std::max(most_inside, inside);
    }

    void end_parts(person& of) {
        for (std::size_t each = 0; each < of.parts.size();) {
            const stay_part part = of.parts[each];
            // A place in the stage is held until all that belongs to the stay is over.
            if (part.is_waiting || part.until > day_ || (is_stage(part.room) && of.parts.size() > 1)) {
                ++each;
                continue;
            }
            of.parts.erase(of.parts.begin() + static_cast<std::ptrdiff_t>(each));
            ++count(of, layout_.stage(part.room, run_layout::left));
            if (is_stage(part.room)) {
                route(of, part.room);
                return;
            }
            each = 0;
        }
    }

    void route(person& of, std::size_t stage) {
        const chance by = draws_.stay(of.key(), stage, of.visits[stage]);
        for (std::size_t each = 0; each < of_.stages[stage].told.size(); ++each)
            of.facts[of_.stages[stage].told[each].first] = draws_.told(stage, each, by.at(stay_draw::facts));
        std::string next;
        if (const auto exit = draws_.leaves(stage, by.at(stay_draw::leaves)))
            next = of_.exits[*exit];
        else
            next = ask_table(of, stage);
        for (std::size_t each = 0; each < of_.exits.size(); ++each) {
            if (of_.exits[each] != next) continue;
            ++count(of, layout_.moved(stage, of_.stages.size() + each));
            ++count(of, layout_.exit(each));
            ++count(of, run_layout::left_path);
            of.is_gone = true;
            return;
        }
        for (std::size_t each = 0; each < of_.stages.size(); ++each) {
            if (of_.stages[each].id != next) continue;
            ++count(of, layout_.moved(stage, each));
            ask_for(of, each);
        }
    }

    std::string ask_table(person& of, std::size_t stage) {
        const auto& routing = *of_.rules[0].path.data().stages[stage].routing;
        feel::context inputs;
        for (const dmn::input_info& each : routing.program.inputs(routing.decision)) {
            if (each.name == "times in stage") {
                inputs.set(each.name, feel::value(of.visits[stage]));
                continue;
            }
            inputs.set(each.name, known(of, each.name));
        }
        feel::evaluation_context with(time::date_time{of_.months[month_], {}});
        return std::string(dmn::try_evaluate(routing.program, routing.decision, inputs, with).value().as_string());
    }

    feel::value known(person& of, const std::string& name) {
        for (std::size_t fact = 0; fact < of_.facts.size(); ++fact) {
            if (of_.facts[fact].name != name) continue;
            if (of.facts.count(fact) == 0) of.facts[fact] = draws_.brought(fact, of.key());
            return of_.facts[fact].values[of.facts[fact]];
        }
        return {};
    }

    void ask_for(person& of, std::size_t at) {
        if (is_stage(at) && room(at).is_limited) of.is_paid = true;
        of.parts.push_back({at, true, day_, 0});
        if (!room(at).is_limited) enter(of, of.parts.size() - 1);
    }

    void enter(person& of, std::size_t part) {
        const std::size_t at = of.parts[part].room;
        const std::int64_t since = std::max<std::int64_t>(of.parts[part].since, 0);
        of.parts[part].is_waiting = false;
        ++count(of, layout_.stage(at, run_layout::entered));
        count(of, layout_.stage(at, run_layout::waited)) += day_ - since;
        if (!is_stage(at)) {
            const chance by = draws_.stay(of.key(), at, of.visits[of.stage]);
            of.parts[part].until = day_ + of_.services[at - of_.stages.size()].days.draw(by.at(stay_draw::days));
            return;
        }
        of.stage = at;
        ++of.visits[at];
        const chance by = draws_.stay(of.key(), at, of.visits[at]);
        of.parts[part].until = day_ + of_.stages[at].days.draw(by.at(stay_draw::days));
        of.is_paid = of_.stages[at].paid;
        for (std::size_t each = 0; each < of_.stages[at].referrals.size(); ++each) {
            if (!draws_.is_referred(at, each, by.at(stay_draw::referrals))) continue;
            // The only service of these tests is for those of 50 and over.
            if (known(of, "age").as_number() >= feel::number(50))
                ask_for(of, of_.stages.size() + of_.stages[at].referrals[each].of);
        }
    }

    void admit(std::size_t at) {
        if (!room(at).is_limited) return;
        for (std::size_t code = 0; code < of_.municipalities.size(); ++code) {
            if (room(at).is_shared && code > 0) break;
            const auto is_here = [&](const person& one) {
                return !one.is_gone && (room(at).is_shared || one.municipality == code);
            };
            std::int64_t free = room(at).places[code];
            std::vector<std::pair<person*, std::size_t>> line;
            for (person& one : all_)
                for (std::size_t part = 0; is_here(one) && part < one.parts.size(); ++part) {
                    if (one.parts[part].room != at) continue;
                    if (one.parts[part].is_waiting)
                        line.emplace_back(&one, part);
                    else
                        --free;
                }
            std::sort(line.begin(), line.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
            std::int64_t last = -1;
            for (const auto& [one, part] : line) {
                if (free-- <= 0) break;
                unfair += one->parts[part].since < last;
                last = one->parts[part].since;
                enter(*one, part);
            }
        }
    }

    std::pair<std::int64_t, std::uint64_t> rank(const std::pair<person*, std::size_t>& of) const {
        person& one = *of.first;
        const stay_part& part = one.parts[of.second];
        const std::int64_t visit = one.visits[is_stage(part.room) ? part.room : one.stage];
        return {part.since, draws_.stay(one.key(), part.room, visit).at(stay_draw::lot).number()};
    }

    void pay(person& of) {
        const time::date day = of_.months.front().plus_days(day_).value();
        rules::pack_question asked;
        asked.decided = day;
        asked.decision = "Benefit day";
        asked.inputs = feel::context{{"day", feel::value(day)}};
        if (!remembered("day " + to_string(day), asked).is_true()) return;
        asked.decision = "Share of the day";
        asked.inputs =
            feel::context{{"benefit", feel::value(benefit_.benefit)}, {"in service", feel::value(false)},
                          {"integration period", feel::value(false)}, {"days so far", feel::value(of.days_so_far)},
                          {"service days so far", feel::value(0)},    {"preceding allowance days", feel::value(0)},
                          {"full benefit", feel::value(true)}};
        const feel::value share =
            remembered(to_string(of_.months[month_]) + " " + std::to_string(of.days_so_far), asked);
        const auto amount = feel::multiply(share.as_context().find("amount")->as_number(), feel::number(millionths));
        count(of, run_layout::cost) += amount.value().to_int64().value();
        ++count(of, run_layout::benefit_days);
        ++of.days_so_far;
    }
    /// The pack's whole answer takes long; it depends on nothing but the question.
    const feel::value& remembered(const std::string& key, const rules::pack_question& asked) {
        const auto found = answers_.find(key);
        if (found != answers_.end()) return found->second;
        return answers_.emplace(key, ladder_.try_decide(asked).value().value).first->second;
    }

    void close(const person& of) {
        if (of.is_gone) return;
        ++count(of, run_layout::on_path);
        for (const stay_part& part : of.parts)
            ++count(of, layout_.stage(part.room, part.is_waiting ? run_layout::waiting : run_layout::inside));
    }

    const path_plan& of_;
    const rules::pack& ladder_;
    const benefit_assumptions& benefit_;
    run_draws draws_;
    run_layout layout_;
    std::vector<person> all_;
    std::vector<std::int64_t> cells_;
    std::map<std::string, feel::value> answers_;
    std::size_t month_ = 0;
    std::int64_t day_ = 0;
};

}  // namespace polku::inline POLKU_V::population::detail

#endif

// SPDX-License-Identifier: Apache-2.0
#include "property_count.hpp"
#include "small_packs.hpp"

#include <polku/dmn/program.hpp>
#include <polku/rules/input_atoms.hpp>
#include <polku/rules/what_if.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

using namespace polku;
using small_packs::day;

TEST_SUITE_BEGIN("rules/what_if_random");

namespace {

constexpr int horizon_days = 4;

/// A model of two tables, made by a seed: the second looks at the first and at facts.
class random_model {
public:
    explicit random_model(std::uint32_t seed) : random_(seed) {
        first_limit_ = below(4);
        second_limit_ = below(4);
        const auto rows = [&](const std::string& id, const std::vector<std::string>& columns, bool is_last) {
            std::vector<std::vector<std::string>> made;
            const int count = 2 + below(3);
            for (int row = 0; row < count; ++row) {
                std::vector<std::string> cells;
                for (const std::string& each : columns) cells.push_back(cell(each));
                cells.push_back(is_last && row == 0 ? "\"yes\"" : pick({"\"yes\"", "\"no\"", "\"x\"", "\"y\""}));
                made.push_back(std::move(cells));
            }
            return small_packs::table(id, "FIRST", columns, made);
        };
        const std::string first = rows("first", {"n", "b", "p", "n >= lim"}, false);
        const std::string second = rows("second", {"First", "t", "m", "f < lim"}, true);
        text_ = small_packs::model({{"n"}, {"b", "boolean"}, {"t", "string"}, {"m"}, {"f"}, {"p"}, {"lim"}},
                                   {{"First", "string", {"n", "b", "p", "lim"}, first},
                                    {"Out", "string", {"First", "t", "m", "f", "lim"}, second},
                                    {"Told", "", {"First", "Out"}, told_by(seed)}});
        rules::pack_definition says =
            small_packs::definition(text_, {small_packs::parameter("lim", "number", first_limit_)});
        says.parameters[0].series[0].before = day("2026-01-04");
        says.parameters[0].series.push_back({day("2026-01-04"), {}, second_limit_, {"s"}, {}, {}});
        for (rules::pack_input& each : says.inputs) {
            if (each.name == "p")
                each.change = rules::pack_change{rules::change_way::time, {}, rules::time_step::day};
            else if (each.name != "f" && below(5) > 1)
                each.change = rules::pack_change{rules::change_way::act, 1 + below(3), {}};
        }
        pack_ = small_packs::compiled(std::move(says), text_);
        asked_.decision = "Out";
        asked_.decided = day("2026-01-01");
        asked_.inputs = feel::context{{"n", below(5)},    {"b", feel::value(below(2) == 0)},
                                      {"t", pick_text()}, {"m", below(5)},
                                      {"f", below(4)},    {"p", below(4)}};
    }

    /// The same outcome as a member of a context, in forms that the search reads in different ways.
    static std::string told_by(std::uint32_t seed) {
        switch (seed % 4) {
            case 0: return "{result: Out, grounds: [First]}";
            case 1: return R"(if Out = "yes" then {result: Out} else null)";
            case 2: return R"(if Out = "yes" then {result: "yes"} else {result: "no", why: First})";
            default: return R"(if First = "yes" then {result: Out} else {why: [First, Out], result: Out})";
        }
    }

    const rules::pack& pack() const { return pack_; }
    const rules::pack_question& asked() const { return asked_; }
    const std::string& text() const { return text_; }
    int limit_on(time::date of) const { return of < day("2026-01-04") ? first_limit_ : second_limit_; }

private:
    int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint32_t>(limit)); }
    std::string pick(const std::vector<std::string>& from) {
        return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
    }
    std::string pick_text() { return pick({"yes", "x", "q"}); }

    std::string cell(const std::string& column) {
        if (below(3) == 0) return "-";
        if (column == "b" || column.find(' ') != std::string::npos) return pick({"true", "false"});
        if (column == "First" || column == "t") return pick({"\"yes\"", "\"no\", \"x\"", "not(\"x\")", "\"q\""});
        const std::string low = std::to_string(1 + below(3));
        return pick({"< " + low, ">= " + low, low, "[" + low + "..3)", "not(" + low + ")", "> " + low});
    }

    std::mt19937 random_;
    int first_limit_ = 0;
    int second_limit_ = 0;
    std::string text_;
    rules::pack pack_;
    rules::pack_question asked_;
};

/// What the search must find, by trying all values that can differ on all days: by date the lowest cost, the fewest
/// changes and the first names.
using plan = std::tuple<std::int64_t, std::size_t, std::vector<std::string>>;

std::vector<feel::value> values_of(const std::string& input) {
    if (input == "b") return {feel::value(true), feel::value(false)};
    if (input == "t") return {"yes", "no", "x", "q", "some other"};
    std::vector<feel::value> made;
    for (int half = -1; half <= 7; ++half) made.emplace_back(feel::number::from_scaled(half * 5, 1));
    return made;
}

class brute_force {
public:
    explicit brute_force(const random_model& of) : of_(of) {
        std::vector<dmn::model> models;
        models.push_back(dmn::try_read_model(of.text(), "m.dmn").value());
        program_ = dmn::try_compile(std::move(models)).value();
        out_ = *program_.find("Out");
        for (const dmn::input_info& each : program_.inputs(out_)) {
            const feel::value* const given = of.asked().inputs.find(each.name);
            slots_.push_back(given != nullptr ? *given : feel::value());
            names_.push_back(each.name);
        }
        for (const rules::pack_input& each : of.pack().says().inputs)
            if (each.change && each.change->by == rules::change_way::act && place(each.name) < names_.size())
                acts_.push_back(&each);
        std::sort(acts_.begin(), acts_.end(),
                  [](const auto* left, const auto* right) { return left->name < right->name; });
    }

    std::optional<plan> best_on(int after) {
        best_.reset();
        set("lim", of_.limit_on(*of_.asked().decided.plus_days(after)));
        set("p", feel::value(*feel::add(of_.asked().inputs.find("p")->as_number(), feel::number(after))));
        try_from(0, 0, {});
        return best_;
    }

private:
    std::size_t place(const std::string& name) const {
        return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), name) - names_.begin());
    }
    void set(const std::string& name, feel::value to) {
        if (const std::size_t at = place(name); at < slots_.size()) slots_[at] = std::move(to);
    }

    void try_from(std::size_t at, std::int64_t cost, std::vector<std::string> changed) {
        const plan here{cost, changed.size(), changed};
        if (best_ && *best_ <= here) return;
        if (at == acts_.size()) {
            const auto answer = dmn::try_evaluate_slots(program_, out_, slots_, with_);
            if (answer && *answer == feel::value("yes")) best_ = here;
            return;
        }
        const std::string& name = acts_[at]->name;
        try_from(at + 1, cost, changed);
        const feel::value before = slots_[place(name)];
        changed.push_back(name);
        for (const feel::value& each : values_of(name)) {
            if (each == before) continue;
            set(name, each);
            try_from(at + 1, cost + *acts_[at]->change->cost, changed);
        }
        set(name, before);
    }

    const random_model& of_;
    dmn::program program_;
    dmn::decision_ref out_;
    std::vector<std::string> names_;
    std::vector<feel::value> slots_;
    feel::evaluation_context with_;
    std::vector<const rules::pack_input*> acts_;
    std::optional<plan> best_;
};

plan plan_of(const rules::proposal& of) {
    plan made{of.cost, of.changes.size(), {}};
    for (const rules::fact_change& each : of.changes) std::get<2>(made).push_back(each.input);
    return made;
}

/// The pack answers as promised when the changes are made, and only what can be changed is.
void check_promise(const rules::pack& pack, rules::pack_question asked, const rules::proposal& of) {
    asked.decided = of.decided;
    for (const auto* list : {&of.changes, &of.passing}) {
        for (const rules::fact_change& each : *list) {
            const auto& inputs = pack.says().inputs;
            const auto says =
                std::find_if(inputs.begin(), inputs.end(), [&](const auto& other) { return other.name == each.input; });
            REQUIRE(says != inputs.end());
            REQUIRE(says->change);
            CHECK((says->change->by == rules::change_way::act) == (list == &of.changes));
            asked.inputs.set(each.input, each.to);
        }
    }
    const auto answer = pack.try_decide(asked);
    REQUIRE(answer);
    CHECK(answer->value == feel::value("yes"));
    CHECK(of.answer.value == feel::value("yes"));
}

}  // namespace

TEST_CASE("2 000 random models: the proposals are those of trying everything on every day, and keep their promise") {
    const std::size_t count = property_count(2000);
    std::map<rules::what_if_outcome, std::size_t> outcomes;
    std::size_t with_date = 0;
    std::size_t with_two = 0;
    for (std::uint32_t seed = 1; seed <= count; ++seed) {
        CAPTURE(seed);
        const random_model made(seed);
        const rules::what_if_options options{made.asked().decided.plus_days(horizon_days)};
        const auto answer = rules::try_what_if(made.pack(), made.asked(), {"", "\"yes\""}, options);
        REQUIRE(answer);
        CHECK(answer->is_complete);
        CHECK(answer->uncovered.empty());
        ++outcomes[answer->outcome];
        brute_force brute(made);
        std::vector<std::pair<time::date, plan>> wanted;
        for (int after = 0; after <= horizon_days; ++after) {
            if (!wanted.empty() && std::get<0>(wanted.front().second) == 0) break;
            const auto best = brute.best_on(after);
            if (!best || (!wanted.empty() && std::get<0>(*best) >= std::get<0>(wanted.front().second))) continue;
            wanted.insert(wanted.begin(), {*made.asked().decided.plus_days(after), *best});
        }
        std::vector<std::pair<time::date, plan>> got;
        for (const rules::proposal& each : answer->proposals) {
            got.emplace_back(each.decided, plan_of(each));
            check_promise(made.pack(), made.asked(), each);
            with_date += each.decided > made.asked().decided ? 1 : 0;
            with_two += each.changes.size() > 1 ? 1 : 0;
        }
        CHECK((got == wanted));
        rules::pack_question told = made.asked();
        told.decision = "Told";
        const auto as_member = rules::try_what_if(made.pack(), told, {"result", "\"yes\""}, options);
        REQUIRE(as_member);
        CHECK(as_member->outcome == answer->outcome);
        std::vector<std::pair<time::date, plan>> of_member;
        for (const rules::proposal& each : as_member->proposals) of_member.emplace_back(each.decided, plan_of(each));
        CHECK((of_member == wanted));
    }
    CHECK(outcomes[rules::what_if_outcome::holds] > count / 20);
    CHECK(outcomes[rules::what_if_outcome::found] > count / 7);
    CHECK(outcomes[rules::what_if_outcome::none] > count / 20);
    CHECK(outcomes[rules::what_if_outcome::not_reached] == 0);
    CHECK(with_date > count / 20);
    CHECK(with_two > count / 40);
}

TEST_SUITE_END();

// SPDX-License-Identifier: Apache-2.0
#include <polku/path/matching.hpp>

#include "small_path.hpp"

#include <algorithm>
#include <random>
#include <tuple>

using namespace small_path;

namespace {

constexpr int abilities = 3;

std::string ability(int index) { return "ability " + std::to_string(index); }
std::string level_fact(int index) { return "level " + std::to_string(index); }

/// A catalogue by chance: tasks with demands, environments with some of the tasks, both with or without validity.
class by_chance {
public:
    explicit by_chance(std::uint32_t seed) : random_(seed) {}

    path::definition says() {
        path::definition made = definition();
        for (int i = 0; i < abilities; ++i) {
            made.facts[level_fact(i)] = fact("number");
            made.abilities[ability(i)] = {level_fact(i), 3, named("ability")};
        }
        for (int i = below(6); i > 0; --i) {
            path::task_definition task;
            task.sector = "grounds";
            for (int each = 0; each < abilities; ++each)
                if (below(3) > 0) task.demands[ability(each)] = below(4);
            task.valid = valid();
            task.name = named("task");
            made.tasks["task " + std::to_string(i)] = task;
        }
        for (int i = below(4); i > 0; --i) {
            path::environment_definition place = made.environments.at("workshop");
            for (const auto& [id, task] : made.tasks)
                if (below(2) > 0) place.tasks.push_back(id);
            place.valid = valid();
            made.environments["place " + std::to_string(i)] = place;
        }
        return made;
    }
    int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }

private:
    std::optional<path::validity> valid() {
        switch (below(4)) {
            case 0: return path::validity{day("2026-01-01"), day("2026-02-28")};  // over on the day of the question
            case 1: return path::validity{day("2026-01-01"), {}};
            default: return {};
        }
    }
    std::mt19937 random_;
};

/// The grade of a task by the words of the header: 0 fits, 1 unknown, 2 misfit; then the spare levels; then the id.
using grade = std::tuple<int, int, std::string>;

bool is_there(const std::optional<path::validity>& valid) { return !valid || !valid->until; }

grade grade_of(const std::string& id, const path::task_definition& task, const std::vector<int>& levels) {
    bool misfit = false;
    bool unknown = false;
    int spare = 0;
    for (int i = 0; i < abilities; ++i) {
        const auto needed = task.demands.find(ability(i));
        if (needed == task.demands.end()) continue;
        const int have = levels[static_cast<std::size_t>(i)];
        if (have < 0)
            unknown = true;
        else if (have < needed->second)
            misfit = true;
        else
            spare += have - static_cast<int>(needed->second);
    }
    return {misfit ? 2 : (unknown ? 1 : 0), spare, id};
}

grade found(const path::task_match& of) {
    return {static_cast<int>(of.fit), static_cast<int>(of.spare.to_int64().value()), of.task};
}
grade found(const path::environment_match& of) {
    return {static_cast<int>(of.fit), static_cast<int>(of.spare.to_int64().value()), of.environment};
}
template <class Match>
std::vector<grade> all_found(const std::vector<Match>& of) {
    std::vector<grade> grades;
    for (const Match& each : of) grades.push_back(found(each));
    return grades;
}

/// All that the catalogue should answer, by trying every task in every environment.
void check_against_all(const path::definition& says, const std::vector<int>& levels,
                       const path::catalogue_matches& made) {
    std::vector<grade> tasks;
    for (const auto& [id, task] : says.tasks)
        if (is_there(task.valid)) tasks.push_back(grade_of(id, task, levels));
    std::sort(tasks.begin(), tasks.end());
    CHECK(all_found(made.tasks) == tasks);
    std::vector<grade> places;
    for (const auto& [id, place] : says.environments) {
        std::vector<std::string> there;
        std::optional<grade> best;
        for (const grade& each : tasks) {
            const auto& listed = place.tasks;
            const std::string& task = std::get<2>(each);
            if (!listed.empty() && std::find(listed.begin(), listed.end(), task) == listed.end()) continue;
            there.push_back(task);
            if (!best || each < *best) best = each;
        }
        const auto answer =
            std::find_if(made.environments.begin(), made.environments.end(),
                         [&, &wanted_id = id](const auto& each) { return each.environment == wanted_id; });
        const bool wanted = is_there(place.valid) && best;
        REQUIRE((answer != made.environments.end()) == wanted);
        if (!wanted) continue;
        CHECK(answer->tasks == there);
        places.emplace_back(std::get<0>(*best), std::get<1>(*best), id);
    }
    std::sort(places.begin(), places.end());
    CHECK(all_found(made.environments) == places);
}

case_run run_of(const path::definition& says) {
    case_run run;
    run.path = path::try_compile(says, sources()).value();
    run.open();
    return run;
}

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/matching: ranks as trying every task in every environment does") {
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        by_chance chance(seed);
        const path::definition says = chance.says();
        case_run run = run_of(says);
        std::vector<int> levels;
        for (int i = 0; i < abilities; ++i) {
            levels.push_back(chance.below(5) - 1);
            if (levels.back() >= 0) run.know(level_fact(i), levels.back(), "2026-02-03");
        }
        const auto made = path::match_catalogue(run.path, run.state, day("2026-03-02"));
        check_against_all(says, levels, made);
        CHECK(made == path::match_catalogue(run.path, run.state, day("2026-03-02")));
    }
}

TEST_CASE(
    "path/matching: each ability says what is needed and what is known, and a level that has run out is unknown") {
    path::definition says = definition();
    says.facts["lifting level"] = fact("number");
    says.facts["lifting level"].valid_for = "P6M";
    says.abilities["lifting"] = {"lifting level", 3, named("lifting")};
    says.tasks["raking"] = {"grounds", {{"lifting", 2}}, {path::task_purpose::mapping}, "town", {}, named("raking")};
    says.tasks["watering"] = {"grounds", {}, {}, {}, {}, named("watering")};
    case_run run = run_of(says);
    CHECK(run.refusal(path::record_fact{"lifting level", 4, "client", {}, {}}, "2026-02-02") ==
          error_code::score_out_of_range);
    CHECK(run.refusal(path::record_fact{"lifting level", feel::number::parse("1.5").value(), "client", {}, {}},
                      "2026-02-02") == error_code::score_out_of_range);
    run.know("lifting level", 1, "2026-02-02");
    const auto in_march = path::match_catalogue(run.path, run.state, day("2026-03-02"));
    REQUIRE(in_march.tasks.size() == 2);
    CHECK(in_march.tasks[0].task == "watering");
    CHECK(in_march.tasks[0].environments == std::vector<std::string>{"workshop"});
    CHECK(in_march.tasks[1].fit == path::task_fit::misfit);
    CHECK(in_march.tasks[1].abilities ==
          std::vector<path::ability_match>{{"lifting", 2, feel::number(1), path::task_fit::misfit}});
    CHECK(in_march.environments[0].tasks == std::vector<std::string>{"watering", "raking"});
    const auto a_year_later = path::match_catalogue(run.path, run.state, day("2027-03-02"));
    CHECK(a_year_later.tasks[1].abilities ==
          std::vector<path::ability_match>{{"lifting", 2, {}, path::task_fit::unknown}});
}

TEST_SUITE_END();

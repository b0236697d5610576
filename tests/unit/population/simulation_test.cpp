// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/program.hpp>
#include <polku/json/described.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/json/text.hpp>
#include <polku/population/simulation.hpp>
#include <polku/rules/pack_definition.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <sstream>

using namespace polku;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }

population::simulation_options asked_of(const char* pack, const char* decision, const char* on = "2026-11-01") {
    population::simulation_options made;
    made.is.pack = json::try_shipped_pack(pack).value();
    made.decision = decision;
    made.days = {day(on)};
    return made;
}

result<population::simulation_report> simulate(const population::simulation_options& what, const std::string& people) {
    std::istringstream from(people);
    POLKU_TRY(const auto reader, population::try_read_csv(from));
    return population::try_simulate(what, *reader);
}

std::string json_of(const population::simulation_report& of) { return json::write(json::to_value(of)); }

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string error_of(const population::simulation_options& what, const std::string& people) {
    const auto made = simulate(what, people);
    return made ? "no error" : made.error().to_string();
}

const population::member_total& member(const population::side_total& of, std::string_view name) {
    for (const population::member_total& each : of.members)
        if (each.name == name) return each;
    throw std::out_of_range("no member " + std::string(name));
}

const std::string supplement_columns =
    "municipality,employer sort,target group,age,weekly hours,employment months,pay subsidy granted\n";
/// 300 a month for 6 months; 450 for one past 55, but 2 400 at most; refused; not told whether in the target group.
const std::string four_people = supplement_columns + "167,company,true,40,30,8,false\n" +
                                "167,company,true,56,30,8,false\n" + "276,company,false,30,30,8,false\n" +
                                "276,company,,30,30,8,false\n";

/// A cell for a fact: one of the values that its type and allowed values let through, or nothing.
std::string chance_cell(const dmn::input_info& fact, std::mt19937& random) {
    const auto below = [&](std::uint32_t limit) { return random() % limit; };
    if (below(8) == 0) return {};
    if (!fact.allowed_values.empty() && fact.allowed_values.front() == '"') {
        std::vector<std::string> among;
        std::istringstream all(fact.allowed_values);
        for (std::string each; std::getline(all, each, ',');) among.push_back(each.substr(1, each.size() - 2));
        return among[below(static_cast<std::uint32_t>(among.size()))];
    }
    switch (fact.type.simple_kind()) {
        case feel::kind::boolean: return below(2) == 0 ? "true" : "false";
        case feel::kind::number: return std::to_string(below(70));
        case feel::kind::date:
            return time::to_string(day("2023-01-01").plus_days(static_cast<std::int64_t>(below(1400))).value());
        default: return {};
    }
}

feel::value fact_of(const std::string& cell, const dmn::input_info& fact) {
    if (fact.type.simple_kind() == feel::kind::boolean) return feel::value(cell == "true");
    if (fact.type.simple_kind() == feel::kind::number) return feel::value(feel::number::parse(cell).value());
    return feel::value(cell);
}

/// Rows by chance, each held against the pack's own decision of the same facts. Counts those that were decided.
std::size_t compare_with_pack(const char* pack, const char* decision, std::uint32_t seed, std::size_t rows) {
    population::simulation_options what = asked_of(pack, decision);
    what.block = 64;
    what.reasons = seed % 2 == 0;
    const rules::pack& rules = what.is.pack;
    const dmn::program& program = rules.program_of(*rules.try_version(what.days[0], what.days[0]).value());
    std::vector<dmn::input_info> facts;
    for (const dmn::input_info& each : program.inputs(*program.find(decision)))
        for (const rules::pack_input& known : rules.says().inputs)
            if (known.name == each.name) facts.push_back(each);
    std::mt19937 random(seed);
    std::string people;
    for (const dmn::input_info& each : facts) people += (people.empty() ? "" : ",") + each.name;
    people += '\n';
    std::vector<feel::context> told(rows);
    for (feel::context& each : told) {
        std::string line;
        for (const dmn::input_info& fact : facts) {
            const std::string cell = chance_cell(fact, random);
            if (!cell.empty()) each.append(fact.name, fact_of(cell, fact));
            line += (&fact == &facts.front() ? "" : ",") + cell;
        }
        people += line + '\n';
    }
    std::size_t decided = 0;
    std::size_t seen = 0;
    const std::string outcome_name = population::try_answer_members(what.is, decision, what.days[0]).value().at(0);
    what.each_row = [&](const population::simulated_row& row) -> result<void> {
        const rules::pack_answer answer =
            rules.try_decide({decision, what.days[0], {}, {}, told[row.row - 1], {}}).value();
        CHECK(row.row == ++seen);
        REQUIRE(row.is != nullptr);
        CHECK(row.is->value == answer.value);
        const feel::value* outcome = &answer.value;
        if (answer.value.is(feel::kind::context)) outcome = answer.value.as_context().find(outcome_name);
        const bool is_decided = outcome != nullptr && !outcome->is_null();
        CHECK((row.fault == nullptr) == is_decided);
        if (what.reasons) CHECK(row.is->reasons == answer.rules);
        decided += is_decided ? 1 : 0;
        return {};
    };
    const auto made = simulate(what, people);
    REQUIRE_MESSAGE(made, (made ? std::string() : made.error().to_string()));
    CHECK(seen == rows);
    CHECK(made->totals.front().is.decided == static_cast<std::int64_t>(decided));
    return decided;
}

}  // namespace

TEST_SUITE_BEGIN("population/simulation");

TEST_CASE("each row's answer is the one that the pack gives for its facts, and so are its reasons") {
    for (const std::uint32_t seed : {1U, 2U}) {
        CHECK(compare_with_pack("paikallislisa", "Supplement", seed, 500) > 100);
        CHECK(compare_with_pack("palkkatuki", "Pay subsidy", seed, 300) > 20);
        CHECK(compare_with_pack("starttiraha", "Startup grant", seed, 300) > 20);
    }
}

TEST_CASE("totals by a column, and what another figure would change") {
    population::simulation_options what = asked_of("paikallislisa", "Supplement");
    what.by = {"municipality"};
    what.against = what.is;
    what.against->figures.set("raised amount", 350);
    const population::simulation_report made = simulate(what, four_people).value();
    CHECK(made.rows == 4);
    CHECK(made.unknown.empty());
    REQUIRE(made.totals.size() == 2);
    const population::group_total& joensuu = made.totals[0];
    CHECK(joensuu.group == std::vector<std::string>{"167"});
    CHECK(joensuu.rows == 2);
    CHECK(joensuu.changed == 1);
    CHECK(joensuu.is.decided == 2);
    CHECK(member(joensuu.is, "granted").values.at("true") == 2);
    CHECK(member(joensuu.is, "a month").sum == feel::number(750));
    CHECK(member(joensuu.is, "a month").least == feel::number(300));
    CHECK(member(joensuu.is, "a month").most == feel::number(450));
    CHECK(member(joensuu.is, "total").sum == feel::number(1800 + 2400));
    CHECK(member(*joensuu.against, "a month").sum == feel::number(650));
    CHECK(member(*joensuu.against, "total").sum == feel::number(1800 + 2100));
    const population::group_total& kontiolahti = made.totals[1];
    CHECK(kontiolahti.is.decided == 1);
    CHECK(kontiolahti.is.undecided == 1);
    CHECK(kontiolahti.changed == 0);
    CHECK(member(kontiolahti.is, "granted").values.at("false") == 1);
    // The law's figure is left as it is.
    CHECK_FALSE(what.is.figures.find("raised amount"));
}

TEST_CASE("the size of a block does not change what comes out") {
    population::simulation_options what = asked_of("paikallislisa", "Supplement");
    what.by = {"municipality", "age"};
    what.reasons = true;
    what.against = what.is;
    what.against->figures.set("least weekly hours", 31);
    const std::string whole = json_of(simulate(what, four_people).value());
    for (const std::size_t block : {1U, 2U, 3U}) {
        what.block = block;
        CHECK(json_of(simulate(what, four_people).value()) == whole);
    }
}

TEST_CASE("decisions of several days, by the law of each") {
    population::simulation_options what = asked_of("palkkatuki", "Pay subsidy", "2024-12-31");
    what.days.push_back(day("2025-01-01"));
    const population::simulation_report made = simulate(what, "subsidy ground\nage 60\n").value();
    REQUIRE(made.days.size() == 2);
    CHECK(made.days[0].version == "palkkatuki-2023-07");
    CHECK(made.days[1].version == "palkkatuki-2025-01");
    CHECK(made.totals.size() == 2);
    CHECK(has(json_of(made), "\"unknown\":["));
    what.is.decided = day("2024-12-31");
    CHECK(simulate(what, "subsidy ground\nage 60\n")->days[1].version == "palkkatuki-2023-07");
    what.is.decided = {};
    what.days.push_back(day("2020-01-01"));
    CHECK(has(error_of(what, "subsidy ground\nage 60\n"), "no version for decisions of 2020-01-01"));
}

TEST_CASE("a cell that cannot be read is a fault of its row, and the other rows go on") {
    population::simulation_options what = asked_of("paikallislisa", "Supplement");
    what.municipality = "municipality";
    std::vector<std::string> faults;
    what.each_row = [&](const population::simulated_row& row) -> result<void> {
        faults.push_back(row.fault == nullptr ? "" : row.fault->to_string());
        CHECK((row.is == nullptr) == (row.fault != nullptr && row.fault->code() != error_code::people_undecided));
        return {};
    };
    const population::simulation_report made =
        simulate(what, supplement_columns + "167,company,true,forty,30,8,false\n" + "167,company,yes,40,30,8,false\n" +
                           "167,kiosk,true,40,30,8,false\n" + "999,company,true,40,30,8,false\n" +
                           "167,company,,40,30,8,false\n" + "167,company,true,40,30,8,false\n")
            .value();
    REQUIRE(faults.size() == 6);
    CHECK(has(faults[0], "row 1, column 'age'"));
    CHECK(has(faults[0], "'forty' is not a number such as 12.5"));
    CHECK(has(faults[1], "'yes' is not true or false"));
    CHECK(has(faults[2], "'kiosk' is none of the allowed values: \"company\""));
    CHECK(has(faults[3], "999"));
    CHECK(has(faults[4], "not decided"));
    CHECK(faults[5].empty());
    CHECK(made.totals.front().rows == 6);
    CHECK(made.totals.front().faults == 4);
    CHECK(made.totals.front().is.decided == 1);
    CHECK(made.totals.front().is.undecided == 1);
}

TEST_CASE("what the rules or the table do not have is refused before a row is read") {
    population::simulation_options what = asked_of("paikallislisa", "Supplement");
    what.keep = {"municipality"};
    CHECK(has(error_of(what, "municipality,aeg\n1,2\n"),
              "the column 'aeg' is no fact of the pack 'paikallislisa'; did you mean 'age'?"));
    what.by = {"town"};
    CHECK(has(error_of(what, four_people), "the table has no column 'town'"));
    what.by = {};
    what.is.figures.set("raised amuont", 1);
    CHECK(has(error_of(what, four_people), "did you mean 'raised amount'?"));
    what.is.figures = {};
    what.is.figures.set("raised amount", "much");
    CHECK(has(error_of(what, four_people), "/raised amount"));
    what.is.figures = {};
    what.decision = "Supplements";
    CHECK(has(error_of(what, four_people), "the pack's are 'Supplement'"));
    what.decision = "Supplement";
    what.is.variant = "other";
    CHECK(has(error_of(what, four_people), "no version or variant 'other'"));
    what.is.variant = {};
    what.outcome = "grant";
    CHECK(has(error_of(what, four_people), "has no member 'grant'; its members are 'granted'"));
    what.outcome = {};
    what.days = {};
    CHECK(has(error_of(what, four_people), "at least one day"));
}

TEST_CASE("a simulation that is stopped, or whose rows cannot be taken, has no result") {
    population::simulation_options what = asked_of("paikallislisa", "Supplement");
    what.keep = {"municipality"};
    what.block = 2;
    what.progress = [](std::size_t rows) { return rows < 2; };
    const auto stopped = simulate(what, four_people);
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code() == error_code::cancelled);
    what.progress = {};
    what.each_row = [](const population::simulated_row& row) -> result<void> {
        if (row.row == 3) return error(error_code::store_full, "no room");
        return {};
    };
    CHECK(has(error_of(what, four_people), "no room"));
    // A table that breaks off gives nothing either.
    what.each_row = {};
    CHECK(has(error_of(what, four_people + "167,company\n"), "the row has 2 fields"));
}

TEST_CASE("the members of an answer are those of the decision's type") {
    const population::simulation_options what = asked_of("paikallislisa", "Supplement");
    const auto members = population::try_answer_members(what.is, "Supplement", what.days[0]).value();
    CHECK(std::find(members.begin(), members.end(), "a month") != members.end());
    CHECK(population::try_answer_members(what.is, "Employer eligible", what.days[0]).value().empty());
}

TEST_SUITE_END();

TEST_CASE("population/simulation: answers are counted by number, whatever the blocks, and by none past 200") {
    population::simulation_options what = asked_of("paikallislisa", "Supplement");
    what.keep = {"municipality"};
    std::string people = four_people;
    for (int each = 0; each < 5; ++each) people += "167,company,true,40,30,8,false\n";
    for (const std::size_t block : {std::size_t{1}, std::size_t{3}, std::size_t{8192}}) {
        what.block = block;
        const auto made = simulate(what, people).value();
        const population::member_total& amount = member(made.totals.front().is, "a month");
        REQUIRE(amount.numbers.size() == 2);
        CHECK(amount.numbers[0].value == feel::number(300));
        CHECK(amount.numbers[0].count == 6);
        CHECK(amount.numbers[1].value == feel::number(450));
        CHECK(amount.numbers[1].count == 1);
        CHECK(amount.known == 7);
        CHECK(member(made.totals.front().is, "granted").numbers.empty());
    }
    // Each number of months gives another sum, until there are too many to tell.
    for (const int months : {200, 201}) {
        std::string many = supplement_columns;
        for (int each = 1; each <= months; ++each)
            many += "167,company,true,40,30," + std::to_string(each) + ",false\n";
        population::simulation_options free = what;
        free.is.figures.set("most months", feel::value(feel::number(1000)));
        free.is.figures.set("supplement cap", feel::value(feel::number(1'000'000)));
        free.block = 50;
        const auto made = simulate(free, many);
        REQUIRE_MESSAGE(made, (made ? "" : made.error().to_string()));
        const population::member_total& sums = member(made->totals.front().is, "months");
        CHECK(sums.known == months);
        CHECK(sums.numbers.size() == (months == 200 ? 200 : 0));
    }
}

TEST_CASE("population/simulation: the municipality's share of the benefit is the ladder's, day by day") {
    population::simulation_options what = asked_of("paikallislisa", "Supplement");
    what.days = population::try_simulated_days(day("2026-11-01"), day("2027-01-01")).value();
    what.keep = {"municipality"};
    what.against = what.is;
    what.against->figures.set("raised amount", feel::value(feel::number(500)));
    what.against->figures.set("least weekly hours", feel::value(feel::number(31)));
    population::benefit_question benefit;
    benefit.ladder = json::try_shipped_pack("kuntarahoitus").value();
    benefit.days = "benefit days";
    benefit.daily_amount = feel::number::parse("37.21").value();  // not read for 2027
    what.benefit = benefit;
    std::vector<std::optional<feel::number>> told;
    what.each_row = [&](const population::simulated_row& row) -> result<void> {
        told.push_back(row.municipal_share);
        return {};
    };
    const std::vector<int> so_far = {0, 95, 290, 690};
    std::string people = supplement_columns.substr(0, supplement_columns.size() - 1) + ",benefit days\n";
    for (const int each : so_far) people += "167,company,true,40,30,8,false," + std::to_string(each) + "\n";
    people += "276,company,false,30,37,8,false,400\n276,company,true,30,37,8,false,\n";
    const auto made = simulate(what, people);
    REQUIRE_MESSAGE(made, (made ? "" : made.error().to_string()));
    // One by one: each weekday is a benefit day, and the pack says what the municipality pays of it.
    std::vector<feel::number> sums(3);
    for (std::size_t row = 0; row < 5; ++row) {
        std::int64_t days = row < 4 ? so_far[row] : 400;
        for (std::size_t month = 0; month < 3; ++month) {
            feel::number share(0);
            const time::date next = what.days[month].plus_months(1).value();
            for (time::date on = what.days[month]; on < next; on = on.plus_days(1).value()) {
                rules::pack_question question;
                question.decided = on;
                question.inputs.set("day", feel::value(on));
                question.decision = "Benefit day";
                if (!benefit.ladder.try_decide(question).value().value.is_true()) continue;
                question.decision = "Share of the day";
                question.inputs.set("benefit", feel::value("labour_market_subsidy"));
                question.inputs.set("in service", feel::value(false));
                question.inputs.set("integration period", feel::value(false));
                question.inputs.set("days so far", feel::value(days++));
                question.inputs.set("service days so far", feel::value(0));
                question.inputs.set("preceding allowance days", feel::value(0));
                question.inputs.set("full benefit", feel::value(false));
                question.inputs.set("daily amount", feel::value(*benefit.daily_amount));
                const feel::value answer = benefit.ladder.try_decide(question).value().value;
                share = feel::add(share, answer.as_context().find("amount")->as_number()).value();
            }
            REQUIRE(told[row * 3 + month]);
            CHECK(*told[row * 3 + month] == share);
            sums[month] = feel::add(sums[month], share).value();
        }
    }
    for (std::size_t month = 0; month < 3; ++month) {
        CHECK_FALSE(told[15 + month]);
        const population::benefit_total& total = *made->totals[month].benefit;
        CHECK(total.all.rows == 5);
        CHECK(total.all.share == sums[month]);
        CHECK(total.is.rows == 4);
        REQUIRE(total.against);
        CHECK(total.against->rows == 0);  // 30 hours are too few on that side
        CHECK(total.against->share == feel::number(0));
    }
    // The steps: nothing in the first hundred days, 40 % of 37.21 from the 401st on.
    CHECK(*told[0] == feel::number(0));
    CHECK(*told[12] == feel::number::parse("312.564").value());
}

TEST_CASE("population/simulation: benefit days that are none are faults, and the column is looked for") {
    population::simulation_options what = asked_of("paikallislisa", "Supplement");
    what.keep = {"municipality"};
    population::benefit_question benefit;
    benefit.ladder = json::try_shipped_pack("kuntarahoitus").value();
    benefit.days = "benefit days";
    what.benefit = benefit;
    CHECK(has(error_of(what, four_people), "no column 'benefit days'"));
    const std::string head = supplement_columns.substr(0, supplement_columns.size() - 1) + ",benefit days\n";
    std::string people = head;
    for (const char* const days : {"-1", "1.5", "15001", "many"})
        people += "167,company,true,40,30,8,false," + std::string(days) + "\n";
    const auto made = simulate(what, people).value();
    CHECK(made.totals.front().faults == 4);
    CHECK(made.totals.front().benefit->all.rows == 0);
    what.days = {day("2026-12-01"), day("2026-11-01")};
    CHECK(has(error_of(what, people), "give the days in order"));
    what.days = {day("2026-11-01")};
    what.benefit->benefit = "child_benefit";
    CHECK_FALSE(simulate(what, people));
    what.benefit = benefit;
    what.days = {day("2014-11-03")};
    what.is.decided = day("2026-11-01");
    CHECK(has(error_of(what, people), "in force"));
}

// SPDX-License-Identifier: Apache-2.0
#include <polku/report/budget.hpp>

#include "files.hpp"

#include <polku/json/text.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace polku;

namespace {

feel::number euros(std::string_view text) { return feel::number::parse(text).value(); }

report::project_budget example(const std::string& name) {
    const std::string file = POLKU_SOURCE_DIR "/examples/reports/" + name;
    return report::try_read_budget(test_files::text_of(file), name).value();
}

/// The JSON pointers of all that is wrong.
std::string faults_of(const report::project_budget& of) {
    const auto made = report::try_budget_report(of);
    if (made) return "";
    std::string out;
    for (const error& each : made.error().causes()) out += each.positions().at(0).pointer + " ";
    return out;
}

bool has(const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; }

}  // namespace

TEST_CASE("report/budget: TOIMI's flat rate, total and shares come out to the euro (866/2021 section 8)") {
    const auto made = report::try_budget_report(example("toimi_budget.json")).value();
    REQUIRE(made.flat_rates.size() == 2);  // nothing was rejected, and the plan leaves that column empty
    for (const auto& each : made.flat_rates) {
        CHECK(each.exact == euros("2464675.20"));
        CHECK(each.euros == euros("2464675"));
        CHECK(each.total_exact == euros("8626363.20"));
    }
    CHECK(made.budget.total.applied == euros("8626363"));
    CHECK(made.financing.at(0).amounts.applied == euros("6901089"));
    CHECK(made.financing.at(0).percent == euros("80.00"));
    CHECK(made.financing.at(0).shown_amount == euros("6901090.40"));
    CHECK(made.financing.at(1).amounts.approved == euros("1725274"));
    CHECK(made.financing.at(1).percent == euros("20.00"));
    CHECK(made.not_told.is_zero());
    const std::string text = report::write_budget(made, report::figures_form::text, "fi");
    for (const char* part :
         {"6\u00a0161\u00a0688\u00a0€", "2\u00a0464\u00a0675,20\u00a0€", "8\u00a0626\u00a0363\u00a0€", "80,00\u00a0%",
          "20,00\u00a0%", "Haettu", "Hyväksytty", "Hylätty", "40\u00a0%"}) {
        CAPTURE(part);
        CHECK(has(text, part));
    }
}

TEST_CASE("report/budget: TOP's grant is taken as given, and what 80 % would be stands beside it") {
    const auto made = report::try_budget_report(example("top_budget.json")).value();
    CHECK(made.flat_rates.empty());
    CHECK(made.financing.at(0).amounts.applied == euros("851882"));
    CHECK(made.financing.at(0).percent == euros("80.01"));
    CHECK(made.financing.at(0).shown_percent == euros("80"));
    CHECK(made.financing.at(0).shown_amount == euros("851747.20"));
    CHECK(made.not_told == euros("212802"));
    const std::string text = report::write_budget(made, report::figures_form::text, "en");
    CHECK(has(text, "€1,064,684"));
    CHECK(has(text, "80.01%"));
    CHECK(has(text, "€851,747.20"));
    CHECK(report::write_budget(made, report::figures_form::csv, "fi") ==
          "line;applied;approved;rejected;percent;shown_percent;shown_amount\r\n"
          "grant;851882;;;80.01;80.00;851747.20\r\nnot_told;212802;;;;;\r\ntotal;1064684;;;100.00;;\r\n");
}

TEST_CASE("report/budget: sums that do not hold are all told") {
    report::project_budget of = example("toimi_budget.json");
    of.flat_rate->applied = euros("2464676");
    CHECK(faults_of(of) == "/total/applied /flat_rate/applied ");
    of = example("toimi_budget.json");
    of.financing[1].amounts.approved = euros("1725275");
    // Above what was applied for, too.
    CHECK(faults_of(of) == "/financing/1/amounts /financing ");
    of = example("toimi_budget.json");
    of.total.rejected = euros("1");
    CHECK(faults_of(of) == "/total ");
    of.total.applied = euros("-1");
    CHECK(has(faults_of(of), "/total/applied"));
    of = example("top_budget.json");
    of.financing[0].amounts.applied = euros("1064685");
    CHECK(faults_of(of) == "/financing ");
    of.financing[0].amounts.applied = euros("10");
    of.financing[0].shown_percent = euros("101");
    of.financing.push_back(of.financing[0]);
    CHECK(has(faults_of(of), "/financing/1/id /financing/1/shown_percent"));
    of = example("top_budget.json");
    of.total.applied = euros("0");
    of.financing.clear();
    CHECK(faults_of(of) == "/total/applied ");
}

TEST_CASE("report/budget: only the flat rate that was read is reckoned") {
    report::project_budget of = example("toimi_budget.json");
    of.flat_rate_percent = euros("7");
    const auto other = report::try_budget_report(of);
    REQUIRE_FALSE(other);
    CHECK(other.error().code() == error_code::pack_not_in_force);
    CHECK(other.error().positions().at(0).pointer == "/flat_rate_percent");
    of.flat_rate_percent.reset();
    CHECK(faults_of(of) == "/flat_rate ");
    of = example("top_budget.json");
    of.flat_rate_percent = euros("40");
    CHECK(faults_of(of) == "/flat_rate_percent ");
}

TEST_CASE("report/budget: every form can be read, and bad JSON is told by its place") {
    const auto made = report::try_budget_report(example("toimi_budget.json")).value();
    const auto parsed = json::try_parse(report::write_budget(made, report::figures_form::json, "fi"));
    REQUIRE(parsed);
    CHECK(parsed->as_context().find("financing")->as_list()[0].as_context().find("percent")->as_number() ==
          euros("80"));
    const std::string page = report::write_budget(made, report::figures_form::html, "sv");
    CHECK(has(page, "<html lang=\"sv\">"));
    CHECK(has(page, "Schablonbelopp 40\u00a0%"));
    for (const char* never : {"<script", "href", "<img", "<link", "url("}) CHECK_FALSE(has(page, never));
    const auto bad = report::try_read_budget("{\"id\": \"x\",\n\"totl\": {\"applied\": 1}}", "b.json");
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code() == error_code::json_unknown_member);
    CHECK(bad.error().positions().at(0).line == 2);
}

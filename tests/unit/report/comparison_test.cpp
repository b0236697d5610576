// SPDX-License-Identifier: Apache-2.0
#include <polku/report/comparison.hpp>

#include <polku/report/situation.hpp>
#include <polku/report/situation_output.hpp>

#include "unit/path/small_path.hpp"

using namespace polku;
using small_path::compiled;
using small_path::day;

namespace {

constexpr const char* figures = R"({"figures": [
  {"id": "unemployed-country", "name": {"fi": "Työttömiä", "sv": "Arbetslösa", "en": "Unemployed"}, "area": "Koko maa",
   "on": "2025-12-31", "value": 12.5, "unit": "%", "source": "Esimerkkitilasto, made up", "method": "register"},
  {"id": "employed-country", "name": {"fi": "Työllistyneitä", "sv": "Sysselsatta", "en": "Employed"}, "area": "Koko maa",
   "on": "2025-12-31", "value": 4200, "unit": "persons", "source": "Esimerkkitilasto, made up",
   "own": {"path": "small", "section": "clients", "item": "all"}}]})";

report::situation of_two(std::int64_t threshold) {
    report::situation_builder cases(day("2026-03-01"));
    for (int i = 0; i < 2; ++i) {
        small_path::case_run run;
        run.open();
        cases.add(run.path, report::try_record(run.path, run.state, day("2026-03-01")).value());
    }
    return cases.finish({threshold, {}, report::try_read_comparison(figures, "figures.json").value()});
}

bool contains(const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; }

error refused(std::string text) {
    auto read = report::try_read_comparison(text, "figures.json");
    REQUIRE_FALSE(read);
    return read.error();
}

}  // namespace

TEST_CASE("report/comparison: published figures stand beside the own ones, with area, day and source") {
    const report::situation made = of_two(1);
    REQUIRE(made.paths.size() == 1);
    REQUIRE(report::find_own(made.paths[0], made.compared[1]) != nullptr);
    CHECK(report::find_own(made.paths[0], made.compared[1])->value == 2);
    CHECK(report::find_own(made.paths[0], made.compared[0]) == nullptr);
    const std::string page = situation_page(made, report::picture_part::all, "fi");
    CHECK(contains(page, "Vertailu muihin lukuihin"));
    CHECK(contains(page, "<td>Koko maa</td><td>31.12.2025</td><td>Esimerkkitilasto, made up</td>"));
    CHECK(contains(page, "<td class=\"number\">12,5 %</td>"));
    CHECK(contains(page, "<td class=\"number\">4200 persons</td><td class=\"number\">2</td>"));
    const std::string data = situation_json(made, report::picture_part::all);
    CHECK(contains(data, "\"own_figure\":2"));
    CHECK(contains(data, "\"source\":\"Esimerkkitilasto, made up\""));
    CHECK(contains(situation_csv(made, report::picture_part::all),
                   "small,comparison,employed-country,2025-12-31,Koko maa,persons,published,4200,exact\r\n"));
    CHECK_FALSE(contains(situation_json(made, report::picture_part::transitions), "comparison"));
}

TEST_CASE("report/comparison: an own figure that is hidden is hidden beside a published one too") {
    const report::situation made = of_two(5);
    CHECK(contains(situation_page(made, report::picture_part::all, "fi"),
                   "<td class=\"number\">4200 persons</td><td class=\"number\">alle 5</td>"));
    CHECK(contains(situation_json(made, report::picture_part::all), "\"own_figure\":\"small\""));
}

TEST_CASE("report/comparison: a figure without source, area or name, or one that stands twice, is refused") {
    const std::string whole = figures;
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = whole;
        return refused(text.replace(text.find(from), from.size(), to));
    };
    const error no_source = with("\"Esimerkkitilasto, made up\", \"method\"", "\"\", \"method\"");
    CHECK(no_source.code() == error_code::comparison_invalid);
    CHECK(no_source.positions().front().pointer == "/figures/0/source");
    CHECK(with("\"Koko maa\"", "\"\"").positions().front().pointer == "/figures/0/area");
    CHECK(with("\"sv\": \"Arbetslösa\", ", "").positions().front().pointer == "/figures/0/name");
    CHECK(with("\"id\": \"employed-country\"", "\"id\": \"unemployed-country\"").positions().front().pointer ==
          "/figures/1/id");
    CHECK(refused("[1]").code() == error_code::json_wrong_type);
}

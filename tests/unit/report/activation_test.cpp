// SPDX-License-Identifier: Apache-2.0
#include <polku/report/activation.hpp>

#include <polku/json/text.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace polku;
using report::area_figures;

namespace {

area_figures area(std::int64_t unemployed, std::int64_t in_services) {
    area_figures made;
    made.area = "Esimerkkialue";
    made.period = "2026-05";
    made.unemployed = unemployed;
    made.in_services = in_services;
    return made;
}

/// The member that is refused.
std::string refused(const area_figures& of) {
    const auto made = report::try_activation(std::vector{of});
    REQUIRE_FALSE(made);
    CHECK(made.error().code() == error_code::row_refused);
    return made.error().causes().at(0).positions().at(0).pointer;
}

}  // namespace

TEST_CASE("report/activation: the activation rate of Statistics Finland's own example is 25.08 %") {
    const auto made = report::try_activation(std::vector{area(351'872, 117'789)}).value();
    CHECK(made.areas.at(0).activation_rate == feel::number::parse("25.08"));
    CHECK_FALSE(made.areas[0].structural);
    CHECK_FALSE(report::try_activation(std::vector{area(0, 0)}).value().areas.at(0).activation_rate);
    CHECK(report::try_activation(std::vector{area(0, 5)}).value().areas.at(0).activation_rate == feel::number(100));
}

TEST_CASE("report/activation: the structurally unemployed are the four groups together, and none is guessed") {
    area_figures of = area(4200, 1400);
    of.long_term_unemployed = 1500;
    of.repeatedly_unemployed = 380;
    of.unemployed_after_services = 410;
    CHECK_FALSE(report::try_activation(std::vector{of}).value().areas.at(0).structural);
    of.from_service_to_service = 290;
    CHECK(report::try_activation(std::vector{of}).value().areas.at(0).structural == 2580);
}

TEST_CASE("report/activation: impossible figures are refused") {
    CHECK(refused(area(-1, 5)) == "unemployed");
    CHECK(refused(area(1, -5)) == "in_services");
    area_figures of = area(100, 10);
    of.from_service_to_service = 11;
    CHECK(refused(of) == "from_service_to_service");
    of.from_service_to_service = 10;
    of.long_term_unemployed = 60;
    of.repeatedly_unemployed = 40;
    CHECK(report::try_activation(std::vector{of}));
    of.unemployed_after_services = 1;
    CHECK(refused(of) == "unemployed");
    of.unemployed_after_services = -1;
    CHECK(refused(of) == "unemployed_after_services");
    CHECK(refused(area_figures()) == "area");
    const auto twice = report::try_activation(std::vector{area(1, 1), area(2, 2)});
    REQUIRE_FALSE(twice);
    CHECK(twice.error().causes().at(0).positions().at(0).element == "row 2 (Esimerkkialue)");
}

TEST_CASE("report/activation: rows are read from tables, and written in every form and language") {
    const auto rows = report::try_read_area_figures(
        {"area;period;unemployed;in_services\nKoko maa;2015;351872;117789\n", "areas.csv"});
    REQUIRE(rows);
    const auto made = report::try_activation(*rows).value();
    const auto write = [&](report::figures_form form, const char* language) {
        return report::write_activation(made, form, language);
    };
    const auto has = [](const std::string& text, std::string_view what) {
        return text.find(what) != std::string::npos;
    };
    CHECK(has(write(report::figures_form::text, "fi"), "25,08\u00a0%"));
    CHECK(has(write(report::figures_form::text, "fi"), "351\u00a0872"));
    CHECK(has(write(report::figures_form::html, "sv"), "Aktiveringsgrad"));
    CHECK(has(write(report::figures_form::text, "en"), "25.08%"));
    CHECK(write(report::figures_form::csv, "fi") ==
          "area;period;unemployed;in_services;activation_rate;structural\r\nKoko maa;2015;351872;117789;25.08;\r\n");
    CHECK(json::try_parse(write(report::figures_form::json, "fi")));
    const auto bad = report::try_read_area_figures({"area;period;unemployed;in_services\nA;2015;10;x\n", "areas.csv"});
    REQUIRE_FALSE(bad);
    CHECK(bad.error().causes().at(0).positions().at(0).line == 2);
}

TEST_CASE("report/figures: money, shares and counts as each language writes them") {
    const feel::number amount = feel::number::parse("1260").value();
    CHECK(report::money_text(amount, "fi") == "1\u00a0260,00\u00a0€");
    CHECK(report::money_text(amount, "sv") == "1\u00a0260,00\u00a0€");
    CHECK(report::money_text(amount, "en") == "€1,260.00");
    CHECK(report::money_text(feel::number::parse("-1234567.895").value(), "fi") == "−1\u00a0234\u00a0567,90\u00a0€");
    CHECK(report::money_text(feel::number::parse("-0.5").value(), "en") == "−€0.50");
    CHECK(report::money_text(feel::number::parse("999.995").value(), "en") == "€1,000.00");
    CHECK(report::money_text(feel::number::parse("0.4").value(), "en", 0) == "€0");
    CHECK(report::percent_text(feel::number(80), "fi") == "80,00\u00a0%");
    CHECK(report::percent_text(feel::number(80), "en") == "80.00%");
    CHECK(report::count_text(351'872, "sv") == "351\u00a0872");
    CHECK(report::count_text(-7, "en") == "−7");
}

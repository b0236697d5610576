// SPDX-License-Identifier: Apache-2.0
#include <polku/report/cases_page.hpp>

#include <polku/path/definition.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/svg.hpp>

#include <doctest/doctest.h>

using namespace polku;

namespace {

std::size_t count_of(std::string_view text, std::string_view what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size()))
        ++found;
    return found;
}

}  // namespace

TEST_CASE("report/svg: text is escaped, cut and broken by characters, not bytes") {
    CHECK(report::escaped("<a href=\"x\">&'") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    CHECK(report::width_of("äöå") == 3);
    CHECK(report::shortened("työkyky", 4) == "työ…");
    CHECK(report::shortened("työ", 4) == "työ");
    report::drawing shapes(100, 50, "t<t");
    shapes.centred(50, 20, "aa bb cc", 5, "c");
    const std::string picture = std::move(shapes).finish();
    CHECK(count_of(picture, "<text") == 2);
    CHECK(picture.find("t&lt;t") != std::string::npos);
}

TEST_CASE("report/labels: every word is there in four languages") {
    unsigned char number = 0;
#define X(name, fi, sv, en, selko)                                        \
    for (const std::string_view language : report::languages)             \
        CHECK_FALSE(report::word(report::label::name, language).empty()); \
    CHECK(static_cast<unsigned char>(report::label::name) == number++);
#include <polku/report/labels.inc>
#undef X
    CHECK(report::word(report::label::entry, "de") == report::word(report::label::entry, "en"));
}

TEST_CASE("report/labels: dates and periods in the form of each language") {
    const time::date day = *time::date::from_parts(2026, 2, 1);
    CHECK(report::date_text(day, "fi") == "1.2.2026");
    CHECK(report::date_text(day, "sv") == "1.2.2026");
    CHECK(report::date_text(day, "en") == "1 February 2026");
    CHECK(report::period_text("P3M", "fi") == "3 kuukautta");
    CHECK(report::period_text("P1M", "sv") == "1 månad");
    CHECK(report::period_text("P14D", "en") == "14 days");
    CHECK(report::period_text("P1Y", "fi-selko") == "1 vuosi");
    CHECK(report::period_text("soon", "en") == "soon");
}

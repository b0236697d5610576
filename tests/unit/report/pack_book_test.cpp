// SPDX-License-Identifier: Apache-2.0
#include <polku/report/pack_book.hpp>

#include "files.hpp"

#include <polku/json/rule_pack.hpp>
#include <polku/json/shipped.hpp>
#include <polku/report/svg.hpp>
#include <polku/rules/pack_definition.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace polku;

namespace {

report::pack_book_material material_of(const std::string& id, const std::string& language) {
    report::pack_book_material made;
    made.language = language;
    for (const json::shipped_file& each : json::shipped_folder(id))
        made.files.emplace(each.name.substr(id.size() + 1), std::string(each.bytes));
    made.vectors = test_files::text_of(std::string(POLKU_SOURCE_DIR) + "/tests/packs/" + id + ".json");
    made.vectors_name = id + ".json";
    return made;
}

std::string book_of(const std::string& id, const report::pack_book_material& with) {
    const auto made = report::try_pack_book(json::try_shipped_pack(id).value(), with);
    REQUIRE_MESSAGE(made, made.error().to_string());
    return *made;
}

bool has(const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; }

std::size_t count_of(const std::string& text, std::string_view what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++found;
    return found;
}

/// The text with the first `from` replaced.
std::string with_other(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("report/pack_book: the book of every shipped pack tells all that the pack says, the same bytes twice") {
    REQUIRE(json::shipped_packs().size() >= 13);
    for (const std::string& id : json::shipped_packs()) {
        CAPTURE(id);
        const rules::pack pack = json::try_shipped_pack(id).value();
        const report::pack_book_material with = material_of(id, "fi");
        const std::string page = book_of(id, with);
        CHECK(page == book_of(id, with));
        CHECK(has(page, report::escaped(pack.says().notice.at("fi"))));
        for (const auto& each : pack.says().sources) CHECK(has(page, "id=\"source-" + each.first + "\""));
        for (const rules::pack_version& each : pack.says().versions) CHECK(has(page, "id=\"rules-" + each.id + "\""));
        for (const auto& each : pack.says().rules) {
            const std::string& rule = each.first;
            CAPTURE(rule);
            CHECK(has(page, "<tr class=\"said\"><td colspan=\""));
            CHECK(has(page, "<code>" + rule + "</code>"));
        }
        for (const rules::pack_input& each : pack.says().inputs) CHECK(has(page, report::escaped(each.text.at("fi"))));
        CHECK(!has(page, "EI ODOTETTU"));
        CHECK(!has(page, "Säännöllä ei ole lausetta"));
        CHECK(!has(page, "href=\"#fact-\""));
    }
}

TEST_CASE("report/pack_book: the frame is in three languages, and plain Finnish has the pack's plain texts in it") {
    const rules::pack_definition says = json::try_shipped_pack("tyokokeilu").value().says();
    const std::string swedish = book_of("tyokokeilu", material_of("tyokokeilu", "sv"));
    CHECK(has(swedish, "<html lang=\"sv\">"));
    CHECK(has(swedish, "Dokumentation av automatiserat avgörande"));
    const std::string english = book_of("tyokokeilu", material_of("tyokokeilu", "en"));
    CHECK(has(english, "It is neither legal advice nor a decision."));
    CHECK(has(english, "chapter 6 a"));
    const std::string plain = book_of("tyokokeilu", material_of("tyokokeilu", "fi-selko"));
    CHECK(has(plain, "<html lang=\"fi\">"));
    CHECK(has(plain, report::escaped(says.name.at("fi-selko"))));
    CHECK(has(plain, "Mitä tietoja kysytään"));
}

TEST_CASE("report/pack_book: a rule tells its cells, its sentence, its sources and how many tests match it") {
    const std::string page = book_of("tyokokeilu", material_of("tyokokeilu", "en"));
    const std::size_t at = page.find("<tr class=\"said\"><td colspan=\"6\"><code>ren_young</code>");
    REQUIRE(at != std::string::npos);
    const std::string rest = page.substr(at, page.find("</tr>", at) - at);
    CHECK(has(rest, "380/2023 55 § 2 mom"));
    CHECK(has(rest, "tests "));
    CHECK(!has(rest, "tests 0"));
    CHECK(has(page, "unemployed since trial &gt;= renewal months"));
    CHECK(has(page, "31 December 2024"));  // the last day of the version that ends before 1 January 2025
}

TEST_CASE("report/pack_book: without tests it says so, and a test that is answered otherwise is shown") {
    report::pack_book_material with = material_of("tyokokeilu", "en");
    const std::string whole = *with.vectors;
    with.vectors = with_other(whole, R"("expected": {"months left": 6)", R"("expected": {"months left": 5)");
    CHECK(count_of(book_of("tyokokeilu", with), "NOT AS EXPECTED") == 1);
    with.vectors = with_other(whole, R"("rules": ["ren_not", "left_rest"])", R"("rules": ["ren_long"])");
    CHECK(count_of(book_of("tyokokeilu", with), "NOT AS EXPECTED") == 1);
    with.vectors.reset();
    const std::string page = book_of("tyokokeilu", with);
    CHECK(has(page, "No tests were given to the book"));
    CHECK(!has(page, "NOT AS EXPECTED"));
}

TEST_CASE("report/pack_book: a table with a gap is told as a counterexample") {
    report::pack_book_material with = material_of("tyokokeilu", "en");
    with.vectors.reset();
    std::string& model = with.files.at("tyokokeilu-2025.dmn");
    const std::string sound = book_of("tyokokeilu", with);
    CHECK(!has(sound, "<strong>counterexample</strong>"));
    model = with_other(model, R"(<inputEntry id="drug_refused_1"><text>true</text>)",
                       R"(<inputEntry id="drug_refused_1"><text>false</text>)");
    CHECK(has(book_of("tyokokeilu", with), "<strong>counterexample</strong>"));
}

TEST_CASE("report/pack_book: what is not the pack's is refused with its place") {
    const rules::pack pack = json::try_shipped_pack("tyokokeilu").value();
    report::pack_book_material with = material_of("tyokokeilu", "en");
    const std::string whole = *with.vectors;
    with.vectors = with_other(whole, R"("pack": "tyokokeilu")", R"("pack": "palkkatuki")");
    auto made = report::try_pack_book(pack, with);
    REQUIRE(!made);
    CHECK(made.error().code() == error_code::invalid_argument);
    CHECK(made.error().positions().at(0).pointer == "/pack");
    with.vectors = with_other(whole, R"("decided": "2025-03-03")", R"("decided": "yesterday")");
    made = report::try_pack_book(pack, with);
    REQUIRE(!made);
    CHECK(made.error().positions().at(0).pointer == "/cases/0/decided");
    with.vectors.reset();
    with.files.erase("tyokokeilu-2013.dmn");
    made = report::try_pack_book(pack, with);
    REQUIRE(!made);
    CHECK(made.error().code() == error_code::not_found);
}

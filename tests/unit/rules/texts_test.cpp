// SPDX-License-Identifier: Apache-2.0
#include <polku/rules/texts.hpp>

#include <doctest/doctest.h>

using namespace polku;

TEST_SUITE_BEGIN("rules/texts");

TEST_CASE("rules/texts: the language itself, else Finnish for plain Finnish, else English, else any") {
    const rules::texts all{{"fi", "kirje"}, {"sv", "brev"}, {"en", "letter"}, {"fi-selko", "posti"}};
    CHECK(rules::text_in(all, "sv") == "brev");
    CHECK(rules::text_in(all, "fi-selko") == "posti");
    CHECK(rules::text_in(all, "de") == "letter");
    CHECK(rules::text_in({{"fi", "kirje"}, {"en", "letter"}}, "fi-selko") == "kirje");
    CHECK(rules::text_in({{"sv", "brev"}}, "fi") == "brev");
    CHECK(rules::text_in({}, "fi").empty());
}

TEST_SUITE_END();

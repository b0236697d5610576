// SPDX-License-Identifier: Apache-2.0
// Two years of days on the pay-subsidy pack, of which each counts: within the default limit of work.
#include <polku/json/rule_pack.hpp>
#include <polku/json/shipped.hpp>
#include <polku/rules/input_atoms.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/rules/what_if.hpp>

#include <polku/json/text.hpp>

#include <doctest/doctest.h>

using namespace polku;

TEST_SUITE_BEGIN("json/what_if_years");

namespace {

rules::pack_question application() {
    const feel::context facts =
        json::try_parse(R"({"subsidy ground":"skills","employer kind":"other employer","economic activity":true,
        "business activity":true,"competitive market":true,"birth date":"1999-05-04","grant day":"2026-03-02",
        "unemployed jobseeker":true,"apprenticeship employer change":false,"no qualification":true,
        "integration plan":false,"months without work":4,"skills deficit":true,"work improves skills":true,
        "continuous unemployment":3,"unemployment would last":true,"reduced chances":false,
        "short window unemployment":4,"long window unemployment":10,"weekly hours":17,"field weekly maximum":40,
        "application day":"2026-02-20","dismissals":true,"latest dismissal":"2025-11-03","headcount at dismissal":12,
        "headcount now":11,"distorts competition":false,"payment neglect":"minor","special reasons":false,
        "state aid act bar":false,"earlier subsidy":true,"earlier subsidy end":"2024-01-31",
        "minor amount left":false,"other wage aid":false,"employment start":"2026-03-09","business transfer":false,
        "transfer day":"2025-06-01","pay level met":true,"pay solely by results":false,
        "alternation substitute":false,"undertaking in difficulty":false,"recovery order":false})")
            .value()
            .as_context();
    return {"Pay subsidy", *time::parse_date("2026-03-02"), {}, {}, facts, {}};
}

}  // namespace

TEST_CASE(
    "json/what_if: two years of the pay-subsidy pack are searched to the end: what is out of reach is proved to be") {
    const rules::pack pack = json::try_shipped_pack("palkkatuki").value();
    const rules::pack_goal granted{"granted", "true"};
    rules::what_if_options two_years;
    two_years.until = *time::parse_date("2028-03-02");
    rules::pack_question asked = application();
    const auto none = rules::try_what_if(pack, asked, granted, two_years);
    REQUIRE(none);
    CHECK(none->outcome == rules::what_if_outcome::none);
    CHECK(none->is_complete);
    CHECK(none->uncovered.empty());
    CHECK(none->searched == *two_years.until);
    CHECK(none->evaluations < 2'000);

    asked.inputs.set("sanction", false);
    asked.inputs.set("dismissals", false);
    const auto found = rules::try_what_if(pack, asked, granted, two_years);
    REQUIRE(found);
    CHECK(found->outcome == rules::what_if_outcome::found);
    CHECK(found->is_complete);
    CHECK(found->evaluations < 10'000);
    for (const rules::proposal& each : found->proposals)
        CHECK(each.answer.value.as_context().find("granted")->is_true());
    CHECK_FALSE(found->proposals.empty());
}

TEST_SUITE_END();

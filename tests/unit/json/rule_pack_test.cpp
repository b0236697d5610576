// SPDX-License-Identifier: Apache-2.0
#include <polku/json/rule_pack.hpp>

#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/pack_definition.hpp>

#include <files.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace polku;

TEST_SUITE_BEGIN("json/rule_pack");

namespace {

const feel::value& member(const feel::value& of, std::string_view name) {
    static const feel::value none;
    const feel::value* const found = of.is(feel::kind::context) ? of.as_context().find(name) : nullptr;
    return found != nullptr ? *found : none;
}

/// Members that `wanted` does not name are not compared.
bool agrees(const feel::value& wanted, const feel::value& got) {
    if (wanted.is(feel::kind::number) && got.is(feel::kind::number)) return wanted.as_number() == got.as_number();
    if (!wanted.is(feel::kind::context)) return json::write(wanted) == json::write(got);
    if (!got.is(feel::kind::context)) return false;
    for (const feel::context::entry& each : wanted.as_context())
        if (!agrees(each.value, member(got, each.name))) return false;
    return true;
}

rules::pack_question question_of(const feel::value& vector) {
    rules::pack_question asked;
    asked.decision = std::string(member(vector, "decision").as_string());
    asked.decided = *time::parse_date(member(vector, "decided").as_string());
    if (const feel::value& event = member(vector, "event"); !event.is_null())
        asked.event = time::parse_date(event.as_string());
    if (const feel::value& variant = member(vector, "variant"); !variant.is_null())
        asked.variant = std::string(variant.as_string());
    asked.inputs = member(vector, "inputs").as_context();
    if (const feel::value& other = member(vector, "parameters"); !other.is_null()) asked.overrides = other.as_context();
    return asked;
}

/// The pack, with the named parameters open to other values: a vector may set what no authority may, to come to a
/// boundary that the figures of law leave no lawful example for.
rules::pack with_open_parameters(const rules::pack& from, const feel::context& named) {
    rules::pack_definition says = from.says();
    for (rules::parameter& each : says.parameters)
        if (named.find(each.name) != nullptr)
            for (rules::parameter_value& value : each.series) value.override_ = true;
    rules::pack_sources with;
    for (const json::shipped_file& file : json::shipped_folder(says.id))
        if (file.name.ends_with(".dmn"))
            with.models.emplace(file.name.substr(says.id.size() + 1), std::string(file.bytes));
    return rules::try_compile_pack(std::move(says), with).value();
}

result<rules::pack_answer> answer_to(const rules::pack& pack, const rules::pack_question& asked) {
    return asked.overrides.empty() ? pack.try_decide(asked)
                                   : with_open_parameters(pack, asked.overrides).try_decide(asked);
}

}  // namespace

TEST_CASE("json/rule_pack: every shipped pack compiles and answers all its vectors; each rule matches in one of them") {
    REQUIRE(!json::shipped_packs().empty());
    for (const std::string& id : json::shipped_packs()) {
        CAPTURE(id);
        const auto pack = json::try_shipped_pack(id);
        REQUIRE_MESSAGE(pack, pack.error().to_string());
        const feel::value vectors =
            json::try_parse(test_files::text_of(std::string(POLKU_SOURCE_DIR) + "/tests/packs/" + id + ".json"))
                .value();
        std::set<std::string> seen;
        for (const feel::value& each : member(vectors, "cases").as_list()) {
            const std::string name(member(each, "name").as_string());
            CAPTURE(name);
            CHECK(!member(each, "section").is_null());
            const rules::pack_question asked = question_of(each);
            const auto answer = answer_to(*pack, asked);
            if (agrees(json::try_parse(R"({"error":"not in force"})").value(), member(each, "expected"))) {
                CHECK((!answer && answer.error().code() == error_code::pack_not_in_force));
                continue;
            }
            REQUIRE_MESSAGE(answer, answer.error().to_string());
            const std::string got = json::write(answer->value);
            CAPTURE(got);
            CHECK(agrees(member(each, "expected"), answer->value));
            // People read what is answered by names, not by the models' words.
            if (answer->value.is(feel::kind::context))
                for (const feel::context::entry& one : answer->value.as_context())
                    CHECK_MESSAGE(pack->says().members.count(one.name) == 1, one.name);
            seen.insert(answer->rules.begin(), answer->rules.end());
            if (const feel::value& wanted = member(each, "rules"); !wanted.is_null())
                for (const feel::value& rule : wanted.as_list())
                    CHECK(std::count(answer->rules.begin(), answer->rules.end(), std::string(rule.as_string())) > 0);
        }
        for (const auto& each : pack->says().rules) {
            const std::string& rule = each.first;
            CAPTURE(rule);
            CHECK(seen.count(rule) == 1);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
#include <polku/json/rule_pack.hpp>
#include <polku/rules/input_atoms.hpp>
#include <polku/rules/pack_definition.hpp>

#include <polku/json/text.hpp>

#include <files.hpp>

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>

using namespace polku;

TEST_SUITE_BEGIN("json/input_atoms_packs");

namespace {

feel::value vectors_of(const std::string& id) {
    const std::string file = std::string(POLKU_SOURCE_DIR) + "/tests/packs/" + id + ".json";
    return *json::try_parse(test_files::text_of(file)).value().as_context().find("cases");
}

rules::pack_question question_of(const feel::context& from) {
    rules::pack_question asked;
    asked.decision = std::string(from.find("decision")->as_string());
    asked.decided = *time::parse_date(from.find("decided")->as_string());
    if (const feel::value* event = from.find("event")) asked.event = time::parse_date(event->as_string());
    if (const feel::value* variant = from.find("variant")) asked.variant = std::string(variant->as_string());
    asked.inputs = from.find("inputs")->as_context();
    return asked;
}

/// Another value of an interval than its representative, by a share of its width; empty where none is at hand.
std::optional<feel::value> other_value(const rules::input_atom& of, int share) {
    if (of.representative.is(feel::kind::number)) {
        const auto step = [&](const feel::value& edge, int by) {
            return feel::value(*feel::add(edge.as_number(), feel::number(by)));
        };
        if (of.low && of.high) {
            const auto width = feel::subtract(of.high->as_number(), of.low->as_number());
            const auto part = feel::multiply(*width, feel::number::from_scaled(share, 2));
            return feel::value(*feel::add(of.low->as_number(), *part));
        }
        if (of.low) return step(*of.low, share);
        if (of.high) return step(*of.high, -share);
        return feel::value(share);
    }
    if (of.representative.is(feel::kind::date)) {
        if (of.low && of.high) return feel::value(*of.high->as_date().plus_days(-1));
        if (of.low) return feel::value(*of.low->as_date().plus_days(share));
        if (of.high) return feel::value(*of.high->as_date().plus_days(-share));
        return std::nullopt;
    }
    if (of.representative.is(feel::kind::string))
        return feel::value("a text that no rule names " + std::to_string(share));
    return std::nullopt;
}

}  // namespace

TEST_CASE("json/input_atoms: two values of a whole class get the same answer, in every decision of every pack") {
    std::mt19937 random(20260817);
    std::size_t compared = 0;
    std::size_t changed = 0;
    for (const std::string& id : json::shipped_packs()) {
        const rules::pack pack = json::try_shipped_pack(id).value();
        const feel::value vectors = vectors_of(id);
        for (const feel::value& vector : vectors.as_list()) {
            if (vector.as_context().find("parameters") != nullptr || random() % 3 != 0) continue;
            rules::pack_question asked = question_of(vector.as_context());
            const auto atoms = rules::try_input_atoms(pack, asked);
            if (!atoms) {
                CHECK(atoms.error().code() == error_code::pack_not_in_force);
                continue;
            }
            const std::string before = json::write(pack.try_decide(asked).value().value);
            for (const rules::input_atoms& each : *atoms) {
                for (const rules::input_atom& atom : each.atoms) {
                    if (!atom.is_whole) continue;
                    rules::pack_question one = asked;
                    one.inputs.set(each.name, atom.representative);
                    const std::string told = json::write(pack.try_decide(one).value().value);
                    changed += told != before ? 1 : 0;
                    const auto value =
                        atom.is_point ? std::nullopt : other_value(atom, 1 + static_cast<int>(random() % 99));
                    if (!value) continue;
                    one.inputs.set(each.name, *value);
                    const std::string other = json::write(pack.try_decide(one).value().value);
                    const std::string what = id + " " + asked.decision + ": " + each.name + " " + atom.text;
                    ++compared;
                    CHECK_MESSAGE(told == other, what);
                }
            }
        }
    }
    CHECK(compared > 500);
    CHECK(changed > 500);
}

TEST_SUITE_END();

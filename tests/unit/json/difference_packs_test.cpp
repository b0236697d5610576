// SPDX-License-Identifier: Apache-2.0
#include <polku/rules/difference.hpp>

#include <polku/json/rule_pack.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/input_atoms.hpp>
#include <polku/rules/pack_definition.hpp>

#include "property_count.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace polku;

TEST_SUITE_BEGIN("json/difference_packs");

namespace {

using rules::difference_place_kind;
using rules::difference_proof;

/// A dated change of a shipped pack.
struct dated_change {
    const char* pack;
    const char* was;
    const char* is;
};

constexpr dated_change changes[] = {
    {"kuntarahoitus", "2024-12-31", "2025-01-01"}, {"kuntarahoitus", "2026-04-30", "2026-05-01"},
    {"yhteispalvelu", "2024-12-31", "2025-01-01"}, {"palveluprosessi", "2024-12-31", "2025-01-01"},
    {"kuntouttava", "2024-12-31", "2025-01-01"},   {"kuntouttava", "2026-04-30", "2026-05-01"},
    {"tyokokeilu", "2024-12-31", "2025-01-01"},    {"palkkatuki", "2024-12-31", "2025-01-01"},
};

rules::pack_question on(const char* day, const std::string& decision) {
    return {decision, *time::parse_date(day), {}, {}, {}, {}};
}

/// Draws facts around the values that either side compares them with.
class fact_maker {
public:
    fact_maker(const rules::pack& of, const rules::difference_question& asked, std::uint64_t seed) : draw_(seed) {
        for (const rules::pack_question* side : {&asked.was, &asked.is}) {
            const auto all = rules::try_input_atoms(of, *side);
            REQUIRE(all);
            for (const rules::input_atoms& each : *all) {
                drawn& into = inputs_[each.name];
                into.type = each.type;
                for (const rules::input_atom& atom : each.atoms) into.values.push_back(atom.representative);
            }
        }
    }

    feel::context make() {
        feel::context made;
        for (const auto& each : inputs_) made.set(each.first, value_of(each.second));
        return made;
    }

private:
    struct drawn {
        feel::type type;
        std::vector<feel::value> values;
    };
    std::size_t pick(std::size_t among) { return static_cast<std::size_t>(draw_() % among); }

    feel::value value_of(const drawn& of) {
        const feel::value base = of.values[pick(of.values.size())];
        static const char* const steps[] = {"0", "0", "0", "1", "-1", "0.5", "-0.01", "7", "30", "-12", "365"};
        if (base.is(feel::kind::number)) {
            const auto moved = feel::add(base.as_number(), *feel::number::parse(steps[pick(std::size(steps))]));
            return moved ? feel::value(*moved) : base;
        }
        if (base.is(feel::kind::date)) {
            // Days far from all points of one input meet those of another there.
            static constexpr int days[] = {0, 0, 1, -1, 14, -31, 90, -183, 365, -800, 1'500, 4'000};
            const time::date near = pick(2) == 0 ? base.as_date() : *time::parse_date("2025-01-01");
            return feel::value(near.plus_days(days[pick(std::size(days))]).value_or(near));
        }
        return base.is_null() ? typed(of.type) : base;
    }

    feel::value typed(const feel::type& of) {
        if (of.is() == feel::type::form::list) {
            std::vector<feel::value> items(pick(3));
            for (feel::value& each : items) each = typed(of.element());
            return feel::value(std::move(items));
        }
        if (of.is() == feel::type::form::context) {
            feel::context made;
            for (const feel::type::member& each : of.members()) made.set(each.name, typed(*each.is));
            return feel::value(std::move(made));
        }
        if (of.is() != feel::type::form::simple) return feel::value(1);
        switch (of.simple_kind()) {
            case feel::kind::boolean: return feel::value(pick(2) == 0);
            case feel::kind::number: return feel::value(static_cast<std::int64_t>(pick(400)));
            case feel::kind::date:
                return feel::value(
                    time::parse_date("2024-01-01")->plus_days(static_cast<std::int64_t>(pick(1'500))).value());
            case feel::kind::months_duration:
                return feel::value(time::months_duration{static_cast<std::int64_t>(pick(60))});
            case feel::kind::days_duration:
                return feel::value(time::days_duration{static_cast<std::int64_t>(pick(400)) * 86'400, 0});
            default: return feel::value("text");
        }
    }

    std::map<std::string, drawn> inputs_;
    std::mt19937_64 draw_;
};

rules::pack_question with_facts(const rules::pack& pack, rules::pack_question asked, const feel::context& facts) {
    for (const rules::pack_input& each : pack.says().inputs)
        if (const feel::value* const found = facts.find(each.name)) asked.inputs.set(each.name, *found);
    return asked;
}

/// What one decision's regions say is what the pack answers for random facts.
struct tally {
    std::size_t points = 0;
    std::size_t changed = 0;
    std::size_t in_certain = 0;
    std::size_t in_others = 0;
};

void check_points(const rules::pack& pack, const rules::difference& made, const rules::difference_question& asked,
                  std::size_t points, tally& into) {
    fact_maker draw(pack, asked, 20261123);
    const rules::difference_answer& says = made.says();
    std::size_t refused = 0;
    for (std::size_t at = 0; at < points; ++at) {
        const feel::context facts = draw.make();
        const auto place = made.try_find(facts);
        // A value drawn beside a point may be one that no side allows.
        if (!place) {
            CHECK(place.error().code() == error_code::dmn_input_type);
            ++refused;
            continue;
        }
        const feel::value was = pack.try_decide(with_facts(pack, asked.was, facts)).value().value;
        const feel::value is = pack.try_decide(with_facts(pack, asked.is, facts)).value().value;
        const bool differs = !(was == is);
        ++into.points;
        into.changed += differs ? 1 : 0;
        if (place->is == difference_place_kind::unchanged ? differs : place->differs != differs) {
            CAPTURE(json::write(feel::value(facts)));
            CAPTURE(json::write(was));
            CAPTURE(json::write(is));
            CHECK(place->is != difference_place_kind::unchanged);
            CHECK(place->differs == differs);
        }
        CHECK(place->is != difference_place_kind::undecided);
        if (place->is != difference_place_kind::region) continue;
        const rules::difference_region& region = says.regions[place->region];
        (region.proof == difference_proof::everywhere ? into.in_certain : into.in_others) += 1;
        for (const rules::outcome_change& each : region.changes) {
            if (!each.member.empty() || each.item || !each.always) continue;
            if (each.was.is == rules::outcome_kind::value && !(each.was.value == was)) CHECK(each.was.value == was);
            if (each.is.is == rules::outcome_kind::value && !(each.is.value == is)) CHECK(each.is.value == is);
        }
    }
    CHECK(refused < points);
}

struct studied {
    std::string pack;
    rules::difference_question asked;
};

/// The decisions that both sides of each change have.
std::vector<studied> all_studied() {
    std::vector<studied> made;
    for (const dated_change& each : changes) {
        const rules::pack pack = json::try_shipped_pack(each.pack).value();
        const auto names = rules::try_decisions(pack, on(each.was, ""), pack, on(each.is, "")).value();
        for (const rules::decision_presence& name : names)
            if (name.has == rules::difference_side::both)
                made.push_back({each.pack, {on(each.was, name.name), on(each.is, name.name), {}, {}}});
    }
    return made;
}

}  // namespace

TEST_CASE("json/difference_packs: random facts lie where the regions of dated changes say, and answer as they say") {
    const std::vector<studied> all = all_studied();
    REQUIRE(all.size() > 20);
    const std::size_t points = property_count(2'000);
    tally made;
    for (const studied& each : all) {
        CAPTURE(each.pack);
        CAPTURE(each.asked.is.decision);
        const rules::pack pack = json::try_shipped_pack(each.pack).value();
        rules::difference_options with;
        with.max_regions = 500;
        with.max_tries = 20;
        const auto difference = rules::try_difference(pack, pack, each.asked, with);
        REQUIRE(difference);
        const rules::difference_answer& says = difference->says();
        for (const rules::difference_region& region : says.regions) {
            CHECK((region.proof == difference_proof::perhaps) == !region.witness);
            if (!region.witness) continue;
            rules::pack_question was = each.asked.was;
            rules::pack_question is = each.asked.is;
            was.inputs = region.witness->was_facts;
            is.inputs = region.witness->is_facts;
            CHECK(pack.try_decide(was)->value == region.witness->was);
            CHECK(pack.try_decide(is)->value == region.witness->is);
            CHECK(!(region.witness->was == region.witness->is));
        }
        tally here;
        check_points(pack, *difference, each.asked, (points + all.size() - 1) / all.size(), here);
        made.points += here.points;
        made.changed += here.changed;
        if (std::getenv("POLKU_PROPERTY_COUNT") != nullptr)
            MESSAGE(each.pack, " ", each.asked.is.decision, ": ", says.count, " regions, exact ", says.exact,
                    ", complete ", says.complete, ", ", here.points, " points, ", here.changed, " changed, ",
                    here.in_certain, " in regions that differ everywhere, ", here.in_others, " in others");
    }
    CHECK(made.points > points / 2);
    CHECK(made.changed > made.points / 100);
}

TEST_CASE("json/difference_packs: when joint service ends, before 2025 and since (1369/2014, 381/2023)") {
    // Until 2024 it ends for who has got a job or needs it no more; since 2025 when no coordination is needed.
    const rules::pack pack = json::try_shipped_pack("yhteispalvelu").value();
    const rules::difference_question asked{
        on("2024-12-31", "Client relation"), on("2025-01-01", "Client relation"), {}, "ends"};
    const rules::difference made = rules::try_difference(pack, pack, asked).value();
    const rules::difference_answer& says = made.says();
    CHECK(says.exact);
    const auto ends = [&](bool employed, bool needed, bool coordination) {
        return made
            .try_find({{"employed", feel::value(employed)},
                       {"joint service needed", feel::value(needed)},
                       {"coordination needed", feel::value(coordination)}})
            .value();
    };
    for (const bool employed : {false, true}) {
        for (const bool needed : {false, true}) {
            for (const bool coordination : {false, true}) {
                const bool was = employed || !needed;
                const bool is = !coordination;
                const rules::difference_place place = ends(employed, needed, coordination);
                CHECK(place.differs == (was != is));
                if (was == is) continue;
                REQUIRE(place.is == difference_place_kind::region);
                const rules::outcome_change& change = says.regions[place.region].changes.front();
                CHECK(change.member == "ends");
                CHECK(change.was.value == feel::value(was));
                CHECK(change.is.value == feel::value(is));
            }
        }
    }
    // A day later the rules are those of the day before.
    const rules::difference_question same{
        on("2025-01-01", "Client relation"), on("2025-01-02", "Client relation"), {}, {}};
    CHECK(rules::try_difference(pack, pack, same)->says().is_same());
}

TEST_SUITE_END();

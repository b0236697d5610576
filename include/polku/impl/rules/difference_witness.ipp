// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DIFFERENCE_WITNESS_IPP
#define POLKU_IMPL_RULES_DIFFERENCE_WITNESS_IPP

#include <polku/feel/operations.hpp>
#include <polku/impl/rules/detail/difference_data.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::rules::detail {

POLKU_DECL result<std::optional<feel::value>> try_replay(const compared_side& side, const feel::context& facts,
                                                         const std::string& member) {
    pack_question asked = side.asked;
    for (const feel::context::entry& each : facts)
        if (compiled_pack::of(side.of).has_input(each.name)) asked.inputs.set(each.name, each.value);
    POLKU_TRY(pack_answer answer, side.of.try_decide(asked));
    if (member.empty()) return std::optional<feel::value>(std::move(answer.value));
    if (!answer.value.is(feel::kind::context)) return std::optional<feel::value>();
    const feel::value* const found = answer.value.as_context().find(member);
    return found != nullptr ? std::optional<feel::value>(*found) : std::nullopt;
}

/// Draws values of inputs; the same ones in each run.
class value_dice {
public:
    explicit value_dice(time::date day) : day_(day) {}

    std::uint32_t below(std::size_t count) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>((state_ >> 33U) % count);
    }

    /// A plain value of a class in which all are alike: one beside an end, in whole steps.
    static feel::value plain(const input_atom& of) {
        if (of.is_point || (!of.low && !of.high)) return of.representative;
        const feel::value moved = step(of.low ? *of.low : *of.high, of.low ? 1 : -1);
        return is_inside(moved, of) ? moved : of.representative;
    }

    /// Some value of a class.
    feel::value some(const input_atom& of) {
        if (of.is_point) return of.representative;
        if (of.representative.is(feel::kind::string) || (!of.low && !of.high)) return of.representative;
        const feel::value& end = of.low && (!of.high || below(2) == 0) ? *of.low : *of.high;
        const feel::value moved = step(end, (&end == &*of.low ? 1 : -1) * distance());
        return is_inside(moved, of) ? moved : below(2) == 0 ? plain(of) : of.representative;
    }

    feel::value some(const feel::type& of, int depth = 0) {
        constexpr int max_depth = 4;
        if (of.is() == feel::type::form::list) {
            std::vector<feel::value> items(depth < max_depth ? below(4) : 0);
            for (feel::value& each : items) each = some(of.element(), depth + 1);
            return feel::value(std::move(items));
        }
        if (of.is() == feel::type::form::context) {
            feel::context made;
            for (const feel::type::member& each : of.members())
                made.set(each.name, depth < max_depth ? some(*each.is, depth + 1) : feel::value());
            return feel::value(std::move(made));
        }
        if (of.is() != feel::type::form::simple) return feel::value(static_cast<std::int64_t>(below(100)));
        switch (of.simple_kind()) {
            case feel::kind::boolean: return feel::value(below(2) == 0);
            case feel::kind::number: return feel::value(distance());
            case feel::kind::date: return step(feel::value(day_), (below(2) == 0 ? 1 : -1) * distance());
            case feel::kind::months_duration: return feel::value(time::months_duration{below(60)});
            case feel::kind::days_duration:
                return feel::value(time::days_duration{static_cast<std::int64_t>(below(400)) * 86'400, 0});
            default: return feel::value("text");
        }
    }

private:
    std::int64_t distance() {
        static constexpr std::uint32_t reaches[] = {2, 8, 30, 100, 400, 2'000, 10'000};
        return 1 + below(reaches[below(std::size(reaches))]);
    }
    static feel::value step(const feel::value& from, std::int64_t by) {
        if (from.is(feel::kind::date)) {
            const auto moved = from.as_date().plus_days(by);
            return moved ? feel::value(*moved) : from;
        }
        if (!from.is(feel::kind::number)) return from;
        const auto moved = feel::add(from.as_number(), feel::number::from_scaled(by, 0));
        return moved ? feel::value(*moved) : from;
    }
    static bool is_inside(const feel::value& of, const input_atom& in) {
        const feel::evaluation_context with;
        return !(in.low && of == *in.low) && !(in.high && of == *in.high) && lies_in(of, in, with);
    }

    time::date day_;
    std::uint64_t state_ = 1;
};

/// The classes from which a witness takes an input: those of its column in the box, else its own.
struct witness_source {
    std::vector<input_atom> classes;
    bool exact = false;
};

/// The first class that is not one of negative numbers.
inline std::size_t plainest(const std::vector<input_atom>& among) {
    for (std::size_t at = 0; at < among.size(); ++at) {
        const feel::value made = value_dice::plain(among[at]);
        if (!made.is(feel::kind::number) || made.as_number() >= feel::number(0)) return at;
    }
    return 0;
}

inline std::vector<witness_source> sources_of(const difference_data& in, const region_box& box) {
    std::vector<witness_source> made;
    for (const shared_input& each : in.inputs) made.push_back({each.classes, each.exact});
    for (std::size_t column = 0; column < box.sides.size(); ++column) {
        witness_source& into = made[in.columns[column].input];
        into.classes = in.columns[column].classes;
        const std::vector<std::uint32_t>& side = in.sides[box.sides[column]];
        if (box.sides[column] == 0) continue;
        into.classes.clear();
        for (const std::uint32_t each : side) into.classes.push_back(in.columns[column].classes[each]);
    }
    return made;
}

/// What both sides allow, so that a witness is no odd case.
inline bool is_allowed(const shared_input& input, const feel::value& of, const difference_data& in) {
    feel::evaluation_context with;
    const auto keeps = [&](const compared_side& side, std::uint32_t place) {
        const dmn::item_type* const type = place == diagrams::none ? nullptr : side.type(place);
        return type == nullptr || dmn::keeps_constraints(of, *type, with);
    };
    return keeps(in.was, input.was) && keeps(in.is, input.is);
}

POLKU_DECL std::optional<difference_witness> find_witness(const difference_data& in, const region_box& box,
                                                          std::size_t max_tries) {
    value_dice roll(in.is.asked.decided);
    const std::vector<witness_source> sources = sources_of(in, box);
    for (std::size_t at = 0; at < max_tries; ++at) {
        difference_witness made;
        made.was_facts = in.was.asked.inputs;
        made.is_facts = in.is.asked.inputs;
        for (std::size_t input = 0; input < sources.size(); ++input) {
            const witness_source& from = sources[input];
            const shared_input& as = in.inputs[input];
            feel::value value;
            for (int again = 0; again < 8; ++again) {
                if (from.classes.empty()) {
                    value = roll.some(as.type);
                } else {
                    const std::size_t which = at == 0 ? plainest(from.classes) : roll.below(from.classes.size());
                    const input_atom& among = from.classes[which];
                    value = from.exact || at == 0 ? value_dice::plain(among) : roll.some(among);
                }
                if (is_allowed(as, value, in)) break;
            }
            if (as.was != diagrams::none) made.was_facts.set(as.name, value);
            if (as.is != diagrams::none) made.is_facts.set(as.name, value);
        }
        const auto was = try_replay(in.was, made.was_facts, in.member);
        const auto is = try_replay(in.is, made.is_facts, in.member);
        if (!was || !is || *was == *is) continue;
        made.was = was->value_or(feel::value());
        made.is = is->value_or(feel::value());
        return made;
    }
    return std::nullopt;
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif

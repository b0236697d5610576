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

POLKU_DECL result<feel::value> try_compute(const difference_data& in, const computed_value& of,
                                           const feel::context& facts) {
    const compared_side& side = in.side(of.of != difference_side::is);
    pack_question asked = side.asked;
    asked.decision = of.decision;
    for (const feel::context::entry& each : facts)
        if (compiled_pack::of(side.of).has_input(each.name)) asked.inputs.set(each.name, each.value);
    POLKU_TRY(pack_answer answer, side.of.try_decide(asked));
    if (of.entry.empty()) return std::move(answer.value);
    if (!answer.value.is(feel::kind::context)) return feel::value();
    const feel::value* const found = answer.value.as_context().find(of.entry);
    return found != nullptr ? *found : feel::value();
}

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
        if (in.columns[column].computed != diagrams::none) continue;
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

/// Moves facts so that a computed value comes into a box: by as much as the value lies from its place, in each
/// direction of each input, and along the line through two values of it.
class value_mover {
public:
    value_mover(const difference_data& in, const region_box& box, const std::vector<witness_source>& sources)
        : in_(in), box_(box), sources_(sources) {}

    /// Whether the box limits computed values.
    bool has_work() const {
        for (std::size_t column = 0; column < box_.sides.size(); ++column)
            if (in_.columns[column].computed != diagrams::none && box_.sides[column] != 0) return true;
        return false;
    }

    /// False where the facts lie outside of the box all the same.
    bool move(difference_witness& facts) const {
        for (std::size_t column = 0; column < box_.sides.size(); ++column) {
            const box_column& of = in_.columns[column];
            if (of.computed == diagrams::none || box_.sides[column] == 0 || fits(column, facts)) continue;
            if (!move_into(column, facts)) return false;
        }
        for (std::size_t column = 0; column < box_.sides.size(); ++column)
            if (in_.columns[column].computed != diagrams::none && box_.sides[column] != 0 && !fits(column, facts))
                return false;
        return true;
    }

private:
    feel::value computed(const computed_value& of, const difference_witness& facts) const {
        const auto made = try_compute(in_, of, of.of == difference_side::is ? facts.is_facts : facts.was_facts);
        return made ? *made : feel::value();
    }
    bool fits(std::size_t column, const difference_witness& facts) const {
        const box_column& of = in_.columns[column];
        const std::vector<std::uint32_t>& side = in_.sides[box_.sides[column]];
        return std::binary_search(side.begin(), side.end(),
                                  class_of(computed(in_.computed[of.computed], facts), of.classes));
    }
    static void set(const shared_input& input, const feel::value& to, difference_witness& facts) {
        if (input.was != diagrams::none) facts.was_facts.set(input.name, to);
        if (input.is != diagrams::none) facts.is_facts.set(input.name, to);
    }

    bool move_into(std::size_t column, difference_witness& facts) const {
        const box_column& of = in_.columns[column];
        const computed_value& what = in_.computed[of.computed];
        const feel::value is = computed(what, facts);
        for (const std::uint32_t target : in_.sides[box_.sides[column]]) {
            const feel::value wanted = value_dice::plain(of.classes[target]);
            for (const std::uint32_t input : what.inputs) {
                const difference_witness before = facts;
                for (const feel::value& to : tries(in_.inputs[input], what, is, wanted, facts)) {
                    if (!may_be(input, to)) continue;
                    set(in_.inputs[input], to, facts);
                    if (fits(column, facts)) return true;
                    facts = before;
                }
            }
        }
        return false;
    }

    bool may_be(std::uint32_t input, const feel::value& of) const {
        const std::vector<input_atom>& classes = sources_[input].classes;
        return !of.is_null() && is_allowed(in_.inputs[input], of, in_) &&
               (classes.empty() || class_of(of, classes) != diagrams::none);
    }

    std::vector<feel::value> tries(const shared_input& input, const computed_value& what, const feel::value& is,
                                   const feel::value& wanted, const difference_witness& facts) const {
        feel::evaluation_context with;
        const feel::value* const now =
            (input.was != diagrams::none ? facts.was_facts : facts.is_facts).find(input.name);
        if (now == nullptr || is.is_null() || wanted.is_null() || is.kind() != wanted.kind()) return {};
        const feel::value distance = feel::subtract(wanted, is, with);
        std::vector<feel::value> made{feel::add(*now, distance, with), feel::subtract(*now, distance, with)};
        // Along the line from here to a value some way off.
        const bool is_date = now->is(feel::kind::date);
        if (!is.is(feel::kind::number) || !(is_date || now->is(feel::kind::number))) return made;
        const std::int64_t far = is_date ? 3652 : 100;
        const auto moved = [&](const feel::value& days) {
            if (!is_date) return feel::add(*now, days, with);
            const auto whole = days.is(feel::kind::number) ? days.as_number().to_int64() : std::nullopt;
            const auto day = whole ? now->as_date().plus_days(*whole) : std::nullopt;
            return day ? feel::value(*day) : feel::value();
        };
        difference_witness off = facts;
        set(input, moved(feel::value(far)), off);
        const feel::value rise = feel::subtract(computed(what, off), is, with);
        const feel::value steps = feel::divide(feel::multiply(distance, feel::value(far), with), rise, with);
        if (!steps.is(feel::kind::number)) return made;
        const auto whole = feel::quantize(steps.as_number(), 0, feel::rounding::half_up);
        if (!is_date) made.push_back(moved(steps));
        for (const std::int64_t beside : {0, 1, -1, 31, -31, 366, -366})
            if (whole) made.push_back(moved(feel::add(feel::value(*whole), feel::value(beside), with)));
        return made;
    }

    const difference_data& in_;
    const region_box& box_;
    const std::vector<witness_source>& sources_;
};

POLKU_DECL std::optional<difference_witness> find_witness(const difference_data& in, const region_box& box,
                                                          std::size_t max_tries) {
    value_dice roll(in.is.asked.decided);
    const std::vector<witness_source> sources = sources_of(in, box);
    const value_mover mover(in, box, sources);
    // Each try at a computed value is many evaluations.
    if (mover.has_work()) max_tries = max_tries / 16 + 1;
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
        if (!mover.move(made)) continue;
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

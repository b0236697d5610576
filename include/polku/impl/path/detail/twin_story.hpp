// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_TWIN_STORY_HPP
#define POLKU_IMPL_PATH_DETAIL_TWIN_STORY_HPP

// One story given to two variants. Included by the bodies of equal treatment only.

#include <polku/impl/path/detail/story_teller.hpp>
#include <polku/impl/path/detail/treatment_model.hpp>
#include <polku/path/equal_treatment.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

/// A case after one command of a story.
struct twin_step {
    std::optional<error> refused;
    std::string place;  ///< stage or exit
    case_state after;

    treatment_answer answer() const {
        treatment_answer made;
        if (refused) {
            made.says = refused->message();
            made.refused = refused->code();
            return made;
        }
        made.place = place;
        if (!after.stage || after.ending) return made;
        made.owner = after.stage->owner;
        made.until = after.stage->deadline;
        made.says = "owner '" + made.owner + "', until " + time::to_string(*made.until);
        return made;
    }
    bool is_like(const twin_step& other) const {
        if (refused.has_value() != other.refused.has_value()) return false;
        return refused ? refused->code() == other.refused->code() : place == other.place;
    }
};

/// Gives a story to a variant from the start.
class twin_player {
public:
    explicit twin_player(const treatment_side& side) : side_(side) {}

    twin_step play(const command& one) {
        context with;
        with.today = *one.on;
        with.actor = "worker-1";
        with.purpose = "service";
        twin_step made;
        auto events = decide(side_.of.path, now_, one, with);
        if (events)
            now_ = evolve(std::move(now_), events.value());
        else
            made.refused = std::move(events).error();
        if (now_.ending)
            made.place = now_.ending->exit;
        else if (now_.stage)
            made.place = now_.stage->stage;
        made.after = now_;
        return made;
    }

private:
    const treatment_side& side_;
    case_state now_;
};

/// The first command of a story that the variants answer differently, with both answers.
struct twin_parting {
    std::size_t at = 0;
    std::array<treatment_answer, 2> answers;
};
inline std::optional<twin_parting> parting_of(const treatment_work& of, const std::vector<command>& story) {
    twin_player left(*of.sides[0]);
    twin_player right(*of.sides[1]);
    for (std::size_t at = 0; at < story.size(); ++at) {
        const twin_step one = left.play(story[at]);
        const twin_step other = right.play(story[at]);
        if (!one.is_like(other)) return twin_parting{at, {one.answer(), other.answer()}};
    }
    return std::nullopt;
}

/// A municipality that both variants serve, so that the story can begin in both.
inline std::string common_municipality(const treatment_work& of) {
    const auto& left = of.sides[0]->says().municipalities;
    const auto& right = of.sides[1]->says().municipalities;
    if (left.empty()) return right.empty() ? std::string() : right.begin()->first;
    for (const auto& [code, name] : left)
        if (right.empty() || right.count(code) > 0) return code;
    return {};
}

inline void keep_story(treatment_difference& into, const std::vector<command>& story, twin_parting parting) {
    into.story.assign(story.begin(), story.begin() + static_cast<std::ptrdiff_t>(parting.at) + 1);
    into.answers = std::move(parting.answers);
}

/// The nearest state of a stage on a visit (the last that is counted stands for later ones).
inline std::optional<std::size_t> nearest_state(const proof_model& model, const proof_reach& reach, std::size_t stage,
                                                std::size_t visit) {
    const auto wanted = std::min<std::int64_t>(static_cast<std::int64_t>(visit), model.counted[stage]);
    for (std::size_t at = 0; at < reach.states.size(); ++at)
        if (reach.states[at].stage == stage && reach.states[at].visits[stage] == wanted) return at;
    return std::nullopt;
}

}  // namespace polku::inline POLKU_V::path::detail

#endif

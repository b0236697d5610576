// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_VALUES_APART_HPP
#define POLKU_IMPL_PATH_DETAIL_VALUES_APART_HPP

// Texts over a fact that has more values in one variant. Included by the bodies of equal treatment only.

#include <polku/feel/expression.hpp>
#include <polku/impl/path/detail/case_sight.hpp>
#include <polku/impl/path/detail/duty_stories.hpp>
#include <polku/impl/path/detail/twin_story.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// A text of both variants (a guard, a due date, a `when`) that reads a fact with values which one of them alone has.
/// The other cannot be told such a value: its client is the one of whom the fact is not known.
class values_apart {
public:
    enum class finding : std::uint8_t {
        equal,      ///< with each such value the text gives what it gives where the fact is not known
        different,  ///< with some value it gives something else
        not_seen,   ///< it reads what has no list of values, or the clock
    };

    /// `is_condition`: what counts is whether the text holds, and a value that is neither is as good as false.
    values_apart(const treatment_work& of, const feel::expression& text, bool is_condition,
                 const std::vector<std::string>& names, const std::string& fact)
        : of_(of), text_(text), is_condition_(is_condition), names_(names), fact_(fact) {
        for (std::size_t side = 0; side < 2; ++side)
            for (const auto& [value, name] : values_on(side))
                if (values_on(1 - side).count(value) == 0) alone_[side].emplace_back(value);
    }

    finding compare() {
        if (!list_others()) return finding::not_seen;
        slots_.assign(names_.size() + 1, {});
        return other_facts(0) ? finding::different : finding::equal;
    }

    /// Where the text differs, as inputs and values.
    const std::map<std::string, std::string>& where() const { return where_; }

    /// A client of whom one variant is told such a value, and who is treated there as nobody is of whom it is not
    /// known.
    bool find_client(const std::string& place, const std::string& on, treatment_difference& into) {
        for (std::size_t lead = 0; lead < 2; ++lead) {
            if (alone_[lead].empty()) continue;
            treatment_side& side = *of_.sides[lead];
            story_teller begun(side.studied());
            begun.live_in(common_municipality(of_));
            int looks = 0;
            bool found = false;
            (void)duty_stories(side.studied(), on, std::string(text_.text()), fact_)
                .run(begun, ways_to_all(side.reached()), [&](const auto& each) {
                    found = is_met(side, lead, place, each.told(), into);
                    return found || ++looks == most_looks;
                });
            if (found) return true;
        }
        return false;
    }

private:
    static constexpr std::size_t most_combinations = 100'000;
    static constexpr int most_looks = 500;

    const std::map<std::string, texts>& values_on(std::size_t side) const {
        static const std::map<std::string, texts> none;
        const auto& facts = of_.sides[side]->says().facts;
        const auto found = facts.find(fact_);
        return found == facts.end() ? none : found->second.values;
    }

    /// All else that the text reads, with every value that either variant has for it, and not known.
    bool list_others() {
        if (text_.text().find("today") != std::string::npos || text_.text().find("now") != std::string::npos)
            return false;
        std::size_t combinations = 1;
        for (const std::uint32_t slot : text_.used_slots()) {
            if (slot >= names_.size()) return false;  // the date of an event
            if (names_[slot] == fact_) {
                slot_ = slot;
                continue;
            }
            auto values = all_values(names_[slot]);
            if (values.empty()) return false;
            combinations *= values.size();
            if (combinations > most_combinations) return false;
            others_.emplace_back(slot, std::move(values));
        }
        return slot_.has_value();
    }
    std::vector<feel::value> all_values(const std::string& name) const {
        std::vector<feel::value> made;
        if (name == "self referral") return {feel::value(true), feel::value(false)};
        std::set<std::string> listed;
        for (const treatment_side* side : of_.sides) {
            if (name == "entry")
                for (const auto& [id, entry] : side->says().entries) listed.insert(id);
            const auto found = side->says().facts.find(name);
            if (found == side->says().facts.end()) continue;
            if (found->second.type == "boolean") return {feel::value(true), feel::value(false), {}};
            for (const auto& [value, words] : found->second.values) listed.insert(value);
        }
        for (const std::string& each : listed) made.emplace_back(each);
        if (!made.empty()) made.emplace_back();
        return made;
    }

    /// True once some combination tells a value that one variant alone has from one that is not known.
    bool other_facts(std::size_t from) {
        if (from < others_.size()) {
            for (const feel::value& each : others_[from].second) {
                slots_[others_[from].first] = each;
                if (other_facts(from + 1)) return true;
            }
            return false;
        }
        const feel::value unknown = with_value({});
        for (const auto& alone : alone_)
            for (const feel::value& each : alone) {
                if (with_value(each) == unknown) continue;
                for (const std::uint32_t slot : text_.used_slots())
                    where_[names_[slot]] = feel::to_string(slots_[slot]);
                return true;
            }
        return false;
    }
    feel::value with_value(const feel::value& of) {
        slots_[*slot_] = of;
        feel::evaluation_context with(time::date_time{of_.sides[0]->says().valid.from, {}});
        const feel::value made = text_.evaluate(with, slots_);
        return is_condition_ ? feel::value(made.is_true()) : made;
    }

    bool tells_alone(const command& one, std::size_t side) const {
        const auto* told = std::get_if<record_fact>(&one.what);
        return told != nullptr && told->fact == fact_ &&
               std::find(alone_[side].begin(), alone_[side].end(), told->value) != alone_[side].end();
    }

    /// The variants part where the value is told, and without it the rest of the story goes another way.
    bool is_met(const treatment_side& side, std::size_t lead, const std::string& place,
                const std::vector<command>& story, treatment_difference& into) const {
        std::optional<twin_parting> parting = parting_of(of_, story);
        if (!parting || !tells_alone(story[parting->at], lead)) return false;
        twin_player with(side);
        twin_player without(side);
        for (std::size_t at = 0; at < story.size(); ++at) {
            const twin_step one = with.play(story[at]);
            if (at == parting->at) continue;
            const twin_step other = without.play(story[at]);
            if (one.is_like(other) && !differ(side, place, one, other, *story[at].on)) continue;
            keep_story(into, story, std::move(*parting));
            return true;
        }
        return false;
    }
    static bool differ(const treatment_side& side, const std::string& place, const twin_step& one,
                       const twin_step& other, time::date on) {
        const case_sight left = sight_of(side, one.after, on);
        const case_sight right = sight_of(side, other.after, on);
        const auto part = [&](const case_sight& of) {
            case_sight made;
            for (auto at = of.lower_bound(place); at != of.end() && at->first.rfind(place + "/", 0) == 0; ++at)
                made.insert(*at);
            return made;
        };
        return part(left) != part(right);
    }

    const treatment_work& of_;
    const feel::expression& text_;
    bool is_condition_;
    const std::vector<std::string>& names_;
    const std::string& fact_;
    std::array<std::vector<feel::value>, 2> alone_;
    std::optional<std::uint32_t> slot_;
    std::vector<std::pair<std::uint32_t, std::vector<feel::value>>> others_;
    std::vector<feel::value> slots_;
    std::map<std::string, std::string> where_;
};

}  // namespace polku::inline POLKU_V::path::detail

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_STORY_BY_CHANCE_HPP
#define POLKU_IMPL_PATH_DETAIL_STORY_BY_CHANCE_HPP

// Stories of failures that no plan leads to: cases by chance in the real case engine. Included by proof_story.ipp only.

#include <polku/path/case.hpp>
#include <polku/path/random_walk.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// Looks for a command that is refused as `is_it` says. The same path gives the same story.
template <class IsIt>
class story_by_chance {
public:
    /// `told` is told right after the opening, since chance tells only what is asked for.
    story_by_chance(const service_path& on, IsIt is_it, std::vector<record_fact> told = {})
        : on_(on), is_it_(std::move(is_it)), facts_(std::move(told)) {}

    /// True when a case met the failure; `told` is then as short as leaving single commands out can make it.
    bool run() {
        for (std::uint64_t seed = 1; seed <= most_walks && !shown_; ++seed) walk(seed);
        if (shown_) shorten();
        return shown_.has_value();
    }
    const std::vector<command>& told() const { return told_; }
    const error& shown() const { return *shown_; }

private:
    static constexpr std::uint64_t most_walks = 30;
    static constexpr int most_steps = 200;

    context with(time::date today) const {
        context made;
        made.actor = "worker-1";
        made.purpose = "service";
        made.today = today;
        return made;
    }

    void walk(std::uint64_t seed) {
        walk_options options;
        options.seed = seed;
        options.client = std::string(32, '0');
        random_walk chance(on_, options);
        case_state now;
        told_.clear();
        time::date today = on_.says().valid.from;
        std::size_t facts = 0;
        for (int step = 0; step < most_steps && !shown_; ++step) {
            command asked = chance.next(now, today);
            if (now.is_opened() && facts < facts_.size()) asked = {facts_[facts++], {}};
            asked.on = today;
            auto events = decide(on_, now, asked, with(today));
            if (events) {
                now = evolve(std::move(now), events.value());
                told_.push_back(std::move(asked));
            } else if (is_it_(events.error())) {
                shown_ = std::move(events).error();
                told_.push_back(std::move(asked));
            }
            const auto next = chance.later(now, today, 40);
            if (!next) return;
            today = *next;
        }
    }

    /// How the last command of a story is refused; nothing where an earlier one is, or it is not.
    std::optional<error> refusal_at_the_end(const std::vector<command>& of) const {
        case_state now;
        for (std::size_t at = 0; at < of.size(); ++at) {
            auto events = decide(on_, now, of[at], with(*of[at].on));
            if (!events) return at + 1 == of.size() ? std::optional<error>(std::move(events).error()) : std::nullopt;
            now = evolve(std::move(now), events.value());
        }
        return std::nullopt;
    }

    void shorten() {
        for (std::size_t at = told_.size() - 1; at-- > 0;) {
            std::vector<command> shorter = told_;
            shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(at));
            auto refused = refusal_at_the_end(shorter);
            if (!refused || !is_it_(*refused)) continue;
            told_ = std::move(shorter);
            shown_ = std::move(refused);
        }
    }

    const service_path& on_;
    IsIt is_it_;
    std::vector<record_fact> facts_;
    std::vector<command> told_;
    std::optional<error> shown_;
};

}  // namespace polku::inline POLKU_V::path::detail

#endif

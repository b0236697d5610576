// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_WALK_FILLING_HPP
#define POLKU_IMPL_PATH_DETAIL_WALK_FILLING_HPP

#include <polku/path/case_inputs.hpp>
#include <polku/path/random_walk.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace polku::inline POLKU_V::path::detail {

/// What chance fills a made-up client's commands with.
class walk_filling {
protected:
    walk_filling(random_walk& chance, const service_path& path, const walk_options& options, const case_state& of,
                 time::date today, std::int64_t& records)
        : chance_(chance), path_(path), options_(options), of_(of), today_(today), records_(records) {}

    const definition& says() const { return path_.says(); }

    /// A key by the weights that the habits give; even chances where they give none.
    template <class Map>
    std::string likely_key(const Map& of, const std::map<std::string, std::uint32_t>& weights) {
        if (weights.empty()) return any_key(of);
        const auto weight_of = [&](const std::string& key) {
            const auto found = weights.find(key);
            return found == weights.end() ? std::uint32_t{1} : found->second;
        };
        std::uint64_t total = 0;
        for (const auto& each : of) total += weight_of(each.first);
        std::uint64_t at = chance_.below(total);
        for (const auto& each : of) {
            if (at < weight_of(each.first)) return each.first;
            at -= weight_of(each.first);
        }
        return any_key(of);  // all weights are 0
    }
    std::string new_id(const char* kind) { return options_.record_prefix + kind + "-" + std::to_string(++records_); }
    time::date days_on(std::int64_t days) const { return today_.plus_days(days).value_or(today_); }
    template <class Map>
    const std::string& any_key(const Map& of) {
        return std::next(of.begin(), static_cast<std::ptrdiff_t>(chance_.below(of.size())))->first;
    }

    /// The same person for a role all along a walk, so that teams look like teams.
    party in_role(const std::string& role) const {
        std::size_t sum = static_cast<std::size_t>(options_.seed);
        for (const char each : role) sum = sum * 31 + static_cast<unsigned char>(each);
        const auto known = says().roles.find(role);
        return {options_.workers.empty() ? "Aino Esimerkki" : options_.workers[sum % options_.workers.size()], role,
                known == says().roles.end() ? std::string() : known->second.organisation};
    }

    command_body opening() {
        open_case made;
        made.client = options_.client;
        made.entry = likely_key(says().entries, options_.habits.entries);
        const entry_definition& entry = says().entries.at(made.entry);
        const std::vector<std::string> missing = missing_facts(of_, entry.requires_, today_);
        if (!missing.empty()) return fact(missing[chance_.below(missing.size())]);
        if (!says().municipalities.empty())
            made.municipality = likely_key(says().municipalities, options_.habits.municipalities);
        else
            made.municipality = chance_.below(2) == 0 ? "698" : "167";
        if (entry.sender) made.sender = in_role(*entry.sender);
        if (!entry.channels.empty()) made.channel = entry.channels[chance_.below(entry.channels.size())];
        made.reason = "looks for work that fits";
        return made;
    }

    command_body fact(const std::string& name) {
        const fact_definition& known = says().facts.at(name);
        record_fact made;
        made.fact = name;
        made.value = value_of(name, known);
        made.source = known.sources.empty() ? "client" : known.sources[chance_.below(known.sources.size())];
        return made;
    }
    feel::value value_of(const std::string& name, const fact_definition& known) {
        const auto habit = options_.habits.fact_values.find(name);
        const bool has_habit = habit != options_.habits.fact_values.end();
        if (!known.values.empty())
            return feel::value(has_habit ? likely_key(known.values, habit->second) : any_key(known.values));
        if (known.type == "boolean") {
            if (!has_habit) return feel::value(chance_.below(2) == 0);
            return feel::value(
                likely_key(std::map<std::string, bool>{{"false", false}, {"true", true}}, habit->second) == "true");
        }
        if (known.type == "number") {
            const auto [low, high] = range_of(name);
            return feel::value(low +
                               static_cast<std::int64_t>(chance_.below(static_cast<std::uint64_t>(high - low + 1))));
        }
        if (known.type == "date") return feel::value(today_);
        return feel::value("told in the talk " + std::to_string(chance_.below(100)));
    }
    std::pair<std::int64_t, std::int64_t> range_of(const std::string& name) const {
        if (const auto own = options_.ranges.find(name); own != options_.ranges.end()) return own->second;
        for (const auto& [id, ability] : says().abilities)
            if (ability.fact == name) return {0, ability.highest};
        return options_.usual_range;
    }

    command_body drafted(const std::string& service) {
        draft_referral made;
        made.referral = new_id("referral");
        made.service = service;
        made.sender = in_role(of_.stage->owner);
        made.reason = "needs this service";
        return made;
    }
    hold_meeting meeting_of(const std::string& kind) {
        hold_meeting made;
        made.kind = kind;
        made.client_present = true;
        made.agreed = "the next steps";
        const auto known = says().meetings.find(kind);
        if (known != says().meetings.end()) {
            for (const std::string& role : known->second.must_attend) {
                const party who = in_role(role);
                const bool remote = known->second.remote.value_or(true) && chance_.below(3) == 0;
                made.participants.push_back({who.person, who.role, who.organisation, remote});
            }
        }
        return made;
    }
    command_body measured(const std::string& instrument) {
        record_instrument made;
        made.instrument = instrument;
        const auto known = says().instruments.find(instrument);
        if (known == says().instruments.end()) return made;
        const std::int64_t low = known->second.minimum.value_or(0);
        const std::int64_t high = known->second.maximum.value_or(10);
        for (const std::string& scale : known->second.scales)
            made.scores[scale] = feel::number(
                low + static_cast<std::int64_t>(chance_.below(static_cast<std::uint64_t>(high - low + 1))));
        const bool before = std::any_of(of_.instruments.begin(), of_.instruments.end(),
                                        [&](const instrument_result& each) { return each.instrument == instrument; });
        made.phase = before ? instrument_phase::end : instrument_phase::start;
        return made;
    }
    command_body planned() {
        plan_step step;
        step.text = "work trial near home";
        step.owner = "client";
        step.benefit_effect = "the benefit stays as it is";
        if (of_.plan) return review_plan{{}, {step}, days_on(90), "goes on"};
        return agree_plan{"work that fits", {step}, {"Aino Esimerkki"}, days_on(90)};
    }
    command_body coached(const std::string& package) {
        start_coaching made;
        made.coaching = new_id("coaching");
        made.package = package;
        made.coach = in_role(of_.stage->owner);
        if (!says().environments.empty() && chance_.below(3) != 0) made.environment = any_key(says().environments);
        return made;
    }
    command_body placed(const std::string& kind) {
        start_placement made;
        made.placement = new_id("placement");
        made.kind = kind;
        made.employer = "Esimerkkiyritys";
        return made;
    }

    random_walk& chance_;
    const service_path& path_;
    const walk_options& options_;
    const case_state& of_;
    time::date today_;
    std::int64_t& records_;
};

}  // namespace polku::inline POLKU_V::path::detail

#endif

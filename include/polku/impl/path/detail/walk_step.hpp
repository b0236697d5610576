// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_WALK_STEP_HPP
#define POLKU_IMPL_PATH_DETAIL_WALK_STEP_HPP

// One step of a walk that wants something.

#include <polku/impl/path/detail/walk_filling.hpp>
#include <polku/impl/path/detail/walk_map.hpp>
#include <polku/path/detail/action_rules.hpp>

#include <optional>
#include <string>
#include <utility>

namespace polku::inline POLKU_V::path::detail {

/// The command that comes next for a client who is to be routed by a region, as far as that can be told without trying.
class walk_step : private walk_filling {
public:
    walk_step(random_walk& chance, const service_path& path, const walk_options& options, const case_state& of,
              time::date today, std::int64_t& records)
        : walk_filling(chance, path, options, of, today, records),
          stage_(of.stage ? path.find_stage(of.stage->stage) : nullptr) {}

    /// Into the path by an entry that the options leave open.
    command_body open() { return opening(); }

    /// How many inputs of a region the case does not have yet; empty where it cannot have one.
    std::optional<std::size_t> lacks_of(const walk_region& region) const {
        std::size_t lacks = 0;
        for (const auto& [told, value] : region.told)
            if (told->read(of_, today_) != value) return std::nullopt;
        for (const auto& [name, value] : region.facts) lacks += has_fact(name, value) ? 0 : 1;
        const bool none_at_all = region.placement_kind && region.placement_kind->is_null();
        if (none_at_all && !of_.placements.empty()) return std::nullopt;
        return lacks + (has_placement(region) ? 0 : 2);
    }

    /// Towards the region, and at last the routing itself.
    command_body toward(const walk_region& region) {
        for (const auto& [name, value] : region.facts) {
            if (has_fact(name, value)) continue;
            if (value.is_null()) return withdraw_fact{name, "told wrongly"};
            return with_gate_open(told_as(name, value));
        }
        if (!has_placement(region)) return toward_placement(region);
        for (const std::string& each : missing_facts(of_, stage_->requires_, today_)) return with_gate_open(fact(each));
        return path::route{};
    }

private:
    bool has_fact(const std::string& name, const feel::value& value) const {
        const auto found = of_.facts.find(name);
        const bool known = found != of_.facts.end() && is_known(found->second, today_);
        return value.is_null() ? !known : known && found->second.value == value;
    }
    command_body told_as(const std::string& name, const feel::value& value) {
        const auto& sources = says().facts.at(name).sources;
        return record_fact{name, value, sources.empty() ? "client" : sources[chance_.below(sources.size())], {}, {}};
    }

    /// As routing sees it: the latest that has not ended, else the latest.
    const placement* current() const {
        for (auto each = of_.placements.rbegin(); each != of_.placements.rend(); ++each)
            if (each->is_open()) return &*each;
        return of_.placements.empty() ? nullptr : &of_.placements.back();
    }
    bool has_placement(const walk_region& region) const {
        const placement* now = current();
        if (region.placement_runs && *region.placement_runs != (now != nullptr && now->is_open())) return false;
        if (!region.placement_kind) return true;
        if (region.placement_kind->is_null()) return now == nullptr;
        return now != nullptr && now->kind == region.placement_kind->as_string();
    }
    command_body toward_placement(const walk_region& region) {
        const placement* now = current();
        if (now != nullptr && now->is_open() && !region.placement_runs.value_or(true))
            return end_placement{now->id, "it ended"};
        const std::string kind = region.placement_kind ? std::string(region.placement_kind->as_string())
                                                       : std::string(any_key(says().placements));
        return with_gate_open(placed(kind));
    }

    /// What is wanted, or what the gate of the stage's action asks for first.
    command_body with_gate_open(command_body what, int depth = 4) {
        if (depth == 0) return what;
        for (const std::string& id : stage_->actions) {
            const auto action = says().actions.find(id);
            if (action == says().actions.end() || !is_use_of(action->second, what)) continue;
            const action_gate gate = gate_of(action->second, of_, today_);
            if (gate.is_open()) return what;
            if (!gate.missing_facts.empty()) return with_gate_open(fact(gate.missing_facts.front()), depth - 1);
            if (gate.missing_consent) return give_consent{*gate.missing_consent, {}, "written", {}};
            auto first = bringing_about(gate.missing_events.front());
            return first ? with_gate_open(*std::move(first), depth - 1) : what;
        }
        return what;
    }

    /// The command behind an event that gates wait for.
    std::optional<command_body> bringing_about(const std::string& trigger) {
        const std::size_t colon = trigger.find(':');
        const std::string type = trigger.substr(0, colon);
        const std::string about = colon == std::string::npos ? std::string() : trigger.substr(colon + 1);
        if (type == "plan_agreed") return planned();
        if (type == "meeting_held" && says().meetings.count(about) != 0) {
            hold_meeting made = meeting_of(about);
            made.meeting = new_id("meeting");
            return made;
        }
        if (type.rfind("assessment_", 0) == 0 && says().assessments.count(about) != 0) return assessed(about);
        if (type == "coaching_started" && says().packages.count(about) != 0) return coached(about);
        if (type == "placement_started" && says().placements.count(about) != 0) return placed(about);
        return std::nullopt;
    }
    command_body assessed(const std::string& kind) {
        const auto& known = says().assessments.at(kind);
        for (const assessment& each : of_.assessments) {
            if (each.kind != kind || !each.is_open()) continue;
            const bool has_feedback = std::any_of(of_.feedbacks.begin(), of_.feedbacks.end(),
                                                  [&](const feedback& one) { return one.about == each.id; });
            if (known.feedback_from && !has_feedback)
                return record_feedback{*known.feedback_from, each.id, {}, "went well", {}};
            return complete_assessment{each.id, "the picture is clear", {}, {}};
        }
        for (const std::string& each : missing_facts(of_, known.requires_, today_)) return fact(each);
        return start_assessment{new_id("assessment"), kind, "Esimerkkiyritys", "to see what fits", {}};
    }

    const stage_definition* stage_;
};

}  // namespace polku::inline POLKU_V::path::detail

#endif

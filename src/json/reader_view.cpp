// SPDX-License-Identifier: Apache-2.0
#include "reader_view.hpp"

#include <polku/json/described.hpp>
#include <polku/path/case_inputs.hpp>
#include <polku/path/explain.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace polku::inline POLKU_V::json {

namespace {

/// What the case itself tells (counts, dates, its stage) is of this category.
constexpr std::string_view usual_category = "employment";

std::string_view text_of(const feel::context& item, std::string_view member) {
    const feel::value* found = item.find(member);
    return found && found->is(feel::kind::string) ? found->as_string() : std::string_view();
}

class case_filter {
public:
    case_filter(const path::visibility& reader, const path::definition& says, const path::case_state& of,
                const std::string& language)
        : reader_(reader), says_(says), of_(of), language_(language) {}

    feel::value filter(const feel::context& whole) const {
        feel::context made;
        for (const auto& entry : whole) member(entry.name, entry.value, made);
        made.append("relation", to_value(reader_.relation()));
        made.append("withheld", withheld(reader_, language_));
        return feel::value(std::move(made));
    }

private:
    void member(std::string_view name, const feel::value& of, feel::context& into) const {
        constexpr std::array always{"path", "as_of", "status", "non_disclosure"};
        constexpr std::array usual{"version",  "opened", "entry",       "self_referral",  "municipality",
                                   "reopened", "ending", "own_workers", "responsibility", "team"};
        const auto is_in = [&](const auto& among) {
            return std::find(among.begin(), among.end(), name) != among.end();
        };
        if (is_in(always) || (is_in(usual) && reader_.sees(usual_category)))
            into.append(std::string(name), of);
        else if (name == "stage" || name == "due")
            output(name, name, of, into);
        else if (name == "responsible" || name == "answering_role")
            output("responsible worker", name, of, into);
        else if (name == "facts")
            into.append("facts", items(of, [&](const feel::context& each) { return sees_fact_of(each); }));
        else if (name == "missing_facts")
            into.append("missing_facts", names(of));
        else if (name == "decisions")
            into.append("decisions", decisions(of));
        else if (name == "pack_decisions")
            into.append("pack_decisions", pack_decisions(of));
        else if (name == "timeline")
            into.append("timeline", items(of, [&](const feel::context& each) { return sees_entry(each); }));
        else if (name == "actions" && reader_.sees_record(name))
            into.append("actions", items(of, [&](const feel::context& each) { return sees_action(each); }));
        else if (name != "actions" && reader_.sees_record(name))
            into.append(std::string(name), of);
    }

    /// An output that the path declassifies to roles.
    void output(std::string_view output, std::string_view name, const feel::value& of, feel::context& into) const {
        const auto roles = says_.declassified.find(std::string(output));
        const bool is_declassified =
            roles != says_.declassified.end() && !reader_.is_blind() &&
            std::find(roles->second.begin(), roles->second.end(), reader_.who().role) != roles->second.end();
        if (is_declassified || reader_.sees(usual_category)) into.append(std::string(name), of);
    }

    template <class Predicate>
    static feel::value items(const feel::value& of, Predicate&& may) {
        std::vector<feel::value> kept;
        for (const feel::value& each : of.as_list())
            if (may(each.as_context())) kept.push_back(each);
        return feel::value(std::move(kept));
    }

    bool sees_fact(std::string_view name) const {
        const auto found = says_.facts.find(std::string(name));
        if (found != says_.facts.end()) return reader_.sees(found->second.category);
        return path::find_case_input(name) != nullptr && reader_.sees(usual_category);
    }
    bool sees_fact_of(const feel::context& item) const { return reader_.sees(text_of(item, "category")); }

    feel::value names(const feel::value& of) const {
        std::vector<feel::value> kept;
        for (const feel::value& each : of.as_list())
            if (sees_fact(each.as_string())) kept.push_back(each);
        return feel::value(std::move(kept));
    }

    bool sees_all_inputs(const feel::context& decision) const {
        const feel::value* inputs = decision.find("inputs");
        if (inputs == nullptr || !inputs->is(feel::kind::context)) return false;
        const feel::context& all = inputs->as_context();
        return std::all_of(all.begin(), all.end(), [&](const auto& each) { return sees_fact(each.name); });
    }

    /// Of a decision that rests on something withheld, only that it was made and where it led: rule, reasons and inputs
    /// would tell of it.
    feel::value decisions(const feel::value& of) const {
        std::vector<feel::value> kept;
        if (!reader_.sees(usual_category)) return feel::value(std::move(kept));
        for (const feel::value& each : of.as_list()) {
            const feel::context& decision = each.as_context();
            if (sees_all_inputs(decision)) {
                kept.push_back(each);
                continue;
            }
            kept.push_back(bare(decision, {"made", "decision", "stage", "next"}));
        }
        return feel::value(std::move(kept));
    }

    bool sees_everything() const {
        const auto& answers = reader_.answers();
        return std::all_of(answers.begin(), answers.end(), [](const auto& one) { return one.allowed; });
    }

    /// Inputs that are facts of the client are of their categories; what was told with the command may be of any.
    bool sees_all_pack_inputs(const feel::context& decision) const {
        const feel::value* inputs = decision.find("inputs");
        const feel::value* facts = decision.find("facts");
        if (inputs == nullptr || facts == nullptr || !inputs->is(feel::kind::context)) return false;
        const feel::context& all = inputs->as_context();
        return std::all_of(all.begin(), all.end(), [&](const auto& each) {
            const feel::value* fact = facts->as_context().find(each.name);
            return fact != nullptr && sees_fact(fact->as_string());
        });
    }

    /// The same of decisions by rule packs.
    feel::value pack_decisions(const feel::value& of) const {
        std::vector<feel::value> kept;
        if (!reader_.sees(usual_category)) return feel::value(std::move(kept));
        for (const feel::value& each : of.as_list()) {
            const feel::context& decision = each.as_context();
            const bool is_seen = sees_everything() || sees_all_pack_inputs(decision);
            kept.push_back(is_seen ? each : bare(decision, {"id", "made", "pack", "decision", "decided"}));
        }
        return feel::value(std::move(kept));
    }

    static feel::value bare(const feel::context& of, std::initializer_list<const char*> members) {
        feel::context made;
        for (const char* member : members)
            if (const feel::value* found = of.find(member)) made.append(member, *found);
        made.append("withheld", true);
        return feel::value(std::move(made));
    }

    bool sees_entry(const feel::context& entry) const {
        const std::string_view type = text_of(entry, "type");
        if (type == "fact_recorded" || type == "fact_withdrawn") return sees_fact(text_of(entry, "about"));
        if (type == "decision_made" || type.starts_with("pack_decision_")) return reader_.sees(usual_category);
        return reader_.sees_event(type);
    }

    /// Whether an action is open would tell whether something withheld is known.
    bool sees_action(const feel::context& action) const {
        const auto found = says_.actions.find(std::string(text_of(action, "id")));
        std::vector<std::string> needed;
        if (found != says_.actions.end()) needed = found->second.requires_;
        if (text_of(action, "id") == "route" && of_.stage) {
            for (const path::stage_definition& stage : says_.stages)
                if (stage.id == of_.stage->stage) needed = stage.requires_;
        }
        return std::all_of(needed.begin(), needed.end(), [&](const std::string& each) { return sees_fact(each); });
    }

    const path::visibility& reader_;
    const path::definition& says_;
    const path::case_state& of_;
    const std::string& language_;
};

}  // namespace

feel::value seen_by(const path::visibility& reader, const path::definition& says, const path::case_state& of,
                    const feel::context& whole, const std::string& language) {
    return case_filter(reader, says, of, language).filter(whole);
}

error nothing_to_see(const path::visibility& reader, const std::string& language) {
    std::string why;
    for (const path::access_answer& each : reader.answers()) {
        const auto reason = reader.says().reasons.find(each.rule);
        if (reason == reader.says().reasons.end()) continue;
        const std::string text = path::text_in(reason->second.text, language) + " (" + reason->second.source + ")";
        if (why.find(text) == std::string::npos) why += (why.empty() ? "" : " ") + text;
    }
    return error(error_code::access_denied, "'" + reader.who().actor + "' may see nothing of this client: " + why);
}

feel::value withheld(const path::visibility& reader, const std::string& language) {
    std::vector<feel::value> items;
    for (const path::access_answer& each : reader.answers()) {
        if (each.allowed) continue;
        feel::context item{{"category", each.category}, {"rule", each.rule}};
        const auto reason = reader.says().reasons.find(each.rule);
        if (reason != reader.says().reasons.end()) {
            item.append("reason", path::text_in(reason->second.text, language));
            item.append("source", reason->second.source);
        }
        items.emplace_back(std::move(item));
    }
    return feel::value(std::move(items));
}

}  // namespace polku::inline POLKU_V::json

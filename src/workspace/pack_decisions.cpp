// SPDX-License-Identifier: Apache-2.0
#include "pack_loading.hpp"

#include <polku/json/described.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/json/text.hpp>
#include <polku/path/case_on.hpp>
#include <polku/rules/missing.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/storage/hash.hpp>
#include <polku/time/date_time.hpp>
#include <polku/time/deadline.hpp>
#include <polku/time/zone.hpp>
#include <polku/version.hpp>
#include <polku/workspace/rule_packs.hpp>
#include <polku/workspace/workspace.hpp>

#include <algorithm>
#include <array>
#include <utility>

/// Decisions that were made by rule packs, derived again.
namespace polku::inline POLKU_V {

namespace {

/// A query in JSON.
struct query_members {
    std::optional<std::string> case_;
    std::optional<std::string> pack;
    std::optional<std::string> known_at;
    std::optional<bool> affected;
    std::optional<bool> replaced;
};
BOOST_DESCRIBE_STRUCT(query_members, (), (case_, pack, known_at, affected, replaced))

constexpr std::string_view remedies_pack = "muutoksenhaku";

feel::value names_of(const std::vector<std::string>& of) {
    std::vector<feel::value> made(of.begin(), of.end());
    return feel::value(std::move(made));
}

/// Stored values come back as JSON has them, so that is how they are compared.
bool is_same(const feel::value& left, const feel::value& right) { return json::write(left) == json::write(right); }

feel::value error_value(const error& of) {
    return feel::value(
        feel::context{{"code", static_cast<std::int64_t>(of.code())}, {"message", std::string(of.message())}});
}

/// Derives the decisions of one case.
class decision_checker {
public:
    decision_checker(workspace& in, const path::pack_register& adopted, const decision_query& which,
                     const path::case_state& of, std::string case_id)
        : in_(in), adopted_(adopted), which_(which), case_(of), case_id_(std::move(case_id)) {}

    result<std::optional<feel::value>> try_check(const path::pack_decision& one) {
        affected_ = false;
        feel::context made{{"case", case_id_},
                           {"event", json::to_value(one.event)},
                           {"decision", one.content.id},
                           {"pack", one.content.pack},
                           {"name", one.content.decision},
                           {"decided", feel::value(one.content.decided)},
                           {"made", made_value(one.content)}};
        if (one.replaced_by) made.append("replaced_by", *one.replaced_by);
        if (one.erased) {
            made.append("derived", "erased");
        } else {
            POLKU_CHECK(add_derived(one.content, made));
            POLKU_CHECK(add_known(one.content, made));
            POLKU_CHECK(add_appeal(one, made));
        }
        made.append("affected", affected_);
        if (which_.affected_only && !affected_) return std::optional<feel::value>();
        return std::optional<feel::value>(feel::value(std::move(made)));
    }

private:
    static feel::value made_value(const path::pack_decision_made& of) {
        return feel::value(feel::context{{"version", of.version},
                                         {"value", of.result},
                                         {"rules", names_of(of.rules)},
                                         {"matched", json::to_value(of.matched)},
                                         {"hash", of.pack_hash},
                                         {"engine", of.engine_version}});
    }

    static bool is_as_made(const rules::pack_answer& now, const path::pack_decision_made& of) {
        const auto is_one = [](const rules::rule_match& left, const path::matched_rule& right) {
            return left.decision == right.decision && left.rule == right.rule && left.number == right.number;
        };
        // Decisions of earlier releases keep the rules without their decisions.
        const bool has_same_rules = of.matched.empty() || std::equal(now.matched.begin(), now.matched.end(),
                                                                     of.matched.begin(), of.matched.end(), is_one);
        return has_same_rules && now.rules == of.rules && is_same(now.value, of.result);
    }

    /// As it was made: by the pack's bytes of then, from the inputs of then.
    result<void> add_derived(const path::pack_decision_made& of, feel::context& into) {
        POLKU_TRY(const rules::pack pack, in_.packs().try_of(of.pack_hash));
        auto answer = pack.try_decide(path::question_of(of));
        if (answer && is_as_made(*answer, of)) {
            into.append("derived", "same");
            return {};
        }
        into.append("derived", of.engine_version == POLKU_ENGINE_SEMANTICS ? "differs" : "engine changed");
        if (!answer) {
            into.append("derived_error", error_value(answer.error()));
            return {};
        }
        into.append("value", answer->value);
        into.append("rules", names_of(answer->rules));
        return {};
    }

    /// The question with the facts of the day of the decision as they are known now, and how they differ.
    path::pack_decision_made as_known(path::pack_decision_made of, feel::context& into) const {
        if (of.facts.empty()) return of;
        const path::case_state then =
            which_.known_ms ? path::case_on(case_, of.decided, *which_.known_ms) : path::case_on(case_, of.decided);
        std::vector<feel::value> changed;
        for (const auto& [name, fact] : of.facts) {
            const auto found = then.facts.find(fact);
            const bool is_known = found != then.facts.end() && path::is_known(found->second, of.decided);
            const auto before = of.inputs.find(name);
            if (is_known && before != of.inputs.end() && is_same(before->second.value, found->second.value)) continue;
            if (!is_known && before == of.inputs.end()) continue;
            feel::context one{{"input", name}, {"fact", fact}};
            if (before != of.inputs.end()) one.append("was", before->second.value);
            if (is_known) one.append("is", found->second.value);
            changed.emplace_back(std::move(one));
            of.inputs.erase(name);
            if (is_known) of.inputs[name] = path::decision_input{found->second.value, found->second.version, {}};
        }
        if (!changed.empty()) into.append("changed_inputs", feel::value(std::move(changed)));
        return of;
    }

    result<void> add_known(const path::pack_decision_made& of, feel::context& into) {
        feel::context known;
        const path::pack_decision_made asked = as_known(of, known);
        const path::adopted_pack* const used = adopted_.find(of.pack, which_.known_ms);
        const bool changed = used != nullptr && used->hash != of.pack_hash;
        known.append("changed_rules", changed);
        if (used == nullptr) {
            known.append("error", error_value(error(error_code::pack_not_in_use,
                                                    "the rule pack '" + of.pack + "' was not in use by then")));
        } else if (!changed && known.find("changed_inputs") == nullptr && of.engine_version == POLKU_ENGINE_SEMANTICS) {
            // Nothing that the answer rests on is another.
            add_answer({of.result, of.version, nullptr, {}, of.rules, {}, {}}, of, used->hash, known);
        } else {
            POLKU_TRY(const rules::pack pack, in_.packs().try_of(used->hash));
            add_fresh(pack, asked, of, used->hash, known);
        }
        into.append("known", feel::value(std::move(known)));
        return {};
    }

    /// What the pack says now; facts that are unknown now must not change it, as when it was made.
    void add_fresh(const rules::pack& pack, const path::pack_decision_made& asked, const path::pack_decision_made& of,
                   const std::string& hash, feel::context& known) {
        const rules::pack_question question = path::question_of(asked);
        const auto missing = rules::try_missing(pack, question);
        auto answer = missing ? pack.try_decide(question) : result<rules::pack_answer>(missing.error());
        if (!answer) {
            known.append("hash", hash);
            known.append("error", error_value(answer.error()));
            affected_ = true;
            return;
        }
        std::vector<std::string> open;
        for (const rules::missing_input& each : missing->inputs)
            if (std::find(of.without.begin(), of.without.end(), each.name) == of.without.end())
                open.push_back(each.name);
        if (!open.empty()) {
            known.append("undecided", names_of(open));
            affected_ = true;
        }
        add_answer(*answer, of, hash, known);
    }

    void add_answer(const rules::pack_answer& answer, const path::pack_decision_made& of, const std::string& hash,
                    feel::context& known) {
        known.append("hash", hash);
        known.append("version", answer.version);
        known.append("value", answer.value);
        known.append("rules", names_of(answer.rules));
        if (!is_same(answer.value, of.result) || answer.rules != of.rules) affected_ = true;
    }

    /// The kind of remedy that the pack names for this decision; empty: none.
    static std::string appeal_kind(const rules::pack& pack, const std::string& decision) {
        for (const rules::pack_decision& each : pack.says().decisions)
            if (each.name == decision) return each.appeal.value_or("");
        return {};
    }

    result<rules::pack> try_remedies() {
        if (const path::adopted_pack* const used = adopted_.find(remedies_pack, which_.known_ms); used != nullptr)
            return in_.packs().try_of(used->hash);
        return json::try_shipped_pack(remedies_pack);
    }

    result<void> add_appeal(const path::pack_decision& one, feel::context& into) {
        POLKU_TRY(const rules::pack pack, in_.packs().try_of(one.content.pack_hash));
        const std::string kind = appeal_kind(pack, one.content.decision);
        if (kind.empty()) return {};
        POLKU_TRY(const rules::pack remedies, try_remedies());
        feel::context made{{"kind", kind}};
        rules::pack_question asked;
        asked.decided = one.content.decided;
        asked.inputs = feel::context{{"decision kind", kind}, {"stage", "decision"}, {"preparation only", false}};
        asked.decision = "Remedy";
        POLKU_TRY(const rules::pack_answer remedy, remedies.try_decide(asked));
        take(remedy.value, {"remedy", "days", "to"}, made);
        if (one.notified) POLKU_CHECK(add_last_day(*one.notified, remedies, std::move(asked), made));
        into.append("appeal", feel::value(std::move(made)));
        return {};
    }

    static result<void> add_last_day(const path::pack_decision_notified& sent, const rules::pack& remedies,
                                     rules::pack_question asked, feel::context& into) {
        asked.decision = "Claim deadline";
        asked.decided = sent.sent;
        asked.inputs.set("way", sent.way);
        asked.inputs.set("sent day", feel::value(sent.sent));
        asked.inputs.set("receipt shown", sent.received.has_value());
        if (sent.received) asked.inputs.set("receipt day", feel::value(*sent.received));
        POLKU_TRY(const rules::pack_answer answer, remedies.try_decide(asked));
        take(answer.value, {"received", "nominal"}, into);
        const feel::value* const nominal = into.find("nominal");
        if (nominal == nullptr || !nominal->is(feel::kind::date)) return {};
        const feel::value* const rolls = answer.value.as_context().find("roll");
        const bool is_rolled = rolls != nullptr && rolls->is_true();
        const auto last = time::statutory_deadline(nominal->as_date(), time::period{0, time::period_unit::days},
                                                   is_rolled ? time::roll_rule::act_150_1930 : time::roll_rule::none);
        if (last) into.append("last", feel::value(last->last));
        return {};
    }

    static void take(const feel::value& from, std::initializer_list<const char*> members, feel::context& into) {
        if (!from.is(feel::kind::context)) return;
        for (const char* each : members)
            if (const feel::value* found = from.as_context().find(each); found != nullptr && !found->is_null())
                into.set(each, *found);
    }

    workspace& in_;
    const path::pack_register& adopted_;
    const decision_query& which_;
    const path::case_state& case_;
    std::string case_id_;
    bool affected_ = false;
};

using case_visitor = std::function<result<void>(const path::case_state& of, const std::string& case_id)>;

/// What a decision is derived from: the decisions themselves and the client's facts, as they were put right.
constexpr std::array<std::string_view, 6> told_of_decisions{
    path::pack_decision_made::type, path::pack_decision_notified::type,
    path::fact_recorded::type,      path::fact_withdrawn::type,
    path::corrected::type,          path::entered_in_error::type};

result<void> visit_case(workspace& in, const std::string& case_id, const case_visitor& visit) {
    POLKU_TRY(const path::case_state found,
              in.try_load_events(case_id, {told_of_decisions.begin(), told_of_decisions.end()}));
    return visit(found, case_id);
}

/// Passes the cases that have such decisions to `visit`. Of other cases nothing is read but the types of their events.
result<void> visit_cases(workspace& in, const case_visitor& visit) {
    storage::event_query query;
    query.type = path::pack_decision_made::type;
    for (;;) {
        POLKU_TRY(const auto rows, in.store().try_find_with_event(query));
        for (const storage::stream_row& row : rows)
            POLKU_CHECK(visit_case(in, storage::to_hex(row.stream.bytes), visit));
        if (rows.size() < query.limit) return {};
        query.after = rows.back().number;
    }
}

}  // namespace

result<void> try_stored_questions(workspace& in, std::string_view pack, std::string_view decision,
                                  const std::function<result<void>(const stored_question&)>& sink) {
    const auto ask = [&](const path::case_state& of, const std::string& case_id) -> result<void> {
        for (const path::pack_decision& each : of.pack_decisions) {
            const path::pack_decision_made& made = each.content;
            const bool is_asked = made.pack == pack && (decision.empty() || made.decision == decision);
            if (!is_asked || each.replaced_by || each.erased) continue;
            POLKU_CHECK(sink({case_id, made.id, path::question_of(made)}));
        }
        return {};
    };
    return visit_cases(in, ask);
}

result<decision_query> try_read_decision_query(const feel::value& from) {
    POLKU_TRY(const query_members read, json::try_from_value<query_members>(from));
    decision_query made;
    made.case_id = read.case_.value_or("");
    made.pack = read.pack.value_or("");
    made.affected_only = read.affected.value_or(false);
    made.with_replaced = read.replaced.value_or(false);
    if (!read.known_at) return made;
    const auto moment = time::parse_date_time(*read.known_at, time::builtin_zones());
    if (!moment || moment->clock.zone.is == time::zone::kind::none)
        return error(error_code::json_invalid_value,
                     "'known_at' is '" + *read.known_at +
                         "'; it must be a date-time with zone or offset, such as 2026-03-02T10:00:00Z",
                     {.pointer = "/known_at"});
    const time::moment when = time::moment_of(*moment, time::builtin_zones());
    made.known_ms = when.seconds * 1000 + when.nanoseconds / 1'000'000;
    return made;
}

result<void> try_check_decisions(workspace& in, const decision_query& which,
                                 const std::function<result<void>(const feel::value&)>& sink) {
    POLKU_TRY(const auto adopted, detail::fold_packs(in.store()));
    const auto check = [&](const path::case_state& of, const std::string& case_id) -> result<void> {
        decision_checker checker(in, adopted.state, which, of, case_id);
        for (const path::pack_decision& each : of.pack_decisions) {
            if (!which.pack.empty() && each.content.pack != which.pack) continue;
            if (each.replaced_by && !which.with_replaced) continue;
            POLKU_TRY(const std::optional<feel::value> made, checker.try_check(each));
            if (made) POLKU_CHECK(sink(*made));
        }
        return {};
    };
    return which.case_id.empty() ? visit_cases(in, check) : visit_case(in, which.case_id, check);
}

}  // namespace polku::inline POLKU_V

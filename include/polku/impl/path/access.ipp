// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_ACCESS_IPP
#define POLKU_IMPL_PATH_ACCESS_IPP

#include <polku/dmn/program.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/path/access.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace polku::inline POLKU_V::path {

namespace detail {

struct compiled_access {
    std::shared_ptr<const access_definition> says;
    dmn::program program;
    dmn::decision_ref decision;
};

constexpr std::array<std::string_view, 8> access_inputs{"relation", "purpose",       "organisation", "category",
                                                        "consent",  "indispensable", "protected",    "in scope"};
constexpr std::string_view unnamed_event_category = "social";

inline error unsound_access(const access_definition& says, const std::string& why) {
    return error(error_code::access_rules_unsound, "the access rules '" + says.id + "' " + why);
}

inline result<void> check_access_inputs(const access_definition& says, const dmn::program& program,
                                        dmn::decision_ref decision) {
    for (const dmn::input_info& each : program.inputs(decision)) {
        if (std::find(access_inputs.begin(), access_inputs.end(), each.name) == access_inputs.end())
            return unsound_access(says, "ask for '" + each.name +
                                            "'; there are relation, purpose, organisation, category, consent, "
                                            "indispensable, protected, in scope");
    }
    return {};
}

inline bool has_all_languages(const texts& of) {
    constexpr std::array<const char*, 4> languages{"fi", "sv", "en", "fi-selko"};
    return std::all_of(languages.begin(), languages.end(), [&](const char* each) {
        const auto found = of.find(each);
        return found != of.end() && !found->second.empty();
    });
}

inline result<void> check_access_reasons(const access_definition& says, const dmn::model& model) {
    for (const dmn::decision& each : model.decisions) {
        if (each.name != says.decision || !each.logic) continue;
        const auto* table = std::get_if<dmn::decision_table>(&each.logic->is);
        if (table == nullptr) break;
        for (const dmn::decision_rule& rule : table->rules) {
            const auto reason = says.reasons.find(std::string(rule.id));
            if (reason == says.reasons.end() || !has_all_languages(reason->second.text) ||
                reason->second.source.empty())
                return unsound_access(says, "have no reason in fi, sv, en and fi-selko with its source for the rule '" +
                                                std::string(rule.id) + "'");
        }
        return {};
    }
    return unsound_access(says, "have no decision table '" + says.decision + "' in their model");
}

inline bool is_named(const party& of, const reader& who) { return !who.actor.empty() && of.person == who.actor; }

/// Whether somebody has that role for the client on the day: then the role alone opens nothing to others.
inline bool is_role_taken(const case_state& of, std::string_view role, time::date on) {
    const auto has = [&](const std::vector<responsibility>& among) {
        return std::any_of(among.begin(), among.end(), [&](const responsibility& each) {
            return each.who.role == role && each.from <= on && (!each.until || on < *each.until);
        });
    };
    return has(of.responsible) || has(of.own_workers) || has(of.team);
}

inline bool works_by_name(const case_state& of, const reader& who, time::date on) {
    const auto among = [&](const std::vector<responsibility>& all) {
        return std::any_of(all.begin(), all.end(), [&](const responsibility& each) {
            return is_named(each.who, who) && each.from <= on && (!each.until || on < *each.until);
        });
    };
    if (among(of.responsible) || among(of.own_workers) || among(of.team)) return true;
    return std::any_of(of.referrals.begin(), of.referrals.end(),
                       [&](const referral& each) { return is_open(each.state) && is_named(each.sender, who); });
}

inline bool works_by_role(const case_state& of, const reader& who, time::date on) {
    if (who.role.empty()) return false;
    const bool receives = std::any_of(of.referrals.begin(), of.referrals.end(), [&](const referral& each) {
        return is_with_receiver(each.state) && each.receiver == who.role;
    });
    const bool called = of.stage && of.stage->escalated_to == who.role;
    const bool called_for_duty = std::any_of(of.obligations.begin(), of.obligations.end(), [&](const obligation& each) {
        return each.is_open() && each.escalated_to == who.role;
    });
    if (receives || called || called_for_duty) return true;
    const bool owns = of.stage && of.stage->owner == who.role;
    return owns && !is_role_taken(of, who.role, on);
}

inline const representative* find_representative(const case_state& of, const reader& who, time::date on) {
    for (const representative& each : of.representatives) {
        if (who.representative && each.id == *who.representative && in_force(each, on)) return &each;
    }
    return nullptr;
}

/// A representative without a list of matters acts in all.
inline bool is_in_scope(const access_definition& says, const representative* whom, std::string_view category) {
    if (whom == nullptr) return false;
    if (whom->scope.empty()) return true;
    return std::any_of(whom->scope.begin(), whom->scope.end(), [&](const std::string& matter) {
        const auto found = says.scopes.find(matter);
        return found != says.scopes.end() &&
               std::find(found->second.begin(), found->second.end(), category) != found->second.end();
    });
}

inline std::string_view relation_name(reader_relation of) {
    switch (of) {
        case reader_relation::self: return "self";
        case reader_relation::representative: return "representative";
        case reader_relation::working: return "working";
        case reader_relation::none: break;
    }
    return "none";
}

inline feel::context common_inputs(const access_definition& says, const case_state& of, const reader& who,
                                   reader_relation relation, time::date on) {
    const auto organisation = says.organisations.find(who.organisation);
    const bool is_known_purpose = who.purpose == "services" || who.purpose == "oversight";
    return {{"relation", relation_name(relation)},
            {"purpose", is_known_purpose ? std::string_view(who.purpose) : std::string_view("other")},
            {"organisation", organisation == says.organisations.end() ? std::string_view("other")
                                                                      : std::string_view(organisation->second)},
            {"indispensable", who.indispensable && !who.indispensable->empty()},
            {"protected", is_non_disclosed(of, on)}};
}

inline result<access_answer> decide_category(const compiled_access& rules, const std::string& category,
                                             const feel::context& inputs, time::date on) {
    feel::evaluation_context with(time::date_time{on, {}});
    dmn::trace trace;
    trace.with.nearest = 0;
    trace.with.nulls = false;
    POLKU_TRY(const feel::value answer, dmn::try_evaluate(rules.program, rules.decision, inputs, with, &trace));
    access_answer made;
    made.category = category;
    for (const dmn::trace_step& step : trace.steps)
        for (const dmn::table_trace& table : step.tables)
            for (const dmn::rule_trace& rule : table.matched) made.rule = rule.id;
    if (answer == feel::value("allow"))
        made.allowed = true;
    else if (answer != feel::value("deny"))
        return error(error_code::access_undecided, "the access rules '" + rules.says->id +
                                                       "' give neither \"allow\" nor \"deny\" for the category '" +
                                                       category + "'; nothing is shown");
    return made;
}

}  // namespace detail

POLKU_DECL bool visibility::sees(std::string_view category) const noexcept {
    return std::any_of(answers_.begin(), answers_.end(),
                       [&](const access_answer& each) { return each.allowed && each.category == category; });
}

POLKU_DECL bool visibility::sees_record(std::string_view member) const {
    const auto found = says_->records.find(std::string(member));
    return found != says_->records.end() && sees(found->second);
}

POLKU_DECL bool visibility::sees_event(std::string_view type) const {
    const auto found = says_->events.find(std::string(type));
    return sees(found == says_->events.end() ? detail::unnamed_event_category : std::string_view(found->second));
}

POLKU_DECL bool visibility::is_blind() const noexcept {
    return std::none_of(answers_.begin(), answers_.end(), [](const access_answer& each) { return each.allowed; });
}

POLKU_DECL const access_definition& access_rules::says() const noexcept { return *data_->says; }

POLKU_DECL result<access_rules> access_rules::try_compile(access_definition says, std::string_view model) {
    POLKU_TRY(dmn::model read, dmn::try_read_model(model, says.id));
    POLKU_CHECK(detail::check_access_reasons(says, read));
    auto made = std::make_shared<detail::compiled_access>();
    std::vector<dmn::model> models;
    models.push_back(std::move(read));
    POLKU_TRY(made->program, dmn::try_compile(std::move(models)));
    for (const diagnostic& each : made->program.diagnostics())
        if (each.severity == severity::error)
            return detail::unsound_access(says, "have a fault in their model").because(each.what);
    const auto found = made->program.find(says.decision);
    if (!found) return detail::unsound_access(says, "have no decision '" + says.decision + "' in their model");
    POLKU_CHECK(detail::check_access_inputs(says, made->program, *found));
    made->decision = *found;
    made->says = std::make_shared<const access_definition>(std::move(says));
    access_rules rules;
    rules.data_ = std::move(made);
    return rules;
}

POLKU_DECL result<visibility> access_rules::try_decide(const definition& path, const case_state& of, const reader& who,
                                                       time::date on) const {
    visibility made;
    made.who_ = who;
    made.says_ = data_->says;
    made.relation_ = relation_of(of, who, on);
    const representative* acting = detail::find_representative(of, who, on);
    feel::context inputs = detail::common_inputs(says(), of, who, made.relation_, on);
    for (const std::string& category : says().categories) {
        inputs.set("category", category);
        inputs.set("consent", covers(path, of, category, who.organisation, on));
        inputs.set("in scope", detail::is_in_scope(says(), acting, category));
        POLKU_TRY(access_answer answer, detail::decide_category(*data_, category, inputs, on));
        made.answers_.push_back(std::move(answer));
    }
    return made;
}

POLKU_DECL reader_relation relation_of(const case_state& of, const reader& who, time::date on) {
    if (who.client) return *who.client == of.client ? reader_relation::self : reader_relation::none;
    if (who.representative)
        return detail::find_representative(of, who, on) ? reader_relation::representative : reader_relation::none;
    return detail::works_by_name(of, who, on) || detail::works_by_role(of, who, on) ? reader_relation::working
                                                                                    : reader_relation::none;
}

POLKU_DECL bool covers(const definition& path, const case_state& of, std::string_view category,
                       std::string_view organisation, time::date on) {
    const auto holds = [](const std::vector<std::string>& among, std::string_view wanted) {
        return std::find(among.begin(), among.end(), wanted) != among.end();
    };
    return std::any_of(of.consents.begin(), of.consents.end(), [&](const consent& each) {
        const auto says = path.consents.find(each.consent_);
        return in_force(each, on) && says != path.consents.end() && holds(says->second.categories, category) &&
               holds(says->second.recipients, organisation);
    });
}

}  // namespace polku::inline POLKU_V::path

#endif

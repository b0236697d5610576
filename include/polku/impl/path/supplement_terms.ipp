// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_SUPPLEMENT_TERMS_IPP
#define POLKU_IMPL_PATH_SUPPLEMENT_TERMS_IPP

#include <polku/dmn/model.hpp>
#include <polku/dmn/program.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/path/service_path.hpp>
#include <polku/path/supplement_terms.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace polku::inline POLKU_V::path {

namespace detail {

/// A decision that terms must have, in the programme's own model or in that of the law.
struct terms_decision {
    dmn::program program;
    dmn::decision_ref ref;
};

struct compiled_terms {
    terms_definition says;
    path::hash content_hash{};
    terms_decision missing_items;
    terms_decision missing_claim_items;
    terms_decision grant;
    terms_decision payable;
    terms_decision aid;
    terms_decision remedy;

    static supplement_terms wrap(std::shared_ptr<const compiled_terms> of) {
        supplement_terms made;
        made.data_ = std::move(of);
        return made;
    }
};

/// All that the models may ask for.
inline constexpr std::array terms_inputs{"employer kind",
                                         "economic activity",
                                         "wage or tax debts",
                                         "recent dismissals",
                                         "job",
                                         "target group",
                                         "group confirmed",
                                         "weekly hours",
                                         "starts on",
                                         "ends on",
                                         "permanent",
                                         "arrived on",
                                         "months asked",
                                         "pay subsidy",
                                         "municipal supplement",
                                         "attachments",
                                         "pay follows agreement",
                                         "monthly amount",
                                         "worked hours",
                                         "full hours",
                                         "wage cost",
                                         "other aid",
                                         "left of the grant",
                                         "earlier aid",
                                         "day of grant",
                                         "new aid",
                                         "kind of decision"};

inline error terms_fault(const terms_definition& says, std::string message, std::string pointer) {
    position where;
    where.source = says.id + " " + says.version;
    where.pointer = std::move(pointer);
    return error(error_code::invalid_terms, std::move(message), std::move(where));
}

inline result<dmn::program> terms_program(const terms_definition& says, const terms_sources& with,
                                          const std::string& name, const char* pointer) {
    const auto text = with.models.find(name);
    if (text == with.models.end())
        return terms_fault(says, "the model '" + name + "' is not beside the terms", pointer);
    auto model = dmn::try_read_model(text->second, name);
    if (!model)
        return terms_fault(says, "the model '" + name + "' cannot be read", pointer).because(std::move(model).error());
    std::vector<dmn::model> models;
    models.push_back(std::move(model).value());
    auto made = dmn::try_compile(std::move(models));
    if (!made)
        return terms_fault(says, "the model '" + name + "' cannot be compiled", pointer)
            .because(std::move(made).error());
    for (const diagnostic& each : made->diagnostics())
        if (each.severity == severity::error)
            return terms_fault(says, "the model '" + name + "' has a fault", pointer).because(each.what);
    return made;
}

inline result<terms_decision> terms_decision_named(const terms_definition& says, const dmn::program& program,
                                                   const char* decision, const char* pointer) {
    const auto found = program.find(decision);
    if (!found)
        return terms_fault(says, std::string("the model has no decision '") + decision + "', which terms must have",
                           pointer);
    for (const dmn::input_info& each : program.inputs(*found)) {
        const bool known =
            std::any_of(terms_inputs.begin(), terms_inputs.end(), [&](const char* name) { return each.name == name; });
        if (!known)
            return terms_fault(says,
                               std::string("the decision '") + decision + "' needs '" + each.name +
                                   "', which no application, claim or grant tells",
                               pointer);
    }
    return terms_decision{program, *found};
}

/// Only what the decision needs is handed over: the others are of no interest to it.
inline result<feel::value> ask_terms(const terms_decision& of, const feel::context& inputs,
                                     dmn::trace* into = nullptr) {
    std::vector<feel::value> slots;
    for (const dmn::input_info& each : of.program.inputs(of.ref)) {
        const feel::value* const given = inputs.find(each.name);
        slots.push_back(given != nullptr ? *given : feel::value(feel::null_reason::unknown_input));
    }
    feel::evaluation_context with;
    return dmn::try_evaluate_slots(of.program, of.ref, slots, with, into);
}

inline error wrong_answer(const compiled_terms& of, const char* decision, const feel::value& found) {
    return terms_fault(of.says, std::string("the decision '") + decision + "' answered " + feel::to_string(found), "");
}

inline const feel::value* member_of(const feel::value& of, std::string_view name, feel::kind wanted) {
    if (!of.is(feel::kind::context)) return nullptr;
    const feel::value* const found = of.as_context().find(name);
    return found != nullptr && found->is(wanted) ? found : nullptr;
}

inline result<std::vector<std::string>> names_from(const compiled_terms& of, const terms_decision& asked,
                                                   const char* decision, const feel::context& inputs) {
    POLKU_TRY(const feel::value answer, ask_terms(asked, inputs));
    std::vector<std::string> names;
    if (answer.is_null() && answer.reason() == feel::null_reason::no_rule_matched) return names;
    if (!answer.is(feel::kind::list)) return wrong_answer(of, decision, answer);
    for (const feel::value& each : answer.as_list()) {
        if (!each.is(feel::kind::string)) return wrong_answer(of, decision, answer);
        names.emplace_back(each.as_string());
    }
    return names;
}

/// The rules that matched, table by table. One whose answer is `false` speaks against.
inline std::vector<rule_reason> reasons_in(const dmn::trace& of) {
    std::vector<rule_reason> made;
    for (const dmn::trace_step& step : of.steps)
        for (const dmn::table_trace& table : step.tables)
            for (const dmn::rule_trace& rule : table.matched)
                made.push_back({step.name, rule.id, rule.output.is_false()});
    return made;
}

/// A number of euros to the cent, or empty.
inline std::optional<feel::number> cents(const feel::value* of) {
    if (of == nullptr || of->as_number().is_negative()) return std::nullopt;
    const feel::number amount = of->as_number();
    const auto rounded = feel::quantize(amount, 2, feel::rounding::half_even);
    return rounded && *rounded == amount ? rounded : std::nullopt;
}

inline feel::value context_of(const feel::context& inputs, const terms_decision& asked) {
    feel::context kept;
    for (const dmn::input_info& each : asked.program.inputs(asked.ref)) {
        const feel::value* const given = inputs.find(each.name);
        kept.set(each.name, given != nullptr ? *given : feel::value());
    }
    return feel::value(std::move(kept));
}

}  // namespace detail

POLKU_DECL const terms_definition& supplement_terms::says() const noexcept { return data_->says; }
POLKU_DECL const path::hash& supplement_terms::content_hash() const noexcept { return data_->content_hash; }

POLKU_DECL result<std::vector<std::string>> supplement_terms::try_missing_items(const feel::context& inputs) const {
    return detail::names_from(*data_, data_->missing_items, "Missing items", inputs);
}
POLKU_DECL result<std::vector<std::string>> supplement_terms::try_missing_claim_items(
    const feel::context& inputs) const {
    return detail::names_from(*data_, data_->missing_claim_items, "Missing claim items", inputs);
}

POLKU_DECL result<grant_answer> supplement_terms::try_grant(const feel::context& inputs) const {
    dmn::trace trace;
    POLKU_TRY(const feel::value answer, detail::ask_terms(data_->grant, inputs, &trace));
    const feel::value* const eligible = detail::member_of(answer, "eligible", feel::kind::boolean);
    if (eligible == nullptr) {
        std::string why;
        for (const dmn::trace_step& step : trace.steps)
            if (step.value.is_null()) why += (why.empty() ? "'" : ", '") + step.name + "'";
        return error(error_code::application_incomplete,
                     "the terms cannot say whether the supplement is granted; these decisions have no answer: " +
                         (why.empty() ? std::string("'Grant'") : why));
    }
    grant_answer made;
    made.eligible = eligible->as_boolean();
    made.reasons = detail::reasons_in(trace);
    made.inputs = detail::context_of(inputs, data_->grant);
    if (const feel::value* aid = detail::member_of(answer, "is aid", feel::kind::boolean))
        made.is_aid = aid->as_boolean();
    if (!made.eligible) return made;
    const auto monthly = detail::cents(detail::member_of(answer, "monthly amount", feel::kind::number));
    const auto total = detail::cents(detail::member_of(answer, "total", feel::kind::number));
    const feel::value* const months = detail::member_of(answer, "months", feel::kind::number);
    const std::int64_t whole = months != nullptr ? months->as_number().to_int64().value_or(0) : 0;
    if (!monthly || !total || whole <= 0) return detail::wrong_answer(*data_, "Grant", answer);
    made.monthly_amount = *monthly;
    made.total = *total;
    made.months = whole;
    return made;
}

POLKU_DECL result<feel::number> supplement_terms::try_payable(const feel::context& inputs) const {
    POLKU_TRY(const feel::value answer, detail::ask_terms(data_->payable, inputs));
    const auto amount = detail::cents(answer.is(feel::kind::number) ? &answer : nullptr);
    if (!amount) return detail::wrong_answer(*data_, "Payable", answer);
    return *amount;
}

POLKU_DECL result<aid_answer> supplement_terms::try_aid(const std::vector<aid_grant>& got, time::date on,
                                                        const feel::number& more) const {
    std::vector<feel::value> earlier;
    dmn::trace trace;
    for (const aid_grant& each : got) earlier.emplace_back(feel::context{{"day", each.day}, {"amount", each.amount}});
    POLKU_TRY(
        const feel::value answer,
        detail::ask_terms(
            data_->aid,
            feel::context{{"earlier aid", feel::value(std::move(earlier))}, {"day of grant", on}, {"new aid", more}},
            &trace));
    const feel::value* const limit = detail::member_of(answer, "limit", feel::kind::number);
    if (limit == nullptr)
        return error(error_code::terms_not_in_force, "no limit of de minimis aid is known for " + time::to_string(on) +
                                                         "; publish terms whose model of the law covers the day");
    const feel::value* const since = detail::member_of(answer, "since", feel::kind::date);
    const feel::value* const total = detail::member_of(answer, "total", feel::kind::number);
    const feel::value* const allowed = detail::member_of(answer, "allowed", feel::kind::boolean);
    if (since == nullptr || total == nullptr || allowed == nullptr)
        return detail::wrong_answer(*data_, "De minimis", answer);
    const std::vector<rule_reason> reasons = detail::reasons_in(trace);
    return aid_answer{limit->as_number(), since->as_date(), total->as_number(), allowed->as_boolean(),
                      reasons.empty() ? std::string() : reasons.back().rule};
}

POLKU_DECL result<remedy_rule> supplement_terms::try_remedy(std::string_view decision) const {
    POLKU_TRY(const feel::value answer,
              detail::ask_terms(data_->remedy, feel::context{{"kind of decision", feel::value(decision)}}));
    const feel::value* const remedy = detail::member_of(answer, "remedy", feel::kind::string);
    const feel::value* const days = detail::member_of(answer, "days", feel::kind::number);
    const feel::value* const source = detail::member_of(answer, "source", feel::kind::string);
    const auto whole = days != nullptr ? days->as_number().to_int64() : std::nullopt;
    if (remedy == nullptr || !whole || source == nullptr) return detail::wrong_answer(*data_, "Remedy", answer);
    return remedy_rule{std::string(remedy->as_string()), *whole, std::string(source->as_string())};
}

POLKU_DECL result<supplement_terms> try_compile_terms(terms_definition says, terms_sources with) {
    auto made = std::make_shared<detail::compiled_terms>();
    POLKU_TRY(const dmn::program own, detail::terms_program(says, with, says.model, "/model"));
    POLKU_TRY(const dmn::program law, detail::terms_program(says, with, says.law, "/law"));
    POLKU_TRY(made->missing_items, detail::terms_decision_named(says, own, "Missing items", "/model"));
    POLKU_TRY(made->missing_claim_items, detail::terms_decision_named(says, own, "Missing claim items", "/model"));
    POLKU_TRY(made->grant, detail::terms_decision_named(says, own, "Grant", "/model"));
    POLKU_TRY(made->payable, detail::terms_decision_named(says, own, "Payable", "/model"));
    POLKU_TRY(made->aid, detail::terms_decision_named(says, law, "De minimis", "/law"));
    POLKU_TRY(made->remedy, detail::terms_decision_named(says, law, "Remedy", "/law"));
    if (!parse_period(says.completion_time))
        return detail::terms_fault(says, "'" + says.completion_time + "' is no period such as P14D",
                                   "/completion_time");
    for (std::size_t i = 0; i < says.effect_points.size(); ++i)
        if (!parse_period(says.effect_points[i]))
            return detail::terms_fault(says, "'" + says.effect_points[i] + "' is no period such as P3M",
                                       "/effect_points/" + std::to_string(i));
    made->says = std::move(says);
    made->content_hash = with.content_hash;
    return detail::compiled_terms::wrap(std::move(made));
}

}  // namespace polku::inline POLKU_V::path

#endif

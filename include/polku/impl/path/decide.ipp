// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DECIDE_IPP
#define POLKU_IMPL_PATH_DECIDE_IPP

#include <polku/impl/path/detail/case_decider.hpp>
#include <polku/impl/path/detail/decide_by_pack.hpp>
#include <polku/impl/path/detail/decide_case.hpp>
#include <polku/impl/path/detail/decide_client.hpp>
#include <polku/impl/path/detail/decide_correction.hpp>
#include <polku/impl/path/detail/decide_meeting.hpp>
#include <polku/impl/path/detail/decide_network.hpp>
#include <polku/impl/path/detail/decide_obligations.hpp>
#include <polku/impl/path/detail/decide_referral.hpp>
#include <polku/impl/path/detail/decide_services.hpp>
#include <polku/impl/path/detail/decide_tick.hpp>
#include <polku/path/case_step.hpp>

namespace polku::inline POLKU_V::path {

namespace detail {

inline error case_decider::refuse(error_code code, std::string message) const {
    position where;
    where.source = says().id;
    where.element = std::string(type_of(asked_.what));
    const case_state& stands = is_admitted_ ? state_ : now_;
    if (stands.stage) where.pointer = "stage " + stands.stage->stage;
    return error(code, std::move(message), std::move(where));
}

inline void case_decider::add(event_body what) {
    event made;
    made.stream = stream_of(what);
    made.effective_date = on_;
    made.recorded_at_ms = with_.now_ms;
    made.actor = with_.actor;
    made.purpose = with_.purpose;
    made.retention = path_.retention_of(type_of(what), qualifier_of(what));
    if (const auto* told = std::get_if<fact_recorded>(&what)) {
        const auto known = says().facts.find(told->fact);
        if (known != says().facts.end()) made.retention = known->second.retention;
    }
    made.what = std::move(what);
    take_event(state_, made);
    made_.push_back(std::move(made));
}

inline decided case_decider::check_admission() const {
    const std::string_view type = type_of(asked_.what);
    if (std::holds_alternative<open_case>(asked_.what)) {
        if (now_.is_opened())
            return refuse(error_code::case_already_open, "the case was opened on " + time::to_string(*now_.opened) +
                                                             "; use reopen_case where it has ended");
        return {};
    }
    if (!now_.is_opened()) {
        if (is_for_client(type)) return {};
        return refuse(error_code::case_not_opened, "the case has not been opened; open_case comes first");
    }
    if (now_.is_closed() && !is_for_closed(type))
        return refuse(error_code::case_is_closed, "the case ended on " + time::to_string(now_.ending->ended) +
                                                      " by exit '" + now_.ending->exit +
                                                      "'; reopen_case opens it again");
    return {};
}

inline decided case_decider::check_day() const {
    if (with_.today < on_)
        return refuse(error_code::command_in_future, "the command tells of " + time::to_string(on_) +
                                                         ", but today is " + time::to_string(with_.today));
    const bool about_client = is_for_client(type_of(asked_.what));
    if (!about_client && now_.opened && on_ < *now_.opened)
        return refuse(error_code::command_too_early, "the command tells of " + time::to_string(on_) +
                                                         ", but the case was opened on " +
                                                         time::to_string(*now_.opened));
    return {};
}

inline decided case_decider::check_stage_action() const {
    const std::string_view type = type_of(asked_.what);
    const stage_definition* stage = now_.stage ? path_.find_stage(now_.stage->stage) : nullptr;
    if (!stage || now_.is_closed()) return {};
    bool is_listed = false;  // by its bare name, which says nothing where a named action speaks of it
    std::optional<error> blocked;
    for (const std::string& id : stage->actions) {
        const auto found = says().actions.find(id);
        if (found == says().actions.end()) {
            is_listed = is_listed || id == type;
            continue;
        }
        if (!is_use_of(found->second, asked_.what)) continue;
        const action_gate gate = gate_of(found->second, now_, on_);
        if (gate.is_open()) return {};
        if (blocked) continue;
        if (!gate.missing_facts.empty())
            blocked = refuse(error_code::missing_facts,
                             "action '" + id + "' needs facts that are not known: " + quoted(gate.missing_facts));
        else if (gate.missing_consent)
            blocked = refuse(error_code::missing_consent,
                             "action '" + id + "' needs the client's consent '" + *gate.missing_consent + "'");
        else
            blocked =
                refuse(error_code::step_missing, "action '" + id + "' comes after " + quoted(gate.missing_events));
    }
    if (blocked) return *std::move(blocked);
    if (is_listed || !is_stage_bound(type)) return {};
    return refuse(error_code::wrong_stage,
                  "'" + std::string(type) + "' with these members is no action of stage '" + stage->id +
                      "'; its actions are: " + (stage->actions.empty() ? "none" : quoted(stage->actions)));
}

inline decided case_decider::admit() const {
    POLKU_CHECK(check_admission());
    POLKU_CHECK(check_day());
    return check_stage_action();
}

inline result<std::vector<event>> case_decider::carry_out() {
    is_admitted_ = true;
    slots_after_.reset();
    POLKU_CHECK(std::visit([&](const auto& what) { return handle(what); }, asked_.what));
    POLKU_CHECK(react());
    return std::move(made_);
}

inline result<std::vector<event>> case_decider::run() {
    POLKU_CHECK(admit());
    state_ = now_;
    return carry_out();
}

inline result<std::vector<event>> case_decider::run_on(case_state& taken) {
    POLKU_CHECK(admit());
    // What was folded can be folded anew, which only a refusal after the first event asks for.
    const bool corrects =
        std::holds_alternative<correct>(asked_.what) || std::holds_alternative<enter_in_error>(asked_.what);
    const bool can_fold_anew = taken.has_whole_history() && !corrects;
    const std::size_t events = taken.history.size();
    std::optional<case_state> before;
    if (!can_fold_anew) before = taken;
    state_ = std::move(taken);
    auto made = carry_out();
    if (made || made_.empty()) {
        taken = std::move(state_);
    } else if (before) {
        taken = *std::move(before);
    } else {
        taken = case_state();
        for (std::size_t at = 0; at < events; ++at) take_event(taken, *state_.history[at]);
    }
    return made;
}

inline decided case_decider::check_role(const std::string& role) const {
    return check_known(error_code::unknown_role, "role", says().roles, role);
}

inline decided case_decider::check_party(const party& who) const {
    POLKU_CHECK(check_text(who.person, "person"));
    POLKU_CHECK(check_role(who.role));
    return check_known(error_code::unknown_path_item, "organisation", says().organisations, who.organisation);
}

inline decided case_decider::check_text(const std::string& text, const char* member) const {
    if (!text.empty()) return {};
    return refuse(error_code::missing_detail, std::string("the member '") + member + "' is empty");
}

inline decided case_decider::check_not_before(time::date start, const std::string& what) const {
    if (start <= on_) return {};
    return refuse(error_code::command_too_early, "the command tells of " + time::to_string(on_) + ", but " + what +
                                                     " is of " + time::to_string(start));
}

}  // namespace detail

POLKU_DECL result<std::vector<event>> decide(const service_path& path, const case_state& now, const command& asked,
                                             const context& with) {
    return detail::case_decider(path, now, asked, with).run();
}

POLKU_DECL result<std::vector<event>> decide_and_evolve(const service_path& path, case_state& now, const command& asked,
                                                        const context& with) {
    return detail::case_decider(path, now, asked, with).run_on(now);
}

}  // namespace polku::inline POLKU_V::path

#endif

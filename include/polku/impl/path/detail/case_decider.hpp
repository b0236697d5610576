// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_CASE_DECIDER_HPP
#define POLKU_IMPL_PATH_DETAIL_CASE_DECIDER_HPP

#include <polku/impl/path/detail/find_by_id.hpp>
#include <polku/path/case.hpp>
#include <polku/path/detail/action_rules.hpp>
#include <polku/path/detail/compiled_path.hpp>
#include <polku/rules/fwd.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

using decided = result<void>;

/// One run of `decide`: a working copy of the case to which each new event is applied at once, so that what follows
/// from it sees it. It is made once the command is admitted, since most refusals need none. The groups of commands
/// stand in decide_*.hpp.
class case_decider {
public:
    case_decider(const service_path& path, const case_state& now, const command& asked, const context& with)
        : path_(path), now_(now), asked_(asked), with_(with), on_(asked.on.value_or(with.today)) {}

    result<std::vector<event>> run();
    /// The same on the case itself, which is `now`: no copy is made of it.
    result<std::vector<event>> run_on(case_state& taken);

private:
    decided admit() const;
    result<std::vector<event>> carry_out();
    // What every command goes through.
    decided check_admission() const;
    decided check_day() const;
    decided check_stage_action() const;
    /// Duties that open, are met, end or get another date by the events made so far, and what follows from those.
    decided react();

    // The commands.
    decided handle(const open_case& what);
    decided handle(const update_client& what);
    decided handle(const record_fact& what);
    decided handle(const withdraw_fact& what);
    decided handle(const give_consent& what);
    decided handle(const withdraw_consent& what);
    decided handle(const add_representative& what);
    decided handle(const end_representative& what);
    decided handle(const set_non_disclosure& what);
    decided handle(const lift_non_disclosure& what);
    decided handle(const draft_referral& what);
    decided handle(const amend_referral& what);
    decided handle(const move_referral& what);
    decided handle(const assign_responsible& what);
    decided handle(const assign_own_worker& what);
    decided handle(const add_team_member& what);
    decided handle(const remove_team_member& what);
    decided handle(const plan_meeting& what);
    decided handle(const move_meeting& what);
    decided handle(const cancel_meeting& what);
    decided handle(const hold_meeting& what);
    decided handle(const start_assessment& what);
    decided handle(const complete_assessment& what);
    decided handle(const cancel_assessment& what);
    decided handle(const record_instrument& what);
    decided handle(const record_feedback& what);
    decided handle(const record_experience& what);
    decided handle(const agree_plan& what);
    decided handle(const review_plan& what);
    decided handle(const set_goal& what);
    decided handle(const score_goal& what);
    decided handle(const start_coaching& what);
    decided handle(const record_attendance& what);
    decided handle(const complete_coaching& what);
    decided handle(const start_placement& what);
    decided handle(const end_placement& what);
    decided handle(const record_support& what);
    decided handle(const record_follow_up& what);
    decided handle(const route& what);
    decided handle(const decide_by_pack& what);
    decided handle(const notify_decision& what);
    decided handle(const close_case& what);
    decided handle(const withdraw& what);
    decided handle(const reopen_case& what);
    decided handle(const satisfy_obligation& what);
    decided handle(const correct& what);
    decided handle(const enter_in_error& what);
    decided handle(const tick& what);

    decided check_plan(const std::vector<plan_step>& steps, std::optional<time::date> review_by) const;

    // Meetings.
    decided check_participants(const std::string& kind, const std::vector<participant>& who) const;
    decided check_meeting_time(time::date day, const std::optional<std::string>& at) const;
    decided check_meeting_way(const std::string& kind, meeting_way way, const std::vector<participant>& who) const;
    decided check_was_planned_so(const hold_meeting& what) const;
    time::date hold_by_of(const std::string& kind, time::date day) const;
    void cancel_meetings();
    decided check_tool(const std::string& tool) const;

    // Referrals.
    decided check_whom_for(const std::string& service) const;
    decided check_pre_information(const referral& of) const;
    decided check_move_details(const move_referral& what, const referral& of) const;
    decided check_completion(const referral& of) const;
    void add_referral_move(const referral& of, const move_referral& what, referral_state to);
    decided forward_referral(const referral& of, const move_referral& what);
    void revoke_referrals_by(const std::string& consent);
    struct limit {
        time::date deadline;
        std::string disposition;
    };
    limit referral_limit_of(const std::string& service, referral_state state, time::date from) const;

    // Stages and ends.
    decided enter_stage(const std::string& stage, std::optional<std::string> from);
    decided close(const exit_definition& by, exit_way way, std::optional<std::string> reason);
    decided follow_route(const std::string& next);
    void schedule_follow_ups(const std::string& about, const std::vector<std::string>& periods,
                             const std::string& owner);
    // Decisions by rule packs.
    result<std::map<std::string, decision_input>> gather_pack_inputs(const decide_by_pack& what, time::date day) const;
    decided check_nothing_missing(const rules::pack& pack, const rules::pack_question& asked,
                                  const std::vector<std::string>& without) const;
    decided check_new_decision(const decide_by_pack& what) const;

    result<decision_made> evaluate_routing(const stage_definition& stage, const compiled_routing& routing) const;

    // Coaching.
    decided check_in_force(const char* what, const std::string& id, const std::optional<validity>& valid) const;
    decided check_environment(const start_coaching& what) const;
    decided check_tasks(const start_coaching& what) const;
    decided check_target_groups(const start_coaching& what) const;

    // Corrections.
    const event* event_named(const event_name& of) const;
    bool is_in_error(const event_name& of) const;
    decided check_history() const;
    void add_about(event_body what, const event& target);

    // Obligations.
    decided react_to(const event& happened);
    decided open_obligations(const event& happened);
    decided open_obligation(std::size_t index, const std::string& trigger, time::date event_date, std::int64_t times);
    decided repeat_obligation(const obligation& met, const event& by);
    decided meet_obligations(const event& happened);
    decided redate_obligations();
    decided redate_corrected(const event& target, time::date to);
    void end_obligations_of(const event& target);
    decided revisit_guards();
    /// What guards and due dates read, with the day of the event; good until the next event.
    const std::vector<feel::value>& slots(time::date event_date) const;
    result<time::deadline> due_of(std::size_t index, time::date event_date) const;
    bool guard_holds(std::size_t index, time::date event_date) const;
    std::optional<std::size_t> obligation_index(std::string_view id) const;
    const obligation* open_one(std::string_view wanted) const;

    // The passing of time.
    void tick_stage();
    void tick_obligations();
    void tick_meetings();
    void tick_referrals();
    bool tick_referral(const referral& now);

    // Shared.
    void add(event_body what);
    error refuse(error_code code, std::string message) const;
    error unknown_exit(const std::string& of) const;
    result<feel::value> checked_fact(const std::string& fact, const feel::value& value,
                                     const std::string& source) const;
    decided check_level(const std::string& fact, const feel::value& told) const;
    decided check_role(const std::string& role) const;
    decided check_party(const party& who) const;
    decided check_text(const std::string& text, const char* member) const;
    template <class Map>
    decided check_known(error_code code, const char* what, const Map& among, const std::string& of) const;
    template <class Record>
    decided check_new(const char* what, const std::vector<Record>& among, const std::string& id) const;
    template <class Record>
    result<const Record*> find(const char* what, const std::vector<Record>& among, const std::string& id) const;
    template <class Record>
    result<const Record*> find_open(const char* what, const std::vector<Record>& among, const std::string& id) const;
    decided check_not_before(time::date start, const std::string& what) const;
    const definition& says() const { return path_.says(); }

    const service_path& path_;
    const case_state& now_;
    case_state state_;  ///< the working copy; empty until the command is admitted
    bool is_admitted_ = false;
    const command& asked_;
    const context& with_;
    time::date on_;
    std::vector<event> made_;
    std::size_t reacted_ = 0;
    mutable std::vector<feel::value> slots_;          ///< those that `slots` gave last
    mutable std::optional<std::size_t> slots_after_;  ///< after so many events
};

template <class Map>
decided case_decider::check_known(error_code code, const char* what, const Map& among, const std::string& of) const {
    if (among.find(of) != among.end()) return {};
    std::string known;
    for (const auto& each : among) known += (known.empty() ? "'" : ", '") + each.first + "'";
    return refuse(code, std::string(what) + " '" + of +
                            "' is not in the path's definition; known: " + (known.empty() ? "none" : known));
}

template <class Record>
decided case_decider::check_new(const char* what, const std::vector<Record>& among, const std::string& id) const {
    if (id.empty()) return refuse(error_code::missing_detail, std::string(what) + " needs an id");
    for (const Record& each : among)
        if (each.id == id)
            return refuse(error_code::duplicate_record,
                          std::string(what) + " '" + id + "' is there already; choose another id");
    return {};
}

template <class Record>
result<const Record*> case_decider::find(const char* what, const std::vector<Record>& among,
                                         const std::string& id) const {
    std::string known;
    for (const Record& each : among) {
        if (each.id == id) return &each;
        known += (known.empty() ? "'" : ", '") + each.id + "'";
    }
    return refuse(error_code::unknown_record, "the case has no " + std::string(what) + " '" + id +
                                                  "'; it has: " + (known.empty() ? "none" : known));
}

template <class Record>
result<const Record*> case_decider::find_open(const char* what, const std::vector<Record>& among,
                                              const std::string& id) const {
    POLKU_TRY(const Record* found, find(what, among, id));
    if (!found->is_open())
        return refuse(error_code::record_not_open, std::string(what) + " '" + id + "' has ended already");
    return found;
}

}  // namespace polku::inline POLKU_V::path::detail

#endif

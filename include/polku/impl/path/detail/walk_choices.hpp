// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_WALK_CHOICES_HPP
#define POLKU_IMPL_PATH_DETAIL_WALK_CHOICES_HPP

#include <polku/impl/path/detail/walk_filling.hpp>
#include <polku/path/detail/compiled_path.hpp>
#include <polku/path/queries.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace polku::inline POLKU_V::path::detail {

/// The commands that might come next, each with a weight.
class walk_choices : private walk_filling {
public:
    walk_choices(random_walk& chance, const service_path& path, const walk_options& options, const case_state& of,
                 time::date today, std::int64_t& records, bool may_go_on)
        : walk_filling(chance, path, options, of, today, records),
          weights_(options.habits.weights),
          may_go_on_(may_go_on) {}

    command_body draw() {
        if (!of_.is_opened()) return opening();
        if (of_.is_closed()) {
            after_the_end();
        } else {
            people();
            facts();
            referrals();
            assessments();
            coaching_and_goals();
            meetings();
            experiences();
            placements();
            stage_actions();
            if (may_go_on_) add(weights_.route, path::route{});
            add(weights_.tick, path::tick{});
            if (chance_.below(weights_.withdraw_one_in) == 0) add(1, withdraw{"moved to another place", {}});
        }
        return pick();
    }

private:
    void add(std::uint64_t weight, command_body what) {
        total_ += weight;
        choices_.emplace_back(weight, std::move(what));
    }
    command_body pick() {
        if (total_ == 0) return path::tick{};
        std::uint64_t at = chance_.below(total_);
        for (auto& [weight, what] : choices_) {
            if (at < weight) return std::move(what);
            at -= weight;
        }
        return path::tick{};
    }
    void people() {
        if (responsible_now(of_) == nullptr)
            add(weights_.responsible,
                assign_responsible{in_role(of_.stage ? of_.stage->owner : any_key(says().roles))});
        else if (chance_.below(weights_.change_worker_one_in) == 0)
            add(1, assign_responsible{in_role(any_key(says().roles))});
        if (chance_.below(weights_.team_member_one_in) == 0) add(1, add_team_member{in_role(any_key(says().roles))});
        if (of_.consents.size() < says().consents.size() && !says().consents.empty())
            add(weights_.consent, give_consent{any_key(says().consents), {}, "written", {}});
    }

    void facts() {
        const stage_definition* stage = of_.stage ? path_.find_stage(of_.stage->stage) : nullptr;
        if (stage == nullptr) return;
        std::vector<std::string> wanted = stage->requires_;
        for (std::size_t i = 0; i < says().stages.size(); ++i) {
            const auto& routing = path_.data().stages[i].routing;
            if (says().stages[i].id != stage->id || !routing) continue;
            for (const dmn::input_info& each : routing->program.inputs(routing->decision))
                if (find_case_input(each.name) == nullptr) wanted.push_back(each.name);
        }
        for (const std::string& each : missing_facts(of_, wanted, today_)) add(weights_.missing_fact, fact(each));
        // What was said before may have changed since.
        if (!wanted.empty() && chance_.below(4) == 0)
            add(weights_.fact_again, fact(wanted[chance_.below(wanted.size())]));
    }

    void referrals() {
        for (const referral& each : of_.referrals) {
            if (!is_open(each.state)) continue;
            const std::vector<referral_move> moves = legal_moves(each.state);
            move_referral made;
            made.referral = each.id;
            made.move = moves[chance_.below(moves.size())];
            if (made.move == referral_move::enter_in_error && chance_.below(10) != 0) continue;
            made.reason = "as agreed with the client";
            made.outcome = "done";
            made.until = days_on(1 + static_cast<std::int64_t>(chance_.below(60)));
            if (made.move == referral_move::forward && !says().services.empty()) {
                made.to = any_key(says().services);
                made.next = new_id("referral");
            }
            add(weights_.referral_move, std::move(made));
        }
    }

    void assessments() {
        for (const assessment& each : of_.assessments) {
            if (!each.is_open()) continue;
            add(weights_.complete_assessment,
                complete_assessment{each.id, "the picture is clear", {"keeps what is agreed"}, {}});
            record_feedback told;
            const auto known = says().assessments.find(each.kind);
            told.from = known != says().assessments.end() && known->second.feedback_from ? *known->second.feedback_from
                                                                                         : std::string("client");
            told.about = each.id;
            told.text = "went well";
            add(weights_.feedback, std::move(told));
        }
    }

    /// What was agreed is held on its day or after, moved or called off now and then.
    void meetings() {
        for (const planned_meeting& each : of_.planned_meetings) {
            if (!each.is_open()) continue;
            if (each.day <= today_) {
                hold_meeting held = meeting_of(each.kind);
                held.meeting = each.id;
                add(4, std::move(held));
            }
            move_meeting later;
            later.meeting = each.id;
            later.day = days_on(7);
            later.reason = "somebody was ill";
            if (each.moved < 2) add(1, std::move(later));
            add(1, cancel_meeting{each.id, "no longer needed"});
        }
        if (says().meetings.empty() || 3 < of_.planned_meetings.size() || chance_.below(6) != 0) return;
        plan_meeting made;
        made.meeting = new_id("meeting");
        made.kind = any_key(says().meetings);
        made.day = days_on(1 + static_cast<std::int64_t>(chance_.below(20)));
        made.at = "13:30";
        made.invited = meeting_of(made.kind).participants;
        const bool some_remote = std::any_of(made.invited.begin(), made.invited.end(),
                                             [](const participant& each) { return each.remote.value_or(false); });
        made.way = some_remote ? meeting_way::hybrid : meeting_way::on_site;
        made.client_invited = true;
        add(3, std::move(made));
    }

    void experiences() {
        if (says().experiences.empty() || chance_.below(6) != 0) return;
        record_experience made;
        made.experience = any_key(says().experiences);
        const experience_definition& known = says().experiences.at(made.experience);
        const auto phases = std::min<std::size_t>(of_.experiences.size(), 2);
        made.phase = static_cast<instrument_phase>(phases);
        const std::int64_t low = known.minimum.value_or(0);
        const auto steps = static_cast<std::uint64_t>(known.maximum.value_or(low) - low + 1);
        for (const auto& question : known.questions)
            made.answers[question.first] = feel::number(low + static_cast<std::int64_t>(chance_.below(steps)));
        if (known.words.value_or(true)) made.words = "goes better than before";
        add(2, std::move(made));
    }

    void coaching_and_goals() {
        for (const coaching& each : of_.coachings) {
            if (!each.is_open()) continue;
            record_attendance weeks;
            weeks.coaching = each.id;
            weeks.from = each.started;
            weeks.until = std::max(each.started, today_);
            weeks.planned_hours = feel::number(std::int64_t{20});
            weeks.attended_hours = feel::number(static_cast<std::int64_t>(chance_.below(21)));
            if (each.attended.size() < 3) add(weights_.attendance, std::move(weeks));
            add(weights_.complete_coaching, complete_coaching{each.id, "has found a way of working"});
        }
        if (of_.goals.empty())
            add(weights_.goal, set_goal{new_id("goal"), "work that fits", feel::number(std::int64_t{8})});
        for (const goal& each : of_.goals)
            if (each.scores.size() < 3)
                add(weights_.goal, score_goal{each.id, feel::number(static_cast<std::int64_t>(chance_.below(11)))});
    }

    void placements() {
        for (const placement& each : of_.placements) {
            if (!each.is_open()) continue;
            add(weights_.placement, end_placement{each.id, "the agreed time was over"});
            if (!says().supports.empty() && each.supports.empty()) {
                record_support made;
                made.placement = each.id;
                made.support = any_key(says().supports);
                made.from = today_;
                add(weights_.placement, std::move(made));
            }
        }
        follow_ups();
    }
    void follow_ups() {
        for (const check_point& each : of_.check_points)
            if (each.is_open() && each.on <= today_)
                add(weights_.follow_up, record_follow_up{each.id, "at work", "copes well", chance_.below(5) == 0});
    }
    void after_the_end() {
        follow_ups();
        if (chance_.below(weights_.reopen_one_in) == 0) add(1, reopen_case{"needs support again"});
    }

    void stage_actions() {
        const stage_definition* stage = of_.stage ? path_.find_stage(of_.stage->stage) : nullptr;
        if (stage == nullptr || stage->actions.empty()) return;
        for (int i = 0; i < 2; ++i) {
            const std::string& id = stage->actions[chance_.below(stage->actions.size())];
            const auto known = says().actions.find(id);
            const std::string command = known == says().actions.end() ? id : known->second.command;
            std::map<std::string, std::string> with;
            if (known != says().actions.end()) {
                with = known->second.with;
                for (const std::string& each : missing_facts(of_, known->second.requires_, today_))
                    add(weights_.action_fact, fact(each));
                if (known->second.consent && !has_consent(of_, *known->second.consent, today_))
                    add(weights_.action_consent, give_consent{*known->second.consent, {}, "written", {}});
            }
            if (auto made = action(command, with)) add(weights_.stage_action, std::move(*made));
        }
    }

    template <class Map>
    std::string named_or_any(const std::map<std::string, std::string>& with, const char* member, const Map& among) {
        const auto found = with.find(member);
        if (found != with.end()) return found->second;
        return among.empty() ? std::string() : any_key(among);
    }

    std::optional<command_body> action(const std::string& command, const std::map<std::string, std::string>& with) {
        if (command == draft_referral::type) return drafted(named_or_any(with, "service", says().services));
        if (command == hold_meeting::type) {
            hold_meeting made = meeting_of(named_or_any(with, "kind", says().meetings));
            made.meeting = new_id("meeting");
            return made;
        }
        if (command == start_assessment::type)
            return start_assessment{new_id("assessment"),
                                    named_or_any(with, "kind", says().assessments),
                                    "Esimerkkiyritys",
                                    "to see what fits",
                                    {}};
        if (command == record_instrument::type) return measured(named_or_any(with, "instrument", says().instruments));
        if (command == agree_plan::type || command == review_plan::type) return planned();
        if (command == start_coaching::type) return coached(named_or_any(with, "package", says().packages));
        if (command == start_placement::type) return placed(named_or_any(with, "kind", says().placements));
        if (command == record_feedback::type)
            return record_feedback{named_or_any(with, "from", says().roles), {}, {}, "told by phone", {}};
        if (command == record_fact::type) return fact(named_or_any(with, "fact", says().facts));
        if (command == give_consent::type)
            return give_consent{named_or_any(with, "consent", says().consents), {}, "written", {}};
        return std::nullopt;
    }

    const walk_options::weight_table& weights_;
    bool may_go_on_;
    std::uint64_t total_ = 0;
    std::vector<std::pair<std::uint64_t, command_body>> choices_;
};

}  // namespace polku::inline POLKU_V::path::detail

#endif

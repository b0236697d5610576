// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_STORY_TELLER_HPP
#define POLKU_IMPL_PATH_DETAIL_STORY_TELLER_HPP

// Carries stories of proofs out in the real case engine. Included by the bodies of proofs only.

#include <polku/impl/path/detail/proof_model.hpp>
#include <polku/path/detail/action_rules.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::path::detail {

/// Is a command refused since the due date of the duty is none?
inline bool is_for_no_due(const error& refusal, const std::string& duty) {
    return refusal.code() == error_code::path_expression &&
           refusal.message().find("the due date of the obligation '" + duty + "'") != std::string::npos;
}

/// A made-up client on the way. What a command is refused for is looked into, and done first where it can be.
class story_teller {
public:
    explicit story_teller(const proof_model& of) : of_(of) { with_.today = of.says().valid.from; }

    const case_state& now() const { return now_; }
    const std::vector<command>& told() const { return told_; }
    const std::optional<error>& refusal() const { return refusal_; }
    time::date today() const { return with_.today; }
    void set_day(time::date day) {
        if (with_.today < day) with_.today = day;
    }
    void next_day(std::int64_t days = 1) { with_.today = with_.today.plus_days(days).value_or(with_.today); }
    std::string new_id(const char* kind) { return std::string(kind) + "-" + std::to_string(++ids_); }

    /// From now on a command that is refused since this duty has no date ends the story wherever it comes up.
    void look_for_no_due(std::string duty) { sought_ = std::move(duty); }
    bool has_met() const { return met_; }

    /// Decides one command as it stands. What is refused stands in `refusal`, and as the last of the story where asked.
    bool carry_out(command_body what, bool keep_refused = false) {
        if (met_) return false;
        command one{std::move(what), with_.today};
        with_.actor = "worker-1";
        with_.purpose = "service";
        auto events = decide(of_.path, now_, one, with_);
        if (!events) {
            met_ = !sought_.empty() && is_for_no_due(events.error(), sought_);
            if (keep_refused || met_) told_.push_back(one);
            refused_ = std::move(one);
            refusal_ = std::move(events).error();
            return false;
        }
        told_.push_back(std::move(one));
        now_ = evolve(std::move(now_), events.value());
        return true;
    }

    /// Makes the command that was refused last the end of the story.
    void tell_refused() {
        if (refused_) told_.push_back(*refused_);
    }

    /// The same, with what the gates of the stage's actions ask for done first.
    bool attempt(const command_body& what, int depth = 4) {
        if (carry_out(what)) return true;
        const stage_definition* stage = now_.stage ? of_.path.find_stage(now_.stage->stage) : nullptr;
        if (depth == 0 || !stage) return false;
        for (const std::string& id : stage->actions) {
            const auto action = of_.says().actions.find(id);
            if (action == of_.says().actions.end() || !is_use_of(action->second, what)) continue;
            const action_gate gate = gate_of(action->second, now_, with_.today);
            for (const std::string& fact : gate.missing_facts) (void)tell(fact, any_value(fact), depth - 1);
            if (gate.missing_consent) (void)attempt(give_consent{*gate.missing_consent, {}, {}, {}}, depth - 1);
            for (const std::string& trigger : gate.missing_events) (void)bring_about(trigger, depth - 1);
            if (carry_out(what)) return true;
        }
        return false;
    }

    bool tell(const std::string& fact, const feel::value& value, int depth = 4) {
        const auto known = now_.facts.find(fact);
        if (known != now_.facts.end() && is_known(known->second, with_.today) && known->second.value == value)
            return true;
        const auto& sources = of_.says().facts.at(fact).sources;
        return attempt(record_fact{fact, value, sources.empty() ? "client" : sources.front(), {}, {}}, depth);
    }

    /// Takes back what is known; true when it is not known any more.
    bool forget(const std::string& fact) {
        const auto known = now_.facts.find(fact);
        if (known == now_.facts.end() || !is_known(known->second, with_.today)) return true;
        return attempt(withdraw_fact{fact, "told wrongly"});
    }

    feel::value any_value(const std::string& fact) const {
        const fact_definition& known = of_.says().facts.at(fact);
        if (!known.values.empty()) return feel::value(known.values.begin()->first);
        if (known.type == "boolean") return feel::value(true);
        if (known.type == "number") return feel::value(0);
        if (known.type == "date") return feel::value(with_.today);
        return feel::value("told in a talk");
    }

    /// Everything of a list that is not known yet is told, with some value.
    bool tell_all(const std::vector<std::string>& facts) {
        bool all = true;
        for (const std::string& fact : missing_facts(now_, facts, with_.today))
            all = tell(fact, any_value(fact)) && all;
        return all;
    }

    party in_role(const std::string& role) const {
        const auto known = of_.says().roles.find(role);
        return {"worker-1", role, known == of_.says().roles.end() ? std::string() : known->second.organisation};
    }

    /// Where the client lives; one of the path's municipalities unless said.
    void live_in(std::string municipality) { municipality_ = std::move(municipality); }
    std::string municipality() const {
        if (!municipality_.empty()) return municipality_;
        return of_.says().municipalities.empty() ? "698" : of_.says().municipalities.begin()->first;
    }

    bool open(std::size_t stage) {
        for (const auto& [id, entry] : of_.says().entries)
            if (of_.place_of(entry.stage) == stage && open_by(id)) return true;
        return false;
    }
    bool open_by(const std::string& id) {
        const entry_definition& entry = of_.says().entries.at(id);
        if (!tell_all(entry.requires_)) return false;
        open_case made;
        made.client = std::string(32, '0');
        made.entry = id;
        made.municipality = municipality();
        if (entry.sender) made.sender = in_role(*entry.sender);
        if (!entry.channels.empty()) made.channel = entry.channels.front();
        return carry_out(std::move(made));
    }

    /// A placement that is begun on the way where it can be, beside those that routing asks for, so that a later stage
    /// in which it cannot be begun finds it running, or as the last that ended.
    struct spare_placement {
        std::string kind;
        bool runs = true;
        auto operator<=>(const spare_placement&) const = default;
    };
    void have_spare(spare_placement of) { spare_ = std::move(of); }
    /// Placements that regions of a stage tell of, each kind as running and as ended where they say so.
    static std::vector<spare_placement> spares_in(const stage_study& study, const std::vector<proof_point>& regions);

    /// Brings the case to what a region of its stage's routing says; all but what the case tells by itself.
    bool prepare(const stage_study& study, const proof_point& at) {
        for (std::size_t i = 0; i < at.size(); ++i) {
            const proof_axis& axis = study.axes[i];
            const auto& values = axis.values[at[i]];
            if (axis.is == proof_axis::form::fact && !set_fact(axis.names.front(), values.front())) return false;
            if (axis.is == proof_axis::form::told && axis.names.front().substr(0, 9) == "placement" &&
                !set_placement(axis, values))
                return false;
        }
        return tell_all(of_.path.find_stage(now_.stage->stage)->requires_);
    }

    /// Tries regions until a route gives what is asked of it; all that a failed try did is taken back.
    template <class Wanted>
    bool route(const std::vector<proof_point>& regions, bool refused, Wanted wanted) {
        const auto place = of_.place_of(now_.stage->stage);
        if (!place) return false;
        for (const proof_point& each : regions)
            for (const bool spare : {true, false}) {
                if (spare && (!spare_ || refused)) continue;  // the question at the end is asked as it is
                story_teller tried(*this);
                const bool ready = tried.prepare(of_.stages[*place], each) && (!spare || tried.begin_spare());
                if (!ready && !tried.met_) continue;
                if (ready) tried.refusal_.reset();
                (void)tried.carry_out(path::route{}, refused);
                if (!tried.met_ && !wanted(tried)) continue;
                take_over(std::move(tried));
                return true;
            }
        return false;
    }

    bool go(const story_leg& leg) {
        if (leg.how == proof_step::form::entry) return open(leg.stage);
        next_day();
        if (leg.how == proof_step::form::reopened) return end_and_reopen();
        const std::string& next = of_.id_of(leg.stage);
        const auto here = of_.place_of(now_.stage->stage);
        if (!here) return false;
        const auto& answers = of_.stages[*here].on(static_cast<std::size_t>(now_.stage->visit)).answers;
        const auto found = answers.find(leg.stage);
        const std::int64_t visit = now_.visits[next];
        return found != answers.end() && route(found->second, false, [&](const story_teller& tried) {
                   const auto& stage = tried.now_.stage;
                   return !tried.refusal_ && stage && stage->stage == next && stage->visit == visit + 1;
               });
    }
    bool go(const std::vector<story_leg>& way) {
        for (std::size_t at = 0; at < way.size(); ++at) {
            if (!go(way[at])) return false;
            if (at == 0 && tells_early_) tell_early(way);
        }
        return true;
    }
    /// Whether all that the way asks for is told on the first day, where no later stage's gate stands before it.
    void have_told_early() { tells_early_ = true; }

    bool end_and_reopen() {
        if (!carry_out(withdraw{"the client moved", {}})) return false;
        next_day();
        return carry_out(reopen_case{"the client is back"});
    }

    /// An event of this type about this thing, where a command of the stage's brings it about (story_events.hpp).
    bool bring_about(const std::string& trigger, int depth = 4);
    /// Drafts a referral to the service, with what it asks for.
    bool begin_referral(const std::string& id);
    /// The latest referral, by the shortest legal moves from the draft.
    bool move_referral_to(referral_state wanted);

private:
    void tell_early(const std::vector<story_leg>& way) {
        for (std::size_t at = 1; at < way.size(); ++at) {
            const stage_study& study = of_.stages[way[at - 1].stage];
            const auto found = study.on(1).answers.find(way[at].stage);
            if (found == study.on(1).answers.end()) continue;
            for (std::size_t i = 0; i < study.axes.size(); ++i) {
                const proof_axis& axis = study.axes[i];
                const feel::value& value = axis.values[found->second.front()[i]].front();
                if (axis.is == proof_axis::form::fact && !value.is_null()) (void)tell(axis.names.front(), value, 0);
            }
        }
    }

    void take_over(story_teller&& tried) {
        now_ = std::move(tried.now_);
        told_ = std::move(tried.told_);
        refused_ = std::move(tried.refused_);
        refusal_ = std::move(tried.refusal_);
        met_ = tried.met_;
        with_ = tried.with_;
        ids_ = tried.ids_;
    }

    const placement* latest_open() const {
        const auto found = std::find_if(now_.placements.rbegin(), now_.placements.rend(),
                                        [](const placement& each) { return each.is_open(); });
        return found == now_.placements.rend() ? nullptr : &*found;
    }
    bool is_running(const std::string& kind) const {
        return std::any_of(now_.placements.begin(), now_.placements.end(),
                           [&](const placement& each) { return each.is_open() && each.kind == kind; });
    }
    /// Begins the spare placement where this stage lets it; what ran last runs last again.
    bool begin_spare() {
        const bool is_last = !now_.placements.empty() && now_.placements.back().kind == spare_->kind;
        if (spare_->runs ? is_running(spare_->kind) : is_last) return true;
        const placement* before = latest_open();
        const std::optional<std::string> again = before ? std::optional<std::string>(before->kind) : std::nullopt;
        if (!begin_placement(spare_->kind)) return true;
        if (!spare_->runs) return attempt(end_placement{now_.placements.back().id, "it ended"});
        return !again || begin_placement(*again);
    }

    bool set_fact(const std::string& fact, const feel::value& value) {
        return value.is_null() ? forget(fact) : tell(fact, value);
    }

    /// Ends all that run, but those of a kind that is to stay.
    bool end_placements(const std::string& but = {}) {
        const std::vector<placement> all = now_.placements;
        return std::all_of(all.begin(), all.end(), [&](const placement& each) {
            return !each.is_open() || each.kind == but || attempt(end_placement{each.id, "it ended"});
        });
    }

    bool set_placement(const proof_axis& axis, const std::vector<feel::value>& values) {
        std::optional<bool> running;
        std::optional<std::string> kind;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (axis.names[i] == "placement running") running = values[i].is_true();
            if (axis.names[i] == "placement kind" && !values[i].is_null()) kind = std::string(values[i].as_string());
        }
        const bool has_any = !now_.placements.empty();
        const bool has_open = has_any && std::any_of(now_.placements.begin(), now_.placements.end(),
                                                     [](const placement& each) { return each.is_open(); });
        if (axis.names.size() == 1 && running) kind = running == true && !has_open ? first_kind() : kind;
        if (!kind) return running == true ? has_open : (axis.names.size() == 1 || !has_any) && end_placements();
        if (running == true && is_running(*kind)) return latest_open()->kind == *kind || end_placements(*kind);
        if (running == false && has_any && now_.placements.back().kind == *kind) return end_placements();
        if (spare_ && running == true && begin_placement(*kind)) return true;
        const auto latest = std::find_if(now_.placements.rbegin(), now_.placements.rend(),
                                         [&](const placement& each) { return each.is_open() || !has_open; });
        const bool is_it = latest != now_.placements.rend() && latest->kind == *kind;
        const bool may_be_ended = !running.value_or(true);
        if (!is_it || (!has_open && !may_be_ended)) {
            if (!end_placements() || !begin_placement(*kind)) return false;
        }
        return !may_be_ended || end_placements();
    }
    std::optional<std::string> first_kind() {
        for (const auto& [kind, placement] : of_.says().placements) return kind;
        return std::nullopt;
    }

public:
    bool begin_placement(const std::string& kind, int depth = 4) {
        start_placement made;
        made.placement = new_id("placement");
        made.kind = kind;
        made.employer = "an employer";
        return attempt(made, depth);
    }

private:
    bool hold(const std::string& about, int depth);
    std::optional<std::string> begin_assessment(const std::string& kind, int depth);
    bool end_assessment(const std::string& kind, int depth);
    bool begin_coaching(const std::string& package, int depth);
    bool end_coaching(const std::string& package, int depth);
    bool agree(int depth);
    bool measure(const std::string& instrument, int depth);
    bool refer(const std::string& service, referral_state until);

    const proof_model& of_;
    case_state now_;
    context with_;
    std::optional<spare_placement> spare_;
    bool tells_early_ = false;
    std::vector<command> told_;
    std::optional<command> refused_;
    std::optional<error> refusal_;
    std::string sought_;
    bool met_ = false;
    std::string municipality_;
    int ids_ = 0;
};

}  // namespace polku::inline POLKU_V::path::detail

#include <polku/impl/path/detail/story_events.hpp>

#endif

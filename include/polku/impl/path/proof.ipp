// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_PROOF_IPP
#define POLKU_IMPL_PATH_PROOF_IPP

#include <polku/dmn/xml_reader.hpp>
#include <polku/feel/value.hpp>
#include <polku/impl/path/detail/proof_model.hpp>
#include <polku/path/proof.hpp>
#include <polku/path/referral.hpp>

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path {

POLKU_DECL std::string_view name_of(path_property of) noexcept { return boost::describe::enum_to_string(of, ""); }
POLKU_DECL std::string_view name_of(proof_verdict of) noexcept { return boost::describe::enum_to_string(of, ""); }
POLKU_DECL std::string_view name_of(proof_issue of) noexcept { return boost::describe::enum_to_string(of, ""); }

POLKU_DECL proof_verdict path_proof::overall() const noexcept {
    proof_verdict all = proof_verdict::proved;
    for (const property_result& each : properties) {
        if (each.says == proof_verdict::refuted) return proof_verdict::refuted;
        if (each.says == proof_verdict::unknown) all = proof_verdict::unknown;
    }
    return all;
}

POLKU_DECL const property_result& path_proof::of(path_property about) const {
    return properties[static_cast<std::size_t>(about)];
}

namespace detail {

POLKU_DECL proof_finding finding_of(path_property about, proof_issue issue, std::string pointer, std::string subject,
                                    std::string detail, std::string message) {
    proof_finding made;
    made.about = about;
    made.issue = issue;
    made.pointer = std::move(pointer);
    made.subject = std::move(subject);
    made.detail = std::move(detail);
    made.message = std::move(message);
    return made;
}

POLKU_DECL void add_finding(property_result& into, proof_finding what, const proof_options& with) {
    // A failure outweighs any number of obstacles, so it finds room even where the list is full of them.
    if (what.says == proof_verdict::refuted) into.says = proof_verdict::refuted;
    if (into.says == proof_verdict::proved) into.says = what.says;
    if (into.findings.size() < with.max_findings) {
        into.findings.push_back(std::move(what));
    } else if (what.says == proof_verdict::refuted && into.findings.back().says != proof_verdict::refuted) {
        into.findings.back() = std::move(what);
    }
}

POLKU_DECL std::map<std::string, std::string> region_text(const stage_study& in, const proof_point& at) {
    std::map<std::string, std::string> made;
    for (std::size_t i = 0; i < at.size(); ++i) {
        const proof_axis& axis = in.axes[i];
        if (axis.is == proof_axis::form::visit) continue;
        for (std::size_t j = 0; j < axis.names.size(); ++j)
            made[axis.names[j]] = feel::to_string(axis.values[at[i]][j]);
    }
    return made;
}

POLKU_DECL std::vector<time::date> law_days_of(const proof_model& of) {
    std::set<time::date> days{of.says().valid.from};
    const auto add = [&](const std::optional<validity>& valid) {
        if (!valid) return;
        days.insert(valid->from);
        if (valid->until) days.insert(valid->until->plus_days(1).value_or(*valid->until));
    };
    for (const auto& [id, each] : of.says().services) add(each.valid);
    for (const auto& [id, each] : of.says().environments) add(each.valid);
    for (const auto& [id, each] : of.says().packages) add(each.valid);
    const auto add_literals = [&](std::string_view text) {
        for (std::size_t at = text.find("date(\""); at != std::string_view::npos; at = text.find("date(\"", at + 6))
            if (const auto day = time::parse_date(text.substr(at + 6, 10))) days.insert(*day);
    };
    for (const obligation_definition& each : of.says().obligations) {
        add_literals(each.due);
        if (each.guard) add_literals(*each.guard);
    }
    const auto in_force = [&](time::date day) { return of.path.is_valid_on(day); };
    std::vector<time::date> made;
    std::copy_if(days.begin(), days.end(), std::back_inserter(made), in_force);
    return made;
}

/// The questions that need the states and what routing answers.
class routing_proofs {
public:
    routing_proofs(const proof_model& of, const proof_reach& reach) : of_(of), reach_(reach) { find_first_states(); }

    void routing(property_result& into) const {
        for (std::size_t i = 0; i < of_.stage_count(); ++i) {
            const stage_study& study = of_.stages[i];
            into.cases += study.regions;
            for (proof_finding each : study.obstacles) add_finding(into, std::move(each), of_.with);
            each_visit(i, [&](std::size_t visit, const visit_study& on, std::size_t state) {
                if (!on.gaps.empty())
                    show(into, proof_issue::gap, i, {}, on.gaps, state,
                         "the routing of stage '" + id(i) + "' has no answer" + on_visit(visit));
                if (!on.overlaps.empty())
                    show(into, proof_issue::overlap, i, {}, on.overlaps, state,
                         "two rules of the routing of stage '" + id(i) + "' meet" + on_visit(visit));
                if (!on.undeclared.empty()) undeclared(into, i, on.undeclared.front());
            });
        }
    }

    void outcomes(property_result& into) const {
        into.cases += of_.says().exits.size();
        for (std::size_t i = 0; i < of_.stage_count(); ++i) {
            if (!of_.stages[i].exact) blocked(into, i);
            each_visit(i, [&](std::size_t visit, const visit_study& on, std::size_t state) {
                for (const auto& [named, regions] : on.nowhere)
                    show(into, proof_issue::answers_nowhere, i, named, regions, state,
                         "the routing of stage '" + id(i) + "' leads to '" + named +
                             "', which is neither a stage nor an exit" + on_visit(visit));
            });
        }
    }

    void exits(property_result& into) const {
        into.cases += reach_.states.size();
        if (!reach_.complete) out_of_states(into);
        const auto out = ways_out(of_);
        for (std::size_t i = 0; i < of_.stage_count(); ++i) {
            if (of_.cap_of(i) > 250) out_of_states(into);
            if (!of_.stages[i].exact) blocked(into, i);
            each_visit(i, [&](std::size_t visit, const visit_study& on, std::size_t state) {
                one_exit_question(into, i, visit, state, out);
                for (const auto& [place, regions] : on.answers)
                    if (!of_.is_stage(place) && !is_open_to(of_.exit_at(place), exit_way::routing))
                        show(into, proof_issue::exit_closed, i, of_.id_of(place), regions, state,
                             "the routing of stage '" + id(i) + "' leads to exit '" + of_.id_of(place) +
                                 "', which is not open to routing");
            });
        }
        for (const proof_reach::refusal& each : reach_.refusals) {
            const proof_state& in = reach_.states[each.state];
            const auto& answers = of_.stages[in.stage].on(in.visits[in.stage]).answers;
            const auto found = answers.find(each.place);
            if (found == answers.end()) continue;  // only where routing is opaque, which is said already
            show(into, proof_issue::visit_refused, in.stage, of_.id_of(each.place), found->second, each.state,
                 "the routing of stage '" + id(in.stage) + "' leads to stage '" + of_.id_of(each.place) +
                     "', which the client has been in as often as it allows");
        }
    }

    void loops(property_result& into, const std::vector<std::int64_t>& levels) const {
        into.cases += of_.stage_count() + of_.says().obligations.size();
        for (std::size_t i = 0; i < levels.size(); ++i) {
            if (levels[i] >= 0 || first_[i].empty()) continue;
            const auto round = circle_from(i, levels);
            if (round.empty()) continue;  // it only leads to a circle
            proof_finding found = finding_of(path_property::loops, proof_issue::loop_uncapped, pointer_to("/stages", i),
                                             id(i), {}, "stage '" + id(i) + "' is on a loop that has no cap");
            story_goal goal{way_to(reach_, *std::min_element(first_[i].begin(), first_[i].end())), {}};
            for (const std::size_t stage : round) goal.way.push_back({proof_step::form::routed, stage});
            replay_story(of_, goal, found);
            add_finding(into, std::move(found), of_.with);
        }
        duties(into);
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    const std::string& id(std::size_t stage) const { return of_.says().stages[stage].id; }
    static std::string on_visit(std::size_t visit) {
        return visit == 1 ? std::string() : " on visit " + std::to_string(visit);
    }

    /// The nearest state of each pair of stage and visit.
    void find_first_states() {
        for (const stage_study& each : of_.stages) first_.emplace_back(each.visits.size(), none);
        for (std::size_t at = 0; at < reach_.states.size(); ++at) {
            const proof_state& state = reach_.states[at];
            auto& visits = first_[state.stage];
            std::size_t& first = visits[std::min<std::size_t>(state.visits[state.stage], visits.size()) - 1];
            first = std::min(first, at);
        }
        for (auto& each : first_)
            if (std::all_of(each.begin(), each.end(), [](std::size_t at) { return at == none; })) each.clear();
    }

    template <class Ask>
    void each_visit(std::size_t stage, Ask ask) const {
        for (std::size_t at = 0; at < first_[stage].size(); ++at)
            if (first_[stage][at] != none) ask(at + 1, of_.stages[stage].visits[at], first_[stage][at]);
    }

    void show(property_result& into, proof_issue issue, std::size_t stage, const std::string& detail,
              const std::vector<proof_point>& regions, std::size_t state, std::string message) const {
        const auto known = [&](const proof_finding& each) {
            return each.issue == issue && each.subject == id(stage) && each.detail == detail &&
                   each.says == proof_verdict::refuted;
        };
        if (std::any_of(into.findings.begin(), into.findings.end(), known)) return;
        proof_finding found = finding_of(into.about, issue, pointer_to("/stages", stage) + "/routing", id(stage),
                                         detail, std::move(message));
        if (!regions.empty()) found.where = region_text(of_.stages[stage], regions.front());
        replay_story(of_, {way_to(reach_, state), regions}, found);
        add_finding(into, std::move(found), of_.with);
    }

    void undeclared(property_result& into, std::size_t stage, const proof_point& at) const {
        const stage_study& study = of_.stages[stage];
        std::string facts;
        for (std::size_t i = 0; i < at.size(); ++i)
            if (study.axes[i].domain[at[i]] == proof_domain::undeclared)
                facts += (facts.empty() ? "" : ", ") + study.axes[i].names.front();
        proof_finding found = finding_of(
            into.about, proof_issue::undeclared_domain, pointer_to("/stages", stage) + "/routing", id(stage), facts,
            "the routing of stage '" + id(stage) + "' has an answer for some values of '" + facts +
                "' only; declare what it can be: 'values' of the fact, or allowed values in the model");
        found.where = region_text(study, at);
        add_finding(into, std::move(found), of_.with);
    }

    /// What routing can answer is not known there, so nothing that rests on it is.
    void blocked(property_result& into, std::size_t stage) const {
        for (proof_finding each : of_.stages[stage].obstacles) {
            each.about = into.about;
            add_finding(into, std::move(each), of_.with);
        }
    }
    void out_of_states(property_result& into) const {
        add_finding(into,
                    finding_of(into.about, proof_issue::limit, "/stages", {}, {},
                               "there are more states than may be looked at, or more visits than are told apart"),
                    of_.with);
    }

    void one_exit_question(property_result& into, std::size_t stage, std::size_t visit, std::size_t state,
                           const std::vector<std::vector<bool>>& out) const {
        if (of_.ranks[stage][visit - 1] != 0) return;
        if (!of_.stages[stage].has_routing) {
            show(into, proof_issue::no_routing, stage, {}, {}, state,
                 "stage '" + id(stage) + "' has neither a routing decision nor an exit that is open to workers");
            return;
        }
        if (out[stage][visit - 1]) {
            add_finding(
                into,
                finding_of(into.about, proof_issue::no_sure_way_out, pointer_to("/stages", stage), id(stage), {},
                           "from stage '" + id(stage) + "'" + on_visit(visit) +
                               " routing may lead to an exit, but that it always can was not found"),
                of_.with);
            return;
        }
        std::string leads;
        for (const std::size_t place : of_.stages[stage].visits[visit - 1].may)
            leads += (leads.empty() ? "" : ", ") + of_.id_of(place);
        show(into, proof_issue::no_way_out, stage, leads.empty() ? "nothing" : leads, {}, state,
             "from stage '" + id(stage) + "' routing never leads to an exit");
    }

    /// Stages from one back to itself, by answers that are given for ever; empty when it is on no circle.
    std::vector<std::size_t> circle_from(std::size_t stage, const std::vector<std::int64_t>& levels) const {
        std::vector<std::vector<std::size_t>> ways{{stage}};
        std::set<std::size_t> seen;
        for (std::size_t at = 0; at < ways.size(); ++at)
            for (const std::size_t place : of_.stages[ways[at].back()].visits.back().may) {
                if (!of_.is_stage(place) || levels[place] >= 0 || of_.cap_of(place) > 0) continue;
                auto way = ways[at];
                way.push_back(place);
                if (place == stage) return {way.begin() + 1, way.end()};
                if (seen.insert(place).second) ways.push_back(std::move(way));
            }
        return {};
    }

    /// Duties that are opened by what happens to duties, in a circle.
    void duties(property_result& into) const {
        const auto& all = of_.says().obligations;
        std::vector<bool> sound(all.size(), false);
        const auto rests_on_sound = [&](const obligation_definition& each) {
            if (each.on.substr(0, 11) != "obligation_") return true;
            const std::size_t colon = each.on.find(':');
            for (std::size_t i = 0; i < all.size(); ++i)
                if ((colon == std::string::npos || each.on.substr(colon + 1) == all[i].id) && !sound[i]) return false;
            return true;
        };
        for (bool more = true; more;) {
            more = false;
            for (std::size_t i = 0; i < all.size(); ++i)
                if (!sound[i] && rests_on_sound(all[i])) sound[i] = more = true;
        }
        for (std::size_t i = 0; i < all.size(); ++i)
            if (!sound[i])
                add_finding(into,
                            finding_of(into.about, proof_issue::duty_circle, pointer_to("/obligations", i), all[i].id,
                                       all[i].on,
                                       "duty '" + all[i].id +
                                           "' is opened by duties that it opens itself, or waits for "
                                           "some that are"),
                            of_.with);
    }

    const proof_model& of_;
    const proof_reach& reach_;
    std::vector<std::vector<std::size_t>> first_;
};

/// The regions of the answers that were given last.
inline void add_examples(const proof_model& of, std::size_t stage, const visit_study& on, path_proof& into) {
    for (const auto& [place, regions] : on.answers)
        for (const proof_point& at : regions) {
            routing_example one{into.routing.size() - 1, of.id_of(place), {}};
            for (std::size_t i = 0; i < at.size(); ++i) {
                const proof_axis& axis = of.stages[stage].axes[i];
                if (axis.is == proof_axis::form::visit) continue;
                for (std::size_t j = 0; j < axis.names.size(); ++j)
                    one.inputs.emplace_back(axis.names[j], axis.values[at[i]][j]);
            }
            into.examples.push_back(std::move(one));
        }
}

inline void fill_answers(const proof_model& of, path_proof& into) {
    for (std::size_t i = 0; i < of.stage_count(); ++i) {
        into.stages.push_back(of.says().stages[i].id);
        into.regions += of.stages[i].regions;
        for (std::size_t at = 0; at < of.stages[i].visits.size(); ++at) {
            routing_answers one{of.says().stages[i].id, static_cast<std::int64_t>(at + 1), {}, of.ranks[i][at]};
            for (const std::size_t place : of.stages[i].visits[at].may) one.may.push_back(of.id_of(place));
            std::sort(one.may.begin(), one.may.end());
            into.routing.push_back(std::move(one));
            if (of.with.keep_states) add_examples(of, i, of.stages[i].visits[at], into);
        }
    }
    into.counted = of.counted;
    into.law_days = law_days_of(of);
}

}  // namespace detail

POLKU_DECL path_proof prove(const service_path& path, const std::map<std::string, std::string>& models,
                            const proof_options& with) {
    detail::proof_model model{path, models, with, {}, {}, {}, {}};
    for (const auto& [name, xml] : models)
        if (auto read = dmn::try_read_model(xml, name)) model.read.emplace(name, std::move(read).value());
    detail::study_routing(model);
    detail::rank_exits(model);
    detail::proof_reach reach = detail::reach_states(model);
    path_proof made;
    made.path = path.says().id;
    made.version = path.says().version;
    made.transitions = reach.transitions;
    made.levels = detail::loop_levels(model);
    for (const path_property each :
         {path_property::ownership, path_property::routing, path_property::exits, path_property::loops,
          path_property::follow_up, path_property::outcomes, path_property::facts})
        made.properties.push_back({each, proof_verdict::proved, 0, {}});
    const auto at = [&](path_property of) -> property_result& { return made.properties[static_cast<std::size_t>(of)]; };
    const detail::routing_proofs routed(model, reach);
    detail::prove_ownership(model, reach, at(path_property::ownership));
    routed.routing(at(path_property::routing));
    routed.exits(at(path_property::exits));
    routed.loops(at(path_property::loops), made.levels);
    detail::prove_follow_up(model, reach, at(path_property::follow_up));
    routed.outcomes(at(path_property::outcomes));
    detail::prove_facts(model, reach, at(path_property::facts));
    detail::fill_answers(model, made);
    if (with.keep_states && reach.complete) {
        made.states = std::move(reach.states);
        std::sort(made.states.begin(), made.states.end());
    }
    return made;
}

}  // namespace polku::inline POLKU_V::path

#endif

// SPDX-License-Identifier: Apache-2.0
// In front of the guard: in header-only mode this pulls in bodies that need the declarations below.
#include <polku/path/proof.hpp>

#ifndef POLKU_IMPL_PATH_DETAIL_PROOF_MODEL_HPP
#define POLKU_IMPL_PATH_DETAIL_PROOF_MODEL_HPP

// The abstract model of a path (docs/proofs.md): what routing can answer, and which states are reached.

#include <polku/dmn/model.hpp>
#include <polku/path/case.hpp>
#include <polku/path/case_inputs.hpp>
#include <polku/path/detail/compiled_path.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// How a value stands to what was declared of its input.
enum class proof_domain : std::uint8_t { inside, outside, undeclared };

/// One dimension of a routing decision's inputs: a fact, something that the case tells, or the two that speak of the
/// placement, which go together.
struct proof_axis {
    enum class form : std::uint8_t { fact, told, visit };
    form is = form::fact;
    std::vector<std::size_t> inputs;               ///< places among the decision's inputs
    std::vector<std::string> names;                ///< of these
    std::vector<std::vector<feel::value>> values;  ///< each with one value for each input
    std::vector<proof_domain> domain;              ///< of each value
    std::vector<bool> worst;                       ///< told: a value that may be all that can be had

    void add(std::vector<feel::value> value, proof_domain how = proof_domain::inside, bool can_be_all = true) {
        values.push_back(std::move(value));
        domain.push_back(how);
        worst.push_back(can_be_all);
    }
};

/// A place in the product of the axes.
using proof_point = std::vector<std::uint32_t>;

/// What routing answers in a stage on one visit. Places are stages, then exits, by their numbers in the definition.
struct visit_study {
    std::map<std::size_t, std::vector<proof_point>> answers;    ///< by place, the first regions that give it
    std::map<std::string, std::vector<proof_point>> nowhere;    ///< by what is named instead
    std::vector<proof_point> gaps, overlaps, undeclared;        ///< the first ones
    std::map<proof_point, std::set<std::size_t>> at_its_worst;  ///< by the values of the told axes: answers
    std::set<std::size_t> may;
};

struct stage_study {
    bool has_routing = false;
    bool exact = true;  ///< the regions are all there is
    std::vector<proof_finding> obstacles;
    std::vector<proof_axis> axes;
    std::vector<visit_study> visits;  ///< the last stands for all later ones
    std::uint64_t regions = 0;

    const visit_study& on(std::size_t visit) const { return visits[std::min(visit, visits.size()) - 1]; }
};

/// Regions of one answer that are kept to make stories of.
inline constexpr std::size_t kept_regions = 200;

/// All that a proof works on. Everything is made by `prove` in the order of the members.
struct proof_model {
    const service_path& path;
    const std::map<std::string, std::string>& models;
    const proof_options& with;
    std::map<std::string, dmn::model> read;  ///< the DMN models, by name
    std::vector<stage_study> stages;
    std::vector<std::int64_t> counted;
    std::vector<std::vector<std::int64_t>> ranks;  ///< by stage and visit; 0: none

    const definition& says() const { return path.says(); }
    std::size_t stage_count() const { return says().stages.size(); }
    /// Number of a stage or exit; empty for neither.
    POLKU_DECL std::optional<std::size_t> place_of(std::string_view id) const;
    POLKU_DECL const std::string& id_of(std::size_t place) const;
    bool is_stage(std::size_t place) const { return place < stage_count(); }
    const exit_definition& exit_at(std::size_t place) const { return says().exits[place - stage_count()]; }
    std::int64_t cap_of(std::size_t stage) const { return says().stages[stage].max_visits.value_or(0); }
    POLKU_DECL std::optional<std::size_t> reopening_stage() const;
};

/// May an exit be taken by routing, a worker or the client?
POLKU_DECL bool is_open_to(const exit_definition& exit, exit_way way);

/// Studies the routing of every stage; fills `stages` and `counted`.
POLKU_DECL void study_routing(proof_model& of);

/// How a state was first reached.
struct proof_step {
    enum class form : std::uint8_t { entry, routed, reopened };
    form is = form::entry;
    std::size_t from = 0;  ///< number of the state before
};

/// The reachable states, breadth first, and what is wrong in them.
struct proof_reach {
    std::vector<proof_state> states;
    std::vector<proof_step> steps;
    std::uint64_t transitions = 0;
    bool complete = true;  ///< false: the bound on states was met
    struct refusal {
        std::size_t state = 0;  ///< in which routing answers
        std::size_t place = 0;  ///< the stage that may not be entered again
    };
    std::vector<refusal> refusals;  ///< the first for each pair of stages
};
POLKU_DECL proof_reach reach_states(const proof_model& of);
/// Gives ranks to pairs of stage and visit.
POLKU_DECL void rank_exits(proof_model& of);
/// Pairs of stage and visit from which routing reaches an exit by some answers or other.
POLKU_DECL std::vector<std::vector<bool>> ways_out(const proof_model& of);
/// Levels of the stages for the proof that loops end; stages that are on a circle without a cap get none.
POLKU_DECL std::vector<std::int64_t> loop_levels(const proof_model& of);

/// First days of the periods between which the law that the path names changes.
POLKU_DECL std::vector<time::date> law_days_of(const proof_model& of);

// The questions that definitions answer by themselves, in proof_checks.ipp.
POLKU_DECL void prove_ownership(const proof_model& of, const proof_reach& reach, property_result& into);
POLKU_DECL void prove_follow_up(const proof_model& of, const proof_reach& reach, property_result& into);
POLKU_DECL void prove_facts(const proof_model& of, const proof_reach& reach, property_result& into);

/// One leg of a story: into a stage by an entry, by routing or by reopening.
struct story_leg {
    proof_step::form how = proof_step::form::entry;
    std::size_t stage = 0;
};
/// The legs that lead to a reached state.
POLKU_DECL std::vector<story_leg> way_to(const proof_reach& reach, std::size_t state);
/// Ways to the first reached state of each stage on each of its visits.
POLKU_DECL std::vector<std::vector<story_leg>> ways_to_all(const proof_reach& reach);
/// What a story is made of: its legs, and for failures of routing the regions (of the last stage) that show it.
struct story_goal {
    std::vector<story_leg> way;
    std::vector<proof_point> regions;
    std::vector<std::vector<story_leg>> ways = {};  ///< for what any stage may show: `ways_to_all`
};
/// Carries the story of a finding out in the real case engine. On success the finding is refuted and has its story;
/// otherwise it is unknown, and `shown` says why.
POLKU_DECL void replay_story(const proof_model& of, const story_goal& goal, proof_finding& finding);

/// A finding of a property, with its sentence.
POLKU_DECL proof_finding finding_of(path_property about, proof_issue issue, std::string pointer, std::string subject,
                                    std::string detail, std::string message);
/// The values of a region, by the names of the inputs.
POLKU_DECL std::map<std::string, std::string> region_text(const stage_study& in, const proof_point& at);
/// Adds a finding within the bound, and lets the verdict follow.
POLKU_DECL void add_finding(property_result& into, proof_finding what, const proof_options& with);

}  // namespace polku::inline POLKU_V::path::detail

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PROOF_HPP
#define POLKU_PATH_PROOF_HPP

#include <polku/path/commands.hpp>
#include <polku/path/service_path.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// @file
/// Whether a client can fall between the services of a path: seven properties over everything that can happen on it.
/// docs/proofs.md has the abstract model, and why its verdicts hold for the real case engine.

namespace polku::inline POLKU_V::path {

/// What is asked of a path, in the order of the answers. What waits has an owner, a finite deadline and an escalation
/// that ends at a person (`ownership`); routing decisions answer everything and their rules do not meet (`routing`);
/// some `exits` can be reached from every state; `loops` have a cap or a decreasing measure; every kind of placement is
/// looked at again (`follow_up`); every way out is an exit with an outcome class (`outcomes`); `facts` that something
/// waits for can be told before they are needed.
enum class path_property : std::uint8_t { ownership, routing, exits, loops, follow_up, outcomes, facts };
BOOST_DESCRIBE_ENUM(path_property, ownership, routing, exits, loops, follow_up, outcomes, facts)

/// Shown of the model (`proved`), shown false by a client's story (`refuted`), or neither (`unknown`).
enum class proof_verdict : std::uint8_t { proved, refuted, unknown };
BOOST_DESCRIBE_ENUM(proof_verdict, proved, refuted, unknown)

/// What is wrong, or what stands in the way of an answer. The list is append-only.
enum class proof_issue : std::uint8_t {
    unknown_role,          ///< `subject` names a role that the path does not have
    no_deadline,           ///< `subject` has no finite period
    escalation_not_human,  ///< the chain of `subject` ends at role `detail`, which is no person, or at nobody
    due_no_date,           ///< the due date of duty `subject` gives no date while facts are unknown
    due_opaque,            ///< unknown: the due date of duty `subject` could not be seen through
    gap,                   ///< the routing of stage `subject` has no answer at `where`
    overlap,               ///< rules `detail` of the routing of stage `subject` meet at `where`
    undeclared_domain,     ///< unknown: a gap at `where`, outside everything that was declared of fact `detail`
    opaque_input,          ///< unknown: the exact value of input `detail` counts in the routing of stage `subject`
    routing_clock,         ///< unknown: the model of stage `subject` reads the clock or calls external functions
    limit,                 ///< unknown: the bound on work was met
    no_routing,            ///< stage `subject` has neither a routing decision nor an exit for workers
    no_way_out,            ///< from stage `subject` no exit is ever reached by routing
    no_sure_way_out,       ///< unknown: whether facts can always lead from stage `subject` to an exit
    exit_closed,           ///< the routing of stage `subject` leads to exit `detail`, which is not open to routing
    visit_refused,         ///< the routing of stage `subject` leads to stage `detail`, which may not be entered again
    loop_uncapped,         ///< stage `subject` is on a loop without a cap or a decreasing measure
    duty_circle,           ///< unknown: duty `subject` opens, through others, itself
    placement_unwatched,   ///< nothing follows the start of a placement of kind `subject`
    answers_nowhere,       ///< the routing of stage `subject` leads to `detail`, neither a stage nor an exit
    fact_unobtainable,     ///< fact `detail` cannot be told in stage `subject`, which waits for it
    fact_gate_opaque,      ///< unknown: whether the event `where` for fact `detail` can come about in stage `subject`
};
BOOST_DESCRIBE_ENUM(proof_issue, unknown_role, no_deadline, escalation_not_human, due_no_date, due_opaque, gap, overlap,
                    undeclared_domain, opaque_input, routing_clock, limit, no_routing, no_way_out, no_sure_way_out,
                    exit_closed, visit_refused, loop_uncapped, duty_circle, placement_unwatched, answers_nowhere,
                    fact_unobtainable, fact_gate_opaque)

/// One failure, or one obstacle. `story` is there for what is refuted: commands that the real case engine carried out
/// one after the other; the last is the one that `shown` speaks of.
struct proof_finding {
    path_property about = path_property::ownership;  ///< the property that fails or stays open
    proof_issue issue = proof_issue::limit;          ///< what is wrong or in the way
    proof_verdict says = proof_verdict::unknown;     ///< refuted or unknown
    std::string pointer;                             ///< into the definition
    std::string subject;                             ///< see the issue
    std::string detail;                              ///< see the issue; empty where it has none
    std::map<std::string, std::string> where;        ///< inputs of a routing decision and their values, as FEEL
    std::string message;                             ///< one sentence
    std::vector<command> story;
    std::vector<std::string> through;  ///< the stages in which the client of the story was, in their order
    std::string shown;  ///< what the engine answered at the end of the story, or why it could not be carried out
};

/// `cases` counts what was looked at: states, regions, stages, duties, ...
struct property_result {
    path_property about = path_property::ownership;  ///< which property
    proof_verdict says = proof_verdict::unknown;     ///< `refuted` where a finding is, else `unknown` where one is
    std::uint64_t cases = 0;
    std::vector<proof_finding> findings;  ///< of what is not proved, up to `max_findings`
};

/// What routing can answer in a stage that is entered for the `visit`th time (the last: that often or more).
struct routing_answers {
    std::string stage;  ///< id
    std::int64_t visit = 1;
    std::vector<std::string> may;  ///< stages and exits, sorted
    std::int64_t rank = 0;         ///< steps to an exit that are always possible; 0: not known
};
BOOST_DESCRIBE_STRUCT(routing_answers, (), (stage, visit, may, rank))

/// Inputs of a routing decision that give one of its answers.
struct routing_example {
    std::size_t answers = 0;                                  ///< number in `path_proof::routing`
    std::string to;                                           ///< stage or exit of this answer
    std::vector<std::pair<std::string, feel::value>> inputs;  ///< null: not known
};

/// A reachable state of the model: the stage, and how often each stage was entered, in the order of the definition.
struct proof_state {
    std::uint16_t stage = 0;           ///< number in `path_proof::stages`
    std::vector<std::uint8_t> visits;  ///< by stage, up to `counted`
    auto operator<=>(const proof_state&) const = default;
};

/// All answers, and what they rest on.
struct path_proof {
    std::string path;                         ///< id
    std::string version;                      ///< as the definition spells it
    std::vector<property_result> properties;  ///< one for each, in the order of `path_property`
    std::vector<std::string> stages;          ///< ids, in the order of the definition
    std::vector<std::int64_t> counted;        ///< up to which number the visits of each stage are counted
    std::vector<routing_answers> routing;     ///< for each stage and visit that can be
    std::vector<proof_state> states;          ///< sorted; empty when they were not asked for or are too many
    std::vector<routing_example> examples;    ///< up to 200 for each answer; kept with the states
    std::vector<std::int64_t> levels;  ///< by stage: no loop without a cap leads from a level to one not below it
    std::vector<time::date> law_days;  ///< first days of the periods of law, the definition's own first
    std::uint64_t regions = 0;         ///< evaluations of routing decisions
    std::uint64_t transitions = 0;     ///< moves between states that were looked at

    /// `refuted` where a property is, else `unknown` where one is.
    POLKU_DECL proof_verdict overall() const noexcept;
    /// The result for one property; lives as long as the proof.
    POLKU_DECL const property_result& of(path_property about) const;
};

/// Bounds on the work; what exceeds them is `unknown`, never taken as proved.
struct proof_options {
    std::uint64_t max_regions = 1'000'000;  ///< evaluations for the routing of one stage
    std::size_t max_states = 3'000'000;     ///< reachable states of the model
    std::size_t max_findings = 10;          ///< of one property
    bool keep_states = false;               ///< for a certificate
};

/// Asks all questions. `models` are the DMN texts beside the definition, by name, as the path was compiled with them.
/// The same path gives the same answer. Bounded by the options; safe from any thread.
POLKU_DECL path_proof prove(const service_path& path, const std::map<std::string, std::string>& models,
                            const proof_options& with = {});

/// As JSON spells it, such as `ownership`; static text.
POLKU_DECL std::string_view name_of(path_property of) noexcept;
/// As JSON spells it, such as `proved`; static text.
POLKU_DECL std::string_view name_of(proof_verdict of) noexcept;
/// As JSON spells it, such as `no_deadline`; static text.
POLKU_DECL std::string_view name_of(proof_issue of) noexcept;

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/proof.ipp>
#include <polku/impl/path/proof_checks.ipp>
#include <polku/impl/path/proof_reach.ipp>
#include <polku/impl/path/proof_routing.ipp>
#include <polku/impl/path/proof_story.ipp>
#endif

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_RANDOM_WALK_HPP
#define POLKU_PATH_RANDOM_WALK_HPP

#include <polku/path/case.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// @file
/// Made-up clients who walk along a path by chance: for synthetic stores, and for tests that look for states which
/// nobody thought of. Nothing here describes real people; what is likely in life is for the caller to say.

namespace polku::inline POLKU_V::path {

/// What a walk draws from. The same options and seed give the same walk on every machine.
struct walk_options {
    /// How likely each kind of command is beside the others that might come next, and how rarely the rest comes up.
    struct weight_table {
        std::uint32_t missing_fact = 5;         ///< for each fact that the stage asks for and nobody has told
        std::uint32_t fact_again = 2;           ///< a fact of the stage told anew; comes up once in four draws
        std::uint32_t responsible = 8;          ///< a responsible worker where there is none
        std::uint32_t consent = 1;              ///< any consent that the path knows
        std::uint32_t referral_move = 3;        ///< for each open referral
        std::uint32_t complete_assessment = 3;  ///< for each open assessment
        std::uint32_t feedback = 2;             ///< for each open assessment
        std::uint32_t attendance = 2;           ///< for each open coaching with fewer than three records
        std::uint32_t complete_coaching = 2;    ///< for each open coaching
        std::uint32_t goal = 1;                 ///< a first goal, and a score for each goal with fewer than three
        std::uint32_t placement = 1;            ///< for each open placement: its end, and a support where there is none
        std::uint32_t follow_up = 4;            ///< for each check point that has come
        std::uint32_t stage_action = 4;         ///< for each of two actions of the stage
        std::uint32_t action_fact = 2;          ///< for each fact that such an action misses
        std::uint32_t action_consent = 3;       ///< the consent that such an action misses
        std::uint32_t route = 2;                ///< onward from the stage
        std::uint32_t tick = 1;                 ///< looks at what is late
        std::uint32_t change_worker_one_in = 20;  ///< responsible worker given to somebody else
        std::uint32_t team_member_one_in = 10;    ///< somebody joins the network team
        std::uint32_t withdraw_one_in = 60;       ///< the client withdraws
        std::uint32_t reopen_one_in = 50;         ///< of the draws after the end
    };

    /// How time passes. Without `steps_in_stage`, pauses are by chance alone.
    struct pacing {
        /// A stay is planned as a share of the time that the path gives the stage, and commands are spread over it so
        /// that about this many fall into it; the way onward comes up when the stay is over.
        std::uint32_t steps_in_stage = 0;
        std::uint32_t shortest_stay = 30;   ///< of a hundred of the stage's time
        std::uint32_t longest_stay = 110;   ///< more than a hundred: some stays are late
        std::uint32_t same_day = 0;         ///< of a hundred commands, those that share their day with the one before
        std::uint32_t follow_up_late = 14;  ///< days after a check point by which it is recorded
    };

    /// What made-up clients are like. What is not named has the weight 1.
    struct habit_set {
        weight_table weights;                                 ///< how likely each kind of command is
        pacing pace;                                          ///< how time passes
        std::map<std::string, std::uint32_t> entries;         ///< by id
        std::map<std::string, std::uint32_t> municipalities;  ///< by code
        std::map<std::string, std::map<std::string, std::uint32_t>> fact_values;  ///< `true` and `false` for booleans
    };

    std::uint64_t seed = 1;     ///< the same seed gives the same walk
    std::string client;         ///< hex id of the client's stream
    std::string record_prefix;  ///< put before the ids of records
    /// Least and greatest value of a numeric fact, both included; for others `usual_range`. Facts that hold the level
    /// of an ability range over its levels.
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> ranges{{"age", {16, 64}}};
    std::pair<std::int64_t, std::int64_t> usual_range{0, 60};  ///< least and greatest, both included
    /// Names of people who work with the client; one for each role is drawn from them.
    std::vector<std::string> workers{"Aino Esimerkki", "Onni Esimerkki", "Helmi Kuvitteellinen", "Eino Kuvitteellinen"};
    habit_set habits;  ///< what the client is like
};
BOOST_DESCRIBE_STRUCT(walk_options::weight_table, (),
                      (missing_fact, fact_again, responsible, consent, referral_move, complete_assessment, feedback,
                       attendance, complete_coaching, goal, placement, follow_up, stage_action, action_fact,
                       action_consent, route, tick, change_worker_one_in, team_member_one_in, withdraw_one_in,
                       reopen_one_in))
BOOST_DESCRIBE_STRUCT(walk_options::pacing, (), (steps_in_stage, shortest_stay, longest_stay, same_day, follow_up_late))
BOOST_DESCRIBE_STRUCT(walk_options::habit_set, (), (weights, pace, entries, municipalities, fact_values))

/// A client's next step. It asks the case what is open, missing and allowed, and draws one of the commands that might
/// come next; the caller decides it, may be refused, and asks again. One thread at a time.
class random_walk {
public:
    /// The path must be compiled; both are kept by value.
    POLKU_DECL random_walk(service_path path, walk_options options);
    /// What is asked of the case on a day; of a case that has not been opened, to open it.
    POLKU_DECL command next(const case_state& of, time::date today);
    /// A number from 0 to `bound - 1`, from the walk's own sequence.
    POLKU_DECL std::uint64_t below(std::uint64_t bound) noexcept;
    /// When the walk goes on after a command: by its pace, or after up to `longest_pause` days. Empty past the
    /// calendar.
    POLKU_DECL std::optional<time::date> later(const case_state& of, time::date today, std::uint64_t longest_pause);

private:
    void plan_stay(const case_state& of);
    std::uint64_t pause_of(const case_state& of, time::date today, std::uint64_t longest_pause);

    service_path path_;
    walk_options options_;
    std::uint64_t state_;
    std::int64_t records_ = 0;
    std::optional<time::date> planned_for_;  ///< beginning of the stay that `stay_until_` was drawn for
    std::string planned_stage_;
    time::date stay_until_;
};

/// A walk from its opening to the end of the case and its follow-up, or to the last day.
struct walked_case {
    case_state state;                          ///< as the last event left it
    std::vector<std::vector<event>> commands;  ///< the events of each command that was accepted, in order
    std::int64_t refused = 0;                  ///< commands that the rules did not allow
};
/// Days pass by chance between commands, `longest_pause` at most. `with` names who records, why, and as of when;
/// its day is set to that of each command. Never fails: what is refused is left.
POLKU_DECL walked_case walk(const service_path& path, const walk_options& options, time::date first, time::date last,
                            std::uint64_t longest_pause, context with);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/random_walk.ipp>
#endif

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CIRCLING_HPP
#define POLKU_PATH_CIRCLING_HPP

#include <polku/path/case.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Clients who circle between services: who come back again and again without getting on. A caseworker looks at what is
/// found; it is no verdict.

namespace polku::inline POLKU_V::path {

/// What got a client on, and what brought them back or sent them away.
enum class circling_step_kind : std::uint8_t {
    // on: each can happen to a client a bounded number of times, so that nobody can circle by these alone
    stage_reached,         ///< a stage in which the client had not been
    service_begun,         ///< a service that had not begun for the client
    assessment_completed,  ///< of a kind that had not been completed
    coaching_completed,    ///< of a package that had not been completed
    placement_started,     ///< of a kind in which the client had not been
    goal_nearer,           ///< a score above all before it
    // back: since the case was opened or reopened. Who walks the path anew after that comes back once (`case_again`);
    // what was met before is then neither a return nor a step on.
    stage_again,      ///< a stage in which the client had been
    service_again,    ///< referred to a service in which a referral of the client had ended
    turned_away,      ///< a referral was declined, forwarded, failed or expired
    coaching_again,   ///< a package that the client had completed
    placement_again,  ///< a kind of placement that had ended
    case_again,       ///< the case was reopened, or another one opened after one had ended
};
BOOST_DESCRIBE_ENUM(circling_step_kind, stage_reached, service_begun, assessment_completed, coaching_completed,
                    placement_started, goal_nearer, stage_again, service_again, turned_away, coaching_again,
                    placement_again, case_again)
/// True for steps back; the others got the client on.
constexpr bool is_return(circling_step_kind of) noexcept { return of >= circling_step_kind::stage_again; }

/// One step: `of` is the id of the stage, service, package, assessment, placement, goal or path; `before` the day on
/// which the client was there the last time; `in_case` the place of the case in what was asked.
struct circling_step {
    circling_step_kind what = circling_step_kind::stage_reached;  ///< on or back
    std::string of;
    time::date on;  ///< effective day
    std::optional<time::date> before;
    std::size_t in_case = 0;
    std::uint64_t position = 0;  ///< of the event in the store
    bool operator==(const circling_step&) const = default;
};
BOOST_DESCRIBE_STRUCT(circling_step, (), (what, of, on, before, in_case, position))

/// Who counts as circling: somebody who came back `returns` times or more in the last `months`, and did not get on in
/// between or since.
struct circling_rule {
    std::int64_t returns = 3;
    std::int64_t months = 12;
};

/// One case of a client with its whole history, and the id of the path that it runs on.
struct client_case {
    const case_state* state = nullptr;  ///< borrowed
    std::string path;                   ///< its definition's id
};

/// The returns in a row that make somebody circle, oldest first, and the last step on before them.
struct circling {
    std::optional<circling_step> got_on;  ///< absent when nothing did
    std::vector<circling_step> returns;   ///< at least as many as the rule asks for
};
BOOST_DESCRIBE_STRUCT(circling, (), (got_on, returns))

/// All steps of one client in the order of their days (of one day, in the order in which they were recorded), up to the
/// end of a day, by what is known now: corrections count, and what was entered in error does not.
POLKU_DECL std::vector<circling_step> circling_steps(std::span<const client_case> of, time::date as_of);

/// Empty when the client does not circle by the rule on that day, or has no open case then. Error `invalid_argument`
/// for a rule that asks for less than one return or month.
POLKU_DECL result<std::optional<circling>> try_find_circling(std::span<const client_case> of, time::date as_of,
                                                             const circling_rule& with = {});

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/circling.ipp>
#endif

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_DEFINITION_WORDS_HPP
#define POLKU_PATH_DEFINITION_WORDS_HPP

#include <polku/config.hpp>
#include <polku/rules/texts.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>

/// @file
/// The small types that a path definition is written with.

namespace polku::inline POLKU_V::path {

/// One text by language. Everything a person reads has all four.
using rules::texts;

/// The five stages of a service path. In order: `referral`, `assessment`, `coaching`, `placement`, `follow_up`.
enum class stage_kind : std::uint8_t { referral, assessment, coaching, placement, follow_up };
BOOST_DESCRIBE_ENUM(stage_kind, referral, assessment, coaching, placement, follow_up)

/// What an exit means for the client, as figures are kept of it.
enum class outcome_class : std::uint8_t {
    employment,            ///< a job on the open labour market
    supported_employment,  ///< a supported job
    education,             ///< a study place
    own_business,          ///< a business of the client, whatever its form
    rehabilitation,        ///< rehabilitation comes first
    pension,               ///< the client draws a pension
    other_service,         ///< the client goes on elsewhere
    withdrawn,             ///< the client ended it
    not_eligible,          ///< the path is not for the client
    other,                 ///< none of these
};
BOOST_DESCRIBE_ENUM(outcome_class, employment, supported_employment, education, own_business, rehabilitation, pension,
                    other_service, withdrawn, not_eligible, other)

/// Who may take an exit: the routing table, a worker by `close`, the client by `withdraw`. `routing`, `worker` and
/// `client` in that order.
enum class exit_way : std::uint8_t { routing, worker, client };
BOOST_DESCRIBE_ENUM(exit_way, routing, worker, client)

/// How a coaching environment is run: by a municipal social enterprise, as the municipality's own activity, with local
/// partners, or as part of a network where no enterprise is founded. The names are `social_enterprise`, `own_activity`,
/// `partnership` and `network`.
enum class environment_form : std::uint8_t { social_enterprise, own_activity, partnership, network };
BOOST_DESCRIBE_ENUM(environment_form, social_enterprise, own_activity, partnership, network)

/// What a work task serves besides the work itself. `mapping` what the client can do, `developing` work ability,
/// `learning` a skill.
enum class task_purpose : std::uint8_t { mapping, developing, learning };
BOOST_DESCRIBE_ENUM(task_purpose, mapping, developing, learning)

/// The days on which the definition (or a rule in it) is in force; without `until` for now.
struct validity {
    time::date from;  ///< first day
    std::optional<time::date> until;
    bool operator==(const validity&) const = default;
};
BOOST_DESCRIBE_STRUCT(validity, (), (from, until))

}  // namespace polku::inline POLKU_V::path

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CLIENT_COMMANDS_HPP
#define POLKU_PATH_CLIENT_COMMANDS_HPP

#include <polku/feel/value.hpp>
#include <polku/path/client.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>

/// @file
/// Commands about what is known of a client, whichever case it is: facts, consents, representatives, non-disclosure.
/// `type` is the command's name in JSON.

namespace polku::inline POLKU_V::path {

/// Sets the details that are given and leaves the others. Absent members of `details` stay as they are.
struct update_client {
    static constexpr std::string_view type = "update_client";
    client_details details;
};
BOOST_DESCRIBE_STRUCT(update_client, (), (details))

/// Null as value: known to be none. `told` is the day of telling, the command's day unless given. `fact` is an id of
/// the definition, `value` of its type (error `fact_type`), `source` who told it, one of the fact's sources.
/// `valid_until` is the last day on which it counts, by the definition's period unless given.
struct record_fact {
    static constexpr std::string_view type = "record_fact";
    std::string fact;
    feel::value value;
    std::string source;
    std::optional<time::date> told;
    std::optional<time::date> valid_until;
};
BOOST_DESCRIBE_STRUCT(record_fact, (), (fact, value, source, told, valid_until))

/// The fact is unknown again, for instance since it was told of somebody else. `fact` is its id in the definition; the
/// `reason` is required.
struct withdraw_fact {
    static constexpr std::string_view type = "withdraw_fact";
    std::string fact;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(withdraw_fact, (), (fact, reason))

/// Records a consent of the client: `consent` is an id of the definition, `until` the last day (by the definition's
/// period unless given), `way` how it was given (`written`, `electronic`, `oral`).
struct give_consent {
    static constexpr std::string_view type = "give_consent";
    std::string consent;
    std::optional<time::date> until;
    std::optional<std::string> way;
    std::optional<std::string> given_by;  ///< a representative's id
};
BOOST_DESCRIBE_STRUCT(give_consent, (), (consent, until, way, given_by))

/// The client takes back `consent`, an id of the definition, from the command's day on. Referrals whose receivers have
/// the client's data by it are revoked.
struct withdraw_consent {
    static constexpr std::string_view type = "withdraw_consent";
    std::string consent;
};
BOOST_DESCRIBE_STRUCT(withdraw_consent, (), (consent))

/// Records that somebody may act for the client; the id in `who` is chosen by the caller.
struct add_representative {
    static constexpr std::string_view type = "add_representative";
    representative who;
};
BOOST_DESCRIBE_STRUCT(add_representative, (), (who))

/// The representative with this `id` acts for the client no more; `reason` may say why.
struct end_representative {
    static constexpr std::string_view type = "end_representative";
    std::string id;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(end_representative, (), (id, reason))

/// A non-disclosure order applies from the command's day, to the last day `until` where one is known.
struct set_non_disclosure {
    static constexpr std::string_view type = "set_non_disclosure";
    std::optional<time::date> until;
};
BOOST_DESCRIBE_STRUCT(set_non_disclosure, (), (until))

/// From the command's day on no order is in force; the `reason` is required.
struct lift_non_disclosure {
    static constexpr std::string_view type = "lift_non_disclosure";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(lift_non_disclosure, (), (reason))

}  // namespace polku::inline POLKU_V::path

#endif

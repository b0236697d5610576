// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CLIENT_EVENTS_HPP
#define POLKU_PATH_CLIENT_EVENTS_HPP

#include <polku/feel/value.hpp>
#include <polku/path/client.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>

/// @file
/// What became known of a client. These events belong to the client's stream. `type` is the event's stored name.

namespace polku::inline POLKU_V::path {

/// Details were told; absent members of `details` stayed as they were.
struct client_details_recorded {
    static constexpr std::string_view type = "client_details_recorded";
    client_details details;
};
BOOST_DESCRIBE_STRUCT(client_details_recorded, (), (details))

/// A fact was told. `fact` is its id in the definition, `value` a null where it is known to be none; `source` who told
/// it, `told` on which day, and `valid_until` the last day on which it counts. `category` is that of the definition on
/// that day.
struct fact_recorded {
    static constexpr std::string_view type = "fact_recorded";
    std::string fact;
    std::string fact_type;  ///< FEEL type of the value, so that a date read back from JSON is a date
    feel::value value;
    std::string source;
    std::string category;
    time::date told;
    std::optional<time::date> valid_until;
};
BOOST_DESCRIBE_STRUCT(fact_recorded, (), (fact, fact_type, value, source, category, told, valid_until))

/// The fact with id `fact` is unknown again; `reason` says why.
struct fact_withdrawn {
    static constexpr std::string_view type = "fact_withdrawn";
    std::string fact;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(fact_withdrawn, (), (fact, reason))

/// The client gave `consent`, an id of the definition, from the event's day to `until`; `way` is how, `given_by` the id
/// of a representative who gave it.
struct consent_given {
    static constexpr std::string_view type = "consent_given";
    std::string consent;
    std::optional<time::date> until;
    std::optional<std::string> way;
    std::optional<std::string> given_by;
};
BOOST_DESCRIBE_STRUCT(consent_given, (), (consent, until, way, given_by))

/// From the event's day on `consent` is no longer in force.
struct consent_withdrawn {
    static constexpr std::string_view type = "consent_withdrawn";
    std::string consent;
};
BOOST_DESCRIBE_STRUCT(consent_withdrawn, (), (consent))

/// `who` may act for the client.
struct representative_added {
    static constexpr std::string_view type = "representative_added";
    representative who;
};
BOOST_DESCRIBE_STRUCT(representative_added, (), (who))

/// The representative with this `id` acts no more; `reason` may say why.
struct representative_ended {
    static constexpr std::string_view type = "representative_ended";
    std::string id;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(representative_ended, (), (id, reason))

/// An order applies from the event's day, to `until` where that is known.
struct non_disclosure_set {
    static constexpr std::string_view type = "non_disclosure_set";
    std::optional<time::date> until;
};
BOOST_DESCRIBE_STRUCT(non_disclosure_set, (), (until))

/// From the event's day on no order is in force; `reason` says why.
struct non_disclosure_lifted {
    static constexpr std::string_view type = "non_disclosure_lifted";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(non_disclosure_lifted, (), (reason))

}  // namespace polku::inline POLKU_V::path

#endif

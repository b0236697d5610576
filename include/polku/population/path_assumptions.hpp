// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_POPULATION_PATH_ASSUMPTIONS_HPP
#define POLKU_POPULATION_PATH_ASSUMPTIONS_HPP

#include <polku/feel/value.hpp>
#include <polku/json/text.hpp>
#include <polku/result.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// What a simulation of clients along a path rests on, and what the path's own rules do not say: how many come, how
/// long they stay, what is told of them, how many places there are. All of it is data that somebody stands for; the
/// code has none of its own (docs/simulation.md, "Months along a path").
///
/// A *figure* is a JSON number, or `[low, likely, high]` where it is not known well: each repeat of a simulation then
/// takes one value for all its months. A *share* is a figure from 0 to 1 with at most six decimals. *Shares* are an
/// object of shares whose likely values add up to 1. A *time* is a whole number of days from 1 to 3650; or
/// `[shortest, likely, longest]`; or an object of weights by number of days: each stay takes one of its own.

namespace polku::inline POLKU_V::population {

/// Shares of the values of a fact, by value as text: `true`, `25`, `coaching`.
using value_shares = std::map<std::string, feel::value>;

/// What is assumed of one municipality: who comes, and who is there already.
struct municipality_assumptions {
    feel::value arrivals;  ///< figure: new clients a month
    /// Those in each stage as the first month begins: how many, or a list of the days that each has been there.
    std::map<std::string, feel::value> stock;
    std::map<std::string, std::int64_t> waiting;  ///< those who wait for a place in a stage then
};
BOOST_DESCRIBE_STRUCT(municipality_assumptions, (), (arrivals, stock, waiting))

/// What is assumed of a stage.
struct stage_assumptions {
    feel::value days;  ///< time of a stay
    /// How many may be in it at once: a whole number for all municipalities together, or an object of whole numbers by
    /// municipality. Without it there is room for all.
    std::optional<feel::value> places;
    /// What is told at the end of a stay of those facts that the stage's routing asks for; it is kept until told anew.
    std::map<std::string, value_shares> facts;
    /// Share of stays that end by an exit which a worker or the client chooses, by exit; the others are routed.
    std::map<std::string, feel::value> leaves;
    /// Share of stays with a referral to a service, by service; a stay does not end before its services have.
    std::map<std::string, feel::value> referrals;
};
BOOST_DESCRIBE_STRUCT(stage_assumptions, (), (days, places, facts, leaves, referrals))

/// A receiver of referrals.
struct service_assumptions {
    feel::value days;                   ///< time of a service
    std::optional<feel::value> places;  ///< as those of a stage
};
BOOST_DESCRIBE_STRUCT(service_assumptions, (), (days, places))

/// Clients' unemployment benefit, of which the municipality pays its share (pack `kuntarahoitus`).
struct benefit_assumptions {
    std::string benefit;              ///< as the pack calls it: `general_support`, `labour_market_subsidy`, ...
    value_shares days_so_far;         ///< shares of benefit days that a client has been paid as the path begins
    std::vector<std::string> stages;  ///< in which the benefit is paid; who waits for a place is paid, too
    std::optional<feel::number> daily_amount;  ///< euros a benefit day; none: the full amount of the day
};
BOOST_DESCRIBE_STRUCT(benefit_assumptions, (), (benefit, days_so_far, stages, daily_amount))

/// Everything that a simulation along a path assumes: the object of docs/simulation.md, member by member.
struct path_assumptions {
    std::optional<std::string> note;                                 ///< where the figures come from
    std::string path;                                                ///< id
    std::string from;                                                ///< first month, `2027-01`
    std::string to;                                                  ///< last month
    std::optional<std::int64_t> seed;                                ///< of the draws, unless the options say one
    std::map<std::string, municipality_assumptions> municipalities;  ///< by code of three digits
    std::map<std::string, feel::value>
        entries;                                ///< shares of the doors; may be left out of a path with one first stage
    std::map<std::string, value_shares> facts;  ///< what a client brings, drawn when a rule first asks for it
    std::map<std::string, stage_assumptions> stages;      ///< by id: every stage that a client may come to
    std::map<std::string, service_assumptions> services;  ///< by id: those that stages refer to
    std::optional<benefit_assumptions> unemployment;      ///< without it nothing is said of cost
};
BOOST_DESCRIBE_STRUCT(path_assumptions, (),
                      (note, path, from, to, seed, municipalities, entries, facts, stages, services, unemployment))

/// Reads assumptions from their JSON text; whether they fit a path is seen when it is simulated. Errors: those of
/// `json::try_read`, with line, column and pointer.
result<path_assumptions> try_read_path_assumptions(std::string_view text, const json::parse_options& options = {});

}  // namespace polku::inline POLKU_V::population

#endif

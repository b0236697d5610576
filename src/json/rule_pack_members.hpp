// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_JSON_RULE_PACK_MEMBERS_HPP
#define POLKU_SRC_JSON_RULE_PACK_MEMBERS_HPP

#include <polku/error.hpp>
#include <polku/rules/pack_definition.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <string>
#include <string_view>

/// @file
/// The members of a rule pack's definition as JSON knows them. They stand here and not beside the structs, since only
/// what reads JSON needs them and they weigh.

namespace polku::inline POLKU_V::rules {

BOOST_DESCRIBE_ENUM(source_mark, SEEN, KNOWN)
BOOST_DESCRIBE_STRUCT(source, (), (act, section, title, address, read, mark))
BOOST_DESCRIBE_STRUCT(date_interval, (), (from, before))
BOOST_DESCRIBE_STRUCT(pack_version, (), (id, from, before, model, sources, flag))
BOOST_DESCRIBE_ENUM(date_choice, decision, event)
BOOST_DESCRIBE_STRUCT(parameter_value, (), (from, before, value, sources, review, override_))
BOOST_DESCRIBE_STRUCT(parameter, (), (name, text, type, unit, by, series))
BOOST_DESCRIBE_STRUCT(transition, (), (id, text, event, decided, version, sources))
BOOST_DESCRIBE_STRUCT(pack_decision, (), (name, text, result, appeal, since))
BOOST_DESCRIBE_ENUM(change_way, act, time)
BOOST_DESCRIBE_ENUM(time_step, day, weekday, month, year)
BOOST_DESCRIBE_STRUCT(pack_change, (), (by, cost, each))
BOOST_DESCRIBE_STRUCT(pack_input, (), (name, text, group, cost, judge, change))
BOOST_DESCRIBE_STRUCT(rule_text, (), (text, sources))
BOOST_DESCRIBE_STRUCT(pack_definition, (),
                      (id, name, notice, facts_read, event, sources, versions, variants, parameters, transitions,
                       decisions, inputs, rules, labels, members))

}  // namespace polku::inline POLKU_V::rules

namespace polku::inline POLKU_V::json {

/// Fills in where the JSON pointers of an error are in the text.
error with_lines(const error& what, std::string_view text, const std::string& source);

}  // namespace polku::inline POLKU_V::json

#endif

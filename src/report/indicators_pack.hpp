// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_INDICATORS_PACK_HPP
#define POLKU_SRC_REPORT_INDICATORS_PACK_HPP

#include <polku/report/indicators.hpp>
#include <polku/result.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::report::detail {

enum class indicator_kind : std::uint8_t { entry, entity, immediate, long_term };
BOOST_DESCRIBE_ENUM(indicator_kind, entry, entity, immediate, long_term)

struct indicator_info {
    std::string code;
    indicator_kind kind = indicator_kind::entry;
    std::map<std::string, std::string> name;
};
BOOST_DESCRIBE_STRUCT(indicator_info, (), (code, kind, name))

/// Something that a participant's record holds, and where it can come from.
struct indicator_field {
    std::string field;
    std::string needed;
    std::string source;
    std::map<std::string, std::string> how;
};
BOOST_DESCRIBE_STRUCT(indicator_field, (), (field, needed, source, how))

enum class check_relation : std::uint8_t { equal, at_most };
BOOST_DESCRIBE_ENUM(check_relation, equal, at_most)

/// The parts together are the whole, or not above it.
struct indicator_check {
    std::string id;
    std::vector<std::string> parts;
    std::string whole;
    check_relation relation = check_relation::equal;
};
BOOST_DESCRIBE_STRUCT(indicator_check, (), (id, parts, whole, relation))

/// The shipped `esfplus/indicators.json`.
struct indicator_list {
    std::vector<indicator_info> indicators;
    std::vector<indicator_field> fields;
    std::vector<indicator_check> checks;
};
BOOST_DESCRIBE_STRUCT(indicator_list, (), (indicators, fields, checks))

result<indicator_list> try_read_indicator_list();

}  // namespace polku::inline POLKU_V::report::detail

#endif

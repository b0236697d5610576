// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_MONEY_PACK_HPP
#define POLKU_SRC_REPORT_MONEY_PACK_HPP

#include <polku/dmn/program.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::report::detail {

/// The days on which a version holds, both ends in it.
struct pack_validity {
    time::date from;
    std::optional<time::date> to;
};
BOOST_DESCRIBE_STRUCT(pack_validity, (), (from, to))

struct pack_version {
    std::string id;
    pack_validity valid;
    std::string model;                           ///< DMN file beside `pack.json`
    std::vector<std::int64_t> benefit_weekdays;  ///< 1 is Monday
    std::vector<std::string> sources;
};
BOOST_DESCRIBE_STRUCT(pack_version, (), (id, valid, model, benefit_weekdays, sources))

/// A shipped `pack.json`: versions of rules by date, in order, with what they rest on.
struct rule_pack {
    std::string id;
    std::map<std::string, std::string> name;
    std::map<std::string, std::string> notice;
    time::date facts_read;
    std::vector<pack_version> versions;
};
BOOST_DESCRIBE_STRUCT(rule_pack, (), (id, name, notice, facts_read, versions))

/// One decision of a compiled model, with its inputs by name.
class pack_decision {
public:
    /// `pack_not_in_force` where the model has no such decision or input.
    static result<pack_decision> try_make(const dmn::program& from, std::string_view name,
                                          std::initializer_list<std::string_view> inputs);
    /// Values in the order of the names that it was made with.
    result<feel::value> try_evaluate(std::initializer_list<feel::value> values);

private:
    dmn::program program_;
    dmn::decision_ref what_;
    std::vector<std::size_t> places_;
    std::vector<feel::value> slots_;
    feel::evaluation_context with_;
};

result<rule_pack> try_read_pack(std::string_view id);
/// The model of a version of a shipped pack, compiled.
result<dmn::program> try_pack_program(const rule_pack& of, const pack_version& version);
/// The model of a pack with a single version.
result<dmn::program> try_pack_program(const rule_pack& of);

/// `kuntarahoitus-2025: 1290/2002 ..., voimassa 1.1.2025–30.4.2026`.
std::string source_line(const pack_version& of, std::string_view language);

/// An entry of a decision's answer; null where there is none.
const feel::value& entry_of(const feel::value& of, std::string_view name);

}  // namespace polku::inline POLKU_V::report::detail

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_FACT_HPP
#define POLKU_PATH_FACT_HPP

#include <polku/feel/value.hpp>
#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::path {

/// Unknown is neither false nor zero. A known fact may be known to be none (a null value). Erased: it was known, and
/// its content has been destroyed. `unknown`: nobody told it, or it was withdrawn. `known` says nothing of whether the
/// value has become too old; `erased` keeps the other members.
enum class fact_state : std::uint8_t { unknown, known, erased };
BOOST_DESCRIBE_ENUM(fact_state, unknown, known, erased)

/// One thing told of the client: value, source, the day it was told, the last day on which it counts as known, data
/// category and retention class. `version` is that of the client stream's event which told it.
struct fact {
    std::string name;                        ///< id in the definition
    fact_state state = fact_state::unknown;  ///< whether there is a value
    feel::value value;                       ///< of the definition's type; null where it is known to be none
    std::string source;                      ///< who told it
    time::date told;                         ///< the day of telling
    std::optional<time::date> valid_until;   ///< last day on which it counts; for good where absent
    std::string category;                    ///< of the data, for access
    std::string retention;                   ///< class, for how long it is kept
    std::int64_t version = 0;
    bool operator==(const fact&) const = default;
};
BOOST_DESCRIBE_STRUCT(fact, (), (name, state, value, source, told, valid_until, category, retention, version))

/// True when the fact can be used in a decision on that day.
inline bool is_known(const fact& of, time::date on) {
    return of.state == fact_state::known && (!of.valid_until || on <= *of.valid_until);
}

/// The value as the FEEL type asks for it: temporal kinds may come as ISO texts, as JSON brings them; null stays null.
/// Error `fact_type` for a value of another type; `name` stands in the message.
POLKU_DECL result<feel::value> try_typed(const feel::value& told, std::string_view type, std::string_view name);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/fact.ipp>
#endif

#endif

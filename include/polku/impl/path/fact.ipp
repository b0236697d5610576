// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_FACT_IPP
#define POLKU_IMPL_PATH_FACT_IPP

#include <polku/feel/type.hpp>
#include <polku/path/fact.hpp>

namespace polku::inline POLKU_V::path {

namespace detail {

/// Temporal values arrive as ISO texts in JSON; empty where the text is none of that kind.
inline std::optional<feel::value> fact_from_text(std::string_view text, feel::kind wanted) {
    switch (wanted) {
        case feel::kind::date:
            if (const auto read = time::parse_date(text)) return feel::value(*read);
            return {};
        case feel::kind::time:
            if (const auto read = time::parse_time(text, time::builtin_zones())) return feel::value(*read);
            return {};
        case feel::kind::date_time:
            if (const auto read = time::parse_date_time(text, time::builtin_zones())) return feel::value(*read);
            return {};
        case feel::kind::months_duration:
            if (const auto read = time::parse_months_duration(text)) return feel::value(*read);
            return {};
        case feel::kind::days_duration:
            if (const auto read = time::parse_days_duration(text)) return feel::value(*read);
            return {};
        default: return {};
    }
}

}  // namespace detail

POLKU_DECL result<feel::value> try_typed(const feel::value& told, std::string_view type, std::string_view name) {
    feel::type wanted;
    if (!feel::type::from_name(type, wanted))
        return error(error_code::fact_type, "fact '" + std::string(name) + "' has the type '" + std::string(type) +
                                                "', which is no FEEL type");
    if (told.is_null() || feel::is_instance(told, wanted)) return told;
    if (told.is(feel::kind::string) && wanted.is() == feel::type::form::simple)
        if (auto read = detail::fact_from_text(told.as_string(), wanted.simple_kind())) return *read;
    return error(error_code::fact_type, "fact '" + std::string(name) + "' takes a " + std::string(type) +
                                            ", found the " + std::string(feel::name_of(told.kind())) + " " +
                                            feel::to_string(told));
}

}  // namespace polku::inline POLKU_V::path

#endif

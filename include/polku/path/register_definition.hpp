// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_REGISTER_DEFINITION_HPP
#define POLKU_PATH_REGISTER_DEFINITION_HPP

#include <polku/config.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// @file
/// What a programme keeps beside its cases, as a part of a path's definition (`definition.hpp`): registers of good
/// practices, employers, materials and the like. Nothing of a client stands in a register.

namespace polku::inline POLKU_V::path {

/// What one entry tells of: the programme as a whole, a municipality or an environment of the path, or an employer (by
/// the hex id of the employer's stream, whether or not the employer has one). The names are `programme`,
/// `municipality`, `employer` and `environment`.
enum class register_subject : std::uint8_t { programme, municipality, employer, environment };
BOOST_DESCRIBE_ENUM(register_subject, programme, municipality, employer, environment)

/// One thing that an entry tells. A string without `values` is free words and must not hold personal data, unless the
/// field is `personal`: a contact person of the employer that the entry is about. Only registers of employers have
/// personal fields.
struct register_field_definition {
    std::string id;                                                    ///< by which entries name it
    std::string type;                                                  ///< `string`, `number`, `boolean` or `date`
    std::map<std::string, std::map<std::string, std::string>> values;  ///< what a string may be, with texts
    std::optional<bool> required;                                      ///< no entry goes without it
    std::optional<bool> personal;
    std::map<std::string, std::string> name;  ///< by language, in all four

    /// False unless said.
    bool is_personal() const noexcept { return personal.value_or(false); }
    /// True for a string of any words that tells of no person.
    bool is_free_words() const noexcept { return type == "string" && values.empty() && !is_personal(); }
    bool operator==(const register_field_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(register_field_definition, (), (id, type, values, required, personal, name))

/// A register. Every entry has an owner (the role `keeper` unless the entry names another) and a day by which it must
/// have been looked at again, at most `review` after it was last confirmed.
struct register_definition {
    register_subject about = register_subject::programme;  ///< what its entries tell of
    std::string keeper;                                    ///< role
    std::string review;                                    ///< period
    std::optional<bool> reported;  ///< the situation picture lists its entries; of a register by municipality
    std::vector<register_field_definition> fields;  ///< in the order in which they are shown
    std::map<std::string, std::string> name;        ///< by language, in all four
    std::map<std::string, std::string> help;        ///< what the register is for

    /// Null pointer when there is none of that id.
    const register_field_definition* find_field(const std::string& id_of) const noexcept {
        for (const register_field_definition& each : fields)
            if (each.id == id_of) return &each;
        return nullptr;
    }
    bool operator==(const register_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(register_definition, (), (about, keeper, review, reported, fields, name, help))

}  // namespace polku::inline POLKU_V::path

#endif

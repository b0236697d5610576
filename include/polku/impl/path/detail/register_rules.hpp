// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_REGISTER_RULES_HPP
#define POLKU_IMPL_PATH_DETAIL_REGISTER_RULES_HPP

// The rules of registers; included by definition_check.ipp only.

namespace polku::inline POLKU_V::path::detail {

inline void definition_checker::register_field(const std::string& at, const register_definition& of,
                                               const register_field_definition& field) {
    constexpr std::array<std::string_view, 4> types{"string", "number", "boolean", "date"};
    if (field.id.empty()) add(error_code::path_structure, at + "/id", "the field has no id");
    if (std::find(types.begin(), types.end(), field.type) == types.end())
        add(error_code::fact_type, at + "/type",
            "'" + field.type + "' is no type of a register's field; there are string, number, boolean and date");
    else if (!field.values.empty() && field.type != "string")
        add(error_code::fact_type, at + "/values", "only a string has listed values; this field is a " + field.type);
    if (field.is_personal() && of.about != register_subject::employer)
        add(error_code::path_structure, at + "/personal",
            "only entries about an employer have contact persons, who are erased with the employer; nothing personal "
            "stands in other registers");
    for (const auto& [value, name] : field.values) text(pointer_to(at + "/values", value), name);
    text(at + "/name", field.name);
}

inline void definition_checker::register_of(const std::string& at, const register_definition& of) {
    role(at + "/keeper", of.keeper);
    const auto keeper = says_.roles.find(of.keeper);
    if (keeper != says_.roles.end() && !keeper->second.human.value_or(true))
        add(error_code::path_structure, at + "/keeper",
            "the keeper '" + of.keeper + "' is no person; somebody must look at the entries");
    period(at + "/review", of.review);
    if (of.reported.value_or(false) && of.about != register_subject::municipality)
        add(error_code::path_structure, at + "/reported",
            "the situation picture lists entries by municipality; only a register about municipalities is reported");
    if (of.about == register_subject::environment && says_.environments.empty())
        add(error_code::path_structure, at + "/about", "the path has no environments that entries could be about");
    if (of.fields.empty()) add(error_code::path_structure, at + "/fields", "an entry would tell nothing; name a field");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        const std::string field = pointer_to(at + "/fields", i);
        if (!seen.insert(of.fields[i].id).second)
            add(error_code::duplicate_path_id, field + "/id", "the field '" + of.fields[i].id + "' stands twice");
        register_field(field, of, of.fields[i]);
    }
    text(at + "/name", of.name);
    text(at + "/help", of.help);
}

inline void definition_checker::registers() {
    for (const auto& [id, each] : says_.registers) register_of(pointer_to("/registers", id), each);
}

}  // namespace polku::inline POLKU_V::path::detail

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_CASEWORK_RULES_HPP
#define POLKU_IMPL_PATH_DETAIL_CASEWORK_RULES_HPP

// The rules of what stands around a case: experiences and tools; included by definition_check.ipp only.

namespace polku::inline POLKU_V::path::detail {

inline void definition_checker::experience(const std::string& at, const experience_definition& of) {
    const bool has_scale = of.minimum && of.maximum && *of.minimum < *of.maximum;
    if (!of.questions.empty() && !has_scale)
        add(error_code::path_structure, at + "/maximum",
            "questions are answered on a scale; give 'minimum' and a higher 'maximum'");
    if (of.questions.empty() && !of.words.value_or(true))
        add(error_code::path_structure, at, "the client is asked nothing; give questions, or let 'words' be true");
    for (const auto& [id, each] : of.questions) text(pointer_to(at + "/questions", id), each);
    text(at + "/name", of.name);
    text(at + "/ask", of.ask);
}

inline void definition_checker::tool(const std::string& at, const tool_definition& of) {
    if (of.organisation) organisation(at + "/organisation", *of.organisation);
    for (std::size_t i = 0; i < of.serves.size(); ++i) {
        const std::string& each = of.serves[i];
        const bool known = has_name(says_.meetings, each) || has_name(says_.assessments, each) ||
                           has_name(says_.packages, each) || has_name(says_.services, each);
        if (!known)
            add(error_code::unknown_path_item, pointer_to(at + "/serves", i),
                "'" + each + "' is no meeting, assessment, package or service of the path");
    }
    valid(at + "/valid", of.valid);
    text(at + "/name", of.name);
}

inline void definition_checker::casework() {
    for (const auto& [id, each] : says_.experiences) experience(pointer_to("/experiences", id), each);
    for (const auto& [id, each] : says_.tools) tool(pointer_to("/tools", id), each);
}

}  // namespace polku::inline POLKU_V::path::detail

#endif

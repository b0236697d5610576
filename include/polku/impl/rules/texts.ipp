// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_TEXTS_IPP
#define POLKU_IMPL_RULES_TEXTS_IPP

#include <polku/rules/texts.hpp>

namespace polku::inline POLKU_V::rules {

POLKU_DECL const std::string& text_in(const texts& of, std::string_view language) {
    static const std::string nothing;
    auto found = of.find(std::string(language));
    if (found == of.end() && language == "fi-selko") found = of.find("fi");
    if (found == of.end()) found = of.find("en");
    if (found == of.end()) found = of.begin();
    return found == of.end() ? nothing : found->second;
}

}  // namespace polku::inline POLKU_V::rules

#endif

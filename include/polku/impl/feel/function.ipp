// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_FUNCTION_IPP
#define POLKU_IMPL_FEEL_FUNCTION_IPP

#include <polku/feel/function.hpp>

#include <cassert>

namespace polku::inline POLKU_V::feel {

// These two need the complete class, so they stand here and not with the other members of `value`.
POLKU_DECL value::value(const function* callee) noexcept : value(feel::kind::function, callee) {
    assert(callee != nullptr);
}

POLKU_DECL const function& value::as_function() const noexcept {
    assert(is(feel::kind::function));
    return *static_cast<const function*>(held());
}

POLKU_DECL value function::call_named(evaluation_context& with, std::span<const std::string> names,
                                      std::span<const value> arguments) const {
    const std::span<const parameter> wanted = parameters();
    if (names.size() != arguments.size() || names.size() > wanted.size()) return value(null_reason::wrong_arguments);
    std::vector<value> ordered(wanted.size());
    std::vector<bool> given(wanted.size(), false);
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::size_t at = 0;
        while (at < wanted.size() && wanted[at].name != names[i]) ++at;
        if (at == wanted.size() || given[at]) return value(null_reason::wrong_arguments);
        given[at] = true;
        ordered[at] = arguments[i];
    }
    return call(with, ordered);
}

namespace detail {

POLKU_DECL bool function_is_instance(const function& of, const type& wanted) noexcept {
    const std::span<const parameter> own = of.parameters();
    const auto& expected = wanted.parameters();
    if (own.size() != expected.size()) return false;
    for (std::size_t i = 0; i < own.size(); ++i)
        if (!expected[i].conforms_to(own[i].type)) return false;
    return of.result_type().conforms_to(wanted.element());
}

}  // namespace detail

}  // namespace polku::inline POLKU_V::feel

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_EXTERNAL_JAVA_HPP
#define POLKU_IMPL_DMN_EXTERNAL_JAVA_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <span>
#include <string_view>

// Static methods of Java's own classes that models name, answered without Java: numbers stay FEEL's decimals, whole
// numbers keep to the range of their Java type, and text never looks at a locale. Private.

namespace polku::inline POLKU_V::dmn::detail {

struct java_function {
    std::string_view class_name;
    std::string_view signature;  ///< without blanks: `max(double,double)`
    std::string_view result;     ///< the Java type whose range the answer keeps to
    feel::value (*body)(feel::evaluation_context& with, std::span<const feel::value> arguments);
};

/// The method of that class and signature (blanks left out), or null pointer. Valid for the program's life.
POLKU_DECL const java_function* find_java_function(std::string_view class_name, std::string_view signature) noexcept;
POLKU_DECL std::size_t parameter_count(const java_function& of) noexcept;
/// Null for an argument or an answer that is no value of its Java type (clause 10.3.2.13.3).
POLKU_DECL feel::value call_java(const java_function& callee, feel::evaluation_context& with,
                                 std::span<const feel::value> arguments);

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/external_java.ipp>
#endif

#endif

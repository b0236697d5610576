// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_EXTERNAL_HPP
#define POLKU_DMN_EXTERNAL_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// External functions by class and method signature (DMN 1.5 clause 10.3.2.13.3). No code is ever loaded: what a model
/// names is looked up here, and what is not here is null with `external_failed`. Fill it before compiling; afterwards
/// it is shared by threads and must not change.
class external_registry {
public:
    /// Answers with a value, null with a reason, or sets a fault on the context.
    using callback = feel::value (*)(void* user_data, feel::evaluation_context& with,
                                     std::span<const feel::value> arguments);

    /// Adds or replaces a function. White space in the signature does not count: `max(double,double)`.
    POLKU_DECL void add(std::string_view class_name, std::string_view signature, std::size_t argument_count,
                        callback body, void* user_data = nullptr);
    /// True for a function that was added, or is one of the Java methods that come with the library.
    POLKU_DECL bool knows(std::string_view class_name, std::string_view signature) const;
    /// A function value, or null with `external_failed`. The mapping is the context behind FEEL's `external`, such as
    /// `{java: {class: "java.lang.Math", method signature: "cos(double)"}}`.
    POLKU_DECL feel::value make(std::span<const feel::parameter> parameters, const feel::context& mapping) const;
    POLKU_DECL feel::value make(std::span<const feel::parameter> parameters, std::string_view class_name,
                                std::string_view signature) const;

    /// A function that was added.
    struct entry {
        std::string class_name;          ///< as the model spells it
        std::string signature;           ///< without white space
        std::size_t argument_count = 0;  ///< arguments that the callback gets
        callback body = nullptr;         ///< called for each invocation, by any thread
        void* user_data = nullptr;       ///< given to the callback; borrowed
    };

private:
    friend POLKU_DECL std::shared_ptr<external_registry> standard_externals();
    POLKU_DECL const entry* find(std::string_view class_name, std::string_view signature) const;

    std::vector<entry> entries_;
    bool knows_java_ = false;  // the methods of impl/dmn/external_java.ipp, which need no entries
};

/// Knows static methods of `java.lang.Math`, `java.lang.String` and the classes of numbers and booleans, answered with
/// FEEL's own decimal numbers; docs/conformance.md lists them. What is added to it goes first.
POLKU_DECL std::shared_ptr<external_registry> standard_externals();

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/external.ipp>
#endif

#endif

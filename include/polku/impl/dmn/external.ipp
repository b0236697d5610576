// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_EXTERNAL_IPP
#define POLKU_IMPL_DMN_EXTERNAL_IPP

#include <polku/dmn/external.hpp>
#include <polku/feel/function.hpp>
#include <polku/impl/dmn/external_java.hpp>

#include <memory>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::dmn {

namespace detail {

POLKU_DECL std::string without_blanks(std::string_view text) {
    std::string out;
    for (const char letter : text)
        if (letter != ' ' && letter != '\t' && letter != '\n' && letter != '\r') out += letter;
    return out;
}

class external_function : public feel::function {
public:
    external_function(std::vector<feel::parameter> parameters, external_registry::entry body)
        : parameters_(std::move(parameters)), body_(std::move(body)) {}
    std::span<const feel::parameter> parameters() const noexcept override { return parameters_; }
    std::string_view name() const noexcept override { return body_.signature; }
    feel::value call(feel::evaluation_context& with, std::span<const feel::value> arguments) const override {
        if (arguments.size() != parameters_.size() || arguments.size() != body_.argument_count)
            return feel::value(feel::null_reason::wrong_arguments);
        return body_.body(body_.user_data, with, arguments);
    }

private:
    std::vector<feel::parameter> parameters_;
    external_registry::entry body_;
};

/// A method of Java's own classes.
class java_external final : public feel::function {
public:
    java_external(std::vector<feel::parameter> parameters, const java_function& callee)
        : parameters_(std::move(parameters)), callee_(&callee) {}
    std::span<const feel::parameter> parameters() const noexcept override { return parameters_; }
    std::string_view name() const noexcept override { return callee_->signature; }
    feel::value call(feel::evaluation_context& with, std::span<const feel::value> arguments) const override {
        if (arguments.size() != parameters_.size()) return feel::value(feel::null_reason::wrong_arguments);
        std::vector<feel::value> passed;
        passed.reserve(arguments.size());
        for (std::size_t i = 0; i < arguments.size(); ++i)
            passed.push_back(feel::coerce(arguments[i], parameters_[i].type));
        return call_java(*callee_, with, passed);
    }

private:
    std::vector<feel::parameter> parameters_;
    const java_function* callee_;
};

}  // namespace detail

POLKU_DECL const external_registry::entry* external_registry::find(std::string_view class_name,
                                                                   std::string_view signature) const {
    const std::string wanted = detail::without_blanks(signature);
    for (const entry& each : entries_)
        if (each.class_name == class_name && each.signature == wanted) return &each;
    return nullptr;
}

POLKU_DECL bool external_registry::knows(std::string_view class_name, std::string_view signature) const {
    if (find(class_name, signature) != nullptr) return true;
    return knows_java_ && detail::find_java_function(class_name, detail::without_blanks(signature)) != nullptr;
}

POLKU_DECL void external_registry::add(std::string_view class_name, std::string_view signature,
                                       std::size_t argument_count, callback body, void* user_data) {
    entry made{std::string(class_name), detail::without_blanks(signature), argument_count, body, user_data};
    for (entry& each : entries_) {
        if (each.class_name != made.class_name || each.signature != made.signature) continue;
        each = std::move(made);
        return;
    }
    entries_.push_back(std::move(made));
}

POLKU_DECL feel::value external_registry::make(std::span<const feel::parameter> parameters, std::string_view class_name,
                                               std::string_view signature) const {
    std::vector<feel::parameter> wanted(parameters.begin(), parameters.end());
    if (const entry* found = find(class_name, signature))
        return feel::value(new detail::external_function(std::move(wanted), *found));
    const detail::java_function* java =
        knows_java_ ? detail::find_java_function(class_name, detail::without_blanks(signature)) : nullptr;
    if (java == nullptr) return feel::value(feel::null_reason::external_failed);
    return feel::value(new detail::java_external(std::move(wanted), *java));
}

POLKU_DECL feel::value external_registry::make(std::span<const feel::parameter> parameters,
                                               const feel::context& mapping) const {
    const feel::value* java = mapping.find("java");
    if (!java || !java->is(feel::kind::context)) return feel::value(feel::null_reason::external_failed);
    const feel::value* class_name = java->as_context().find("class");
    const feel::value* signature = java->as_context().find("method signature");
    if (!class_name || !signature || !class_name->is(feel::kind::string) || !signature->is(feel::kind::string))
        return feel::value(feel::null_reason::external_failed);
    return make(parameters, class_name->as_string(), signature->as_string());
}

POLKU_DECL std::shared_ptr<external_registry> standard_externals() {
    auto made = std::make_shared<external_registry>();
    made->knows_java_ = true;
    return made;
}

}  // namespace polku::inline POLKU_V::dmn

#endif

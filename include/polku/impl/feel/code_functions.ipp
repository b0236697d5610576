// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_FUNCTIONS_IPP
#define POLKU_IMPL_FEEL_CODE_FUNCTIONS_IPP

#include <polku/impl/feel/code_functions.hpp>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value closure::call(evaluation_context& with, std::span<const value> passed) const {
    if (passed.size() != code_->parameters.size()) return value(null_reason::wrong_arguments);
    const depth_guard depth(with, code_->body.weight);
    if (!depth || !with.step()) return value();
    local_values locals(code_->body.locals);
    for (std::size_t i = 0; i < passed.size(); ++i) {
        locals.data()[i] = coerce(passed[i], code_->parameters[i].type);
        if (locals.data()[i].is_null() && !passed[i].is_null()) return value(null_reason::type_mismatch);
    }
    frame in{with, {}, locals.data(), captures_.data()};
    return code_->body.root->run(in);
}

POLKU_DECL value closure_operation::run(frame& in) const {
    std::vector<value> captured;
    captured.reserve(captures_.size());
    for (const operation_pointer& each : captures_) captured.push_back(each->run(in));
    return value(static_cast<const function*>(new closure(code_, std::move(captured))));
}

/// The arguments of one call, without asking for memory where they are few.
class argument_values {
public:
    argument_values(std::span<const operation_pointer> from, frame& in)
        : values_(static_cast<std::uint32_t>(from.size())) {
        for (std::size_t i = 0; i < from.size(); ++i) values_.data()[i] = from[i]->run(in);
        count_ = from.size();
    }
    std::span<const value> span() noexcept { return {values_.data(), count_}; }

private:
    local_values values_;
    std::size_t count_ = 0;
};

POLKU_DECL value call_function(const function& callee, std::span<const operation_pointer> from,
                               std::span<const std::string> names, frame& in) {
    if (!in.with.step()) return value();
    argument_values passed(from, in);
    if (in.with.faulted()) return value();
    return names.empty() ? callee.call(in.with, passed.span()) : callee.call_named(in.with, names, passed.span());
}

POLKU_DECL value call_operation::run(frame& in) const {
    const value callee = callee_->run(in);
    if (!callee.is(kind::function)) return value(null_reason::not_a_function);
    return call_function(callee.as_function(), arguments_, names_, in);
}

POLKU_DECL value builtin_operation::run(frame& in) const { return call_function(*callee_, arguments_, names_, in); }

}  // namespace polku::inline POLKU_V::feel::detail

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_EVALUATION_CONTEXT_IPP
#define POLKU_IMPL_FEEL_EVALUATION_CONTEXT_IPP

#include <polku/feel/evaluation_context.hpp>

#include <algorithm>
#include <string>

namespace polku::inline POLKU_V::feel {

POLKU_DECL void evaluation_context::set_fault(polku::error what) const {
    if (fault_ == nullptr) fault_ = std::make_unique<polku::error>(std::move(what));
    next_check_ = 0;
}

POLKU_DECL bool evaluation_context::check_steps() const noexcept {
    if (faulted()) return false;
    if (steps_ > limits_.steps) {
        set_fault({error_code::limit_steps, "the evaluation took more than " + std::to_string(limits_.steps) +
                                                " steps; simplify the expression or raise the limit on steps"});
        return false;
    }
    if (cancel_ != nullptr && cancel_(cancel_data_)) {
        set_fault({error_code::cancelled, "the caller cancelled the evaluation"});
        return false;
    }
    // One more than the limit is the count that must be noticed; between checks the caller's hook is asked every 1024.
    next_check_ = std::min(steps_ + 1024, limits_.steps + 1);
    return true;
}

POLKU_DECL bool evaluation_context::check_depth() noexcept {
    if (faulted()) return false;
    set_fault({error_code::limit_depth, "calls and expressions are nested deeper than " +
                                            std::to_string(limits_.depth) +
                                            "; end the recursion earlier or raise the limit on depth"});
    return false;
}

}  // namespace polku::inline POLKU_V::feel

#endif

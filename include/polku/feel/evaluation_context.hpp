// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_EVALUATION_CONTEXT_HPP
#define POLKU_FEEL_EVALUATION_CONTEXT_HPP

#include <polku/error.hpp>
#include <polku/time/date_time.hpp>

#include <cstdint>
#include <memory>

namespace polku::inline POLKU_V::feel {

namespace detail {

class value_stack;
struct value_stack_deleter {
    POLKU_DECL void operator()(value_stack* of) const noexcept;
};

}  // namespace detail

/// Bounds on one evaluation; passing one stops it with an error of the 5xx family.
struct limits {
    std::uint32_t depth = 512;               ///< nested calls and expressions
    std::uint64_t steps = 50'000'000;        ///< loop turns, calls and list items touched
    std::uint64_t list_length = 10'000'000;  ///< items of a list that is made
    std::uint64_t text_bytes = 64U << 20U;   ///< bytes of a text that is made
    std::uint32_t regex_steps = 1'000'000;   ///< steps of one search with a regular expression
};

/// What an evaluation may know besides its inputs: the time, the zones, the bounds. Cheap; one per thread, reused from
/// call to call. No clock is read: `now` is what the caller says it is.
class evaluation_context {
public:
    /// Asked now and then in long work; true asks to stop, and the evaluation ends with `cancelled`.
    using cancel_callback = bool (*)(void* user_data);

    /// Without a time: `now()` and `today()` answer null.
    evaluation_context() : zones_(&time::builtin_zones()) {}
    /// `zones` is borrowed and must outlive this; it must know the zone of `now`.
    explicit evaluation_context(time::date_time now, const time::zone_source& zones = time::builtin_zones(),
                                feel::limits bounds = {})
        : now_(std::move(now)), has_now_(true), zones_(&zones), limits_(bounds) {}

    /// True when a time was given.
    bool has_now() const noexcept { return has_now_; }
    const time::date_time& now() const noexcept { return now_; }
    /// The date of `now()`; only when a time was given.
    time::date today() const noexcept { return now_.date; }
    /// What knows the named zones.
    const time::zone_source& zones() const noexcept { return *zones_; }
    /// The bounds that apply.
    const feel::limits& bounds() const noexcept { return limits_; }
    /// Gives the time at which what follows is evaluated.
    void set_now(time::date_time now) {
        now_ = std::move(now);
        has_now_ = true;
    }
    /// Gives other bounds, from now on.
    void set_limits(feel::limits bounds) noexcept {
        limits_ = bounds;
        next_check_ = 0;
    }
    /// `ask` gets `user_data` with each call; null pointer: nobody is asked. Both are borrowed.
    void set_cancel(cancel_callback ask, void* user_data) noexcept {
        cancel_ = ask;
        cancel_data_ = user_data;
        next_check_ = 0;
    }

    /// What a floor above attaches for the length of one evaluation (the trace of a decision); this floor never looks.
    void* observer() const noexcept { return observer_; }
    /// Null pointer takes it away. Borrowed.
    void set_observer(void* attached) noexcept { observer_ = attached; }

    /// The first tier-1 fault of this evaluation (limit, cancel, failed host callback), or null pointer. Once set,
    /// every evaluation with this context answers null quickly until `reset`.
    const polku::error* fault() const noexcept { return fault_.get(); }
    /// True when there is a fault.
    bool faulted() const noexcept { return fault_ != nullptr; }
    /// Sets the fault, unless there is one already.
    POLKU_DECL void set_fault(polku::error what) const;
    /// Forgets fault, steps and depth; called at the start of each top-level evaluation.
    void reset() noexcept {
        fault_.reset();
        steps_ = 0;
        next_check_ = 0;
        depth_ = 0;
    }

    /// Counts work; false once a limit is passed or the caller cancelled (the fault is then set). Comparing counts too,
    /// so a context that is otherwise only read counts as well.
    bool step(std::uint64_t count = 1) const noexcept {
        steps_ += count;
        return POLKU_LIKELY(steps_ < next_check_) ? true : check_steps();
    }
    std::uint64_t steps() const noexcept { return steps_; }  ///< counted since `reset`
    /// Enters one level of nesting; false past the limit. Pair with `leave`, also after false.
    bool enter() noexcept { return POLKU_LIKELY(++depth_ <= limits_.depth && !faulted()) ? true : check_depth(); }
    /// Leaves what `enter` entered.
    void leave() noexcept { --depth_; }
    /// The same for several levels at once: a body is weighed by how deep its expressions nest.
    bool enter(std::uint32_t levels) noexcept {
        depth_ += levels;
        return POLKU_LIKELY(depth_ <= limits_.depth && !faulted()) ? true : check_depth();
    }
    void leave(std::uint32_t levels) noexcept { depth_ -= levels; }

    /// Memory for values of running evaluations, kept from call to call; of use to the engine alone.
    detail::value_stack& values() {
        if (POLKU_UNLIKELY(values_ == nullptr)) make_values();
        return *values_;
    }

private:
    POLKU_DECL bool check_steps() const noexcept;
    POLKU_DECL bool check_depth() noexcept;
    POLKU_DECL void make_values();

    time::date_time now_;
    bool has_now_ = false;
    const time::zone_source* zones_;
    feel::limits limits_;
    mutable std::unique_ptr<polku::error> fault_;
    mutable std::uint64_t steps_ = 0;
    mutable std::uint64_t next_check_ = 0;  // steps up to here need no look at limits, hook and fault
    std::uint32_t depth_ = 0;
    cancel_callback cancel_ = nullptr;
    void* cancel_data_ = nullptr;
    void* observer_ = nullptr;
    std::unique_ptr<detail::value_stack, detail::value_stack_deleter> values_;
};

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/feel/detail/value_stack.hpp>  // what destroys the stack
#include <polku/impl/feel/evaluation_context.ipp>
#endif

#endif

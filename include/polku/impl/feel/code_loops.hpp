// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_LOOPS_HPP
#define POLKU_IMPL_FEEL_CODE_LOOPS_HPP

#include <polku/feel/code.hpp>
#include <polku/feel/operations.hpp>

namespace polku::inline POLKU_V::feel::detail {

/// What one iterator runs over: the items of a list, or the whole numbers or days between two ends.
class iteration {
public:
    /// Over a value: a list, an ascending range, or anything else as a list of itself.
    POLKU_DECL static iteration over(value domain);
    /// Over `low..high`, upwards or downwards.
    POLKU_DECL static iteration between(const value& low, const value& high);

    /// False for null and for ranges that cannot be counted through.
    bool is_valid() const noexcept { return valid_; }
    /// The next item into `out`; false after the last.
    POLKU_DECL bool next(value& out);

private:
    POLKU_DECL void from_range(const range& of);
    POLKU_DECL void count(const value& low, const value& high, bool may_descend);
    POLKU_DECL bool next_counted(value& out);

    value domain_;
    value current_;
    value last_;
    std::size_t index_ = 0;
    bool counted_ = false;
    bool down_ = false;
    bool valid_ = true;
    bool skip_last_ = false;
};

struct iterator_code {
    operation_pointer domain;
    operation_pointer high;  ///< only for `low..high`
    std::uint32_t local = 0;
};

/// The iterators of `for`, `some` and `every`, the later ones inside the earlier ones.
class loop_operation : public operation {
protected:
    loop_operation(std::vector<iterator_code> iterators, operation_pointer body)
        : iterators_(std::move(iterators)), body_(std::move(body)) {}
    /// Runs the body for every combination; `turn` answers false to stop. False when a domain is no domain or the
    /// evaluation was stopped.
    template <class Turn>
    bool each_turn(frame& in, Turn&& turn, std::size_t depth = 0) const;
    const operation& body() const noexcept { return *body_; }

private:
    POLKU_DECL iteration domain_of(const iterator_code& of, frame& in) const;
    std::vector<iterator_code> iterators_;
    operation_pointer body_;
};

class for_operation final : public loop_operation {
public:
    for_operation(std::vector<iterator_code> iterators, operation_pointer body, std::int32_t partial,
                  bool lists_partial)
        : loop_operation(std::move(iterators), std::move(body)), partial_(partial), lists_partial_(lists_partial) {}
    POLKU_DECL value run(frame& in) const override;

private:
    std::int32_t partial_;  ///< the local of `partial`, or -1
    bool lists_partial_;    ///< the body looks at `partial` as a list, not only at its items
};

/// `partial[index]` of a loop around.
class partial_item_operation final : public operation {
public:
    partial_item_operation(std::int32_t local, operation_pointer index) : index_(std::move(index)), local_(local) {}
    POLKU_DECL value run(frame& in) const override;

private:
    operation_pointer index_;
    std::int32_t local_;
};

/// `some` where `stop` is true, `every` where it is false.
class quantified_operation final : public loop_operation {
public:
    quantified_operation(std::vector<iterator_code> iterators, operation_pointer condition, bool stop)
        : loop_operation(std::move(iterators), std::move(condition)), stop_(stop) {}
    POLKU_DECL value run(frame& in) const override;

private:
    bool stop_;
};

}  // namespace polku::inline POLKU_V::feel::detail

#endif

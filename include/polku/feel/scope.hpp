// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_SCOPE_HPP
#define POLKU_FEEL_SCOPE_HPP

#include <polku/feel/function.hpp>
#include <polku/feel/type.hpp>
#include <polku/feel/value.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::feel {

/// The names that an expression may use, each with its type and the slot that holds its value when it is evaluated.
/// Names may have spaces and the other characters that FEEL allows; longer names win over shorter ones.
class scope {
public:
    /// A name and its type; the slot is its place in the list.
    struct entry {
        std::string name;  ///< with single spaces
        feel::type type;   ///< Any where none is known
    };

    scope() = default;
    /// Adds a name (after folding of white space); its slot is the number of names before it.
    POLKU_DECL std::uint32_t add(std::string_view name, type of = {});
    /// The slot of a name, of the last one added where it stands twice; empty when there is none.
    POLKU_DECL std::optional<std::uint32_t> find(std::string_view name) const noexcept;
    /// In the order of the slots.
    std::span<const entry> entries() const noexcept { return entries_; }
    /// How many names, and so slots, there are.
    std::size_t size() const noexcept { return entries_.size(); }

private:
    std::vector<entry> entries_;
};

/// Where an expression's text stands, so that errors can name the place: line and column of its first character.
struct text_origin {
    std::string source;        ///< file or model, as positions of errors have it
    std::string element;       ///< id of the element that holds the text
    std::string pointer;       ///< of the member or cell that holds it
    std::uint32_t line = 1;    ///< from 1
    std::uint32_t column = 1;  ///< from 1, in code points
};

/// What a compilation may ask its host for: the types of a model, and functions that live outside it. Asked only while
/// compiling; the object need not outlive the call.
class compile_hooks {
public:
    virtual ~compile_hooks() = default;
    /// The type that a model defines under a name (`tLoan`, `imported.tLoan`), for `instance of` and parameters.
    virtual bool find_type(std::string_view name, type& out) const {
        static_cast<void>(name);
        static_cast<void>(out);
        return false;
    }
    /// The function value behind `function(...) external {...}`; a null is what the definition then evaluates to.
    virtual value external_function(const context& mapping, std::span<const parameter> parameters) const {
        static_cast<void>(mapping);
        static_cast<void>(parameters);
        return value(null_reason::external_failed);
    }
};

/// What a compilation is told besides text and names.
struct compile_options {
    text_origin origin;  ///< for positions of errors
    /// What to do with a name that is nowhere in scope: an error of the 2xx family, or a null with `no_such_entry` at
    /// evaluation and a warning among the diagnostics.
    bool unknown_names_are_null = false;
    std::uint32_t max_depth = 256;         ///< nesting of the text
    const compile_hooks* hooks = nullptr;  ///< borrowed; null pointer: nobody is asked
};

/// One simple unary test over a column: `any` accepts everything; the others compare the input with constants.
struct simple_test {
    /// The comparisons: `any`, `equal`, `not_equal`, `less`, `less_or_equal`, `greater`, `greater_or_equal` and
    /// `in_range`.
    enum class op : std::uint8_t { any, equal, not_equal, less, less_or_equal, greater, greater_or_equal, in_range };
    op is = op::any;  ///< how the input is compared
    value operand;    ///< the constant; a range value for `in_range`
};

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/scope.ipp>
#endif

#endif

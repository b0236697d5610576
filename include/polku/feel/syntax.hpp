// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_SYNTAX_HPP
#define POLKU_FEEL_SYNTAX_HPP

#include <polku/error.hpp>
#include <polku/feel/function.hpp>
#include <polku/feel/type.hpp>
#include <polku/feel/value.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::feel {

/// The forms of FEEL text after parsing. What each keeps in a `syntax_node` is said beside it.
enum class syntax : std::uint8_t {
    literal,     ///< constant
    slot,        ///< a name of the scope: index is its slot
    local,       ///< a name declared in the text: index is its symbol
    builtin,     ///< a built-in function as a value: callee
    item_entry,  ///< text: an entry that the filtered item (symbol index) may have; child 0, if any, is meant otherwise
    unknown_name,  ///< text; null when evaluated
    negation,      ///< child 0
    arithmetic,    ///< children joined from the left by operators
    comparison,    ///< child 0, operators[0], child 1
    conjunction,   ///< children
    disjunction,   ///< children
    between,       ///< children: point, low, high
    in_tests,      ///< child 0 is tested by the other children (tests); index is the symbol of `?`
    compare_test,  ///< a test: operators[0], child 0
    value_test,    ///< a test: child 0, a value, list or range that should hold the input
    instance_of,   ///< child 0, wanted
    list,          ///< children
    context,       ///< names, symbols and children by entry; index 1 when a name stands twice
    interval,      ///< children: low, high; low_closed, high_closed
    unary_range,   ///< `(> 5)`: operators[0], child 0
    filter,        ///< child 0 is filtered by child 1; index is the symbol of `item`
    path,          ///< child 0, text is the entry's name
    for_loop,      ///< symbols and children by iterator; the last child is the body; index is the symbol of `partial`
    iteration_range,      ///< `low..high` of an iterator: children low, high
    some,                 ///< symbols and children by iterator; the last child is the condition
    every,                ///< as `some`
    conditional,          ///< children: condition, then, else
    function_definition,  ///< symbols are the parameters, child 0 the body
    external_function,    ///< symbols are the parameters, child 0 the context that names the function
    invocation,           ///< child 0 is called with the other children; names when they are named
};

/// Arithmetic and comparison as FEEL writes them, in order: `+`, `-`, `*`, `/`, `**`, `=`, `!=`, `<`, `<=`, `>`, `>=`.
enum class syntax_operator : std::uint8_t {
    add,               ///< `+`
    subtract,          ///< `-`
    multiply,          ///< `*`
    divide,            ///< `/`
    power,             ///< `**`
    equal,             ///< `=`
    not_equal,         ///< `!=`
    less,              ///< `<`
    less_or_equal,     ///< `<=`
    greater,           ///< `>`
    greater_or_equal,  ///< `>=`
};

struct syntax_node;
/// A node is owned by its parent, a root by the tree.
using syntax_pointer = std::unique_ptr<syntax_node>;

/// A node of the tree with its place in the text and what is known of its type. Which members are used, `syntax` says;
/// the others are as made.
struct syntax_node {
    syntax is = syntax::literal;             ///< form of the text
    bool low_closed = false;                 ///< of intervals: the end belongs to it
    bool high_closed = false;                ///< of intervals: the end belongs to it
    std::uint32_t index = 0;                 ///< slot, symbol or flag
    std::uint32_t line = 1;                  ///< counted from the text's origin
    std::uint32_t column = 1;                ///< from 1, in code points
    const function* callee = nullptr;        ///< borrowed, for the program's life
    feel::type type;                         ///< what is known of the result; Any where nothing is
    feel::type wanted;                       ///< of `instance of`
    value constant;                          ///< of literals
    std::string text;                        ///< name or text
    std::vector<syntax_operator> operators;  ///< between the children
    std::vector<std::string> names;          ///< of entries or arguments
    std::vector<std::uint32_t> symbols;      ///< numbers in `syntax_tree::symbols`
    std::vector<syntax_pointer> children;    ///< in the order of the text
};

/// A name that the text declares: an iterator, a parameter, a context entry, `item`, `partial` or the input `?`.
struct syntax_symbol {
    std::string name;        ///< as it is spelled, with single spaces
    feel::type type;         ///< what is known of it
    std::uint32_t uses = 0;  ///< how often the text reads it
};

/// A parsed text. For unary tests the roots are tests, `negated` says that `not(...)` stands around them, and no root
/// at all is `-`.
struct syntax_tree {
    std::vector<syntax_pointer> roots;    ///< one for an expression
    std::vector<syntax_symbol> symbols;   ///< in the order of their declaration
    std::vector<diagnostic> diagnostics;  ///< warnings
    bool negated = false;
};

}  // namespace polku::inline POLKU_V::feel

#endif

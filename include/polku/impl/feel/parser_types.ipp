// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_PARSER_TYPES_IPP
#define POLKU_IMPL_FEEL_PARSER_TYPES_IPP

#include <polku/feel/lexer.hpp>
#include <polku/feel/parser.hpp>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL bool parser::expect(std::string_view symbol) {
    if (take(symbol)) return true;
    fail("'" + std::string(symbol) + "'");
    return false;
}

POLKU_DECL bool parser::type_text(type& out) {
    bool taken = false;
    const bool fine = enter() && type_of_form(word_here(), taken, out) && (taken || named_type(out));
    leave();
    return fine;
}

/// `list<T>`, `range<T>`, `context<...>` and `function<...> -> T`; not taken when no `<` follows.
POLKU_DECL bool parser::type_of_form(std::string_view word, bool& taken, type& out) {
    const std::size_t next = skip_space(text_, place_ + word.size());
    if (next >= text_.size() || text_[next] != '<') return true;
    taken = word == "list" || word == "range" || word == "context" || word == "function";
    if (!taken) return true;
    advance(next + 1);
    if (word == "context") return context_type(out);
    if (word == "function") return function_type(out);
    type element;
    if (!type_text(element) || !expect(">")) return false;
    out = word == "list" ? type::list_of(std::move(element)) : type::range_of(std::move(element));
    return true;
}

POLKU_DECL bool parser::context_type(type& out) {
    std::vector<type::member> members;
    if (peek() != '>') {
        do {
            auto name = declared_name({});
            type of;
            if (!name || !expect(":") || !type_text(of)) return false;
            members.push_back({*std::move(name), std::make_shared<const type>(std::move(of))});
        } while (take(","));
    }
    out = type::context_of(std::move(members));
    return expect(">");
}

POLKU_DECL bool parser::function_type(type& out) {
    std::vector<type> wanted;
    if (peek() != '>') {
        do {
            type each;
            if (!type_text(each)) return false;
            wanted.push_back(std::move(each));
        } while (take(","));
    }
    type made;
    if (!expect(">") || !expect("->") || !type_text(made)) return false;
    out = type::function_of(std::move(wanted), std::move(made));
    return true;
}

/// `list`, `range`, `context` or `function` without what grammar rule 52 wants after it.
POLKU_DECL bool parser::sees_bare_type() {
    const std::string_view word = word_here();
    if (word != "list" && word != "range" && word != "context" && word != "function") return false;
    const std::size_t next = skip_space(text_, place_ + word.size());
    const bool goes_on = next < text_.size() && (text_[next] == '<' || is_name_symbol(text_[next]));
    const std::string_view after = text_.substr(next, word_end(text_, next) - next);
    if (goes_on || (!after.empty() && !is_infix_keyword(after))) return false;
    type hooked;
    if (options_.hooks != nullptr && options_.hooks->find_type(word, hooked)) return false;
    warn(place_, error_code::feel_syntax,
         "type '" + std::string(word) + "' needs its parts in '<' and '>' after 'instance of'; the answer is null");
    return true;
}

/// A simple type or one that the hooks know: the longest run of words and dots here that is a type's name.
POLKU_DECL bool parser::named_type(type& out) {
    constexpr std::size_t most_pieces = 24;
    std::vector<std::size_t> ends;
    for (std::size_t end = place_; sees_name() && ends.size() < most_pieces;) {
        const std::size_t next = skip_blanks(text_, end);
        const bool symbol = next < text_.size() && is_name_symbol(text_[next]);
        const std::size_t next_end = symbol ? next + 1 : word_end(text_, next);
        if (next_end == next) break;
        ends.push_back(next_end);
        end = next_end;
    }
    for (std::size_t i = ends.size(); i-- > 0;) {
        const std::string name = fold_name(text_.substr(place_, ends[i] - place_));
        const bool hooked = options_.hooks != nullptr && options_.hooks->find_type(name, out);
        if (!hooked && !type::from_name(name, out)) continue;
        advance(ends[i]);
        return true;
    }
    if (options_.unknown_names_are_null && !ends.empty()) {
        const std::size_t end = run_end(place_);
        warn(place_, error_code::feel_unknown_name,
             "type '" + fold_name(text_.substr(place_, end - place_)) + "' is not known; Any is used");
        advance(end);
        met_unknown_type_ = true;
        out = type::any();
        return true;
    }
    const std::string wanted = "the name of a type, list<...>, range<...>, context<...> or function<...> -> ...";
    if (ends.empty())
        fail(wanted);
    else
        fail_at(place_, error_code::feel_unknown_name, "found " + found_here() + " where " + wanted + " should stand");
    return false;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_PARSER_NAMES_IPP
#define POLKU_IMPL_FEEL_PARSER_NAMES_IPP

#include <polku/feel/lexer.hpp>
#include <polku/feel/parser.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL std::uint32_t parser::declare(std::string name, type of) {
    constexpr std::size_t most_names = 4096;
    if (declared_.size() >= most_names)
        fail_at(place_, error_code::limit_length, "the text declares more than 4096 names around one place; split it");
    const auto symbol = static_cast<std::uint32_t>(symbols_.size());
    symbols_.push_back({std::move(name), std::move(of), 0});
    declared_.push_back({symbol, false});
    return symbol;
}

/// A filter whose items may have entries that their static type does not tell.
POLKU_DECL bool parser::is_open_filter(const declared& each) const noexcept {
    if (!each.is_filter) return false;
    const type::form form = symbols_[each.symbol].type.is();
    return form == type::form::any || form == type::form::context;
}

POLKU_DECL void parser::match_members(match& best, const type& element, std::uint32_t place_in_declared) const {
    if (element.is() != type::form::context) return;
    for (std::uint32_t i = 0; i < element.members().size(); ++i) {
        const std::string& name = element.members()[i].name;
        const std::size_t end = match_name(name, text_, place_);
        if (end != no_place && (best.end == no_end || end > best.end))
            best = {end, place_in_declared, match::kind::member, i, name};
    }
}

POLKU_DECL void parser::match_declared(match& best) const {
    for (std::size_t i = declared_.size(); i-- > 0;) {
        const declared& each = declared_[i];
        const syntax_symbol& symbol = symbols_[each.symbol];
        if (each.is_filter) match_members(best, symbol.type, static_cast<std::uint32_t>(i));
        const std::size_t end = match_name(symbol.name, text_, place_);
        if (end != no_place && (best.end == no_end || end > best.end))
            best = {end, static_cast<std::uint32_t>(i), match::kind::local, each.symbol, symbol.name};
    }
}

POLKU_DECL parser::match parser::longest_known() const {
    match best;
    match_declared(best);
    const auto entries = names_.entries();
    for (std::size_t i = entries.size(); i-- > 0;) {
        const std::size_t end = match_name(entries[i].name, text_, place_);
        if (end != no_place && (best.end == no_end || end > best.end))
            best = {end, 0, match::kind::slot, static_cast<std::uint32_t>(i), entries[i].name};
    }
    const auto functions = builtins();
    const std::string_view first = text_.substr(place_, 1);
    auto at = std::lower_bound(functions.begin(), functions.end(), first,
                               [](const builtin& each, std::string_view key) { return each.name.substr(0, 1) < key; });
    for (; at != functions.end() && at->name.substr(0, 1) == first; ++at) {
        const std::size_t end = match_name(at->name, text_, place_);
        if (end == no_place || (best.end != no_end && end <= best.end)) continue;
        // `date and time` is a name only when it is called; else it may well join two names with `and`.
        const bool joins = best.end != no_end && at->name.find(" and ") != std::string_view::npos;
        const std::size_t next = skip_space(text_, end);
        if (joins && best.is != match::kind::builtin && (next >= text_.size() || text_[next] != '(')) continue;
        best = {end, 0, match::kind::builtin, static_cast<std::uint32_t>(at - functions.begin()), at->name};
    }
    return best;
}

/// The end of a run of words up to a keyword or an operator: how a name that nobody knows is read.
POLKU_DECL std::size_t parser::run_end(std::size_t from) const {
    std::size_t end = word_end(text_, from);
    for (;;) {
        const bool joined = end < text_.size() && text_[end] == '\'';
        const std::size_t next = joined ? end + 1 : skip_blanks(text_, end);
        const std::size_t next_end = word_end(text_, next);
        if (next_end == next || is_infix_keyword(text_.substr(next, next_end - next))) return end;
        end = next_end;
    }
}

/// The end of a run of words and name symbols: how a declared name (a context key, a parameter) is read.
POLKU_DECL std::size_t parser::declared_run_end(std::size_t from) const {
    std::size_t end = word_end(text_, from);
    for (;;) {
        const std::size_t next = skip_blanks(text_, end);
        if (next >= text_.size()) return end;
        const std::size_t next_end = is_name_symbol(text_[next]) ? next + 1 : word_end(text_, next);
        if (next_end == next) return end;
        end = next_end;
    }
}

/// A name being declared; with `stop_word`, words up to that keyword. Empty without a name here.
POLKU_DECL std::optional<std::string> parser::declared_name(std::string_view stop_word) {
    if (!sees_name()) {
        fail("a name");
        return std::nullopt;
    }
    const std::size_t start = place_;
    std::size_t end = declared_run_end(start);
    if (!stop_word.empty()) {
        end = word_end(text_, start);
        for (std::size_t next = skip_blanks(text_, end); next < text_.size(); next = skip_blanks(text_, end)) {
            const std::size_t next_end = is_name_symbol(text_[next]) ? next + 1 : word_end(text_, next);
            if (next_end == next || text_.substr(next, next_end - next) == stop_word) break;
            end = next_end;
        }
    }
    advance(end);
    return fold_name(text_.substr(start, end - start));
}

/// Wraps a meaning in the entries that items of the filters around (down to a place in `declared_`) may have instead.
POLKU_DECL syntax_pointer parser::item_entries(syntax_pointer otherwise, std::string_view name, std::uint32_t down_to,
                                               std::size_t start, bool also_typed) {
    for (std::size_t i = down_to; i < declared_.size(); ++i) {
        const declared& each = declared_[i];
        const bool open =
            also_typed ? is_open_filter(each) : each.is_filter && symbols_[each.symbol].type.is() == type::form::any;
        if (!open) continue;
        auto entry = node(syntax::item_entry, start);
        entry->index = each.symbol;
        ++symbols_[each.symbol].uses;
        entry->text = std::string(name);
        if (otherwise) entry->children.push_back(std::move(otherwise));
        otherwise = std::move(entry);
    }
    return otherwise;
}

POLKU_DECL syntax_pointer parser::known_name(const match& found, std::size_t start) {
    syntax_pointer made;
    std::uint32_t hidden_by = found.place_in_declared + 1;
    if (found.is == match::kind::local) {
        made = node(syntax::local, start);
        made->index = found.index;
        made->type = symbols_[found.index].type;
        ++symbols_[found.index].uses;
        // `item` itself gives way to an entry of that name.
        if (declared_[found.place_in_declared].is_filter) hidden_by = found.place_in_declared;
    } else if (found.is == match::kind::member) {
        const std::uint32_t symbol = declared_[found.place_in_declared].symbol;
        auto item = node(syntax::local, start);
        item->index = symbol;
        item->type = symbols_[symbol].type;
        ++symbols_[symbol].uses;
        made = node(syntax::path, start);
        made->text = std::string(found.name);
        made->type = *item->type.members()[found.index].is;
        made->children.push_back(std::move(item));
    } else if (found.is == match::kind::slot) {
        made = node(syntax::slot, start);
        made->index = found.index;
        made->type = names_.entries()[found.index].type;
        hidden_by = 0;
    } else {
        made = node(syntax::builtin, start);
        made->callee = find_builtin(found.name);
        made->text = std::string(found.name);
        hidden_by = 0;
        if (peek() == '(') return made;
    }
    return item_entries(std::move(made), found.name, hidden_by, start, false);
}

POLKU_DECL std::string parser::nearest_names(std::string_view name) const {
    std::vector<std::pair<std::size_t, std::string_view>> near;
    const std::size_t most = std::min(name.size(), std::max<std::size_t>(2, name.size() / 3) + 1);
    const auto consider = [&](std::string_view known) {
        const std::size_t distance = edit_distance(name, known, most);
        if (distance < most) near.emplace_back(distance, known);
    };
    for (const declared& each : declared_) consider(symbols_[each.symbol].name);
    for (const scope::entry& each : names_.entries()) consider(each.name);
    for (const builtin& each : builtins()) consider(each.name);
    std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string out;
    for (std::size_t i = 0; i < near.size() && i < 3 && near[i].first == near[0].first; ++i)
        out += (i == 0 ? "; did you mean '" : ", '") + std::string(near[i].second) + "'";
    return out.empty() ? "; declare it or correct it" : out + "?";
}

POLKU_DECL syntax_pointer parser::unknown_name(std::size_t start, std::size_t end) {
    const std::string name = fold_name(text_.substr(start, end - start));
    if (auto entry = item_entries(nullptr, name, 0, start, true)) {
        advance(end);
        return entry;
    }
    std::string message = "name '" + name.substr(0, 80) + "' is not in scope" + nearest_names(name);
    if (!options_.unknown_names_are_null) return fail_at(start, error_code::feel_unknown_name, std::move(message));
    warn(start, error_code::feel_unknown_name, std::move(message));
    advance(end);
    auto made = node(syntax::unknown_name, start);
    made->text = name;
    return made;
}

POLKU_DECL syntax_pointer parser::name() {
    const std::size_t start = place_;
    const match found = longest_known();
    if (found.is == match::kind::none) return unknown_name(start, run_end(start));
    // A word right after a known name can only mean that the two are one name, which nobody knows.
    const std::size_t next = skip_blanks(text_, found.end);
    const std::size_t next_end = word_end(text_, next);
    if (next_end != next && next != found.end && !is_infix_keyword(text_.substr(next, next_end - next)))
        return unknown_name(start, run_end(start));
    advance(found.end);
    return known_name(found, start);
}

/// The name after a dot: an entry that the static type has, else a run of words.
POLKU_DECL bool parser::member_name(const type& of, std::string& out) {
    const type& element = of.is() == type::form::list ? of.element() : of;
    match best;
    match_members(best, element, 0);
    if (best.is != match::kind::none) {
        out = std::string(best.name);
        advance(best.end);
        return true;
    }
    if (!sees_name()) {
        fail("the name of an entry");
        return false;
    }
    const std::size_t end = run_end(place_);
    out = fold_name(text_.substr(place_, end - place_));
    advance(end);
    return true;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif

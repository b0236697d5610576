// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_definition.hpp>

#include <polku/json/described.hpp>
#include <polku/json/text.hpp>
#include <polku/path/detail/item_lists.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::json {

namespace {

constexpr std::string_view extends_member = "extends";

using path::detail::find_item;
using path::detail::id_of;
using path::detail::is_list_of_ids;
using path::detail::is_removal;

/// Merges one delta into what it extends. Errors carry the pointer into the delta.
class merger {
public:
    explicit merger(const path_layer& delta) : delta_(delta) {}

    result<feel::value> merged(const feel::value& base, const feel::value& delta, const std::string& at) const {
        if (base.is(feel::kind::context) && delta.is(feel::kind::context))
            return members(base.as_context(), delta.as_context(), at);
        if (is_list_of_ids(base) && is_list_of_ids(delta)) return items(base, delta, at);
        return delta;
    }

private:
    result<feel::value> members(const feel::context& base, const feel::context& delta, const std::string& at) const {
        feel::context out;
        for (const auto& each : base) {
            const feel::value* changed = delta.find(each.name);
            if (changed == nullptr) {
                out.append(each.name, each.value);
            } else if (!changed->is_null()) {
                POLKU_TRY(feel::value made, merged(each.value, *changed, at + pointer_step(each.name)));
                out.append(each.name, std::move(made));
            }
        }
        for (const auto& each : delta) {
            if (base.find(each.name) != nullptr) continue;
            if (each.value.is_null()) return nothing_there("'" + each.name + "'", at + pointer_step(each.name));
            out.append(each.name, each.value);
        }
        return feel::value(std::move(out));
    }

    result<feel::value> items(const feel::value& base, const feel::value& delta, const std::string& at) const {
        std::vector<feel::value> out;
        for (const feel::value& each : base.as_list()) {
            const feel::value* changed = find_item(delta, id_of(each));
            if (changed == nullptr || is_removal(*changed)) {
                out.push_back(each);
            } else {
                const auto place = changed - delta.as_list().data();
                POLKU_TRY(feel::value made, merged(each, *changed, at + "/" + std::to_string(place)));
                out.push_back(std::move(made));
            }
        }
        std::string_view before;
        std::size_t place = 0;
        for (const feel::value& each : delta.as_list()) {
            const std::string here = at + "/" + std::to_string(place++);
            const std::string_view id = id_of(each);
            if (find_item(base, id) == nullptr) {
                if (is_removal(each)) return nothing_there("'" + std::string(id) + "'", here);
                out.insert(behind(out, before), each);
            }
            before = id;
        }
        // What goes away goes last, so that a new item can stand in its place.
        std::erase_if(out, [&delta](const feel::value& each) {
            const feel::value* said = find_item(delta, id_of(each));
            return said != nullptr && is_removal(*said);
        });
        return feel::value(std::move(out));
    }

    /// The place behind the item of that id; the end when there is none.
    static std::vector<feel::value>::const_iterator behind(const std::vector<feel::value>& items, std::string_view id) {
        const auto found =
            std::find_if(items.begin(), items.end(), [id](const feel::value& each) { return id_of(each) == id; });
        return found == items.end() ? found : found + 1;
    }

    error nothing_there(const std::string& what, const std::string& pointer) const {
        position where = position_of(delta_.text, pointer);
        where.source = delta_.name;
        return error(error_code::json_invalid_value,
                     what + " is taken away, but what this definition extends does not have it", std::move(where));
    }

    const path_layer& delta_;
};

result<feel::value> parsed(const path_layer& of) {
    parse_options options;
    options.source = of.name;
    return try_parse(of.text, options);
}

feel::value without_extends(const feel::value& of) {
    feel::context out;
    for (const auto& each : of.as_context())
        if (each.name != extends_member) out.append(each.name, each.value);
    return feel::value(std::move(out));
}

/// The whole definition as one document, and the layers' own documents.
result<feel::value> merged_document(std::span<const path_layer> layers) {
    POLKU_TRY(feel::value whole, parsed(layers.back()));
    for (std::size_t at = layers.size() - 1; at-- > 0;) {
        POLKU_TRY(const feel::value delta, parsed(layers[at]));
        if (!delta.is(feel::kind::context)) return delta;  // which the reader of the definition refuses
        POLKU_TRY(whole, merger(layers[at]).merged(whole, without_extends(delta), ""));
    }
    return whole;
}

/// A pointer into the merged document as a pointer into one layer, as far as that layer says it; `whole` tells whether
/// it says all of it. Items of lists of ids have other places there.
struct layer_pointer {
    std::string text;
    bool whole = true;
};
std::string unescaped(std::string_view step) {
    std::string out;
    for (std::size_t i = 0; i < step.size(); ++i) {
        const bool escaped = step[i] == '~' && i + 1 < step.size();
        out += escaped ? (step[++i] == '1' ? '/' : '~') : step[i];
    }
    return out;
}
std::optional<std::size_t> place_in(const feel::value& merged, const feel::value& layer, std::string_view step) {
    std::size_t place = 0;
    if (std::from_chars(step.data(), step.data() + step.size(), place).ec != std::errc()) return std::nullopt;
    if (!is_list_of_ids(merged) || !is_list_of_ids(layer))
        return place < layer.as_list().size() ? std::optional(place) : std::nullopt;
    if (place >= merged.as_list().size()) return std::nullopt;
    const feel::value* found = find_item(layer, id_of(merged.as_list()[place]));
    if (found == nullptr) return std::nullopt;
    return static_cast<std::size_t>(found - layer.as_list().data());
}
layer_pointer pointer_in(const feel::value& merged, const feel::value& layer, std::string_view pointer) {
    layer_pointer out;
    const feel::value* whole = &merged;
    const feel::value* part = &layer;
    while (!pointer.empty()) {
        const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
        const std::string step = unescaped(pointer.substr(1, end - 1));
        pointer.remove_prefix(end);
        const feel::value* next = nullptr;
        if (part->is(feel::kind::context)) {
            next = part->as_context().find(step);
            if (next != nullptr) out.text += pointer_step(step);
            whole = whole->is(feel::kind::context) ? whole->as_context().find(step) : nullptr;
        } else if (part->is(feel::kind::list) && whole->is(feel::kind::list)) {
            const auto place = place_in(*whole, *part, step);
            if (place) {
                next = &part->as_list()[*place];
                out.text += "/" + std::to_string(*place);
                std::size_t at = 0;
                std::from_chars(step.data(), step.data() + step.size(), at);
                whole = at < whole->as_list().size() ? &whole->as_list()[at] : nullptr;
            }
        }
        if (next == nullptr || whole == nullptr) return {out.text, false};
        part = next;
    }
    return out;
}

}  // namespace

result<std::string> try_read_extends(const path_layer& of) {
    POLKU_TRY(const feel::value document, parsed(of));
    const feel::value* base = document.is(feel::kind::context) ? document.as_context().find(extends_member) : nullptr;
    if (base == nullptr) return std::string();
    if (base->is(feel::kind::string) && !base->as_string().empty()) return std::string(base->as_string());
    position where = position_of(of.text, "/extends");
    where.source = of.name;
    return error(error_code::json_wrong_type, "'extends' names the definition that this one changes, as a string",
                 std::move(where));
}

result<path::definition> try_read_path(std::span<const path_layer> layers) {
    if (layers.size() == 1) return try_read_path(layers[0].text, layers[0].name);
    POLKU_TRY(const feel::value whole, merged_document(layers));
    result<path::definition> made = try_from_value<path::definition>(whole, {}, layers[0].name);
    if (made) return made;
    for (position& each : made.error().positions()) each = position_in(layers, each.pointer);
    return made;
}

position position_in(std::span<const path_layer> layers, std::string_view pointer) {
    const path_layer* said_by = &layers[0];
    layer_pointer there{std::string(pointer), true};
    const auto whole = layers.size() > 1 ? merged_document(layers) : result<feel::value>(feel::value());
    if (layers.size() > 1 && whole) {
        there = {"", false};
        for (const path_layer& layer : layers) {
            const auto document = parsed(layer);
            if (!document) continue;
            layer_pointer found = pointer_in(*whole, *document, pointer);
            if (!found.whole && found.text.size() <= there.text.size()) continue;
            there = std::move(found);
            said_by = &layer;
            if (there.whole) break;
        }
    }
    position where = position_of(said_by->text, there.text);
    where.source = said_by->name;
    where.pointer = there.whole ? there.text : std::string(pointer);
    return where;
}

}  // namespace polku::inline POLKU_V::json

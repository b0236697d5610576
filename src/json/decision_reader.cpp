// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/lexer.hpp>
#include <polku/json/decision_inputs.hpp>
#include <polku/json/decision_reader.hpp>
#include <polku/json/recent_texts.hpp>
#include <polku/json/text.hpp>

#include <algorithm>
#include <string>
#include <utility>

#include "text_scanner.hpp"

namespace polku::inline POLKU_V::json {

input_plan::input_plan(dmn::program program, dmn::decision_ref decision)
    : program_(std::move(program)), decision_(decision) {
    for (const dmn::input_info& each : program_.inputs(decision_))
        keys_.push_back({each.name, each.type.is() == feel::type::form::any ? nullptr : &each.type});
    slots_ = keys_.size();
    for (const std::string_view each : program_.other_inputs(decision_)) keys_.push_back({each, nullptr});
    for (key& each : keys_) each.is_plain = detail::text_scanner::is_plain(each.name);
    std::size_t size = 4;
    while (size < keys_.size() * 2) size *= 2;
    places_.resize(size, 0);
    for (std::size_t index = 0; index < keys_.size(); ++index) {
        // Of two inputs of one name the first is meant.
        if (find(keys_[index].name) != npos) continue;
        std::size_t at = quick_hash(keys_[index].name) & (size - 1);
        while (places_[at] != 0) at = (at + 1) & (size - 1);
        places_[at] = static_cast<std::uint32_t>(index + 1);
    }
}

std::size_t input_plan::find(std::string_view name) const noexcept {
    const std::size_t mask = places_.size() - 1;
    for (std::size_t at = quick_hash(name) & mask; places_[at] != 0; at = (at + 1) & mask)
        if (keys_[places_[at] - 1].name == name) return places_[at] - 1;
    return npos;
}

namespace detail {

namespace {

/// What a list may hold one of in place of a list of one.
const feel::type* without_lists(const feel::type* wanted) noexcept {
    while (wanted != nullptr && wanted->is() == feel::type::form::list) wanted = &wanted->element();
    return wanted != nullptr && wanted->is() == feel::type::form::any ? nullptr : wanted;
}

}  // namespace

/// Reads a text into the slots of a plan. It gives up, without saying why, on everything that is wrong and on what is
/// rare: the way by a document then tells. Lists and contexts are made in the memory of those that the same place had
/// in the text before, as far as nobody else holds them.
class slot_reader {
public:
    /// False for a text that is wrong or rare.
    bool read(const input_plan& of, std::string_view text, const feel::evaluation_context& with) {
        plan_ = &of;
        with_ = &with;
        slots_.resize(of.slots());
        seen_.assign(of.keys().size(), 0);
        bytes_ = text.size();
        from_.start(text);
        if (!read_inputs() || !from_.at_end()) return false;
        for (std::size_t at = 0; at < slots_.size(); ++at)
            if (seen_[at] == 0) slots_[at] = feel::value(feel::null_reason::unknown_input);
        return true;
    }
    std::span<const feel::value> slots() const noexcept { return slots_; }
    /// The values are not needed any more; those of a short text are kept for their memory.
    void clear() noexcept {
        if (bytes_ > kept_bytes) slots_.clear();
    }

private:
    const std::size_t most_depth_ = parse_options().max_depth;
    static constexpr std::size_t most_members = 64;
    static constexpr std::size_t kept_items = 1024;
    static constexpr std::size_t kept_bytes = std::size_t{16} << 10U;

    /// What was read last at one depth: what comes next is probably alike.
    struct kept_shape {
        const feel::type* type = nullptr;  // only to be compared: it may be gone
        feel::entry_names names;
        bool are_plain = false;
        std::size_t items = 0;

        void set(feel::entry_names of) {
            names = std::move(of);
            are_plain = true;
            for (std::size_t at = 0; at < names.size(); ++at) are_plain &= text_scanner::is_plain(names[at]);
        }
    };
    /// An object in the making.
    struct object {
        const feel::type* type = nullptr;  // null pointer: any
        bool are_plain = false;            // the expected names
        bool is_alike = true;              // the members so far have the expected names
        bool has_own_order = false;        // the expected names are those of the type
        std::string name;                  // of the next member, where they have not
        feel::context members;
    };

    /// The outermost object.
    bool read_inputs() {
        if (!from_.take('{')) return false;
        if (from_.take('}')) return true;
        std::size_t given = 0;
        do {
            std::size_t index = 0;
            if (!take_input(given++, index) || !from_.take(':')) return false;
            feel::value ignored;
            feel::value& slot = index < slots_.size() ? slots_[index] : ignored;
            if (!read_value(plan_->keys()[index].type, 1, slot)) return false;
        } while (from_.take(','));
        return from_.take('}');
    }
    /// The name of an input. Texts of one maker have their keys in one order, so the key that stood here last is looked
    /// at first, and in the beginning the inputs in their own order.
    bool take_input(std::size_t place, std::size_t& index) {
        const auto keys = plan_->keys();
        if (place == last_given_.size()) last_given_.push_back(static_cast<std::uint32_t>(place));
        if (place > last_given_.size()) return false;
        index = last_given_[place];
        if (index >= keys.size() || !keys[index].is_plain || !from_.take_name(keys[index].name)) {
            std::string_view name;
            if (!from_.take_string(name)) return false;
            index = plan_->find(name);
            if (index == input_plan::npos) index = plan_->find(feel::detail::normalize_nfc(name));
            if (index == input_plan::npos) return false;
            last_given_[place] = static_cast<std::uint32_t>(index);
        }
        return std::exchange(seen_[index], char{1}) == 0;
    }

    bool read_value(const feel::type* wanted, std::size_t depth, feel::value& out) {
        const feel::type* const item = without_lists(wanted);
        switch (from_.peek()) {
            case '"': return read_string(item, out);
            case '{': return read_object(item, depth, out);
            case '[': return read_list(wanted, depth, out);
            case 't': out = feel::value(true); return from_.take_word("true") && fits(out, item);
            case 'f': out = feel::value(false); return from_.take_word("false") && fits(out, item);
            case 'n': out = feel::value(); return from_.take_word("null");
            default: return read_number(item, out);
        }
    }
    static bool fits(const feel::value& made, const feel::type* item) noexcept {
        return item == nullptr || (item->is() == feel::type::form::simple && item->simple_kind() == made.kind());
    }
    bool read_number(const feel::type* item, feel::value& out) {
        feel::number amount;
        if (!from_.take_number(amount)) return false;
        out = feel::value(amount);
        return fits(out, item);
    }
    bool read_string(const feel::type* item, feel::value& out) {
        std::string_view text;
        if (!from_.take_string(text)) return false;
        if (item != nullptr && item->is() != feel::type::form::simple) return false;
        if (item != nullptr && item->simple_kind() != feel::kind::string)
            return dmn::detail::parse_kind(text, item->simple_kind(), *with_, out);
        out = texts_.value_of(text);
        return true;
    }

    bool read_list(const feel::type* wanted, std::size_t depth, feel::value& out) {
        if (wanted != nullptr && wanted->is() != feel::type::form::any) {
            if (wanted->is() != feel::type::form::list) return false;
            wanted = &wanted->element();
        }
        if (depth == most_depth_ || !from_.take('[')) return false;
        std::vector<feel::value> fresh;
        std::vector<feel::value>* const own = out.own_list();
        std::vector<feel::value>& items = own != nullptr ? *own : fresh;
        items.reserve(kept(depth).items);
        std::size_t count = 0;
        if (!from_.take(']')) {
            do {
                if (count == items.size()) items.emplace_back();
                if (!read_value(wanted, depth + 1, items[count++])) return false;
            } while (from_.take(','));
            if (!from_.take(']')) return false;
        }
        items.resize(count);
        kept(depth).items = std::min(count, kept_items);
        if (own == nullptr) out = feel::value(std::move(fresh));
        return true;
    }

    bool read_object(const feel::type* wanted, std::size_t depth, feel::value& out) {
        if (wanted != nullptr && wanted->is() != feel::type::form::context) return false;
        if (depth == most_depth_ || !from_.take('{')) return false;
        object made = begin_object(wanted, depth, out);
        if (!from_.take('}')) {
            do {
                const feel::type* type = nullptr;
                feel::value of;
                if (!take_member(made, type) || !from_.take(':') || !read_value(type, depth + 1, of)) return false;
                if (POLKU_LIKELY(made.is_alike))
                    made.members.append_next(std::move(of));
                else
                    made.members.append(made.name, std::move(of));
            } while (from_.take(','));
            if (!from_.take('}')) return false;
        }
        if (POLKU_UNLIKELY(!made.is_alike)) learn(made, depth);
        out = feel::value(std::move(made.members));
        return true;
    }
    kept_shape& kept(std::size_t depth) {
        if (POLKU_UNLIKELY(depth >= kept_.size())) kept_.resize(depth + 1);
        return kept_[depth];
    }
    /// An object has probably the names of the one before at this depth; if that had another type, those of its type.
    object begin_object(const feel::type* wanted, std::size_t depth, feel::value& before) {
        kept_shape& last = kept(depth);
        if (POLKU_UNLIKELY(last.type != wanted)) {
            last.type = wanted;
            last.set(wanted != nullptr ? wanted->names() : feel::entry_names());
        }
        object made;
        made.type = wanted;
        made.are_plain = last.are_plain;
        made.has_own_order = wanted != nullptr && last.names == wanted->names();
        made.members = before.take_own_context();
        if (POLKU_LIKELY(made.members.names() == last.names))
            made.members.clear();
        else
            made.members = feel::context::like(last.names);
        return made;
    }
    /// The name of a member, and its type.
    bool take_member(object& in, const feel::type*& type) {
        const std::size_t at = in.members.size();
        const feel::entry_names& expected = in.members.names();
        if (POLKU_LIKELY(in.is_alike && in.are_plain && at < expected.size() && from_.take_name(expected[at]))) {
            if (in.type == nullptr) return true;
            type = in.has_own_order ? in.type->members()[at].is.get() : in.type->find_member(expected[at]);
            return true;
        }
        return take_other_member(in, type);
    }
    bool take_other_member(object& in, const feel::type*& type) {
        std::string_view name;
        if (!from_.take_string(name)) return false;
        const std::size_t at = in.members.size();
        in.name = feel::detail::normalize_nfc(name);
        in.is_alike = in.is_alike && at < in.members.names().size() && in.members.names()[at] == in.name;
        if (!in.is_alike && (at == most_members || in.members.find(in.name) != nullptr)) return false;
        if (in.type != nullptr) type = in.type->find_member(in.name);
        return true;
    }
    void learn(object& done, std::size_t depth) {
        if (done.type != nullptr) done.members.share_names(done.type->names());
        kept(depth).set(done.members.names());
    }

    const input_plan* plan_ = nullptr;
    const feel::evaluation_context* with_ = nullptr;
    text_scanner from_;
    std::size_t bytes_ = 0;  // of the text
    std::vector<feel::value> slots_;
    std::vector<char> seen_;
    std::vector<std::uint32_t> last_given_;  // the keys of the text before, in its order
    std::vector<kept_shape> kept_;           // by depth
    recent_texts texts_;
};

}  // namespace detail

namespace {

/// An error of a value of the text, with the line and column of that value.
error placed(error what, std::string_view text) {
    if (what.positions().empty()) what.at({});
    for (position& each : what.positions()) {
        if (each.line != 0) continue;
        const position found = position_of(text, each.pointer);
        each.line = found.line;
        each.column = found.column;
    }
    return what;
}

}  // namespace

decision_reader::decision_reader() : reader_(std::make_unique<detail::slot_reader>()) {}
decision_reader::decision_reader(decision_reader&& other) noexcept = default;
decision_reader& decision_reader::operator=(decision_reader&& other) noexcept = default;
decision_reader::~decision_reader() = default;

result<std::vector<feel::value>> decision_reader::try_read_document(const input_plan& of, std::string_view text,
                                                                    const feel::evaluation_context& with) {
    POLKU_TRY(const feel::value document, try_parse(text));
    auto inputs = try_decision_inputs(of.program(), of.decision(), document, with);
    if (!inputs) return placed(std::move(inputs).error(), text);
    auto slots = dmn::try_slots(of.program(), of.decision(), *inputs);
    if (!slots) return placed(std::move(slots).error(), text);
    return slots;
}

result<std::span<const feel::value>> decision_reader::try_read(const input_plan& of, std::string_view text,
                                                               const feel::evaluation_context& with) {
    if (POLKU_LIKELY(!text.empty() && text.size() <= parse_options().max_bytes && reader_->read(of, text, with)))
        return reader_->slots();
    POLKU_TRY(slots_, try_read_document(of, text, with));
    return std::span<const feel::value>(slots_);
}

void decision_reader::clear() noexcept {
    reader_->clear();
    slots_.clear();
}

}  // namespace polku::inline POLKU_V::json

// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/lexer.hpp>
#include <polku/json/decision_inputs.hpp>
#include <polku/json/decision_reader.hpp>
#include <polku/json/recent_texts.hpp>
#include <polku/json/text.hpp>

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <string>
#include <utility>

#include "number_text.hpp"

namespace polku::inline POLKU_V::json {

input_plan::input_plan(dmn::program program, dmn::decision_ref decision)
    : program_(std::move(program)), decision_(decision) {
    for (const dmn::input_info& each : program_.inputs(decision_))
        keys_.push_back({each.name, each.type.is() == feel::type::form::any ? nullptr : &each.type});
    slots_ = keys_.size();
    for (const std::string_view each : program_.other_inputs(decision_)) keys_.push_back({each, nullptr});
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

/// Receives what Boost.JSON's parser finds and fills the slots. It gives up, without saying why, on everything that is
/// wrong and on what is rare: the way by a document then tells.
class slot_filler {
public:
    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;
    using failure = boost::json::error_code;

    void start(const input_plan& plan, const feel::evaluation_context& with) {
        plan_ = &plan;
        with_ = &with;
        slots_.assign(plan.slots(), feel::value(feel::null_reason::unknown_input));
        seen_.assign(plan.keys().size(), false);
        given_ = 0;
        depth_ = 0;
        gathered_.clear();
    }
    std::span<const feel::value> slots() const noexcept { return slots_; }
    void clear() noexcept {
        slots_.clear();
        for (frame& each : frames_) each.forget();
    }

    bool on_document_begin(failure&) { return true; }
    bool on_document_end(failure&) { return true; }
    bool on_object_begin(failure& failed) {
        if (depth_ == 0) return enter();
        const feel::type* const wanted = without_lists(innermost().wanted);
        if (wanted != nullptr && wanted->is() != feel::type::form::context) return give_up(failed);
        enter();
        frame& made = innermost();
        made.members_of = wanted;
        made.is_alike = true;
        made.members = feel::context::like(made.last_names);
        return true;
    }
    bool on_object_end(std::size_t, failure&) {
        if (--depth_ == 0) return true;
        frame& done = frames_[depth_];
        if (!done.is_alike) {
            if (done.members_of != nullptr) done.members.share_names(done.members_of->names());
            done.last_names = done.members.names();
        }
        return add(feel::value(std::move(done.members)));
    }
    bool on_array_begin(failure& failed) {
        if (depth_ == 0) return give_up(failed);
        const feel::type* wanted = innermost().wanted;
        if (wanted != nullptr && wanted->is() != feel::type::form::any) {
            if (wanted->is() != feel::type::form::list) return give_up(failed);
            wanted = &wanted->element();
        }
        enter();
        innermost().is_array = true;
        innermost().wanted = wanted;
        innermost().items.reserve(innermost().last_size);
        return true;
    }
    bool on_array_end(std::size_t, failure&) {
        frame& done = frames_[--depth_];
        done.last_size = std::min(done.items.size(), kept_items);
        return add(feel::value(std::move(done.items)));
    }
    bool on_key_part(std::string_view part, std::size_t, failure&) { return gather(part); }
    bool on_key(std::string_view part, std::size_t, failure& failed) {
        const std::string_view name = whole(part);
        const bool is_new = depth_ == 1 ? on_input(name) : on_member(name);
        gathered_.clear();
        return is_new || give_up(failed);
    }
    bool on_string_part(std::string_view part, std::size_t, failure&) { return gather(part); }
    bool on_string(std::string_view part, std::size_t, failure& failed) {
        const bool fits = depth_ > 0 && add_string(whole(part));
        gathered_.clear();
        return fits || give_up(failed);
    }
    bool on_number_part(std::string_view part, failure&) { return gather(part); }
    bool on_int64(std::int64_t amount, std::string_view, failure& failed) {
        gathered_.clear();
        return add_scalar(feel::value(amount), failed);
    }
    bool on_uint64(std::uint64_t, std::string_view part, failure& failed) { return add_number(whole(part), failed); }
    bool on_double(double, std::string_view part, failure& failed) { return add_number(whole(part), failed); }
    bool on_bool(bool truth, failure& failed) { return add_scalar(feel::value(truth), failed); }
    bool on_null(failure& failed) { return depth_ > 0 ? add(feel::value()) : give_up(failed); }
    bool on_comment_part(std::string_view, failure&) { return true; }
    bool on_comment(std::string_view, failure&) { return true; }

private:
    static constexpr std::size_t kept_items = 1024;
    static constexpr std::size_t most_members = 64;

    struct frame {
        bool is_array = false;
        const feel::type* wanted = nullptr;      // of the value that comes next; null pointer: any
        const feel::type* members_of = nullptr;  // of an object; null pointer: any
        std::size_t last_size = 0;
        std::vector<feel::value> items;
        feel::context members;
        feel::entry_names last_names;  // of the object read last at this depth
        bool is_alike = false;         // the members so far have these names
        std::string name;              // of the next member, where they have not

        void forget() noexcept {
            items.clear();
            members = feel::context();
        }
    };

    static bool give_up(failure& failed) {
        failed = boost::json::error::input_error;
        return false;
    }
    frame& innermost() noexcept { return frames_[depth_ - 1]; }
    bool enter() {
        if (depth_ == frames_.size()) frames_.emplace_back();
        frame& made = frames_[depth_++];
        made.is_array = false;
        made.forget();
        return true;
    }
    bool gather(std::string_view part) {
        gathered_ += part;
        return true;
    }
    /// The token whose last part this is.
    std::string_view whole(std::string_view part) {
        if (POLKU_LIKELY(gathered_.empty())) return part;
        gathered_ += part;
        return gathered_;
    }

    /// A key of the outermost object. Texts of one maker have their keys in one order, so the key that stood here last
    /// is looked at first.
    bool on_input(std::string_view name) {
        const auto keys = plan_->keys();
        std::size_t index = given_ < last_given_.size() ? last_given_[given_] : input_plan::npos;
        if (index >= keys.size() || keys[index].name != name) {
            index = plan_->find(name);
            if (index == input_plan::npos) index = plan_->find(feel::detail::normalize_nfc(name));
            if (index == input_plan::npos) return false;
            if (given_ >= last_given_.size()) last_given_.resize(given_ + 1);
            last_given_[given_] = static_cast<std::uint32_t>(index);
        }
        if (seen_[index]) return false;
        seen_[index] = true;
        ++given_;
        target_ = index;
        frames_[0].wanted = keys[index].type;
        return true;
    }
    /// A key of another object. Objects in a list are alike: the name that stood here last is looked at first.
    bool on_member(std::string_view name) {
        frame& in = innermost();
        const std::size_t at = in.members.size();
        if (in.is_alike && at < in.last_names.size() && in.last_names[at] == name) {
            in.wanted = in.members_of != nullptr ? in.members_of->find_member(name) : nullptr;
            return true;
        }
        in.is_alike = false;
        in.name = feel::detail::normalize_nfc(name);
        if (at == most_members || in.members.find(in.name) != nullptr) return false;
        in.wanted = in.members_of != nullptr ? in.members_of->find_member(in.name) : nullptr;
        return true;
    }
    bool add(feel::value&& made) {
        frame& in = innermost();
        if (depth_ == 1) {
            if (target_ < slots_.size()) slots_[target_] = std::move(made);
        } else if (in.is_array) {
            in.items.push_back(std::move(made));
        } else if (POLKU_LIKELY(in.is_alike)) {
            in.members.append_next(std::move(made));
        } else {
            in.members.append(in.name, std::move(made));
        }
        return true;
    }
    bool add_scalar(feel::value&& made, failure& failed) {
        if (depth_ == 0) return give_up(failed);
        const feel::type* const wanted = without_lists(innermost().wanted);
        const bool fits =
            wanted == nullptr || (wanted->is() == feel::type::form::simple && wanted->simple_kind() == made.kind());
        return fits ? add(std::move(made)) : give_up(failed);
    }
    bool add_number(std::string_view text, failure& failed) {
        feel::number amount;
        const bool is_exact = short_number(text, amount) || [&] {
            const auto exact = exact_number(text);
            if (exact) amount = *exact;
            return exact.has_value();
        }();
        gathered_.clear();
        return is_exact ? add_scalar(feel::value(amount), failed) : give_up(failed);
    }
    bool add_string(std::string_view text) {
        const feel::type* const wanted = without_lists(innermost().wanted);
        if (wanted == nullptr) return add(texts_.value_of(text));
        if (wanted->is() != feel::type::form::simple) return false;
        if (wanted->simple_kind() == feel::kind::string) return add(texts_.value_of(text));
        feel::value made;
        return dmn::detail::parse_kind(text, wanted->simple_kind(), *with_, made) && add(std::move(made));
    }

    const input_plan* plan_ = nullptr;
    const feel::evaluation_context* with_ = nullptr;
    std::vector<feel::value> slots_;
    std::vector<bool> seen_;
    std::vector<std::uint32_t> last_given_;  // the keys of the text before, in its order
    std::size_t given_ = 0;
    std::size_t target_ = 0;
    std::vector<frame> frames_;
    std::size_t depth_ = 0;
    std::string gathered_;
    recent_texts texts_;
};

class slot_parser {
public:
    /// False for a text that is wrong or rare.
    bool read(const input_plan& of, std::string_view text, const feel::evaluation_context& with) {
        parser_.reset();
        parser_.handler().start(of, with);
        boost::json::error_code failed;
        const std::size_t end = parser_.write_some(false, text.data(), text.size(), failed);
        return !failed && text.find_first_not_of(" \t\r\n", end) == std::string_view::npos;
    }
    slot_filler& filler() noexcept { return parser_.handler(); }

private:
    static boost::json::parse_options limits() {
        boost::json::parse_options made;
        made.max_depth = parse_options().max_depth;
        return made;
    }
    boost::json::basic_parser<slot_filler> parser_{limits()};
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

decision_reader::decision_reader() : parser_(std::make_unique<detail::slot_parser>()) {}
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
    if (POLKU_LIKELY(!text.empty() && text.size() <= parse_options().max_bytes && parser_->read(of, text, with)))
        return parser_->filler().slots();
    POLKU_TRY(slots_, try_read_document(of, text, with));
    return std::span<const feel::value>(slots_);
}

void decision_reader::clear() noexcept {
    parser_->filler().clear();
    slots_.clear();
}

}  // namespace polku::inline POLKU_V::json

// SPDX-License-Identifier: Apache-2.0
#include "arrow_answers.hpp"

#include "arrow_structs.hpp"

#include <polku/dmn/detail/logic.hpp>
#include <polku/dmn/detail/program_data.hpp>
#include <polku/feel/operations.hpp>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

using namespace polku_capi;
namespace dmn = polku::dmn;
namespace feel = polku::feel;

namespace {

constexpr std::int32_t largest_scale = 38;

/// The scale that an item definition declares: allowed values `decimal(?, 2) = ?`, of itself or of what it refines.
std::int32_t scale_of(const dmn::item_type* type) {
    constexpr std::int32_t none = -1;
    for (; type != nullptr; type = type->base.get()) {
        std::string text = type->allowed_text;
        text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
        constexpr std::string_view front = "decimal(?,";
        if (!text.starts_with(front)) continue;
        std::int32_t scale = none;
        const char* const end = text.data() + text.size();
        const auto read = std::from_chars(text.data() + front.size(), end, scale);
        if (read.ec == std::errc() && std::string_view(read.ptr, end) == ")=?" && scale >= 0 && scale <= largest_scale)
            return scale;
    }
    return none;
}

/// The form of a type; numbers without a scale are texts, which lose nothing.
void declare(const feel::type& type, const dmn::item_type* item, answer_column& into) {
    if (type.is() != feel::type::form::simple) return;
    if (type.simple_kind() == feel::kind::boolean) into.form = POLKU_COLUMN_BOOLEAN;
    if (type.simple_kind() == feel::kind::date) into.form = POLKU_COLUMN_DATE;
    if (type.simple_kind() != feel::kind::number) return;
    const std::int32_t scale = scale_of(item);
    into.form = scale < 0 ? POLKU_COLUMN_NUMBER : POLKU_COLUMN_DECIMAL;
    into.scale = std::max(scale, 0);
}

/// The item definition of a decision's result, and the table that gives it; either may be null pointer.
struct result_source {
    const dmn::item_type* type = nullptr;
    const dmn::compiled_table* table = nullptr;

    const dmn::item_type* of_entry(const std::string& name) const {
        if (type != nullptr)
            for (const auto& member : type->members)
                if (member.name == name) return member.is.get();
        if (table != nullptr)
            for (const auto& output : table->outputs)
                if (output.name == name) return output.type.get();
        return nullptr;
    }
    const dmn::item_type* of_all() const {
        return type == nullptr && table != nullptr && table->outputs.size() == 1 ? table->outputs.front().type.get()
                                                                                 : type;
    }
};

result_source source_of(const dmn::program& program, dmn::decision_ref target) {
    const dmn::detail::program_node& node = dmn::detail::program_data::of(program)->nodes[target.index];
    result_source made;
    if (node.is != dmn::detail::node_kind::decision) return made;
    made.type = node.type.get();
    const dmn::detail::logic* body = node.body.get();
    const dmn::item_type* coerced = nullptr;
    while (body != nullptr && body->table() == nullptr) body = body->coerced(coerced);
    if (body != nullptr) made.table = body->table();
    return made;
}

/// The coefficient of a number at a scale, in two words; false when it is not exact there or has more than 38 digits.
bool at_scale(const feel::number& of, std::int32_t scale, std::uint64_t& low, std::int64_t& high) {
    __extension__ using wide = __int128;
    const feel::number plain = of.normalized();
    if (plain.scale() > scale) return false;
    wide coefficient = (static_cast<wide>(plain.hi()) << 64) + static_cast<wide>(plain.lo());
    wide most = 1;
    for (int digit = 0; digit < largest_scale; ++digit) most *= 10;
    if (coefficient != 0 && std::int64_t{scale} - plain.scale() > largest_scale) return false;
    for (std::int32_t digits = plain.scale(); digits < scale && coefficient != 0; ++digits) {
        coefficient *= 10;
        if (coefficient >= most || coefficient <= -most) return false;
    }
    low = static_cast<std::uint64_t>(coefficient);
    high = static_cast<std::int64_t>(coefficient >> 64);
    return true;
}

const feel::value* entry_of(const feel::value& answer, const std::string& name) {
    if (name.empty()) return &answer;
    return answer.is(feel::kind::context) ? answer.as_context().find(name) : nullptr;
}

void put_bit(std::vector<std::uint8_t>& bits, std::int64_t at, bool is_set) {
    if (at % 8 == 0) bits.push_back(0);
    if (is_set) bits.back() |= static_cast<std::uint8_t>(1U << (at % 8));
}

polku::error too_long() {
    return {polku::error_code::limit_length, "the texts of a column are past 2 GiB; hand over fewer rows at a time"};
}

polku::error bad_form(std::string why) { return {polku::error_code::invalid_argument, std::move(why)}; }

polku::result<void> set_form(const polku_batch_output& given, std::vector<answer_column>& of) {
    if (given.form > POLKU_COLUMN_DATE || given.form == POLKU_COLUMN_DECLARED)
        return bad_form("form " + std::to_string(given.form) + " of an output is none of POLKU_COLUMN_...");
    const bool is_decimal = given.form == POLKU_COLUMN_DECIMAL;
    if (given.scale < 0 || given.scale > (is_decimal ? 38 : 0))
        return bad_form("scale " + std::to_string(given.scale) + " of an output; decimals have 0 to 38, other forms 0");
    if (given.name == nullptr) {
        if (!is_decimal && given.form != POLKU_COLUMN_NUMBER)
            return bad_form("all numbers can only be decimals or numbers");
        for (answer_column& each : of)
            if (each.form == POLKU_COLUMN_NUMBER) each.form = given.form, each.scale = given.scale;
        return {};
    }
    POLKU_TRY(const std::string_view name, text_in(given.name, given.name_length, "outputs[].name"));
    const auto at = std::find_if(of.begin(), of.end(),
                                 [name](const answer_column& each) { return each.name == name || each.entry == name; });
    if (at == of.end()) return bad_form("the decision has no output '" + std::string(name) + "'");
    at->form = given.form;
    at->scale = given.scale;
    return {};
}

}  // namespace

namespace polku_capi {

std::vector<answer_column> declared_columns(const polku_program& program, std::uint32_t decision) {
    const dmn::decision_ref target = program.targets[decision];
    const feel::type& type = program.program.info(target).result_type;
    const result_source source = source_of(program.program, target);
    std::vector<answer_column> made;
    for (const std::string& entry : program.outputs[decision]) {
        answer_column& column = made.emplace_back();
        column.entry = entry;
        column.name = entry.empty() ? program.names[decision] : entry;
        if (entry.empty())
            declare(type, source.of_all(), column);
        else if (const feel::type* member = type.find_member(entry))
            declare(*member, source.of_entry(entry), column);
    }
    return made;
}

void answer_builder::fault(const feel::value& entry, const char* wanted, cell& into) const {
    into.is_fault = true;
    into.text = "output '" + column_->name + "': a " + std::string(feel::name_of(entry.kind())) +
                " where the column has " + wanted;
}

void answer_builder::put_number(const feel::value& entry, cell& into) const {
    if (!entry.is(feel::kind::number)) return fault(entry, "numbers", into);
    if (column_->form == POLKU_COLUMN_NUMBER) {
        into.is_valid = true;
        into.text = entry.as_number().to_string();
        return;
    }
    into.is_valid = at_scale(entry.as_number(), column_->scale, into.low, into.high);
    if (into.is_valid) return;
    into.is_fault = true;
    into.text = "output '" + column_->name + "': " + entry.as_number().to_string() + " is not exact at scale " +
                std::to_string(column_->scale) + ", or has more than 38 digits there";
}

/// The text's code in the column's dictionary; what is no text stands as JSON, or as the ISO text of its kind.
polku::result<void> answer_builder::put_text(const feel::value& entry, cell& into) {
    std::string text;
    if (entry.is(feel::kind::string)) {
        text = entry.as_string();
    } else if (entry.is(feel::kind::function)) {
        fault(entry, "texts", into);
        return {};
    } else {
        POLKU_TRY(const std::string_view written, writer_.try_write(entry, text_bytes_));
        const bool is_quoted = written.size() > 1 && written.front() == '"' && written.back() == '"';
        text = is_quoted ? written.substr(1, written.size() - 2) : written;
    }
    into.is_valid = true;
    const auto [at, is_new] = codes_.emplace(std::move(text), static_cast<std::int32_t>(codes_.size()));
    into.low = static_cast<std::uint64_t>(at->second);
    if (!is_new) return {};
    dictionary_bytes_ += at->first;
    if (dictionary_bytes_.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        return too_long();
    dictionary_offsets_.push_back(static_cast<std::int32_t>(dictionary_bytes_.size()));
    return {};
}

polku::result<answer_builder::cell> answer_builder::cell_of(const feel::value* entry) {
    cell made;
    if (entry == nullptr || entry->is_null()) return made;
    if (column_->form == POLKU_COLUMN_DECIMAL || column_->form == POLKU_COLUMN_NUMBER) {
        put_number(*entry, made);
    } else if (column_->form == POLKU_COLUMN_TEXT) {
        POLKU_CHECK(put_text(*entry, made));
    } else if (column_->form == POLKU_COLUMN_BOOLEAN) {
        if (!entry->is(feel::kind::boolean)) fault(*entry, "booleans", made);
        made.is_valid = !made.is_fault;
        made.low = entry->is_true() ? 1 : 0;
    } else if (!entry->is(feel::kind::date)) {
        fault(*entry, "dates", made);
    } else {
        const std::int64_t days = entry->as_date().to_days();
        made.is_valid =
            days >= std::numeric_limits<std::int32_t>::min() && days <= std::numeric_limits<std::int32_t>::max();
        made.low = static_cast<std::uint64_t>(days);
        if (!made.is_valid) fault(*entry, "dates of 32 bits", made);
    }
    return made;
}

void answer_builder::append_validity(std::span<const std::uint32_t> codes, std::span<const std::optional<cell>> cells) {
    for (const std::uint32_t code : codes) {
        put_bit(validity_, rows_++, cells[code]->is_valid);
        nulls_ += cells[code]->is_valid ? 0 : 1;
    }
}

void answer_builder::append(std::span<const std::uint32_t> codes, std::span<const std::optional<cell>> cells) {
    if (column_->form == POLKU_COLUMN_DECIMAL) {
        const std::size_t before = words_.size();
        words_.resize(before + 2 * codes.size());
        std::uint64_t* to = words_.data() + before;
        for (const std::uint32_t code : codes) {
            *to++ = cells[code]->low;
            *to++ = static_cast<std::uint64_t>(cells[code]->high);
        }
    } else if (column_->form == POLKU_COLUMN_BOOLEAN) {
        for (std::int64_t row = rows_; const std::uint32_t code : codes) put_bit(bits_, row++, cells[code]->low != 0);
    } else if (column_->form == POLKU_COLUMN_NUMBER) {
        if (items_.empty()) items_.push_back(0);
        for (const std::uint32_t code : codes) {
            if (cells[code]->is_valid) bytes_ += cells[code]->text;
            items_.push_back(static_cast<std::int32_t>(bytes_.size()));
        }
    } else {
        for (const std::uint32_t code : codes) items_.push_back(static_cast<std::int32_t>(cells[code]->low));
    }
    append_validity(codes, cells);
}

polku::result<void> answer_builder::add(const dmn::batch_result& block, std::span<std::string> errors) {
    // Answers that no row has stay out of the dictionary.
    std::vector<std::optional<cell>> cells(block.distinct.size());
    bool has_faults = false;
    for (const std::uint32_t code : block.codes) {
        if (cells[code]) continue;
        POLKU_TRY(cells[code], cell_of(entry_of(block.distinct[code], column_->entry)));
        has_faults = has_faults || cells[code]->is_fault;
    }
    append(block.codes, cells);
    for (std::size_t row = 0; has_faults && row < block.codes.size(); ++row) {
        const cell& of = *cells[block.codes[row]];
        if (!of.is_fault) continue;
        if (!errors[row].empty()) errors[row] += "; ";
        errors[row] += of.text;
    }
    return bytes_.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()) ? too_long()
                                                                                              : polku::result<void>();
}

void answer_builder::finish(ArrowArray& out) {
    auto keeper = std::make_unique<array_keeper>();
    keeper->validity = std::move(validity_);
    keeper->bits = std::move(bits_);
    keeper->items = std::move(items_);
    keeper->words = std::move(words_);
    keeper->bytes = std::move(bytes_);
    if (column_->form == POLKU_COLUMN_NUMBER && keeper->items.empty()) keeper->items.push_back(0);
    keeper->buffers = {nulls_ == 0 ? nullptr : keeper->validity.data(),
                       column_->form == POLKU_COLUMN_DECIMAL   ? static_cast<const void*>(keeper->words.data())
                       : column_->form == POLKU_COLUMN_BOOLEAN ? static_cast<const void*>(keeper->bits.data())
                                                               : static_cast<const void*>(keeper->items.data())};
    if (column_->form == POLKU_COLUMN_NUMBER) keeper->buffers.push_back(keeper->bytes.data());
    if (column_->form == POLKU_COLUMN_TEXT) {
        auto dictionary = std::make_unique<array_keeper>();
        dictionary->items = std::move(dictionary_offsets_);
        dictionary->bytes = std::move(dictionary_bytes_);
        dictionary->buffers = {nullptr, dictionary->items.data(), dictionary->bytes.data()};
        show_array(std::move(dictionary), static_cast<std::int64_t>(codes_.size()), 0, keeper->dictionary);
    }
    show_array(std::move(keeper), rows_, nulls_, out);
}

void errors_column(std::span<const std::string> errors, ArrowArray& out) {
    auto keeper = std::make_unique<array_keeper>();
    keeper->items.push_back(0);
    std::int64_t nulls = 0;
    for (const std::string& each : errors) {
        put_bit(keeper->validity, static_cast<std::int64_t>(keeper->items.size()) - 1, !each.empty());
        nulls += each.empty() ? 1 : 0;
        // Past 2 GiB of sentences the rest is cut; that a row has an error is still seen.
        constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());
        keeper->bytes += each.substr(0, most - keeper->bytes.size());
        keeper->items.push_back(static_cast<std::int32_t>(keeper->bytes.size()));
    }
    keeper->buffers = {nulls == 0 ? nullptr : keeper->validity.data(), keeper->items.data(), keeper->bytes.data()};
    show_array(std::move(keeper), static_cast<std::int64_t>(errors.size()), nulls, out);
}

std::vector<answer_column> declared_columns(const feel::type& type, const std::string& name) {
    std::vector<answer_column> made;
    const bool is_context = type.is() == feel::type::form::context && !type.members().empty();
    if (!is_context) {
        declare(type, nullptr, made.emplace_back());
        made.back().name = name;
    } else {
        for (const feel::type::member& each : type.members()) {
            answer_column& column = made.emplace_back();
            column.entry = column.name = each.name;
            declare(*each.is, nullptr, column);
        }
    }
    return made;
}

polku::result<void> set_forms(std::span<const polku_batch_output> given, std::vector<answer_column>& of) {
    for (const bool is_all : {true, false})  // what is said of one output stands above what is said of all
        for (const polku_batch_output& each : given)
            if ((each.name == nullptr) == is_all) POLKU_CHECK(set_form(each, of));
    return {};
}

}  // namespace polku_capi

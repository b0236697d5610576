// SPDX-License-Identifier: Apache-2.0
#include <polku/json/text_writer.hpp>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "plain_bytes.hpp"

namespace polku::inline POLKU_V::json {

namespace {

/// Buffers up to this length are kept from one text to the next.
constexpr std::size_t kept_bytes = std::size_t{1} << 20U;
constexpr std::size_t kept_depths = 16;

constexpr bool is_plain(char each) noexcept {
    return static_cast<unsigned char>(each) >= 0x20 && each != '"' && each != '\\';
}

/// Length of the front part that is written as it is.
std::size_t plain_length(std::string_view text) noexcept {
    const char* const end = text.data() + text.size();
    const char* at = detail::past_plain_words<detail::special_bytes>(text.data(), end);
    while (at != end && is_plain(*at)) ++at;
    return static_cast<std::size_t>(at - text.data());
}

constexpr bool is_container(feel::kind of) noexcept { return of == feel::kind::list || of == feel::kind::context; }

}  // namespace

result<std::string_view> text_writer::try_write(const feel::value& of, std::size_t max_bytes) {
    start(max_bytes);
    open(of);
    while (!frames_.empty() && !is_full_) {
        frame& in = frames_.back();
        if (in.container->is(feel::kind::list))
            advance_list(in);
        else
            advance_context(in);
    }
    if (POLKU_LIKELY(!is_full_)) return std::string_view(buffer_.get(), static_cast<std::size_t>(at_ - buffer_.get()));
    return error(error_code::limit_length, "the JSON text of the value is longer than " + std::to_string(max_bytes) +
                                               " bytes; make the value smaller or raise the limit on bytes of text");
}

void text_writer::start(std::size_t max_bytes) {
    if (capacity_ > kept_bytes) {
        buffer_.reset();
        capacity_ = 0;
    }
    if (capacity_ == 0) {
        capacity_ = 256;
        buffer_ = std::make_unique<char[]>(capacity_);
    }
    max_bytes_ = max_bytes;
    at_ = buffer_.get();
    end_ = at_ + std::min(capacity_, max_bytes);
    is_full_ = false;
    frames_.clear();
    order_.clear();
}

bool text_writer::grow(std::size_t bytes) {
    const auto used = static_cast<std::size_t>(at_ - buffer_.get());
    if (is_full_ || bytes > max_bytes_ - used) {
        is_full_ = true;
        return false;
    }
    const std::size_t wanted = std::max(used + bytes, capacity_ * 2);
    std::unique_ptr<char[]> larger(new char[wanted]);
    std::memcpy(larger.get(), buffer_.get(), used);
    buffer_ = std::move(larger);
    capacity_ = wanted;
    at_ = buffer_.get() + used;
    end_ = buffer_.get() + std::min(capacity_, max_bytes_);
    return true;
}

void text_writer::put(std::string_view text) {
    if (!room(text.size())) return;
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
}

void text_writer::put_escaped(char letter) {
    static constexpr char hex[] = "0123456789abcdef";
    switch (letter) {
        case '"': return put("\\\"");
        case '\\': return put("\\\\");
        case '\b': return put("\\b");
        case '\f': return put("\\f");
        case '\n': return put("\\n");
        case '\r': return put("\\r");
        case '\t': return put("\\t");
        default: break;
    }
    const auto byte = static_cast<unsigned char>(letter);
    put("\\u00");
    put(hex[byte >> 4U]);
    put(hex[byte & 15U]);
}

void text_writer::put_string(std::string_view text) {
    put('"');
    while (!is_full_) {
        const std::size_t plain = plain_length(text);
        put(text.substr(0, plain));
        if (plain == text.size()) break;
        put_escaped(text[plain]);
        text.remove_prefix(plain + 1);
    }
    put('"');
}

void text_writer::put_name(std::string_view name, bool is_plain) {
    if (POLKU_LIKELY(is_plain && options_.indent == 0 && room(name.size() + 3))) {
        char* const to = at_;
        *to = '"';
        std::memcpy(to + 1, name.data(), name.size());
        to[name.size() + 1] = '"';
        to[name.size() + 2] = ':';
        at_ = to + name.size() + 3;
        return;
    }
    put_string(name);
    put(options_.indent > 0 ? std::string_view(": ") : std::string_view(":"));
}

/// A coefficient with 0 to 30 decimals, without its trailing zeros.
void text_writer::put_plain_number(std::int64_t coefficient, std::int32_t scale) {
    std::uint64_t magnitude =
        coefficient < 0 ? 0 - static_cast<std::uint64_t>(coefficient) : static_cast<std::uint64_t>(coefficient);
    for (; scale > 0 && magnitude % 10 == 0; --scale) magnitude /= 10;
    // Written from the last digit on.
    char made[64];
    char* const end = made + sizeof made;
    char* begin = end;
    const auto digit = [&] {
        *--begin = static_cast<char>('0' + magnitude % 10);
        magnitude /= 10;
    };
    if (scale > 0) {
        for (; scale > 0; --scale) digit();
        *--begin = '.';
    }
    do {
        digit();
    } while (magnitude != 0);
    if (coefficient < 0) *--begin = '-';
    put(std::string_view(begin, static_cast<std::size_t>(end - begin)));
}

void text_writer::put_number(const feel::number& amount) {
    const bool as_string = options_.numbers == number_form::string;
    if (as_string) put('"');
    if (POLKU_LIKELY(amount.is_small() && amount.scale() >= 0 && amount.scale() <= 30))
        put_plain_number(amount.small_coefficient(), amount.is_zero() ? 0 : amount.scale());
    else
        put(amount.to_string());
    if (as_string) put('"');
}

void text_writer::put_date(time::date day) {
    if (day.year() < 0 || day.year() > 9999) return put_string(time::to_string(day));
    const auto year = static_cast<unsigned>(day.year());
    const auto digit = [](unsigned of) { return static_cast<char>('0' + of % 10); };
    const char made[] = {'"',
                         digit(year / 1000),
                         digit(year / 100),
                         digit(year / 10),
                         digit(year),
                         '-',
                         digit(day.month() / 10),
                         digit(day.month()),
                         '-',
                         digit(day.day() / 10),
                         digit(day.day()),
                         '"'};
    put(std::string_view(made, sizeof made));
}

void text_writer::put_scalar(const feel::value& of) {
    switch (of.kind()) {
        case feel::kind::boolean: return put(of.as_boolean() ? "true" : "false");
        case feel::kind::number: return put_number(of.as_number());
        case feel::kind::string: return put_string(of.as_string());
        case feel::kind::date: return put_date(of.as_date());
        case feel::kind::time: return put_string(time::to_string(of.as_time()));
        case feel::kind::date_time: return put_string(time::to_string(of.as_date_time()));
        case feel::kind::months_duration: return put_string(time::to_string(of.as_months_duration()));
        case feel::kind::days_duration: return put_string(time::to_string(of.as_days_duration()));
        case feel::kind::range:
        case feel::kind::function: return put_string(feel::to_string(of));
        default: return put("null");
    }
}

void text_writer::open(const feel::value& of) {
    if (!is_container(of.kind())) return put_scalar(of);
    if (of.is(feel::kind::list)) {
        put('[');
        frames_.push_back({&of, 0, order_.size(), false});
        return;
    }
    const shape& found = shape_of(of.as_context());
    frames_.push_back({&of, 0, order_.size(), found.are_plain});
    order_.insert(order_.end(), found.order.begin(), found.order.end());
    put('{');
}

void text_writer::advance_list(frame& in) {
    const auto items = in.container->as_list();
    while (in.next < items.size() && !is_full_) {
        separate(in.next == 0);
        const feel::value& each = items[in.next++];
        if (is_container(each.kind())) return open(each);
        put_scalar(each);
    }
    close(']', items.empty());
}

void text_writer::advance_context(frame& in) {
    const feel::context& members = in.container->as_context();
    while (in.next < members.size() && !is_full_) {
        separate(in.next == 0);
        const auto& each = members[order_[in.order + in.next++]];
        put_name(each.name, in.are_plain);
        if (is_container(each.value.kind())) return open(each.value);
        put_scalar(each.value);
    }
    order_.resize(in.order);
    close('}', members.empty());
}

void text_writer::close(char bracket, bool was_empty) {
    frames_.pop_back();
    if (!was_empty) break_line();
    put(bracket);
}

void text_writer::separate(bool is_first) {
    if (!is_first) put(',');
    break_line();
}

void text_writer::break_line() {
    if (options_.indent == 0) return;
    const std::size_t spaces = frames_.size() * options_.indent;
    if (!room(spaces + 1)) return;
    *at_++ = '\n';
    at_ = std::fill_n(at_, spaces, ' ');
}

/// What is known of a context's members: the last shape of that depth where it fits, else learned anew.
const text_writer::shape& text_writer::shape_of(const feel::context& members) {
    const std::size_t depth = std::min(frames_.size(), kept_depths - 1);
    if (depth >= last_shapes_.size()) last_shapes_.resize(depth + 1);
    shape& last = last_shapes_[depth];
    // Names are never changed while somebody shares them.
    if (POLKU_UNLIKELY(last.order.size() != members.size() || last.names != members.names())) learn(last, members);
    return last;
}

void text_writer::learn(shape& last, const feel::context& members) const {
    last.names = members.names();
    last.are_plain = std::all_of(members.begin(), members.end(), [](const feel::context::entry& each) {
        return plain_length(each.name) == each.name.size();
    });
    if (last.order.size() != members.size() || !options_.sorted) {
        last.order.resize(members.size());
        std::iota(last.order.begin(), last.order.end(), 0U);
    }
    // UTF-8 sorts by bytes as it does by code points.
    const auto before = [&members](std::uint32_t left, std::uint32_t right) {
        return members[left].name < members[right].name;
    };
    if (options_.sorted && !std::is_sorted(last.order.begin(), last.order.end(), before))
        std::sort(last.order.begin(), last.order.end(), before);
}

void append(std::string& out, const feel::value& of, const write_options& options) {
    text_writer writer(options);
    out += *writer.try_write(of, SIZE_MAX);
}

std::string write(const feel::value& of, const write_options& options) {
    text_writer writer(options);
    return std::string(*writer.try_write(of, SIZE_MAX));
}

result<void> try_append(std::string& out, const feel::value& of, std::size_t max_bytes, const write_options& options) {
    text_writer writer(options);
    POLKU_TRY(const std::string_view text, writer.try_write(of, max_bytes));
    out += text;
    return {};
}

}  // namespace polku::inline POLKU_V::json

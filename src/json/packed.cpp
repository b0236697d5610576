// SPDX-License-Identifier: Apache-2.0
#include <polku/json/packed.hpp>

#include <polku/feel/context.hpp>

#include <limits>

namespace polku::inline POLKU_V::json {

namespace {

constexpr std::string_view packing = "polku.packed.2:";

/// A null has its reason behind the kind, so kinds stay as the C ABI numbers them.
bool is_reason(std::uint8_t found) noexcept { return found <= static_cast<std::uint8_t>(feel::null_reason::no_logic); }

bool is_form(std::uint8_t found) noexcept { return found <= static_cast<std::uint8_t>(feel::range::form::not_equal); }

}  // namespace

void packer::natural(std::uint64_t of) {
    while (of >= 0x80) {
        byte(static_cast<std::uint8_t>(of | 0x80));
        of >>= 7;
    }
    byte(static_cast<std::uint8_t>(of));
}

void packer::integer(std::int64_t of) {
    const auto bits = static_cast<std::uint64_t>(of);
    natural(of < 0 ? ~(bits << 1) : bits << 1);
}

void packer::text(std::string_view of) {
    natural(of.size());
    bytes_.append(of);
}

/// Year, month and day rather than days: nothing is to be divided when it is read.
void packer::date(time::date of) { integer(of.packed()); }

void packer::clock(const time::clock_time& of) {
    integer(of.nanoseconds);
    byte(static_cast<std::uint8_t>(of.zone.is));
    integer(of.zone.offset_seconds);
    text(of.zone.name);
}

void packer::value(const feel::value& of, unsigned depth) {
    if (depth > packed_depth) ok_ = false;
    if (!ok_) return;
    byte(static_cast<std::uint8_t>(of.kind()));
    switch (of.kind()) {
        case feel::kind::null: return byte(static_cast<std::uint8_t>(of.reason()));
        case feel::kind::boolean: return byte(of.as_boolean() ? 1 : 0);
        case feel::kind::number: {
            const feel::number amount = of.as_number();
            integer(amount.scale());
            byte(amount.is_small() ? 0 : 1);
            if (amount.is_small()) return integer(amount.small_coefficient());
            natural(amount.lo());
            return integer(amount.hi());
        }
        case feel::kind::string: return text(of.as_string());
        case feel::kind::date: return date(of.as_date());
        case feel::kind::time: return clock(of.as_time());
        case feel::kind::date_time: date(of.as_date_time().date); return clock(of.as_date_time().clock);
        case feel::kind::months_duration: return integer(of.as_months_duration().months);
        case feel::kind::days_duration:
            integer(of.as_days_duration().seconds);
            return integer(of.as_days_duration().nanoseconds);
        case feel::kind::list:
            natural(of.as_list().size());
            for (const feel::value& each : of.as_list()) value(each, depth + 1);
            return;
        case feel::kind::context:
            natural(of.as_context().size());
            for (const auto& each : of.as_context()) {
                text(each.name);
                value(each.value, depth + 1);
            }
            return;
        case feel::kind::range: {
            const feel::range& bounds = of.as_range();
            byte(static_cast<std::uint8_t>(bounds.is));
            byte(static_cast<std::uint8_t>((bounds.low_closed ? 1 : 0) | (bounds.high_closed ? 2 : 0)));
            value(bounds.low, depth + 1);
            return value(bounds.high, depth + 1);
        }
        case feel::kind::function: ok_ = false; return;
    }
}

std::uint8_t unpacker::byte() noexcept {
    if (!ok_ || rest_.empty()) {
        ok_ = false;
        return 0;
    }
    const auto one = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return one;
}

std::uint64_t unpacker::long_natural() noexcept {
    std::uint64_t made = 0;
    std::size_t at = 0;
    for (unsigned shift = 0; ok_ && at < rest_.size() && shift < 64; shift += 7) {
        const auto next = static_cast<unsigned char>(rest_[at++]);
        const std::uint64_t bits = next & 0x7FU;
        if (shift == 63 && bits > 1) break;
        made |= bits << shift;
        if ((next & 0x80U) != 0) continue;
        rest_.remove_prefix(at);
        return made;
    }
    ok_ = false;
    return 0;
}

std::int64_t unpacker::integer() noexcept {
    const std::uint64_t bits = natural();
    return static_cast<std::int64_t>((bits >> 1) ^ (~(bits & 1) + 1));
}

std::string_view unpacker::text() noexcept {
    const std::uint64_t length = natural();
    if (length > rest_.size()) ok_ = false;
    if (!ok_) return {};
    const std::string_view found = rest_.substr(0, static_cast<std::size_t>(length));
    rest_.remove_prefix(found.size());
    return found;
}

std::size_t unpacker::count() noexcept {
    const std::uint64_t items = natural();
    if (items > rest_.size()) ok_ = false;
    return ok_ ? static_cast<std::size_t>(items) : 0;
}

void unpacker::read(time::date& out) noexcept {
    const time::date unchecked = time::date::from_packed(integer());
    if (time::date::from_parts(unchecked.year(), unchecked.month(), unchecked.day()))
        out = unchecked;
    else
        ok_ = false;
}

void unpacker::read(time::clock_time& out) {
    out.nanoseconds = integer();
    const std::uint8_t is = byte();
    const std::int64_t offset = integer();
    out.zone.name = text();
    const bool fits = out.nanoseconds >= 0 && out.nanoseconds < time::nanoseconds_per_day &&
                      is <= static_cast<std::uint8_t>(time::zone::kind::named) && offset >= -time::max_offset_seconds &&
                      offset <= time::max_offset_seconds;
    if (!fits || !ok_) return fail();
    out.zone.is = static_cast<time::zone::kind>(is);
    out.zone.offset_seconds = static_cast<std::int32_t>(offset);
}

void unpacker::read(time::date_time& out) {
    read(out.date);
    read(out.clock);
}

void unpacker::read(time::months_duration& out) noexcept { out.months = integer(); }

void unpacker::read(time::days_duration& out) noexcept {
    out.seconds = integer();
    const std::int64_t nanoseconds = integer();
    constexpr std::int64_t second = 1'000'000'000;
    if (nanoseconds <= -second || nanoseconds >= second) return fail();
    out.nanoseconds = static_cast<std::int32_t>(nanoseconds);
}

namespace {

template <class Temporal>
feel::value read_temporal_value(unpacker& from) {
    Temporal made{};
    from.read(made);
    return from.ok() ? feel::value(made) : feel::value();
}

feel::value read_number(unpacker& from) {
    const std::int64_t scale = from.integer();
    const std::uint8_t is_big = from.byte();
    const std::uint64_t lo = is_big != 0 ? from.natural() : 0;
    const std::int64_t word = from.integer();
    const bool fits = is_big <= 1 && scale >= feel::number::min_scale && scale <= feel::number::max_scale;
    if (fits && from.ok()) {
        const auto places = static_cast<std::int32_t>(scale);
        if (is_big == 0) return feel::value(feel::number::from_scaled(word, places));
        if (const auto made = feel::number::from_words(lo, word, places)) return feel::value(*made);
    }
    from.fail();
    return {};
}

feel::value read_list(unpacker& from, unsigned depth) {
    std::vector<feel::value> items;
    for (std::size_t left = from.count(); left > 0 && from.ok(); --left) items.push_back(from.value(depth + 1));
    return feel::value(std::move(items));
}

feel::value read_context(unpacker& from, unsigned depth) {
    feel::context made;
    for (std::size_t left = from.count(); left > 0 && from.ok(); --left) {
        const std::string name(from.text());
        if (made.find(name) != nullptr) from.fail();
        feel::value each = from.value(depth + 1);
        if (from.ok()) made.append(name, std::move(each));
    }
    return feel::value(std::move(made));
}

feel::value read_range(unpacker& from, unsigned depth) {
    feel::range made;
    const std::uint8_t form = from.byte();
    const std::uint8_t closed = from.byte();
    made.low = from.value(depth + 1);
    made.high = from.value(depth + 1);
    if (!is_form(form) || closed > 3) from.fail();
    if (!from.ok()) return {};
    made.is = static_cast<feel::range::form>(form);
    made.low_closed = (closed & 1U) != 0;
    made.high_closed = (closed & 2U) != 0;
    return feel::value(std::move(made));
}

}  // namespace

feel::value unpacker::value(unsigned depth) {
    if (depth > packed_depth) ok_ = false;
    const std::uint8_t is = byte();
    if (!ok_) return {};
    switch (static_cast<feel::kind>(is)) {
        case feel::kind::null: {
            const std::uint8_t reason = byte();
            if (is_reason(reason)) return feel::value(static_cast<feel::null_reason>(reason));
            break;
        }
        case feel::kind::boolean: {
            const std::uint8_t truth = byte();
            if (truth <= 1) return feel::value(truth == 1);
            break;
        }
        case feel::kind::number: return read_number(*this);
        case feel::kind::string: return feel::value(text());
        case feel::kind::date: return read_temporal_value<time::date>(*this);
        case feel::kind::time: return read_temporal_value<time::clock_time>(*this);
        case feel::kind::date_time: return read_temporal_value<time::date_time>(*this);
        case feel::kind::months_duration: return read_temporal_value<time::months_duration>(*this);
        case feel::kind::days_duration: return read_temporal_value<time::days_duration>(*this);
        case feel::kind::list: return read_list(*this, depth);
        case feel::kind::context: return read_context(*this, depth);
        case feel::kind::range: return read_range(*this, depth);
        case feel::kind::function: break;
    }
    ok_ = false;
    return {};
}

namespace detail {

std::uint64_t shape_hash(std::string_view shape) noexcept {
    // FNV-1a: told apart are versions of this library, not attackers, whom the store's commitment keeps out.
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const std::string_view text : {packing, shape})
        for (const char each : text) hash = (hash ^ static_cast<unsigned char>(each)) * 0x100000001B3;
    return hash;
}

}  // namespace detail

}  // namespace polku::inline POLKU_V::json

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_PACKED_HPP
#define POLKU_JSON_PACKED_HPP

#include <polku/config.hpp>
#include <polku/feel/value.hpp>
#include <polku/json/described.hpp>

#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// @file
/// Structs described with Boost.Describe, packed into bytes that only this library reads, and only while it describes
/// them alike: what json/described.hpp takes, exactly and with the kinds of FEEL values, in a tenth of JSON's time.
///
/// The bytes hold members in their order without names, so their reader must know that the shape is the writer's:
/// `shape_of` names it. Integers are base 128, the lowest seven bits first, signed ones by zigzag; texts and lists have
/// their length before them. Reading never looks past the bytes, whatever they are.

namespace polku::inline POLKU_V::json {

/// Bytes being made. `ok` is false once something came that has no packed form (a FEEL function, or values nested more
/// than `packed_depth` deep).
class packer {
public:
    /// As it is.
    void byte(std::uint8_t one) { bytes_.push_back(static_cast<char>(one)); }
    /// Base 128, the lowest seven bits first.
    void natural(std::uint64_t of);
    /// Zigzag, then as `natural`.
    void integer(std::int64_t of);
    /// Its length, then its bytes.
    void text(std::string_view of);
    /// As the integer of its packed form.
    void date(time::date of);
    /// Any value but a function; `depth` is how deep it stands in others.
    void value(const feel::value& of, unsigned depth = 0);

    bool ok() const noexcept { return ok_; }
    /// Bytes so far.
    std::size_t size() const noexcept { return bytes_.size(); }
    /// The bytes; this object is used up.
    std::string take() && { return std::move(bytes_); }

private:
    void clock(const time::clock_time& of);

    std::string bytes_;
    bool ok_ = true;
};

constexpr unsigned packed_depth = 64;  ///< how deep values may nest

/// Bytes being read. The first thing that does not fit makes `ok` false, and from then on all that is read is empty.
class unpacker {
public:
    /// The bytes are the caller's and outlive the reader.
    explicit unpacker(std::string_view bytes) noexcept : rest_(bytes) {}

    /// What `packer::byte` wrote; 0 after a fault.
    std::uint8_t byte() noexcept;
    /// What `packer::natural` wrote; 0 after a fault.
    std::uint64_t natural() noexcept {
        // Nearly all are lengths and small counts of one byte.
        if (ok_ && !rest_.empty() && static_cast<unsigned char>(rest_.front()) < 0x80) {
            const auto found = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            return found;
        }
        return long_natural();
    }
    /// What `packer::integer` wrote; 0 after a fault.
    std::int64_t integer() noexcept;
    /// What `packer::text` wrote, borrowed from the bytes; empty after a fault.
    std::string_view text() noexcept;
    /// How many items follow: never more than there are bytes, since each takes at least one.
    std::size_t count() noexcept;
    /// What `packer::value` wrote; null after a fault.
    feel::value value(unsigned depth = 0);

    /// Says that what was read does not fit.
    void fail() noexcept { ok_ = false; }
    bool ok() const noexcept { return ok_; }
    /// True when all was read and nothing was left.
    bool done() const noexcept { return ok_ && rest_.empty(); }

    /// What `packer::date` wrote, or a temporal value of that kind; what `out` holds after a fault means nothing.
    void read(time::date& out) noexcept;
    void read(time::clock_time& out);
    void read(time::date_time& out);
    void read(time::months_duration& out) noexcept;
    void read(time::days_duration& out) noexcept;

private:
    std::uint64_t long_natural() noexcept;

    std::string_view rest_;
    bool ok_ = true;
};

namespace detail {

template <class T>
void pack_value(packer& to, const T& from);
template <class T>
void unpack_value(unpacker& from, T& out);

template <class T>
void unpack_map(unpacker& from, T& out) {
    for (std::size_t left = from.count(); left > 0 && from.ok(); --left) {
        const std::size_t before = out.size();
        const auto made = out.emplace_hint(out.end(), std::string(from.text()), typename T::mapped_type{});
        if (out.size() == before) return from.fail();
        unpack_value(from, made->second);
    }
}

template <class T>
void unpack_enum(unpacker& from, T& out) {
    const std::int64_t found = from.integer();
    bool known = false;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto each) {
        if (static_cast<std::int64_t>(each.value) == found) known = true;
    });
    if (known)
        out = static_cast<T>(found);
    else
        from.fail();
}

template <class T>
void pack_value(packer& to, const T& from) {
    if constexpr (std::is_same_v<T, feel::value>) {
        to.value(from);
    } else if constexpr (is_optional<T>::value) {
        to.byte(from ? 1 : 0);
        if (from) pack_value(to, *from);
    } else if constexpr (std::is_same_v<T, bool>) {
        to.byte(from ? 1 : 0);
    } else if constexpr (std::is_same_v<T, std::string>) {
        to.text(from);
    } else if constexpr (std::is_same_v<T, time::date>) {
        to.date(from);
    } else if constexpr (std::is_same_v<T, feel::number> || is_temporal<T>) {
        to.value(feel::value(from));
    } else if constexpr (std::is_enum_v<T>) {
        to.integer(static_cast<std::int64_t>(from));
    } else if constexpr (std::is_integral_v<T>) {
        static_assert(sizeof(T) < 8 || std::is_signed_v<T>, "use std::int64_t or feel::number");
        to.integer(std::int64_t{from});
    } else if constexpr (is_vector<T>::value) {
        to.natural(from.size());
        for (const auto& each : from) pack_value(to, each);
    } else if constexpr (is_map<T>::value) {
        to.natural(from.size());
        for (const auto& each : from) {
            to.text(each.first);
            pack_value(to, each.second);
        }
    } else {
        boost::mp11::mp_for_each<members_of<T>>([&](auto each) { pack_value(to, from.*each.pointer); });
    }
}

template <class T>
void unpack_integer(unpacker& from, T& out) {
    const std::int64_t found = from.integer();
    out = static_cast<T>(found);
    if (static_cast<std::int64_t>(out) != found) from.fail();
}

template <class T>
void unpack_value(unpacker& from, T& out) {
    if (!from.ok()) return;
    if constexpr (std::is_same_v<T, feel::value>) {
        out = from.value();
    } else if constexpr (is_optional<T>::value) {
        bool is_there = false;
        unpack_value(from, is_there);
        if (is_there) unpack_value(from, out.emplace());
    } else if constexpr (std::is_same_v<T, bool>) {
        const std::uint8_t found = from.byte();
        if (found > 1) from.fail();
        out = found == 1;
    } else if constexpr (std::is_same_v<T, std::string>) {
        out = std::string(from.text());  // an assignment of a view is an insertion, several times as dear
    } else if constexpr (std::is_same_v<T, time::date>) {
        from.read(out);
    } else if constexpr (std::is_same_v<T, feel::number>) {
        const feel::value found = from.value();
        if (found.is(feel::kind::number))
            out = found.as_number();
        else
            from.fail();
    } else if constexpr (is_temporal<T>) {
        from.read(out);
    } else if constexpr (std::is_enum_v<T>) {
        unpack_enum(from, out);
    } else if constexpr (std::is_integral_v<T>) {
        unpack_integer(from, out);
    } else if constexpr (is_vector<T>::value) {
        std::size_t left = from.count();
        // A wrong count must not take memory that the bytes do not fill.
        out.reserve(left < 64 ? left : 64);
        for (; left > 0 && from.ok(); --left) unpack_value(from, out.emplace_back());
    } else if constexpr (is_map<T>::value) {
        unpack_map(from, out);
    } else {
        boost::mp11::mp_for_each<members_of<T>>([&](auto each) { unpack_value(from, out.*each.pointer); });
    }
}

/// Writes what a type is made of: kinds, names of members and enumerators, in their order.
template <class T>
void tell_shape(std::string& into) {
    if constexpr (std::is_same_v<T, feel::value>) {
        into += 'v';
    } else if constexpr (is_optional<T>::value) {
        into += '?';
        tell_shape<typename T::value_type>(into);
    } else if constexpr (std::is_same_v<T, bool>) {
        into += 'b';
    } else if constexpr (std::is_same_v<T, std::string>) {
        into += 's';
    } else if constexpr (std::is_same_v<T, feel::number>) {
        into += 'n';
    } else if constexpr (std::is_same_v<T, time::date>) {
        into += 'd';
    } else if constexpr (is_temporal<T>) {
        into += std::is_same_v<T, time::clock_time>        ? "tc"
                : std::is_same_v<T, time::date_time>       ? "td"
                : std::is_same_v<T, time::months_duration> ? "tm"
                                                           : "ts";
    } else if constexpr (std::is_enum_v<T>) {
        into += 'e';
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto each) {
            into += std::string(each.name) + '=' + std::to_string(static_cast<std::int64_t>(each.value)) + ',';
        });
        into += ';';
    } else if constexpr (std::is_integral_v<T>) {
        into += 'i' + std::to_string(sizeof(T));
    } else if constexpr (is_vector<T>::value) {
        into += 'l';
        tell_shape<typename T::value_type>(into);
    } else if constexpr (is_map<T>::value) {
        into += 'm';
        tell_shape<typename T::mapped_type>(into);
    } else {
        into += '{';
        boost::mp11::mp_for_each<members_of<T>>([&](auto each) {
            into += std::string(each.name) + ':';
            tell_shape<std::remove_cvref_t<decltype(std::declval<T&>().*each.pointer)>>(into);
        });
        into += '}';
    }
}

std::uint64_t shape_hash(std::string_view shape) noexcept;

}  // namespace detail

/// A number that two described types share only when their packed bytes mean the same: a hash of all that the type is
/// made of, and of how this version packs it.
template <class T>
std::uint64_t shape_of() {
    static const std::uint64_t hash = [] {
        std::string shape;
        detail::tell_shape<T>(shape);
        return detail::shape_hash(shape);
    }();
    return hash;
}

/// Adds a described value to the bytes, so that `unpack` of the same type reads it.
template <class T>
void pack(packer& to, const T& from) {
    detail::pack_value(to, from);
}
/// What was packed; whatever it is when `from.ok()` is false afterwards. `out` must be freshly made.
template <class T>
void unpack(unpacker& from, T& out) {
    detail::unpack_value(from, out);
}

}  // namespace polku::inline POLKU_V::json

#endif

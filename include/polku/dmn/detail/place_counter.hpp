// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_DETAIL_PLACE_COUNTER_HPP
#define POLKU_DMN_DETAIL_PLACE_COUNTER_HPP

#include <polku/dmn/model.hpp>

#include <cstddef>
#include <string_view>

namespace polku::inline POLKU_V::dmn::detail {

/// Lines and columns of a UTF-8 text by byte offset. Offsets asked for in ascending order cost one pass over the text.
class place_counter {
public:
    place_counter() = default;
    explicit place_counter(std::string_view text) noexcept : text_(text) {}

    POLKU_DECL place at(std::size_t offset) noexcept;

private:
    std::string_view text_;
    std::size_t offset_ = 0;
    place at_{1, 1};  // of offset_
};

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/place_counter.ipp>
#endif

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_CELL_LIST_IPP
#define POLKU_IMPL_DMN_CELL_LIST_IPP

#include <polku/dmn/cell_list.hpp>
#include <polku/feel/scope.hpp>
#include <polku/feel/type.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace polku::inline POLKU_V::dmn {

POLKU_DECL std::uint32_t cell_list::add(feel::unary_tests of) {
    cells_.push_back(std::move(of));
    return static_cast<std::uint32_t>(cells_.size() - 1);
}

POLKU_DECL void cell_list::pack() {
    std::size_t bytes = 0;
    std::size_t kept = 0;
    for (const feel::unary_tests& each : cells_) {
        if (each.is_literal())
            bytes += each.text().size();
        else
            ++kept;
    }
    if (is_packed() || kept > cells_.size() / 8 || bytes > std::numeric_limits<std::uint32_t>::max()) return;
    texts_.reserve(bytes);
    ends_.reserve(cells_.size());
    std::vector<feel::unary_tests> others;
    for (std::size_t place = 0; place < cells_.size(); ++place) {
        if (cells_[place].is_literal()) {
            texts_ += cells_[place].text();
        } else {
            kept_at_.push_back(static_cast<std::uint32_t>(place));
            others.push_back(std::move(cells_[place]));
        }
        ends_.push_back(static_cast<std::uint32_t>(texts_.size()));
    }
    others.shrink_to_fit();
    kept_at_.shrink_to_fit();
    cells_ = std::move(others);
}

POLKU_DECL const feel::unary_tests* cell_list::find_kept(std::size_t place) const noexcept {
    if (!is_packed()) return &cells_[place];
    const auto at = std::lower_bound(kept_at_.begin(), kept_at_.end(), place);
    return at == kept_at_.end() || *at != place ? nullptr : &cells_[static_cast<std::size_t>(at - kept_at_.begin())];
}

POLKU_DECL feel::unary_tests cell_list::operator[](std::size_t place) const {
    if (const feel::unary_tests* kept = find_kept(place)) return *kept;
    // No name in scope had a part in it when it was first compiled, so none has to be known now.
    return feel::try_compile_unary_tests(text(place), feel::scope(), feel::type::any()).value();
}

POLKU_DECL std::string_view cell_list::text(std::size_t place) const noexcept {
    if (const feel::unary_tests* kept = find_kept(place)) return kept->text();
    const std::size_t begin = place == 0 ? 0 : ends_[place - 1];
    return std::string_view(texts_).substr(begin, ends_[place] - begin);
}

POLKU_DECL feel::value cell_list::accepts(std::size_t place, feel::evaluation_context& with,
                                          std::span<const feel::value> slots, const feel::value& input) const {
    const feel::unary_tests* kept = find_kept(place);
    return kept ? kept->accepts(with, slots, input) : (*this)[place].accepts(with, slots, input);
}

POLKU_DECL std::size_t cell_list::memory() const noexcept {
    std::size_t bytes = cells_.capacity() * sizeof(feel::unary_tests) + texts_.capacity() +
                        (ends_.capacity() + kept_at_.capacity()) * sizeof(std::uint32_t);
    for (const feel::unary_tests& each : cells_) bytes += each.memory();
    return bytes;
}

}  // namespace polku::inline POLKU_V::dmn

#endif

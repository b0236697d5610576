// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DECIDE_PLACES_IPP
#define POLKU_IMPL_PATH_DECIDE_PLACES_IPP

#include <polku/path/places.hpp>

#include <polku/impl/path/detail/decide_capacity.hpp>
#include <polku/impl/path/detail/decide_waiting.hpp>
#include <polku/impl/path/detail/place_decider.hpp>

namespace polku::inline POLKU_V::path {

namespace detail {

inline void place_decider::add(place_event_body what, const std::string& subject) {
    made_.push_back(event_of(std::move(what), subject, book_.service.value_or(book_.environment.value_or(""))));
    book_ = evolve_places(std::move(book_), made_.back());
}

inline result<void> place_decider::check_text(const std::string& text, const char* member) const {
    if (!text.empty()) return {};
    return refuse(error_code::missing_detail, std::string("the member '") + member + "' is empty",
                  std::string("/") + member);
}

inline const environment_definition* place_decider::environment() const {
    const auto found = says().environments.find(book_.environment.value_or(""));
    return found == says().environments.end() ? nullptr : &found->second;
}

inline result<void> place_decider::check_admission() const {
    const bool opens = std::holds_alternative<open_places>(asked_.what);
    if (opens && book_.is_opened())
        return refuse(error_code::place_book_exists,
                      "the book was opened on " + time::to_string(*book_.opened) + " for " +
                          (book_.environment ? "the environment '" + *book_.environment
                                             : "the service '" + book_.service.value_or("")) +
                          "'");
    if (!opens && !book_.is_opened())
        return refuse(error_code::place_book_missing, "the place book has not been opened; open_places comes first");
    return check_days("book");
}

inline result<std::vector<place_event>> place_decider::run() {
    POLKU_CHECK(check_admission());
    POLKU_CHECK(std::visit([&](const auto& what) { return handle(what); }, asked_.what));
    return std::move(made_);
}

}  // namespace detail

POLKU_DECL result<std::vector<place_event>> decide_places(const service_path& path, const place_book& now,
                                                          const place_command& asked, const context& with) {
    return detail::place_decider(path, now, asked, with).run();
}

}  // namespace polku::inline POLKU_V::path

#endif

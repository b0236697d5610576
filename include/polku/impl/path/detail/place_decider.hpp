// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_PLACE_DECIDER_HPP
#define POLKU_IMPL_PATH_DETAIL_PLACE_DECIDER_HPP

#include <polku/impl/path/detail/book_decider.hpp>
#include <polku/impl/path/detail/find_by_id.hpp>
#include <polku/impl/path/detail/quoted.hpp>
#include <polku/path/places.hpp>

#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// One run of `decide_places`.
class place_decider : book_decider<place_book, place_command, place_event_body> {
public:
    using book_decider::book_decider;

    result<std::vector<place_event>> run();

private:
    result<void> check_admission() const;

    result<void> handle(const open_places& what);
    result<void> handle(const set_places& what);
    result<void> handle(const close_places& what);
    result<void> handle(const reopen_places& what);
    result<void> handle(const reserve_place& what);
    result<void> handle(const extend_place& what);
    result<void> handle(const release_place& what);
    result<void> handle(const take_place& what);
    result<void> handle(const end_place& what);
    result<void> handle(const join_waiting_list& what);
    result<void> handle(const leave_waiting_list& what);
    result<void> handle(const offer_place& what);
    result<void> handle(const accept_offer& what);
    result<void> handle(const decline_offer& what);
    result<void> handle(const withdraw_offer& what);
    result<void> handle(const tick_places& what);

    // Places.
    result<void> check_room_for(place_scope scope, const std::string& of, const set_places& what) const;
    result<void> check_terms(const place_terms& of) const;
    result<void> check_package(const std::string& id, const place_terms& of) const;
    result<void> check_task(const std::string& id, const place_terms& of) const;
    result<void> check_in_force(const std::string& what, const std::optional<validity>& valid,
                                const place_terms& of) const;
    result<void> check_room(const place_terms& of) const;
    result<void> check_case(const std::string& case_id, const place_terms& of) const;
    result<const place_reservation*> find_kept(const std::string& id) const;

    // The queue.
    result<void> pass_others(const waiting_entry* chosen, const std::string& to, const place_terms& place,
                             const std::vector<passed_over>& passes);
    result<const waiting_entry*> find_waiting(const std::string& id) const;
    result<const place_reservation*> find_offer(const std::string& id) const;
    void lapse_offers();

    // Shared.
    void add(place_event_body what, const std::string& subject = {});
    result<void> check_text(const std::string& text, const char* member) const;
    template <class Map>
    result<void> check_known(const char* what, const Map& among, const std::string& of) const;
    const environment_definition* environment() const;
};

template <class Map>
result<void> place_decider::check_known(const char* what, const Map& among, const std::string& of) const {
    if (among.find(of) != among.end()) return {};
    std::vector<std::string> known;
    for (const auto& each : among) known.push_back(each.first);
    return refuse(error_code::unknown_path_item,
                  std::string(what) + " '" + of +
                      "' is not in the path's definition; known: " + (known.empty() ? "none" : quoted(known)));
}

/// `package 'supported'`, or nothing more where all places of the book are meant.
inline std::string place_kind_text(place_scope scope, const std::string& of) {
    if (scope == place_scope::any) return {};
    return std::string(scope == place_scope::package ? " of the package '" : " with the task '") + of + "'";
}

}  // namespace polku::inline POLKU_V::path::detail

#endif

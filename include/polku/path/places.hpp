// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLACES_HPP
#define POLKU_PATH_PLACES_HPP

#include <polku/path/case.hpp>
#include <polku/path/place_book.hpp>
#include <polku/path/place_commands.hpp>
#include <polku/path/place_events.hpp>
#include <polku/path/service_path.hpp>

#include <string_view>
#include <vector>

/// @file
/// Places without over-booking, and waiting lists in fair order.

namespace polku::inline POLKU_V::path {

/// The events that a command brings about, or the error that says why not (nothing has changed then). Never more places
/// held than there are on any day, offers counted; never an offer or a reservation past somebody in the queue without a
/// recorded reason. Errors: `place_book_missing`, `place_book_exists`, `no_free_place`, `places_closed`, `out_of_turn`,
/// `places_in_use`, `offer_lapsed`, `place_dates`, `unknown_path_item`, `unknown_service`, `not_offered`,
/// `path_not_in_force`, `unknown_record`, `duplicate_record`, `record_not_open`, `missing_detail`, `command_in_future`,
/// `command_too_early`.
POLKU_DECL result<std::vector<place_event>> decide_places(const service_path& path, const place_book& now,
                                                          const place_command& asked, const context& with);

/// The book after an event. Never fails: what an erased or odd event does not tell stays as it was.
POLKU_DECL place_book evolve_places(place_book before, const place_event& happened);

/// The name of a command, as `reserve_place`, and of an event, as `place_reserved`.
POLKU_DECL std::string_view type_of(const place_command_body& what) noexcept;
POLKU_DECL std::string_view type_of(const place_event_body& what) noexcept;

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/decide_places.ipp>
#include <polku/impl/path/evolve_places.ipp>
#endif

#endif

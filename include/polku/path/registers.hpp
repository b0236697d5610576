// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_REGISTERS_HPP
#define POLKU_PATH_REGISTERS_HPP

#include <polku/path/case.hpp>
#include <polku/path/register_book.hpp>
#include <polku/path/register_commands.hpp>
#include <polku/path/register_events.hpp>
#include <polku/path/service_path.hpp>

#include <string_view>
#include <vector>

/// @file
/// Registers: entries with an owner and a day by which they are looked at again. Pure functions; no clock is read.

namespace polku::inline POLKU_V::path {

/// The events that a command brings about, or the error that says why not (nothing has changed then). Errors:
/// `register_missing`, `register_exists`, `register_entry_invalid`, `unknown_path_item`, `unknown_municipality`,
/// `unknown_role`, `client_mismatch` (no stream id of an employer), `unknown_record`, `duplicate_record`,
/// `record_not_open`, `missing_detail`, `path_not_in_force`, `command_in_future`, `command_too_early`. No message
/// repeats a free text or a contact person.
POLKU_DECL result<std::vector<register_event>> decide_register(const service_path& path, const register_book& now,
                                                               const register_command& asked, const context& with);

/// The book after an event. Never fails: what an erased or odd event does not tell stays as it was.
POLKU_DECL register_book evolve_register(register_book before, const register_event& happened);

/// The name of a command, as `record_entry`, and of an event, as `register_entry_recorded`.
POLKU_DECL std::string_view type_of(const register_command_body& what) noexcept;
POLKU_DECL std::string_view type_of(const register_event_body& what) noexcept;

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/registers.ipp>
#endif

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_SERVICE_PATH_HPP
#define POLKU_PATH_SERVICE_PATH_HPP

#include <polku/path/definition.hpp>
#include <polku/path/event.hpp>
#include <polku/result.hpp>
#include <polku/time/deadline.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::path {

namespace detail {
struct compiled_path;
}

/// What stands beside a definition: its DMN files by the names that `routing.model` uses, and what the caller calls it.
struct path_sources {
    std::map<std::string, std::string> models;  ///< text of each DMN file by its name
    std::string name;                           ///< stands as source in the positions of findings
    path::hash content_hash{};       ///< BLAKE2b-256 of definition and models, made by the caller; pins running cases
    std::size_t max_findings = 100;  ///< more are not looked for
};

/// A checked and compiled path definition: immutable, shared freely by threads, cheap to copy.
class service_path {
public:
    service_path() = default;

    /// The definition as it was compiled; lives as long as any copy.
    POLKU_DECL const definition& says() const noexcept;
    /// What `path_sources` gave; stored with every event of a case.
    POLKU_DECL const path::hash& content_hash() const noexcept;
    /// False for a default-made object, on which nothing else may be called.
    explicit operator bool() const noexcept { return data_ != nullptr; }

    /// Null pointer when there is none of that id.
    POLKU_DECL const stage_definition* find_stage(std::string_view id) const noexcept;
    /// Null pointer when there is none of that id.
    POLKU_DECL const exit_definition* find_exit(std::string_view id) const noexcept;
    /// Null pointer when there is none of that id.
    POLKU_DECL const obligation_definition* find_obligation(std::string_view id) const noexcept;
    /// Stages and exits that the routing table of a stage leads to, in the order of its rules.
    POLKU_DECL std::vector<std::string> routing_targets(std::string_view stage) const;
    /// True on the days on which the definition is in force.
    POLKU_DECL bool is_valid_on(time::date day) const noexcept;
    /// Retention class of an event's personal content.
    POLKU_DECL const std::string& retention_of(std::string_view type, std::string_view qualifier) const;

    /// For the other functions of this room.
    const detail::compiled_path& data() const noexcept { return *data_; }

private:
    friend struct detail::compiled_path;
    std::shared_ptr<const detail::compiled_path> data_;
};

/// All that is wrong with a definition, FEEL texts and routing tables included; bounded by `max_findings`. Errors are
/// of the 6xx family with JSON pointers, the causes those of the FEEL and DMN rooms.
POLKU_DECL std::vector<diagnostic> check(const definition& says, const path_sources& with);

/// Compiles a definition that has no errors. Otherwise the first one, with the others as its causes.
POLKU_DECL result<service_path> try_compile(definition says, path_sources with);

/// Reads a period of one unit: `P14D`, `P2W`, `P3M`, `P1Y`; from 1 to 99 999. Empty for anything else.
POLKU_DECL std::optional<time::period> parse_period(std::string_view text) noexcept;

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/definition_check.ipp>
#include <polku/impl/path/service_path.ipp>
#endif

#endif

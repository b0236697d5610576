// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_WORKSPACE_HPP
#define POLKU_WORKSPACE_WORKSPACE_HPP

#include <polku/feel/value.hpp>
#include <polku/path/access.hpp>
#include <polku/path/case.hpp>
#include <polku/storage/event_store.hpp>
#include <polku/workspace/path_bundle.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V {

namespace detail {
struct command_envelope;
}

struct workspace_options {
    bool create = true;                                ///< make the file when it is not there
    std::uint32_t busy_timeout_ms = 5000;              ///< how long a call waits for other writers
    std::function<bool()> cancel;                      ///< asked while a call waits; true ends it with `cancelled`
    std::shared_ptr<storage::entropy_source> entropy;  ///< the system's when empty; tests and demos give a fixed one
    path::access_rules access;                         ///< who may see what; the library's own when empty
};

/// How a case is shown.
struct view_options {
    time::date as_of;             ///< the day that "open", "late" and "available" are told for
    std::string language = "en";  ///< `fi`, `sv`, `en` or `fi-selko`
    bool show_protected = false;  ///< show what a non-disclosure order hides: the actor's ground allows it
    /// On whose behalf the case is read: only what the rules of access allow them is shown, and `show_protected` is
    /// decided by the rules too. Empty: the host itself reads.
    std::optional<path::reader> reader;
};

/// A case as it stands, with the path version that it is pinned to.
struct loaded_case {
    path::case_state state;
    path::service_path path;
};

/// Joins a store and the paths that run in it: the object that most callers hold. One thread at a time; several
/// workspaces, also in several processes, may stand on the same file. Records go in and out as JSON documents, held as
/// `feel::value` (json/text.hpp reads and writes them); `polku schema` describes them.
class workspace {
public:
    /// Opens or creates a store file (UTF-8 path), or `:memory:`. Errors: the 7xx family.
    static result<std::unique_ptr<workspace>> try_open(const std::string& path, workspace_options options = {});
    ~workspace();
    workspace(const workspace&) = delete;
    workspace& operator=(const workspace&) = delete;

    /// Makes a path known: new cases can open on it. The store keeps its bytes; doing it again is no fault. Cases that
    /// run on a version which is not made known are opened with the bytes that the store keeps.
    result<void> try_use(const path_bundle& path);

    /// Carries out one command. The document: `command` (a type of path/commands.hpp), `case` (32 hex digits; a command
    /// to another stream has `environment`, `employer` or `programme` instead, and the types of these), `command_id`,
    /// `now` (date-time with zone or offset), `actor`, `purpose`, `data` (the command's members; for `open_case` also
    /// `path`), optionally `expected_version` of that stream. All events are stored in one transaction, or none. The
    /// same id with the same content answers as the first time; with other content it is a conflict. Without
    /// `expected_version` a command that lost a race is decided again on the newer state. Answer: `case` (or the other
    /// name), `version`, `events` (stream, version, type).
    result<feel::value> try_execute(const feel::value& command);

    /// One case as a document (see json/path_case.hpp). `access_denied` for a reader who may see nothing of it.
    result<feel::value> try_case(std::string_view case_id, const view_options& how);
    /// What a reader may see of a case on a day, and why: `relation`, and for each category `allowed`, `rule`,
    /// `reason`, `source`.
    result<feel::value> try_access(std::string_view case_id, const path::reader& who, time::date on,
                                   const std::string& language);
    /// The case's state itself, for callers in C++.
    result<loaded_case> try_load(std::string_view case_id);
    /// What is due by a day in all open cases, soonest first: `case`, `kind`, `what`, `owner`, `due`, `nominal`,
    /// `late`, ...
    result<feel::value> try_due(time::date by);
    /// Cases in order of creation after the case `after` (empty: from the start), at most `limit`.
    result<feel::value> try_cases(std::string_view after, std::uint32_t limit);
    /// Events after a position as CloudEvents 1.0, at most `limit`; `next` is set to the position to go on from. What a
    /// non-disclosure order hides is left out.
    result<feel::value> try_events_since(std::uint64_t position, std::uint32_t limit, std::uint64_t& next);

    /// The value to keep elsewhere as an anchor, and the check of the whole store against it (empty: without one).
    result<std::string> try_head();
    result<feel::value> try_verify(std::string_view anchor);
    /// Folds the write-ahead log into the file; nothing to do in memory.
    result<void> try_checkpoint();

    storage::event_store& store() noexcept { return *store_; }

private:
    workspace() = default;
    result<path::service_path> try_path_of(const path::hash& hash);
    result<path::service_path> try_newest_path(const std::string& id);
    result<storage::append_answer> try_decide_and_append(const detail::command_envelope& asked);

    result<path::visibility> try_decide_access(const loaded_case& of, const path::reader& who, time::date on);

    std::unique_ptr<storage::event_store> store_;
    path::access_rules access_;
    std::map<path::hash, path::service_path> paths_;
    std::map<std::string, path::hash, std::less<>> newest_;  // path id to the version used last
};

}  // namespace polku::inline POLKU_V

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_WORKSPACE_HPP
#define POLKU_WORKSPACE_WORKSPACE_HPP

#include <polku/feel/value.hpp>
#include <polku/path/access.hpp>
#include <polku/path/case.hpp>
#include <polku/path/circling.hpp>
#include <polku/path/place_terms.hpp>
#include <polku/storage/erasure.hpp>
#include <polku/storage/event_store.hpp>
#include <polku/storage/keys.hpp>
#include <polku/storage/use_log.hpp>
#include <polku/workspace/path_bundle.hpp>
#include <polku/workspace/retention.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V {

namespace detail {
struct command_envelope;
class compiled_packs;
class compiled_terms;
}

/// How a workspace is opened.
struct workspace_options {
    bool create = true;                                ///< make the file when it is not there
    std::uint32_t busy_timeout_ms = 5000;              ///< how long a call waits for other writers
    std::function<bool()> cancel;                      ///< asked while a call waits; true ends it with `cancelled`
    std::shared_ptr<storage::entropy_source> entropy;  ///< the system's when empty; tests and demos give a fixed one
    path::access_rules access;                         ///< who may see what; the library's own when empty
    std::optional<storage::key_options> keys;          ///< master keys: the store is a sealed one (docs/storage.md)
    bool leave_sealed = false;                         ///< opens a sealed store without keys, to look after it
    std::optional<storage::erasure_ledger> ledger;     ///< erases again in a restored file, before anything is read
    std::string log;  ///< file of the use and disclosure log (UTF-8), made when it is not there; empty: none is kept
    storage::read_log_flush log_flush = storage::read_log_flush::each;  ///< when entries of the log are on the disk
    std::shared_ptr<const retention_rules> rules;                       ///< the shipped ones when empty
    /// With a command after which a case has this many events since its snapshot, a new one is kept in the same
    /// transaction, so that opening the case reads that and the events since (docs/opening.md); 0: none is ever kept.
    std::uint32_t snapshot_every = 1;
};

/// How much of a case's history is read with it. A case whose history is `recent` is the same but for the events
/// before its snapshot: its `history` has those since, and timelines and the past cannot be told from it. In order:
/// `whole`, `recent`.
enum class case_history : std::uint8_t { whole, recent };

/// Who reads, for the use and disclosure log (what they may see: `path::reader`). Actor, organisation, purpose and
/// ground must be told.
struct logged_reader {
    std::string actor;         ///< as the host names people
    std::string organisation;  ///< on whose behalf
    std::string role;          ///< may be empty
    std::string purpose;       ///< why the data is read
    std::string ground;        ///< the legal ground
    std::int64_t at_ms = 0;    ///< when, in UTC milliseconds
    std::string disclosed_to;  ///< to whom outside the organisation the data goes; empty: it is used inside
    std::string decided_by;    ///< the decision that allowed it
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

/// What of a register is shown.
struct register_query {
    time::date as_of;                  ///< the register as it stood at the end of that day
    std::string about;                 ///< only entries about this municipality, employer or environment
    std::string owner;                 ///< only entries that this role owns
    std::optional<time::date> due_by;  ///< only entries that must be looked at again by that day
    bool ended = false;                ///< also entries that have ended
    /// Also contact persons: for the host itself, or for a reader whose role owns the entry or keeps the register.
    bool personal = false;
    std::optional<path::reader> reader;  ///< on whose behalf; empty: the host itself reads
};

/// Who is asked about in the list of clients who circle.
struct circling_query {
    time::date as_of;          ///< by what has happened up to the end of that day
    std::string path;          ///< only clients with a case on this path; empty: all
    path::circling_rule rule;  ///< who counts as circling
};

/// How much of the feed is shown.
struct feed_options {
    /// Also the members that tell of a person in events of environments, employers and programmes. Those of a client
    /// under a non-disclosure order stay out all the same, unless the rules let the reader see contacts.
    bool personal = false;
    /// On whose behalf: events of clients and cases that the rules of access withhold are left out whole, and personal
    /// members are shown only where all cases of the person allow it. Empty: the host itself reads.
    std::optional<path::reader> reader;
};

/// A case as it stands, with the path version that it is pinned to.
struct loaded_case {
    path::case_state state;   ///< as its events tell it
    path::service_path path;  ///< the version that the case runs on
};

/// Joins a store and the paths that run in it: the object that most callers hold. One thread at a time; several
/// workspaces, also in several processes, may stand on the same file. Records go in and out as JSON documents, held as
/// `feel::value` (json/text.hpp reads and writes them); `polku schema` describes them.
class workspace {
public:
    /// Opens or creates a store file (UTF-8 path), or `:memory:`. Errors: the 7xx family.
    static result<std::unique_ptr<workspace>> try_open(const std::string& path, workspace_options options = {});
    /// Stands on a store that is open, such as one in PostgreSQL (storage/postgres_store.hpp), and owns it. The options
    /// that tell how a file is opened (`create`, `busy_timeout_ms` but for the log's, `cancel`, `keys`, `leave_sealed`,
    /// `ledger`) are the store's own matter and are not looked at. Errors: those of opening the log.
    static result<std::unique_ptr<workspace>> try_open(std::unique_ptr<storage::event_store> store,
                                                       workspace_options options = {});
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

    /// Who reads from now on, until it is set again; empty: nobody. When a log is kept, the calls below that answer
    /// what is stored of clients need it (`reader_missing`) and write an entry for each client before they answer; one
    /// that cannot be written refuses the read (`use_log_not_written`). Commands need no reader: their events tell
    /// actor and purpose. What is read through `store()` is the caller's to log.
    void set_reader(std::optional<logged_reader> who) { reader_ = std::move(who); }

    /// One case as a document (see json/path_case.hpp). `access_denied` for a reader who may see nothing of it.
    result<feel::value> try_case(std::string_view case_id, const view_options& how);
    /// What a reader may see of a case on a day, and why: `relation`, and for each category `allowed`, `rule`,
    /// `reason`, `source`.
    result<feel::value> try_access(std::string_view case_id, const path::reader& who, time::date on,
                                   const std::string& language);
    /// The case's state itself, for callers in C++.
    result<loaded_case> try_load(std::string_view case_id, case_history history = case_history::whole);
    /// A state of the case with what events of these types tell, of the case and its client, and when the case was
    /// opened; the others are not read. For callers who ask many cases for a part of them.
    result<path::case_state> try_load_events(std::string_view case_id, std::vector<std::string_view> types);
    /// Clients who have or had an identifier, in the order of recording: a list of `client` (hex id), `from` and, where
    /// another followed, `until`. `kind` is `identity_code`; its value may be written in small letters and with spaces.
    /// In a store file an index of keyed hashes is brought up to date first, which writes to the file. Errors:
    /// `invalid_identity_code`, which does not repeat the code, and `invalid_argument` for another kind.
    result<feel::value> try_find_client(std::string_view kind, std::string_view value);
    /// What is due by a day in all open cases, soonest first: `case`, `kind`, `what`, `owner`, `due`, `nominal`,
    /// `late`, ...
    result<feel::value> try_due(time::date by);
    /// Cases in order of creation after the case `after` (empty: from the start), at most `limit`.
    result<feel::value> try_cases(std::string_view after, std::uint32_t limit);
    /// The places of one book (the hex id of its stream) from a day on: `levels` (how many there are and are held, by
    /// days), `reservations` that are open, `waiting` in the order of their turns, `to_move` (those whom a closing
    /// concerns). Nothing of who the people are: they stand by the ids of their entries and reservations.
    result<feel::value> try_places(std::string_view book, time::date as_of);
    /// All place books in the order of their creation, of one path unless it is empty: `book`, `path`, `environment` or
    /// `service`, `municipality`, and of the day `places`, `held`, `free`, `waiting`, `offered`.
    result<feel::value> try_place_books(std::string_view path_id, time::date as_of);
    /// Environments for a case on these terms, ranked, with free places and reasons in four languages
    /// (path/place_suggestions.hpp). Reads all books of the case's path. For a reader only what they may see goes in:
    /// levels of withheld categories are taken as unknown, and `relation` and `withheld` are told; `access_denied` when
    /// they may not see the client's coaching. In the use log with the categories of the levels that were used.
    result<feel::value> try_suggest_places(std::string_view case_id, const path::place_terms& wanted,
                                           const view_options& how);
    /// Clients with an open case who come back again and again without getting on (path/circling.hpp), those with most
    /// returns first: `client`, `cases` (`case`, `path`, `open`), `responsible` (worker of the newest open case),
    /// `got_on` (`what`, `of`, `name` in four languages, `on`, `case`, `position`) and `returns` (the same with
    /// `before`). What is not known is null; a goal's own words are not told. In the use log each client once.
    result<feel::value> try_circling(const circling_query& asked);
    /// One register of a path: `path`, `register`, `version` of the path, `about`, `keeper`, `review`, `name`, `help`,
    /// `fields` as the definition has them (those for free words with `free_words`: they must not hold personal data),
    /// `books`, and `entries`, each with `book`, `entry`, `about`, `about_name` in four languages where there is one,
    /// `owner` with `owner_name`, `recorded`, `confirmed`, `review_by`, `late`, `fields`, and where they are `withheld`
    /// (ids of told fields about contact persons that are not shown), `erased`, `ended`, `reason`. All books of the
    /// register are joined. `not_found` names the registers that are there. Contact persons that are shown stand in the
    /// use log.
    result<feel::value> try_register(std::string_view path_id, std::string_view register_id, const register_query& how);
    /// All registers that were opened, of one path unless it is empty: `path`, `register`, `name`, `about`, `keeper`,
    /// `books`, and of the day `entries`, `due` (entries to be looked at again by then) and `next_review`.
    result<feel::value> try_registers(std::string_view path_id, time::date as_of);
    /// Entries of all registers, of one path unless it is empty, that must be looked at again by a day, soonest first:
    /// `path`, `register`, `book`, `entry`, `about`, `owner`, `confirmed`, `review_by`, `late`.
    result<feel::value> try_registers_due(std::string_view path_id, time::date by);
    /// Events after a position as CloudEvents 1.0, at most `limit`; `next` is set to the position to go on from. What a
    /// non-disclosure order hides is left out, and so are the members about persons of other streams than cases and
    /// clients, unless `how` asks for them.
    result<feel::value> try_events_since(std::uint64_t position, std::uint32_t limit, std::uint64_t& next,
                                         const feed_options& how = {});

    /// The value to keep elsewhere as an anchor, and the check of the whole store against it (empty: without one).
    result<std::string> try_head();
    /// What `event_store::try_verify` found, as a JSON document; findings are in it, and are no error.
    result<feel::value> try_verify(std::string_view anchor);
    /// Folds the write-ahead log into the file; nothing to do in memory.
    result<void> try_checkpoint();

    /// What is to be erased by a day: content of clients whose cases have all ended, by retention class and rule; a
    /// list of `client`, `subject`, `retention_class`, `ended`, `erase_from`, `rule`, `years`. A class without a rule
    /// in force is listed with `rule` null and without `erase_from`; it is never erased by itself. Store files only.
    result<feel::value> try_retention(time::date by);
    /// Erases what `try_retention` lists as due; one answer as of `try_erase` for each.
    result<feel::value> try_erase_due(time::date by);
    /// Erases content for good (`sqlite_store::try_erase`): `number`, `subject`, `retention_class`, `reason`, `on`,
    /// `parts`, `keys`, `snapshots`, `pending`.
    result<feel::value> try_erase(const storage::erase_request& request);
    /// How many erasures still wait for readers to leave, after another attempt.
    result<std::uint64_t> try_finish_erasures();
    /// The erasure ledger as JSON, to be kept beside copies of the store.
    result<std::string> try_ledger();
    /// Wraps all keys anew under another master key; how many.
    result<std::uint64_t> try_rotate_master(const std::string& id);

    /// Entries of the use log after a number, and the check of its chain.
    result<feel::value> try_log_entries(std::uint64_t after, std::uint32_t limit);
    /// The check of the chain of the use log, as `try_verify` answers for the store.
    result<feel::value> try_verify_log();
    /// The extract that a client may ask for (Act 703/2023 11 §): who used the client's data or to whom it was
    /// disclosed, as far back as the rule on the day of asking says, and by when the answer is due.
    result<feel::value> try_log_extract(std::string_view client, time::date asked, std::string_view language);
    /// Brings grouped entries to the disk.
    result<void> try_flush_log();
    /// Deletes entries that by a day have been kept as long as the rule says; how many.
    result<std::uint64_t> try_purge_log(time::date by);

    /// A path version that the store keeps, by its content hash.
    result<path::service_path> try_path_of(const path::hash& hash);

    /// The store underneath, borrowed. What is read through it is not logged by itself.
    storage::event_store& store() noexcept { return *store_; }
    /// For the library's own functions about support programmes (workspace/supplement.hpp).
    detail::compiled_terms& terms() noexcept { return *terms_; }
    /// The same about rule packs (workspace/rule_packs.hpp).
    detail::compiled_packs& packs() noexcept { return *packs_; }

private:
    /// Clients with the categories of what is read of them.
    struct client_reads;

    workspace() = default;
    /// All but the store. Before it, so that no file is made where the log cannot be opened.
    static result<std::unique_ptr<workspace>> try_begin(workspace_options& options);
    void stand_on(std::unique_ptr<storage::event_store> store);
    result<loaded_case> try_fold(std::string_view case_id, case_history history = case_history::recent);
    result<void> check_reader() const;
    /// `decided_by`: the rules of access that let the reader see it; else what the reader says.
    result<void> try_log_reads(const client_reads& reads, const std::string& decided_by = {});
    result<std::string> try_client_of(const path::stream_id& case_id);
    result<client_reads> try_reads_of(const std::vector<path::event_envelope>& events, bool personal);
    result<path::service_path> try_newest_path(const std::string& id);
    result<feel::value> try_decide_and_append(const detail::command_envelope& asked);

    result<path::visibility> try_decide_access(const loaded_case& of, const path::reader& who, time::date on);

    std::unique_ptr<storage::event_store> store_;
    std::unique_ptr<detail::compiled_terms> terms_;
    std::unique_ptr<detail::compiled_packs> packs_;
    path::access_rules access_;
    std::unique_ptr<storage::use_log> log_;
    std::optional<logged_reader> reader_;
    std::shared_ptr<const retention_rules> rules_;
    std::uint32_t snapshot_every_ = 0;
    std::map<path::hash, path::service_path> paths_;
    std::map<std::string, path::hash, std::less<>> newest_;  // path id to the version used last
};

}  // namespace polku::inline POLKU_V

#endif

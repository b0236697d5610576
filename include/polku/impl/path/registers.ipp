// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_REGISTERS_IPP
#define POLKU_IMPL_PATH_REGISTERS_IPP

#include <polku/impl/path/detail/register_decider.hpp>

namespace polku::inline POLKU_V::path {

namespace detail {

inline void register_decider::add(register_event_body what, const std::string& subject) {
    made_.push_back(event_of(std::move(what), subject, book_.register_));
    book_ = evolve_register(std::move(book_), made_.back());
}

inline result<void> register_decider::check_admission() const {
    const bool opens = std::holds_alternative<open_register>(asked_.what);
    if (opens && book_.is_opened())
        return refuse(error_code::register_exists, "the stream holds the register '" + book_.register_ + "' since " +
                                                       time::to_string(*book_.opened) +
                                                       "; it takes record_entry, amend_entry, confirm_entry and "
                                                       "end_entry");
    if (!opens && !book_.is_opened())
        return refuse(error_code::register_missing, "the register has not been opened; open_register comes first");
    return check_days("register");
}

inline result<void> register_decider::check_in_force() const {
    if (path_.is_valid_on(on_)) return {};
    return refuse(error_code::path_not_in_force,
                  "the path '" + says().id + "' (" + says().version + ") is not in force on " + time::to_string(on_));
}

inline result<void> register_decider::check_known(error_code code, const char* what,
                                                  const std::vector<std::string>& among, const std::string& of,
                                                  const char* pointer) const {
    if (std::find(among.begin(), among.end(), of) != among.end()) return {};
    return refuse(code,
                  std::string(what) + " '" + of +
                      "' is not in the path's definition; known: " + (among.empty() ? "none" : quoted(among)),
                  pointer);
}

inline result<const register_definition*> register_decider::find_register(const std::string& id) const {
    POLKU_CHECK(check_known(error_code::unknown_path_item, "register", ids_of(says().registers), id, "/register"));
    return &says().registers.at(id);
}

inline result<const register_entry*> register_decider::find_open(const std::string& id) const {
    const register_entry* found = find_entry(book_, id);
    if (found == nullptr)
        return refuse(error_code::unknown_record,
                      "the register '" + book_.register_ + "' has no entry '" + id + "'; record_entry begins one",
                      "/entry");
    if (found->ended)
        return refuse(error_code::record_not_open,
                      "the entry '" + id + "' ended on " + time::to_string(*found->ended) +
                          " and takes no more; record_entry begins another with an id of its own",
                      "/entry");
    if (on_ < found->changed)
        return refuse(error_code::command_too_early, "the command tells of " + time::to_string(on_) +
                                                         ", but the entry '" + id + "' was told of on " +
                                                         time::to_string(found->changed));
    return found;
}

inline result<void> register_decider::check_owner(const std::string& role) const {
    return check_known(error_code::unknown_role, "role", ids_of(says().roles), role, "/owner");
}

inline result<void> register_decider::check_about(const register_definition& of,
                                                  const std::optional<std::string>& about) const {
    const bool is_of_programme = of.about == register_subject::programme;
    if (is_of_programme && about)
        return refuse(error_code::register_entry_invalid,
                      "entries of the register '" + book_.register_ + "' are about the programme; leave 'about' out",
                      "/about");
    if (!is_of_programme && !about)
        return refuse(error_code::missing_detail,
                      std::string("'about' is missing; it names ") +
                          (of.about == register_subject::municipality ? "the municipality by its three-digit code"
                           : of.about == register_subject::employer   ? "the employer by the id of its stream"
                                                                      : "the environment by its id"),
                      "/about");
    switch (of.about) {
        case register_subject::programme: return {};
        case register_subject::municipality:
            // A path that names no municipalities is for all of them.
            if (says().municipalities.empty() && rules::find_municipality(*about) != nullptr) return {};
            return check_known(error_code::unknown_municipality, "municipality", ids_of(says().municipalities), *about,
                               "/about");
        case register_subject::environment:
            return check_known(error_code::unknown_path_item, "environment", ids_of(says().environments), *about,
                               "/about");
        case register_subject::employer: break;
    }
    if (is_stream_id(*about)) return {};
    return refuse(error_code::client_mismatch,
                  "the employer is named by " + std::to_string(about->size()) +
                      " characters that are no stream id; it has 32 hexadecimal digits in small letters",
                  "/about");
}

inline result<time::date> register_decider::review_day(const register_definition& of,
                                                       const std::optional<time::date>& asked) const {
    const time::date latest = time::nominal_deadline(on_, *parse_period(of.review)).value_or(on_);
    if (!asked) return latest;
    if (on_ < *asked && *asked <= latest) return *asked;
    return refuse(error_code::register_entry_invalid,
                  "the entry would be looked at again by " + time::to_string(*asked) + "; it must be after " +
                      time::to_string(on_) + " and by " + time::to_string(latest) + " at the latest (" + of.review +
                      ")",
                  "/review_by");
}

inline result<void> register_decider::check_words(const std::string& text, const std::string& pointer) const {
    if (text.empty()) return refuse(error_code::missing_detail, "the text is empty; expected words", pointer);
    if (!has_identity_code(text)) return {};
    return refuse(error_code::register_entry_invalid,
                  "the text holds a personal identity code; registers hold nothing of clients, take it out", pointer);
}

inline result<feel::value> register_decider::try_field(const register_field_definition& of,
                                                       const feel::value& told) const {
    const std::string pointer = "/fields/" + of.id;
    if (told.is_null()) return told;
    feel::type wanted;
    (void)feel::type::from_name(of.type, wanted);  // which the check of the definition has done
    const bool is_date = of.type == "date" && told.is(feel::kind::string) && time::parse_date(told.as_string());
    if (!is_date && !feel::is_instance(told, wanted))
        return refuse(
            error_code::register_entry_invalid,
            "the field '" + of.id + "' takes a " + of.type + ", found a " + std::string(feel::name_of(told.kind())),
            pointer);
    if (of.type == "date") return is_date ? told : feel::value(time::to_string(told.as_date()));
    if (!told.is(feel::kind::string)) return told;
    const std::string text(told.as_string());
    POLKU_CHECK(check_words(text, pointer));
    if (!of.values.empty() && of.values.find(text) == of.values.end())
        return refuse(error_code::register_entry_invalid,
                      "the field '" + of.id + "' takes one of " + quoted(ids_of(of.values)), pointer);
    return told;
}

inline result<register_decider::told_fields> register_decider::try_tell(const register_definition& of,
                                                                        const register_values& told) const {
    told_fields made;
    for (const auto& [id, value] : told) {
        const register_field_definition* field = of.find_field(id);
        if (field == nullptr)
            return refuse(error_code::register_entry_invalid,
                          "the register '" + book_.register_ + "' has no field '" + id + "'; its fields are " +
                              quoted(ids_of(of.fields)),
                          "/fields/" + id);
        POLKU_TRY(feel::value kept, try_field(*field, value));
        (field->is_personal() ? made.contacts : made.open).emplace(id, std::move(kept));
    }
    return made;
}

inline result<void> register_decider::check_required(const register_definition& of, const register_values& open,
                                                     const register_values& contacts) const {
    for (const register_field_definition& each : of.fields) {
        if (!each.required.value_or(false)) continue;
        const register_values& among = each.is_personal() ? contacts : open;
        const auto found = among.find(each.id);
        if (found == among.end() || found->second.is_null())
            return refuse(error_code::missing_detail, "the field '" + each.id + "' must be told", "/fields/" + each.id);
    }
    return {};
}

inline result<void> register_decider::handle(const open_register& what) {
    POLKU_CHECK(check_in_force());
    POLKU_TRY(const register_definition* of, find_register(what.register_));
    (void)of;
    add(register_opened{says().id, what.register_});
    return {};
}

inline result<void> register_decider::handle(const record_entry& what) {
    POLKU_CHECK(check_in_force());
    POLKU_TRY(const register_definition* of, find_register(book_.register_));
    if (what.entry.empty()) return refuse(error_code::missing_detail, "the member 'entry' is empty", "/entry");
    if (find_entry(book_, what.entry) != nullptr)
        return refuse(error_code::duplicate_record,
                      "the register '" + book_.register_ + "' has an entry '" + what.entry + "' already", "/entry");
    POLKU_CHECK(check_about(*of, what.about));
    const std::string owner = what.owner.value_or(of->keeper);
    POLKU_CHECK(check_owner(owner));
    POLKU_TRY(const time::date review_by, review_day(*of, what.review_by));
    POLKU_TRY(told_fields told, try_tell(*of, what.fields));
    POLKU_CHECK(check_required(*of, told.open, told.contacts));
    const std::string about = what.about.value_or("");
    const std::string subject = subject_of(told.contacts, about);
    add(register_entry_recorded{what.entry, about, owner, review_by, std::move(told.open), std::move(told.contacts)},
        subject);
    return {};
}

inline result<void> register_decider::handle(const amend_entry& what) {
    POLKU_TRY(const register_definition* of, find_register(book_.register_));
    POLKU_TRY(const register_entry* entry, find_open(what.entry));
    if (!what.owner && what.fields.empty() && what.clear.empty())
        return refuse(error_code::missing_detail, "nothing is amended; give 'fields', 'clear' or 'owner'");
    if (what.owner) POLKU_CHECK(check_owner(*what.owner));
    POLKU_TRY(told_fields told, try_tell(*of, what.fields));
    register_values open = entry->fields;
    register_values contacts = entry->contacts;
    for (const std::string& id : what.clear) {
        if (open.erase(id) + contacts.erase(id) == 0 && !entry->erased)
            return refuse(error_code::register_entry_invalid,
                          "the entry '" + what.entry + "' does not tell the field '" + id + "'", "/clear");
        if (what.fields.count(id) == 1)
            return refuse(error_code::register_entry_invalid,
                          "the field '" + id + "' is both told and taken away; do one of the two", "/clear");
    }
    for (const auto& [id, value] : told.open) open[id] = value;
    for (const auto& [id, value] : told.contacts) contacts[id] = value;
    POLKU_CHECK(check_required(*of, open, contacts));
    const std::string subject = subject_of(told.contacts, entry->about);
    add(register_entry_amended{what.entry, what.owner, std::move(told.open), std::move(told.contacts), what.clear},
        subject);
    return {};
}

inline result<void> register_decider::handle(const confirm_entry& what) {
    POLKU_TRY(const register_definition* of, find_register(book_.register_));
    POLKU_TRY(const register_entry* entry, find_open(what.entry));
    (void)entry;
    POLKU_TRY(const time::date review_by, review_day(*of, what.review_by));
    add(register_entry_confirmed{what.entry, review_by});
    return {};
}

inline result<void> register_decider::handle(const end_entry& what) {
    POLKU_TRY(const register_entry* entry, find_open(what.entry));
    (void)entry;
    POLKU_CHECK(check_words(what.reason, "/reason"));
    add(register_entry_ended{what.entry, what.reason});
    return {};
}

/// Applies one event to a book.
class register_evolver {
public:
    register_evolver(register_book& to, const register_event& happened) : to_(to), happened_(happened) {}

    void operator()(const register_opened& of) const {
        to_.opened = day();
        to_.path = of.path;
        to_.register_ = of.register_;
    }
    void operator()(const register_entry_recorded& of) const {
        if (of.entry.empty()) return;  // all of it was erased
        register_entry made;
        made.id = of.entry;
        made.about = of.about;
        made.owner = of.owner;
        made.recorded = made.confirmed = made.changed = day();
        made.review_by = of.review_by;
        made.fields = of.fields;
        made.contacts = of.contacts;
        made.erased = happened_.erased;
        to_.entries.push_back(std::move(made));
    }
    void operator()(const register_entry_amended& of) const {
        register_entry* found = change(of.entry);
        if (found == nullptr) return;
        if (of.owner) found->owner = *of.owner;
        for (const std::string& id : of.cleared) {
            found->fields.erase(id);
            found->contacts.erase(id);
        }
        for (const auto& [id, value] : of.fields) found->fields[id] = value;
        for (const auto& [id, value] : of.contacts) found->contacts[id] = value;
        if (happened_.erased) found->erased = true;
    }
    void operator()(const register_entry_confirmed& of) const {
        register_entry* found = change(of.entry);
        if (found == nullptr) return;
        found->confirmed = day();
        found->review_by = of.review_by;
    }
    void operator()(const register_entry_ended& of) const {
        register_entry* found = change(of.entry);
        if (found == nullptr) return;
        found->ended = day();
        found->reason = of.reason;
    }

private:
    time::date day() const { return happened_.effective_date; }
    register_entry* change(const std::string& id) const {
        register_entry* found = find_by_id(to_.entries, id);
        if (found != nullptr) found->changed = std::max(found->changed, day());
        return found;
    }

    register_book& to_;
    const register_event& happened_;
};

}  // namespace detail

POLKU_DECL result<std::vector<register_event>> decide_register(const service_path& path, const register_book& now,
                                                               const register_command& asked, const context& with) {
    return detail::register_decider(path, now, asked, with).run();
}

POLKU_DECL register_book evolve_register(register_book before, const register_event& happened) {
    std::visit(detail::register_evolver(before, happened), happened.what);
    return before;
}

POLKU_DECL std::string_view type_of(const register_command_body& what) noexcept {
    return std::visit([](const auto& each) { return std::remove_cvref_t<decltype(each)>::type; }, what);
}

POLKU_DECL std::string_view type_of(const register_event_body& what) noexcept {
    return std::visit([](const auto& each) { return std::remove_cvref_t<decltype(each)>::type; }, what);
}

}  // namespace polku::inline POLKU_V::path

#endif

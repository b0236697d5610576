// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_REGISTER_DECIDER_HPP
#define POLKU_IMPL_PATH_DETAIL_REGISTER_DECIDER_HPP

#include <polku/impl/path/detail/book_decider.hpp>
#include <polku/impl/path/detail/decide_case.hpp>
#include <polku/impl/path/detail/find_by_id.hpp>
#include <polku/impl/path/detail/quoted.hpp>
#include <polku/path/registers.hpp>
#include <polku/rules/identifiers.hpp>
#include <polku/rules/municipality.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// True when a personal identity code stands somewhere in the text, in capital or small letters.
inline bool has_identity_code(std::string_view text) {
    constexpr std::size_t length = 11;
    std::string capitals(text);
    for (char& each : capitals)
        if ('a' <= each && each <= 'z') each = static_cast<char>(each - 'a' + 'A');
    for (std::size_t at = 0; at + length <= capitals.size(); ++at)
        if (rules::try_parse_identity_code(std::string_view(capitals).substr(at, length))) return true;
    return false;
}

/// One run of `decide_register`.
class register_decider : book_decider<register_book, register_command, register_event_body> {
public:
    using book_decider::book_decider;

    result<std::vector<register_event>> run() {
        POLKU_CHECK(check_admission());
        POLKU_CHECK(std::visit([&](const auto& what) { return handle(what); }, asked_.what));
        return std::move(made_);
    }

private:
    /// Fields as they are told: those of contact persons apart, all in the form in which they are kept.
    struct told_fields {
        register_values open;
        register_values contacts;
    };

    result<void> check_admission() const;
    result<void> handle(const open_register& what);
    result<void> handle(const record_entry& what);
    result<void> handle(const amend_entry& what);
    result<void> handle(const confirm_entry& what);
    result<void> handle(const end_entry& what);

    result<const register_definition*> find_register(const std::string& id) const;
    result<const register_entry*> find_open(const std::string& id) const;
    result<void> check_in_force() const;
    result<void> check_about(const register_definition& of, const std::optional<std::string>& about) const;
    result<void> check_owner(const std::string& role) const;
    result<void> check_known(error_code code, const char* what, const std::vector<std::string>& among,
                             const std::string& of, const char* pointer) const;
    result<time::date> review_day(const register_definition& of, const std::optional<time::date>& asked) const;
    result<told_fields> try_tell(const register_definition& of, const register_values& told) const;
    result<feel::value> try_field(const register_field_definition& of, const feel::value& told) const;
    result<void> check_required(const register_definition& of, const register_values& open,
                                const register_values& contacts) const;
    result<void> check_words(const std::string& text, const std::string& pointer) const;

    void add(register_event_body what, const std::string& subject = {});
    /// Whose the contact persons of an entry are: erased with the employer.
    static std::string subject_of(const register_values& contacts, const std::string& about) {
        return contacts.empty() ? std::string() : about;
    }
};

template <class Map>
std::vector<std::string> ids_of(const Map& among) {
    std::vector<std::string> ids;
    for (const auto& each : among) ids.push_back(each.first);
    return ids;
}
inline std::vector<std::string> ids_of(const std::vector<register_field_definition>& among) {
    std::vector<std::string> ids;
    for (const register_field_definition& each : among) ids.push_back(each.id);
    return ids;
}

}  // namespace polku::inline POLKU_V::path::detail

#endif

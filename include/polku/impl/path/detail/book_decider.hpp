// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_BOOK_DECIDER_HPP
#define POLKU_IMPL_PATH_DETAIL_BOOK_DECIDER_HPP

#include <polku/path/case.hpp>
#include <polku/path/service_path.hpp>
#include <polku/path/stream_event.hpp>

#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// What one run of `decide_places` and one of `decide_register` share: a working copy of the book, to which each new
/// event is applied at once, and how a command is refused.
template <class Book, class Command, class Body>
class book_decider {
public:
    book_decider(const service_path& path, const Book& now, const Command& asked, const context& with)
        : path_(path), book_(now), asked_(asked), with_(with), on_(asked.on.value_or(with.today)) {}

protected:
    const definition& says() const { return path_.says(); }

    error refuse(error_code code, std::string message, std::string pointer = {}) const {
        position where;
        where.source = says().id;
        where.element = std::string(type_of(asked_.what));
        where.pointer = std::move(pointer);
        return error(code, std::move(message), std::move(where));
    }

    /// Neither after today nor before the book was opened; `book` is the book's name in the message.
    result<void> check_days(const char* book) const {
        if (with_.today < on_)
            return refuse(error_code::command_in_future, "the command tells of " + time::to_string(on_) +
                                                             ", but today is " + time::to_string(with_.today));
        if (book_.opened && on_ < *book_.opened)
            return refuse(error_code::command_too_early, "the command tells of " + time::to_string(on_) + ", but the " +
                                                             book + " was opened on " + time::to_string(*book_.opened));
        return {};
    }

    /// The event of this run, kept as `retention_of` says of its type and `qualifier`.
    stream_event<Body> event_of(Body what, const std::string& subject, std::string_view qualifier) const {
        stream_event<Body> made;
        made.subject = subject;
        made.retention = path_.retention_of(type_of(what), qualifier);
        made.effective_date = on_;
        made.recorded_at_ms = with_.now_ms;
        made.actor = with_.actor;
        made.purpose = with_.purpose;
        made.what = std::move(what);
        return made;
    }

    const service_path& path_;
    Book book_;
    const Command& asked_;
    const context& with_;
    time::date on_;
    std::vector<stream_event<Body>> made_;
};

}  // namespace polku::inline POLKU_V::path::detail

#endif

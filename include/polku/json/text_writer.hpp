// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_TEXT_WRITER_HPP
#define POLKU_JSON_TEXT_WRITER_HPP

#include <polku/feel/value.hpp>
#include <polku/json/text.hpp>
#include <polku/result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::json {

/// Writes one value after another as JSON, with memory that it keeps: in the long run a text costs no allocation. It
/// remembers the names of the members that it wrote last and their order, since contexts of the same make follow each
/// other. Neither nesting nor parts that are shared cost more than the text has bytes. For one thread at a time.
class text_writer {
public:
    /// With memory of its own; `options` as of `json::write`.
    explicit text_writer(const write_options& options = {}) noexcept : options_(options) {}

    /// Other options from the next text on; what was remembered of names is forgotten.
    void set_options(const write_options& options) noexcept {
        options_ = options;
        last_shapes_.clear();
    }
    /// The text of a value (`json::write` says which), valid until the next call. Values that share parts, such as a
    /// list of lists of one list, can have a text that is far longer than they are: past `max_bytes` it is
    /// `limit_length`.
    result<std::string_view> try_write(const feel::value& of, std::size_t max_bytes);

private:
    struct frame {
        const feel::value* container = nullptr;
        std::size_t next = 0;
        std::size_t order = 0;   // where the order of a context's members begins in order_
        bool are_plain = false;  // the names of a context's members need no escapes
    };
    /// What is known of a context's members by their names.
    struct shape {
        feel::entry_names names;
        std::vector<std::uint32_t> order;
        bool are_plain = false;
    };

    bool room(std::size_t bytes) { return POLKU_LIKELY(static_cast<std::size_t>(end_ - at_) >= bytes) || grow(bytes); }
    bool grow(std::size_t bytes);
    void start(std::size_t max_bytes);
    void put(char letter) {
        if (room(1)) *at_++ = letter;
    }
    void put(std::string_view text);
    void put_string(std::string_view text);
    void put_name(std::string_view name, bool is_plain);
    void put_escaped(char letter);
    void put_number(const feel::number& amount);
    void put_plain_number(std::int64_t coefficient, std::int32_t scale);
    void put_date(time::date day);
    void put_scalar(const feel::value& of);
    void open(const feel::value& of);
    void advance_list(frame& in);
    void advance_context(frame& in);
    void close(char bracket, bool was_empty);
    void separate(bool is_first);
    void break_line();
    const shape& shape_of(const feel::context& members);
    void learn(shape& last, const feel::context& members) const;

    write_options options_;
    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_ = 0;
    std::size_t max_bytes_ = 0;
    char* at_ = nullptr;
    char* end_ = nullptr;
    bool is_full_ = false;
    std::vector<frame> frames_;
    std::vector<std::uint32_t> order_;  // of the members of the contexts that are open
    std::vector<shape> last_shapes_;    // of the context written last, for each depth
};

}  // namespace polku::inline POLKU_V::json

#endif

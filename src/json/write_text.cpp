// SPDX-License-Identifier: Apache-2.0
#include <polku/json/text.hpp>

#include <algorithm>
#include <vector>

namespace polku::inline POLKU_V::json {

namespace {

class writer {
public:
    writer(std::string& out, const write_options& options) : out_(out), options_(options) {}

    void write(const feel::value& of) {
        switch (of.kind()) {
            case feel::kind::null: out_ += "null"; return;
            case feel::kind::boolean: out_ += of.as_boolean() ? "true" : "false"; return;
            case feel::kind::number: write_number(of.as_number()); return;
            case feel::kind::string: append_string(out_, of.as_string()); return;
            case feel::kind::date: append_string(out_, time::to_string(of.as_date())); return;
            case feel::kind::time: append_string(out_, time::to_string(of.as_time())); return;
            case feel::kind::date_time: append_string(out_, time::to_string(of.as_date_time())); return;
            case feel::kind::months_duration: append_string(out_, time::to_string(of.as_months_duration())); return;
            case feel::kind::days_duration: append_string(out_, time::to_string(of.as_days_duration())); return;
            case feel::kind::list: write_list(of.as_list()); return;
            case feel::kind::context: write_context(of.as_context()); return;
            case feel::kind::range:
            case feel::kind::function: append_string(out_, feel::to_string(of)); return;
        }
    }

private:
    void write_number(const feel::number& amount) {
        if (options_.numbers == number_form::string)
            append_string(out_, amount.to_string());
        else
            out_ += amount.to_string();
    }
    void write_list(std::span<const feel::value> items) {
        out_ += '[';
        ++level_;
        bool first = true;
        for (const feel::value& each : items) {
            separate(first);
            write(each);
        }
        close(']', first);
    }
    void write_context(const feel::context& members) {
        std::vector<std::size_t> order(members.size());
        for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
        // UTF-8 sorts by bytes as it does by code points.
        if (options_.sorted)
            std::sort(order.begin(), order.end(), [&members](std::size_t left, std::size_t right) {
                return members[left].name < members[right].name;
            });
        out_ += '{';
        ++level_;
        bool first = true;
        for (const std::size_t at : order) {
            separate(first);
            append_string(out_, members[at].name);
            out_ += options_.indent > 0 ? ": " : ":";
            write(members[at].value);
        }
        close('}', first);
    }
    void separate(bool& first) {
        if (!first) out_ += ',';
        first = false;
        break_line();
    }
    void close(char bracket, bool was_empty) {
        --level_;
        if (!was_empty) break_line();
        out_ += bracket;
    }
    void break_line() {
        if (options_.indent == 0) return;
        out_ += '\n';
        out_.append(std::size_t{options_.indent} * level_, ' ');
    }

    std::string& out_;
    const write_options& options_;
    std::size_t level_ = 0;
};

}  // namespace

void append_string(std::string& out, std::string_view text) {
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (const char each : text) {
        const auto byte = static_cast<unsigned char>(each);
        switch (each) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (byte < 0x20) {
                    out += "\\u00";
                    out += hex[byte >> 4U];
                    out += hex[byte & 15U];
                } else {
                    out += each;
                }
        }
    }
    out += '"';
}

void append(std::string& out, const feel::value& of, const write_options& options) { writer(out, options).write(of); }

std::string write(const feel::value& of, const write_options& options) {
    std::string out;
    append(out, of, options);
    return out;
}

}  // namespace polku::inline POLKU_V::json

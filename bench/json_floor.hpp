// SPDX-License-Identifier: Apache-2.0
// JSON text in, decision by hand, JSON text out: Boost.JSON with its fast resource, members by name, text by hand.
#ifndef POLKU_BENCH_JSON_FLOOR_HPP
#define POLKU_BENCH_JSON_FLOOR_HPP

#include "graph_floor.hpp"
#include "table_floors.hpp"

#include <boost/json.hpp>

#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

namespace polku_bench {

class json_floor {
public:
    /// w1.
    const std::string& small(std::string_view row) {
        const boost::json::value parsed = parse(row);
        const boost::json::object& in = parsed.get_object();
        const small_answer made = small_by_texts({whole(in, "age"), whole(in, "unemployed_months"),
                                                  in.at("reduced_ability").get_bool(), in.at("employer").get_string(),
                                                  in.at("municipality").get_string(), whole(in, "weekly_hours")});
        out_.clear();
        member("{\"most_months\":", made.most_months);
        member(",\"percentage\":", made.percentage);
        out_ += '}';
        return out_;
    }

    /// w3. Money goes through binary numbers here, as hand-written code over Boost.JSON has it.
    const std::string& graph(std::string_view row) {
        const boost::json::value parsed = parse(row);
        const boost::json::object& in = parsed.get_object();
        graph_row typed{date(in, "birth_date"),
                        date(in, "unemployed_since"),
                        date(in, "hired_on"),
                        whole(in, "work_ability"),
                        static_cast<employer_kind>(code_of(in.at("employer").get_string())),
                        whole(in, "wanted_months"),
                        {}};
        const boost::json::array& payments = in.at("payments").get_array();
        typed.payments.reserve(payments.size());
        for (const boost::json::value& each : payments) {
            const boost::json::object& one = each.get_object();
            typed.payments.push_back(
                {kind_of(one.at("kind").get_string()), std::llround(one.at("amount").to_number<double>() * 100)});
        }
        write(graph_by_hand(typed));
        return out_;
    }

    static payment_kind kind_of(std::string_view text) {
        if (text == "wage") return payment_kind::wage;
        if (text == "bonus") return payment_kind::bonus;
        return text == "holiday" ? payment_kind::holiday : payment_kind::correction;
    }

private:
    boost::json::value parse(std::string_view row) {
        memory_.release();
        parser_.reset(&memory_);
        parser_.write(row.data(), row.size());
        return parser_.release();
    }
    static int whole(const boost::json::object& in, std::string_view name) {
        return static_cast<int>(in.at(name).get_int64());
    }
    static std::chrono::year_month_day date(const boost::json::object& in, std::string_view name) {
        const std::string_view text = in.at(name).get_string();
        int year = 0;
        unsigned month = 0;
        unsigned day = 0;
        std::from_chars(text.data(), text.data() + 4, year);
        std::from_chars(text.data() + 5, text.data() + 7, month);
        std::from_chars(text.data() + 8, text.data() + 10, day);
        return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    }
    void member(std::string_view before, std::int64_t number) {
        out_ += before;
        char digits[24];
        out_.append(digits, std::to_chars(digits, digits + 24, number).ptr);
    }
    /// Hundredths without trailing zeros.
    void money(std::string_view before, std::int64_t number) {
        member(before, number / 100);
        const std::int64_t rest = number % 100;
        if (rest == 0) return;
        out_ += '.';
        out_ += static_cast<char>('0' + rest / 10);
        if (rest % 10 != 0) out_ += static_cast<char>('0' + rest % 10);
    }
    void padded(unsigned number) {
        out_ += static_cast<char>('0' + number / 10);
        out_ += static_cast<char>('0' + number % 10);
    }
    /// Members sorted by name, as polku writes them.
    void write(const graph_answer& of) {
        out_.clear();
        member("{\"age\":", of.age);
        money(",\"average_wage\":", of.average_wage);
        member(",\"ends_on\":\"", static_cast<int>(of.ends_on.year()));
        out_ += '-';
        padded(static_cast<unsigned>(of.ends_on.month()));
        out_ += '-';
        padded(static_cast<unsigned>(of.ends_on.day()));
        money("\",\"monthly_cap\":", of.monthly_cap);
        member(",\"months\":", of.months);
        member(",\"most_months\":", of.most_months);
        money(",\"share\":", of.share);
        money(",\"subsidy\":", of.subsidy);
        money(",\"total\":", of.total);
        member(",\"unemployed_days\":", of.unemployed_days);
        money(",\"wage_base\":", of.wage_base);
        out_ += '}';
    }

    unsigned char buffer_[32 * 1024];
    boost::json::monotonic_resource memory_{buffer_, sizeof buffer_};
    boost::json::parser parser_;
    std::string out_;
};

}  // namespace polku_bench

#endif

// SPDX-License-Identifier: Apache-2.0
// The line protocol of README.md for the C++ programs: an engine is made, says its first answer, then is asked for
// rows, answers and passes.
#ifndef POLKU_BENCH_ROWS_PROTOCOL_HPP
#define POLKU_BENCH_ROWS_PROTOCOL_HPP

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace polku_bench {

inline std::string file_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

/// One engine with one model loaded. `add` makes the input of the next row; `run` is what is timed and says whether
/// there was an answer; `text` runs and gives the answer as JSON.
class engine {
public:
    engine() = default;
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;
    virtual ~engine() = default;
    virtual void add(const std::string& row) = 0;
    virtual std::uint64_t pass(std::size_t from, std::size_t to) = 0;
    virtual std::string text(std::size_t row) = 0;
};

/// The rows from..to-1 with a call each, which the compiler sees through.
template <class Run>
std::uint64_t hits_of(std::size_t from, std::size_t to, Run run) {
    std::uint64_t hits = 0;
    for (std::size_t row = from; row < to; ++row) hits += run(row) ? 1 : 0;
    return hits;
}

class rows_session {
public:
    explicit rows_session(std::string rows_path) : rows_path_(std::move(rows_path)) {}

    /// The first row's text.
    std::string first_row() const {
        std::ifstream file(rows_path_);
        std::string line;
        std::getline(file, line);
        return line;
    }
    /// Answers the commands on standard input until `quit`.
    void serve(engine& with) {
        std::cout << std::setprecision(12);
        for (std::string line; std::getline(std::cin, line) && line != "quit";) {
            std::istringstream words(line);
            std::string command;
            words >> command;
            if (command == "rows")
                rows(with, words);
            else if (command == "answers")
                answers(with, words);
            else
                pass(with, words);
            std::cout.flush();
        }
    }

    static double seconds() {
        return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
    }

private:
    /// The first row was added when the engine was started. `rows N` draws on the file around and around until there
    /// are N; without a number each of its rows comes once.
    void rows(engine& with, std::istringstream& words) {
        std::size_t wanted = 0;
        words >> wanted;
        std::ifstream file(rows_path_);
        std::string line;
        for (std::size_t at = 0; wanted == 0 || count_ < wanted; ++at) {
            if (!std::getline(file, line)) {
                if (wanted == 0) break;
                file.clear();
                file.seekg(0);
                std::getline(file, line);
            }
            if (at < count_) continue;
            with.add(line);
            ++count_;
        }
        std::cout << "{\"rows\":" << count_ << "}\n";
    }
    void answers(engine& with, std::istringstream& words) {
        double most = 0;
        std::string path;
        words >> most >> path;
        std::ofstream out(path);
        const double until = seconds() + most;
        std::size_t row = 0;
        for (; row < count_ && seconds() < until; ++row) out << with.text(row) << '\n';
        std::cout << "{\"rows\":" << row << "}\n";
    }
    void pass(engine& with, std::istringstream& words) {
        std::uint64_t left = 0;
        words >> left;
        std::uint64_t hits = 0;
        const std::clock_t own = std::clock();
        const double from = seconds();
        while (left > 0) {
            const std::size_t to = count_ - at_ < left ? count_ : at_ + static_cast<std::size_t>(left);
            hits += with.pass(at_, to);
            left -= to - at_;
            at_ = to == count_ ? 0 : to;
        }
        std::cout << "{\"seconds\":" << seconds() - from << ",\"hits\":" << hits
                  << ",\"processor\":" << static_cast<double>(std::clock() - own) / CLOCKS_PER_SEC << "}\n";
    }

    std::string rows_path_;
    std::size_t count_ = 1;
    std::size_t at_ = 0;
};

}  // namespace polku_bench

#endif

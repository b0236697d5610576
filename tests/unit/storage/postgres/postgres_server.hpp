// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_UNIT_STORAGE_POSTGRES_POSTGRES_SERVER_HPP
#define POLKU_TESTS_UNIT_STORAGE_POSTGRES_POSTGRES_SERVER_HPP

// A PostgreSQL server of the tests' own: made in a temporary folder from the installed programs, reached by a socket in
// that folder only, run by a user without rights, and gone with the program.

#include <polku/storage/postgres_store.hpp>

#include "temporary_folder.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace storage_test {

/// Runs a program and waits for it; as another user where `as` is one.
inline int run_program(const std::vector<std::string>& words, const passwd* as, const std::string& log) {
    const pid_t child = fork();
    if (child == 0) {
        if (as != nullptr && (setgroups(0, nullptr) != 0 || setgid(as->pw_gid) != 0 || setuid(as->pw_uid) != 0))
            _exit(1);
        const int to = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
        if (dup2(to, 1) < 0 || dup2(to, 2) < 0) _exit(1);
        std::vector<char*> arguments;
        for (const std::string& each : words) arguments.push_back(const_cast<char*>(each.c_str()));
        arguments.push_back(nullptr);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// The folder with the server's programs, the newest version first; empty where there is none.
inline std::string server_programs() {
    std::string found;
    int newest = 0;
    std::error_code ignored;
    for (const auto& each : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
        const std::string name = each.path().filename().string();
        const bool is_number =
            !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return std::isdigit(c) != 0; });
        const auto folder = each.path() / "bin";
        if (!is_number || !std::filesystem::exists(folder / "initdb") || std::stoi(name) <= newest) continue;
        newest = std::stoi(name);
        found = folder.string();
    }
    return found;
}

class postgres_server {
public:
    /// The one of this program; a null pointer, with a line that says so, where no server is installed.
    static postgres_server* only() {
        static const std::unique_ptr<postgres_server> server = make();
        return server.get();
    }
    ~postgres_server() { stop("immediate"); }
    postgres_server(const postgres_server&) = delete;
    postgres_server& operator=(const postgres_server&) = delete;

    /// A connection string for the server's owner, or another role.
    std::string address(const std::string& user = "owner") const {
        return "host=" + folder_.file("") + " dbname=postgres user=" + user;
    }
    std::string data() const { return folder_.file("data"); }
    const temporary_folder& folder() const { return folder_; }
    const passwd* user() const { return user_; }

    bool start() {
        const std::string options =
            "-k " + folder_.file("") + " -c listen_addresses='' -c fsync=on -c max_connections=40";
        for (int attempt = 0; attempt < 100; ++attempt) {
            if (control({"start", "-w", "-t", "120", "-l", folder_.file("log"), "-o", options})) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(100));  // children of a killed server still leave
        }
        return false;
    }
    bool stop(const std::string& how) { return control({"stop", "-w", "-t", "120", "-m", how}); }
    /// As power that fails, but for what the kernel still writes.
    void kill() {
        std::ifstream file(data() + "/postmaster.pid");
        pid_t process = 0;
        if (file >> process) ::kill(process, SIGKILL);
    }

private:
    explicit postgres_server(std::string programs) : programs_(std::move(programs)) {
        if (geteuid() == 0) user_ = getpwnam("postgres") != nullptr ? getpwnam("postgres") : getpwnam("nobody");
        if (user_ != nullptr && chown(folder_.file("").c_str(), user_->pw_uid, user_->pw_gid) != 0) user_ = nullptr;
    }
    static std::unique_ptr<postgres_server> make() {
        const std::string programs = server_programs();
        if (programs.empty()) {
            std::puts("skipped: no PostgreSQL server is installed (scripts/setup postgres)");
            return nullptr;
        }
        std::unique_ptr<postgres_server> made(new postgres_server(programs));
        const std::vector<std::string> words{
            programs + "/initdb", "-D",       made->data(), "-U", "owner", "-A", "trust", "-E", "UTF8",
            "--no-locale",        "--no-sync"};
        if (run_program(words, made->user_, made->folder_.file("initdb.log")) == 0 && made->start()) return made;
        std::puts(("the server does not start:\n" + text_of(made->folder_.file("initdb.log"))).c_str());
        throw std::runtime_error("no PostgreSQL server");
    }
    bool control(const std::vector<std::string>& words) {
        std::vector<std::string> all{programs_ + "/pg_ctl", "-D", data()};
        all.insert(all.end(), words.begin(), words.end());
        return run_program(all, user_, folder_.file("pg_ctl.log")) == 0;
    }

    std::string programs_;
    temporary_folder folder_;
    const passwd* user_ = nullptr;
};

/// A connection past the store, to do what another program would.
class raw_connection {
public:
    explicit raw_connection(const std::string& address) : open_(PQconnectdb(address.c_str())) {
        if (PQstatus(open_) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(open_));
        PQsetNoticeProcessor(
            open_, [](void*, const char*) {}, nullptr);
    }
    ~raw_connection() { PQfinish(open_); }
    raw_connection(const raw_connection&) = delete;
    raw_connection& operator=(const raw_connection&) = delete;

    /// The first value of the last statement, or the error.
    std::string run(const std::string& text) {
        PGresult* rows = PQexec(open_, text.c_str());
        std::string found = PQresultErrorMessage(rows);
        if (found.empty() && PQntuples(rows) > 0) found = PQgetvalue(rows, 0, 0);
        PQclear(rows);
        return found;
    }

private:
    PGconn* open_;
};

/// The name of a schema that no test has used.
inline std::string fresh_schema() {
    static int number = 0;
    return "store_" + std::to_string(++number);
}

}  // namespace storage_test

#endif

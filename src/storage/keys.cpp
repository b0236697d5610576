// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/entropy.hpp>
#include <polku/storage/hash.hpp>
#include <polku/storage/keys.hpp>

#include <sodium.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>

namespace polku::inline POLKU_V::storage {

namespace {

/// Keys by id, wiped at the end.
struct kept_keys {
    kept_keys() = default;
    ~kept_keys() {
        for (auto& entry : by_id) sodium_memzero(entry.second.data(), entry.second.size());
    }
    kept_keys(const kept_keys&) = delete;
    kept_keys& operator=(const kept_keys&) = delete;

    std::map<std::string, key_bytes, std::less<>> by_id;
};

key_options options_of(std::string first, std::shared_ptr<const kept_keys> keys) {
    key_options options;
    options.master = std::move(first);
    options.find = [keys = std::move(keys)](std::string_view id) -> result<key_bytes> {
        const auto found = keys->by_id.find(id);
        if (found != keys->by_id.end()) return found->second;
        return error(error_code::store_key_missing,
                     "the store wants the master key '" + std::string(id) + "', which is not among those given");
    };
    return options;
}

bool is_key_id(std::string_view id) {
    constexpr std::string_view others = "._-:";
    return !id.empty() && id.size() <= 200 && std::ranges::all_of(id, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               others.find(c) != std::string_view::npos;
    });
}

error unusable(const std::string& path, std::uint32_t line, std::string what) {
    return error(error_code::store_key_unusable, std::move(what), {.source = path, .line = line});
}

result<std::string> read_line(const std::string& line, const std::string& path, std::uint32_t number, kept_keys& into) {
    std::istringstream words(line);
    std::string id;
    std::string hex;
    std::string more;
    words >> id >> hex;
    auto key = hash_from_hex(hex);  // a key has the length of a hash
    sodium_memzero(hex.data(), hex.size());
    // What was found is not repeated: it may be a key.
    if (!is_key_id(id) || !key || words >> more) {
        return unusable(path, number, "the line is no master key; expected `ID HEX` with 64 hexadecimal digits");
    }
    if (!into.by_id.emplace(id, *key).second) {
        return unusable(path, number, "the master key '" + id + "' stands there twice; expected each id once");
    }
    sodium_memzero(key->data(), key->size());
    return id;
}

}  // namespace

key_options master_key_of(std::string id, const key_bytes& key) {
    auto keys = std::make_shared<kept_keys>();
    keys->by_id.emplace(id, key);
    return options_of(std::move(id), std::move(keys));
}

result<key_options> try_read_key_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return unusable(path, 0, "the key file cannot be opened; check its name and your rights");
    auto keys = std::make_shared<kept_keys>();
    std::string first;
    std::uint32_t number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty() || line.front() == '#') continue;
        auto id = read_line(line, path, number, *keys);
        sodium_memzero(line.data(), line.size());
        if (!id) return std::move(id).error();
        if (first.empty()) first = std::move(id).value();
    }
    if (first.empty()) return unusable(path, number, "the key file has no key; expected one `ID HEX` a line");
    return options_of(std::move(first), std::move(keys));
}

result<void> try_write_key_file(const std::string& path, std::string_view id) {
    if (!is_key_id(id)) {
        return unusable(path, 0,
                        "'" + std::string(id) + "' is no id of a key; expected 1 to 200 letters, digits, '.', '_', " +
                            "'-' or ':'");
    }
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wbx"), std::fclose);
    if (!file) return unusable(path, 0, "the key file cannot be made; expected a new name in a folder that exists");
    std::error_code refused;
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                                 refused);
    key_bytes key{};
    system_entropy()->fill(key);
    std::string line = std::string(id) + " " + to_hex(key) + "\n";
    const bool written =
        !refused && std::fwrite(line.data(), 1, line.size(), file.get()) == line.size() && std::fflush(file.get()) == 0;
    sodium_memzero(key.data(), key.size());
    sodium_memzero(line.data(), line.size());
    if (!written) return unusable(path, 0, "the key file could not be written; expected room and the right to do so");
    return {};
}

}  // namespace polku::inline POLKU_V::storage

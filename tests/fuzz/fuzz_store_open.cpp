// SPDX-License-Identifier: Apache-2.0
// Any file: opens or is refused with an error; an opened one can be verified and read without a crash. The input is a
// store file, or edits (position, byte) of a sound one when it begins with 'E'.
#include <polku.h>

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace {

std::string file_path() {
    static const std::string path = [] {
        const char* folder = std::getenv("TMPDIR");
        return std::string(folder != nullptr ? folder : ".") + "/fuzz_store_" + std::to_string(::getpid()) + ".db";
    }();
    return path;
}

void forget() {
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) ::unlink((file_path() + ending).c_str());
}

polku_store* open_store(polku_error** err) {
    polku_store* store = nullptr;
    (void)polku_store_open(file_path().c_str(), POLKU_NUL_TERMINATED, nullptr, &store, err);
    return store;
}

const std::string& sound_store() {
    static const std::string bytes = [] {
        forget();
        polku_store* store = open_store(nullptr);
        polku_path* path = nullptr;
        if (polku_path_shipped("tyokyky-kayttoon", POLKU_NUL_TERMINATED, &path, nullptr) == POLKU_STATUS_OK)
            (void)polku_store_use_path(store, path, nullptr);
        (void)polku_store_checkpoint(store, nullptr);
        polku_path_destroy(path);
        polku_store_destroy(store);
        std::ifstream in(file_path(), std::ios::binary);
        return std::string{std::istreambuf_iterator<char>(in), {}};
    }();
    return bytes;
}

std::string contents(const std::uint8_t* data, std::size_t size) {
    if (size == 0 || data[0] != 'E') return {reinterpret_cast<const char*>(data), size};
    std::string bytes = sound_store();
    for (std::size_t i = 1; i + 3 < size && !bytes.empty(); i += 4) {
        const std::size_t at =
            (static_cast<std::size_t>(data[i]) << 16U) | (static_cast<std::size_t>(data[i + 1]) << 8U) | data[i + 2];
        bytes[at % bytes.size()] = static_cast<char>(data[i + 3]);
    }
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes = contents(data, size);
    forget();
    std::ofstream(file_path(), std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    polku_error* err = nullptr;
    polku_store* store = open_store(&err);
    if (store == nullptr && (err == nullptr || *polku_error_message(err) == '\0')) std::abort();
    polku_error_destroy(err);
    if (store != nullptr) {
        polku_string* out = nullptr;
        (void)polku_store_verify(store, nullptr, 0, &out, nullptr);
        polku_string_destroy(out);
        std::uint64_t cursor = 0;
        (void)polku_store_feed(store, 0, 100, nullptr, &out, &cursor, nullptr);
        polku_string_destroy(out);
        polku_store_destroy(store);
    }
    forget();
    return 0;
}

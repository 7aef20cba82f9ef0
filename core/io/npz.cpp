#include "core/io/npz.h"

#include "core/io/safe_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>

namespace initlens::io {

static_assert(std::endian::native == std::endian::little,
              "NPY entries are written as '<f4', '<f8'");

namespace {

struct FreeArchive {
    void operator()(archive* open) const { archive_write_free(open); }
};
struct FreeEntry {
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using Archive = std::unique_ptr<archive, FreeArchive>;
using Entry = std::unique_ptr<archive_entry, FreeEntry>;

} // namespace

struct NpzFile::State {
    explicit State(SafeFile target) : file(std::move(target)) {}

    SafeFile file; ///< outlives `zip`, which writes to it
    Error problem; ///< of the file, where it has one
    Archive zip;

    static la_ssize_t write(archive* /*zip*/, void* self, const void* bytes, std::size_t size)
    {
        auto& state = *static_cast<State*>(self);
        const auto status = state.file.write({static_cast<const char*>(bytes), size});
        if (!status) {
            state.problem = status.error();
            return -1;
        }
        return static_cast<la_ssize_t>(size);
    }
};

std::string npyHeader(std::size_t itemSize, const std::vector<Index>& shape)
{
    const std::string_view comma = shape.size() == 1 ? "," : "";
    std::string text =
        fmt::format("{{'descr': '<f{}', 'fortran_order': {}, 'shape': ({}{}), }}", itemSize,
                    shape.size() > 1 ? "True" : "False", fmt::join(shape, ", "), comma);
    constexpr std::size_t prefix = 10; // magic, version, length
    constexpr std::size_t alignment = 64;
    const std::size_t used = prefix + text.size() + 1;
    text.append((alignment - used % alignment) % alignment, ' ');
    text += '\n';
    std::string header("\x93NUMPY\x01\x00", 8);
    header += static_cast<char>(text.size() & 0xff);
    header += static_cast<char>(text.size() >> 8);
    return header + text;
}

NpzFile::NpzFile(std::unique_ptr<State> state) : m_state(std::move(state)) {}
NpzFile::NpzFile(NpzFile&&) noexcept = default;
NpzFile& NpzFile::operator=(NpzFile&&) noexcept = default;
NpzFile::~NpzFile() = default;

Result<NpzFile> NpzFile::create(const std::filesystem::path& path)
{
    auto file = SafeFile::create(path);
    if (!file) {
        return file.error();
    }
    auto state = std::make_unique<State>(*std::move(file));
    state->zip.reset(archive_write_new());
    archive* zip = state->zip.get();
    constexpr int block = 1 << 18;
    if (zip == nullptr || archive_write_set_format_zip(zip) != ARCHIVE_OK ||
        archive_write_zip_set_compression_store(zip) != ARCHIVE_OK ||
        archive_write_set_bytes_per_block(zip, block) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(zip, 1) != ARCHIVE_OK ||
        archive_write_open(zip, state.get(), nullptr, &State::write, nullptr) != ARCHIVE_OK) {
        return Error(fmt::format("cannot write '{}': there is not enough memory", path.string()));
    }
    return NpzFile(std::move(state));
}

Status NpzFile::add(std::string_view name, std::size_t itemSize, const std::vector<Index>& shape,
                    const void* data)
{
    const std::string header = npyHeader(itemSize, shape);
    std::size_t bytes = itemSize;
    for (const Index extent : shape) {
        bytes *= static_cast<std::size_t>(extent);
    }
    const Entry entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), fmt::format("{}.npy", name).c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(header.size() + bytes));
    archive* zip = m_state->zip.get();
    if (archive_write_header(zip, entry.get()) != ARCHIVE_OK ||
        archive_write_data(zip, header.data(), header.size()) < 0) {
        return failure();
    }
    const char* rest = static_cast<const char*>(data);
    while (bytes > 0) {
        const la_ssize_t written = archive_write_data(zip, rest, bytes);
        if (written <= 0) {
            return failure();
        }
        rest += written;
        bytes -= static_cast<std::size_t>(written);
    }
    if (archive_write_finish_entry(zip) != ARCHIVE_OK) {
        return failure();
    }
    return Done{};
}

Status NpzFile::finish()
{
    if (archive_write_close(m_state->zip.get()) != ARCHIVE_OK) {
        return failure();
    }
    return m_state->file.commit();
}

Error NpzFile::failure() const
{
    if (!m_state->problem.empty()) {
        return m_state->problem;
    }
    const char* reason = archive_error_string(m_state->zip.get());
    return Error(fmt::format("cannot write the network: {}",
                             reason != nullptr ? reason : "not enough memory"));
}

} // namespace initlens::io

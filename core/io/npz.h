#pragma once

#include "core/base/matrix.h"
#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace initlens::io {

/// An NPZ file that is being written, array by array: a ZIP of NPY entries, stored uncompressed,
/// as numpy.savez makes it. The file appears, whole, when `finish()` succeeds.
class NpzFile {
public:
    static Result<NpzFile> create(const std::filesystem::path& path);

    NpzFile(NpzFile&&) noexcept;
    NpzFile& operator=(NpzFile&&) noexcept;
    ~NpzFile();

    /// A matrix, shaped (rows, columns).
    template <class T>
    Status addMatrix(std::string_view name, ConstMatrixView<T> matrix)
    {
        return add(name, sizeof(T), {matrix.rows(), matrix.cols()}, matrix.data());
    }
    /// The same numbers as a vector, shaped (rows).
    template <class T>
    Status addVector(std::string_view name, ConstMatrixView<T> vector)
    {
        return add(name, sizeof(T), {vector.size()}, vector.data());
    }

    /// The same numbers in any shape, the first index running fastest in memory.
    template <class T>
    Status addArray(std::string_view name, const std::vector<Index>& shape, const T* data)
    {
        return add(name, sizeof(T), shape, data);
    }

    Status finish();

private:
    struct State;
    explicit NpzFile(std::unique_ptr<State> state);
    Status add(std::string_view name, std::size_t itemSize, const std::vector<Index>& shape,
               const void* data);
    [[nodiscard]] Error failure() const;

    std::unique_ptr<State> m_state;
};

/// The header of an NPY entry (format version 1.0): '<f4' or '<f8', column-major, padded with
/// blanks so that the data begin at a multiple of 64 bytes.
std::string npyHeader(std::size_t itemSize, const std::vector<Index>& shape);

} // namespace initlens::io

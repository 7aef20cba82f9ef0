#pragma once

#include "core/base/matrix.h"

#include <cstddef>
#include <memory>

namespace initlens {

/// Memory for large arrays, uninitialised: whole pages, huge ones where the machine hands them out
/// quickly (fewer page faults). Throws std::bad_alloc when there is none. Much of it goes back to
/// the system on a thread of its own, after the owner has let go.
struct PageDeleter {
    std::size_t bytes = 0;
    void operator()(void* memory) const;
};
std::unique_ptr<void, PageDeleter> allocatePages(std::size_t bytes);

/// What owners have let go of and the system does not have back yet.
double bytesBeingFreed();

/// Asks for huge pages under memory that is about to be written, where it is large enough to matter
/// and the machine hands them out quickly. What the memory holds is lost.
void preferHugePages(void* memory, std::size_t bytes);

/// A large matrix that is written before it is read.
template <class T>
Matrix<T> uninitialisedMatrix(Index rows, Index columns)
{
    Matrix<T> matrix(rows, columns);
    preferHugePages(matrix.data(), static_cast<std::size_t>(matrix.size()) * sizeof(T));
    return matrix;
}

/// An uninitialised array of numbers that are written before they are read.
template <class T>
class Buffer {
public:
    Buffer() = default;
    explicit Buffer(Index size)
        : m_size(size), m_memory(allocatePages(static_cast<std::size_t>(size) * sizeof(T)))
    {}

    [[nodiscard]] T* data() const { return static_cast<T*>(m_memory.get()); }
    [[nodiscard]] Index size() const { return m_size; }

private:
    Index m_size = 0;
    std::unique_ptr<void, PageDeleter> m_memory;
};

} // namespace initlens

#include "tests/core/io/temporary_directory.h"

#include <stdlib.h>

#include <fstream>
#include <iterator>

namespace initlens::io {

namespace fs = std::filesystem;

TemporaryDirectory::TemporaryDirectory()
{
    std::string name = (fs::temp_directory_path() / "initlens-test-XXXXXX").string();
    m_path = ::mkdtemp(name.data());
}

TemporaryDirectory::~TemporaryDirectory()
{
    std::error_code code;
    fs::remove_all(m_path, code);
}

std::size_t TemporaryDirectory::entries() const
{
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(m_path), fs::directory_iterator()));
}

std::string contentsOf(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

} // namespace initlens::io

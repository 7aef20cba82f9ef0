# cmake -DINPUT=FILE -DOUTPUT=FILE.cpp -DNAMESPACE=a::b -DNAME=name -P EmbedFile.cmake
#
# Writes C++ that defines the bytes of INPUT as `const unsigned char NAME[]` and their number as
# `const std::size_t NAMESize`.
file(READ "${INPUT}" bytes HEX)
file(SIZE "${INPUT}" size)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
file(WRITE "${OUTPUT}" "#include <cstddef>

namespace ${NAMESPACE} {

extern const std::size_t ${NAME}Size;
extern const unsigned char ${NAME}[];
const std::size_t ${NAME}Size = ${size};
const unsigned char ${NAME}[] = {${bytes}};

} // namespace ${NAMESPACE}
")

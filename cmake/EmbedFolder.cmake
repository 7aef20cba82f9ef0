# initlens_embed_folder(TARGET FOLDER EXTENSION NAMESPACE NAME)
#
# Puts the files of resources/FOLDER that end in .EXTENSION into a target: a source that defines
# `std::span<const EmbeddedFile> NAMESPACE::NAME()` (core/teaching/embedded_file.h), in the order of
# their names. A new file needs no other line anywhere.
#
# As a script: cmake -DFOLDER=... -DEXTENSION=... -DNAMESPACE=... -DNAME=... -DOUTPUT=FILE.cpp
#                    -P EmbedFolder.cmake
if(NOT CMAKE_SCRIPT_MODE_FILE)
  function(initlens_embed_folder target folder extension namespace name)
    set(script ${PROJECT_SOURCE_DIR}/cmake/EmbedFolder.cmake)
    set(path ${PROJECT_SOURCE_DIR}/resources/${folder})
    set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
    file(GLOB files CONFIGURE_DEPENDS ${path}/*.${extension})
    add_custom_command(
      OUTPUT ${source}
      COMMAND ${CMAKE_COMMAND} -DFOLDER=${path} -DEXTENSION=${extension}
              -DNAMESPACE=${namespace} -DNAME=${name} -DOUTPUT=${source} -P ${script}
      DEPENDS ${files} ${script}
      COMMENT "Embedding the ${folder}"
      VERBATIM)
    add_custom_target(initlens_${folder} DEPENDS ${source})
    add_dependencies(${target} initlens_${folder})
    target_sources(${target} PRIVATE ${source})
  endfunction()
  return()
endif()

file(GLOB files ${FOLDER}/*.${EXTENSION})
list(SORT files)
set(arrays "")
set(entries "")
set(count 0)
foreach(file IN LISTS files)
  get_filename_component(stem "${file}" NAME_WE)
  file(READ "${file}" bytes HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND arrays "constexpr char file${count}[] = {${bytes}};\n")
  string(APPEND entries "        {\"${stem}\", {file${count}, sizeof file${count}}},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE "${OUTPUT}" "#include \"core/teaching/embedded_file.h\"

#include <array>

namespace ${NAMESPACE} {

using initlens::teaching::EmbeddedFile;

namespace {

${arrays}
} // namespace

std::span<const EmbeddedFile> ${NAME}()
{
    static constexpr std::array<EmbeddedFile, ${count}> files = {{
${entries}    }};
    return files;
}

} // namespace ${NAMESPACE}
")

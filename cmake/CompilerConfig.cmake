# What every target of this project is compiled with.
add_library(initlens_compiler INTERFACE)
target_include_directories(initlens_compiler INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(initlens_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  # g++ 12 takes its own AVX-512 headers for uses of uninitialised values (GCC bug 105593).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized$<SEMICOLON>-Wno-uninitialized>
  # Loops over mathematical functions become vector code only without errno and traps; the values
  # of NaN, infinity and signed zero stay exact.
  -fno-math-errno -fno-trapping-math -fopenmp-simd
  $<$<CONFIG:Release>:-O3>)
if(INITLENS_NATIVE)
  target_compile_options(initlens_compiler INTERFACE -march=native)
elseif(INITLENS_PROCESSOR AND CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  target_compile_options(initlens_compiler INTERFACE -march=${INITLENS_PROCESSOR})
  if(INITLENS_PROCESSOR MATCHES "^x86-64-v[2-4]$")
    set(INITLENS_CHECKS_PROCESSOR ON)
  endif()
endif()
if(INITLENS_WERROR)
  # g++ 12 takes long strings that are moved for ones that are too short (GCC bug 105329).
  target_compile_options(initlens_compiler INTERFACE
    -Werror $<$<CXX_COMPILER_ID:GNU>:-Wno-error=array-bounds>)
endif()
if(INITLENS_SANITIZE)
  target_compile_options(initlens_compiler INTERFACE
    -fsanitize=${INITLENS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(initlens_compiler INTERFACE -fsanitize=${INITLENS_SANITIZE})
endif()

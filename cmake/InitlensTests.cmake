# initlens_add_test(NAME SOURCES... [LIBRARIES targets...] [TIMEOUT seconds] [NO_MAIN])
#
# One GoogleTest program and one ctest of that name. Links core; NO_MAIN when the sources bring
# their own main.
function(initlens_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "NO_MAIN" "TIMEOUT" "LIBRARIES")
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 300)
  endif()
  set(framework GTest::gtest_main)
  if(test_NO_MAIN)
    set(framework GTest::gtest)
  endif()
  set(target test_${name})
  add_executable(${target} ${test_UNPARSED_ARGUMENTS})
  target_link_libraries(${target} PRIVATE initlens_core ${test_LIBRARIES} ${framework})
  if(test_LIBRARIES)
    target_precompile_headers(${target} PRIVATE ${INITLENS_CORE_HEADERS} <gtest/gtest.h>)
  else()
    target_precompile_headers(${target} REUSE_FROM test_headers)
  endif()
  add_test(NAME ${name} COMMAND ${target})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${test_TIMEOUT})
endfunction()

# initlens_add_ui_test(NAME SOURCES... [LIBRARIES targets...] [TIMEOUT seconds])
#
# The same for widgets: offscreen, with an application object, and any warning of Qt fails the test
# in which it appears (tests/ui/main.cpp).
function(initlens_add_ui_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "TIMEOUT" "LIBRARIES")
  initlens_add_test(${name} ${PROJECT_SOURCE_DIR}/tests/ui/main.cpp ${test_UNPARSED_ARGUMENTS}
    NO_MAIN TIMEOUT ${test_TIMEOUT} LIBRARIES initlens_ui ${test_LIBRARIES} Qt6::Widgets Qt6::Test)
  set_tests_properties(${name} PROPERTIES ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
endfunction()

# What is installed beside the program, and the Debian package (`./dev package`).
#
# The manual page is made by the program itself; so are the answers of the completion scripts.
set(INITLENS_ZSH_DIRECTORY ${CMAKE_INSTALL_DATADIR}/zsh/site-functions CACHE STRING
    "Where zsh looks for completions; Debian has vendor-completions")

set(manual_page ${PROJECT_BINARY_DIR}/app/initlens.1)
add_custom_command(
  OUTPUT ${manual_page}
  COMMAND initlens manual --output ${manual_page}
  DEPENDS initlens
  COMMENT "Writing the manual page"
  VERBATIM)
add_custom_target(initlens_manual ALL DEPENDS ${manual_page})

set(desktop ${PROJECT_SOURCE_DIR}/resources/desktop)
set(completions ${PROJECT_SOURCE_DIR}/resources/completions)
install(FILES ${manual_page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${completions}/bash.completion
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME initlens)
install(FILES ${completions}/zsh.completion
        DESTINATION ${INITLENS_ZSH_DIRECTORY} RENAME _initlens)
install(FILES ${completions}/fish.completion
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d RENAME initlens.fish)
install(FILES ${desktop}/copyright ${PROJECT_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/initlens)
if(INITLENS_WINDOW)
  install(FILES ${desktop}/initlens.desktop
          DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES ${desktop}/initlens.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)
  install(FILES ${desktop}/org.initlens.initlens.metainfo.xml
          DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
  install(FILES ${PROJECT_SOURCE_DIR}/resources/icons/initlens.svg
          DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME initlens)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGE_DESCRIPTION
"InitLens draws deep networks with random weights, sends signals and gradients
through them, and shows, layer by layer, what becomes of them, beside what
theory predicts: in a window, and on the command line without a display.")
set(CPACK_STRIP_FILES ON)
# Whatever the umask is.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "InitLens developers <initlens@localhost.localdomain>")
set(CPACK_DEBIAN_PACKAGE_SECTION science)
# The libraries that the program is linked with, at the versions that it needs.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
if(INITLENS_WINDOW)
  set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, shared-mime-info")
endif()
include(CPack)

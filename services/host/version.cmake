# Writes version.cc for the commit that is checked out; leaves it alone when nothing has changed.
execute_process(
  COMMAND git rev-parse --short=12 HEAD
  WORKING_DIRECTORY ${SOURCE_DIR}
  OUTPUT_VARIABLE LUMBUNG_COMMIT
  OUTPUT_STRIP_TRAILING_WHITESPACE
  ERROR_QUIET)
if(NOT LUMBUNG_COMMIT)
  set(LUMBUNG_COMMIT unknown)
endif()
configure_file(${SOURCE_DIR}/services/host/version.cc.in ${OUTPUT} @ONLY)

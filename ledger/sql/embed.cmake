# Writes a .cc file that holds every migration of the ledger and of the services, in the one order
# of their numbers.
#   cmake -DSOURCE_DIR=... -DOUTPUT=... -P embed.cmake
cmake_policy(VERSION 3.25)
file(GLOB files "${SOURCE_DIR}/ledger/sql/[0-9]*/up.sql"
     "${SOURCE_DIR}/services/*/sql/[0-9]*/up.sql")
set(names "")
foreach(file ${files})
  get_filename_component(folder ${file} DIRECTORY)
  get_filename_component(name ${folder} NAME)
  if(name IN_LIST names)
    message(FATAL_ERROR "two migrations are called ${name}")
  endif()
  list(APPEND names ${name})
  set(file_of_${name} ${file})
endforeach()
list(SORT names)
set(entries "")
foreach(name ${names})
  file(READ "${file_of_${name}}" sql)
  string(APPEND entries "    {\"${name}\", R\"lumbung(${sql})lumbung\"},\n")
endforeach()
file(WRITE "${OUTPUT}.new"
"// Generated from ledger/sql and services/*/sql.
#include \"ledger/store/migrations.h\"
namespace lumbung::store {
namespace {
constexpr Migration kMigrations[] = {
${entries}};
}  // namespace
absl::Span<const Migration> Migrations() { return kMigrations; }
}  // namespace lumbung::store
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)

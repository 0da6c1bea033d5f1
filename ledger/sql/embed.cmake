# Writes a .cc file that holds every migration of this folder, in order.
#   cmake -DSQL_DIR=... -DOUTPUT=... -P embed.cmake
file(GLOB folders LIST_DIRECTORIES true "${SQL_DIR}/[0-9]*")
list(SORT folders)
set(entries "")
foreach(folder ${folders})
  get_filename_component(name ${folder} NAME)
  file(READ "${folder}/up.sql" sql)
  string(APPEND entries "    {\"${name}\", R\"lumbung(${sql})lumbung\"},\n")
endforeach()
file(WRITE "${OUTPUT}.new"
"// Generated from ledger/sql.
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

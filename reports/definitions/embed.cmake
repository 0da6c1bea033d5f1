# Writes a .cc file that holds every statement definition of this folder.
#   cmake -DDEFINITION_DIR=... -DOUTPUT=... -P embed.cmake
file(GLOB files "${DEFINITION_DIR}/*.yaml")
list(SORT files)
set(entries "")
foreach(path ${files})
  get_filename_component(name ${path} NAME)
  file(READ "${path}" text)
  string(APPEND entries "    {\"${name}\", R\"lumbung(${text})lumbung\"},\n")
endforeach()
file(WRITE "${OUTPUT}.new"
"// Generated from reports/definitions.
#include \"reports/definitions/embedded_definitions.h\"
namespace lumbung::reports {
namespace {
constexpr EmbeddedDefinition kDefinitions[] = {
${entries}};
}  // namespace
absl::Span<const EmbeddedDefinition> EmbeddedDefinitions() { return kDefinitions; }
}  // namespace lumbung::reports
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)

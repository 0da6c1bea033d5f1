# Writes a .cc file that holds every chart template of this folder.
#   cmake -DCHART_DIR=... -DOUTPUT=... -P embed.cmake
file(GLOB files "${CHART_DIR}/*.v*.yaml")
list(SORT files)
set(entries "")
foreach(path ${files})
  get_filename_component(name ${path} NAME)
  file(READ "${path}" text)
  string(APPEND entries "    {\"${name}\", R\"lumbung(${text})lumbung\"},\n")
endforeach()
file(WRITE "${OUTPUT}.new"
"// Generated from ledger/charts.
#include \"ledger/charts/embedded_charts.h\"
namespace lumbung {
namespace {
constexpr EmbeddedChart kCharts[] = {
${entries}};
}  // namespace
absl::Span<const EmbeddedChart> EmbeddedCharts() { return kCharts; }
}  // namespace lumbung
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)

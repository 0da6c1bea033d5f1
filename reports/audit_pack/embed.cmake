# Writes a .cc file that holds the texts that go into every audit pack. A compiler may refuse a
# literal of more than 64 KiB, so a long text is several literals.
#   cmake -DTEXT_DIR=... -DOUTPUT=... -P embed.cmake
set(functions "")
foreach(pair "PackReadme;readme.txt" "PackVerifier;verify.py")
  list(GET pair 0 function)
  list(GET pair 1 name)
  file(READ "${TEXT_DIR}/${name}" text)
  set(literals "")
  string(LENGTH "${text}" length)
  set(begin 0)
  while(begin LESS length)
    string(SUBSTRING "${text}" ${begin} 8000 part)
    string(APPEND literals "R\"lumbung(${part})lumbung\"\n")
    math(EXPR begin "${begin} + 8000")
  endwhile()
  string(APPEND functions "absl::string_view ${function}() { return ${literals}; }\n")
endforeach()
file(WRITE "${OUTPUT}.new"
"// Generated from reports/audit_pack.
#include \"reports/audit_pack/pack_texts.h\"
namespace lumbung::reports {
${functions}}  // namespace lumbung::reports
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)

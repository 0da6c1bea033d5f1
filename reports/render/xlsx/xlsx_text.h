// Texts as a workbook can hold them.
#ifndef LUMBUNG_REPORTS_RENDER_XLSX_XLSX_TEXT_H_
#define LUMBUNG_REPORTS_RENDER_XLSX_XLSX_TEXT_H_

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"

namespace lumbung::reports {

// Valid UTF-8 that XML allows and a cell has room for: what is not becomes U+FFFD, and what is too
// long ends in an ellipsis.
std::string CellText(absl::string_view text);

// The same for a page's header, where "&" begins a command.
std::string PageText(absl::string_view text);

// A name for a sheet made from `wanted`: at most 31 bytes, without what spreadsheets forbid, and
// none of `taken` whatever the case of its letters. It is added to `taken`.
std::string SheetName(absl::string_view wanted, absl::flat_hash_set<std::string>* taken);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_XLSX_XLSX_TEXT_H_

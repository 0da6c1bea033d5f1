#include "ledger/export/name_table.h"

namespace lumbung::ledger_export {

absl::string_view NameOfKind(EntryKind kind) {
  switch (kind) {
    case EntryKind::kStandard:
      return "standard";
    case EntryKind::kOpening:
      return "opening";
    case EntryKind::kAdjusting:
      return "adjusting";
    case EntryKind::kReversal:
      return "reversal";
    case EntryKind::kClosing:
      return "closing";
  }
  return "standard";
}

}  // namespace lumbung::ledger_export

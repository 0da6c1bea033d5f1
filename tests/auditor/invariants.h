// What must hold in every book whatever was asked of it: read off the entries alone, without the
// model. The numbers are those of ledger/INVARIANTS.md.
#ifndef LUMBUNG_TESTS_AUDITOR_INVARIANTS_H_
#define LUMBUNG_TESTS_AUDITOR_INVARIANTS_H_

#include <string>

#include "google/protobuf/repeated_field.h"
#include "lumbung/ledger/v1/resources.pb.h"

namespace lumbung::auditor {

namespace v1 = ::lumbung::ledger::v1;

// The first invariant that the entries, all of a book in order of recording, or its periods break;
// empty when all hold:
//   INV-005, INV-006  every entry sums to zero in each fund and functional currency;
//   INV-011           a reversal mirrors its original, which names it, and is the only one;
//   INV-012           nothing was recorded in a month after it was hard-closed;
//   INV-015           sequences and numbers run from 1 without gaps;
//   INV-017           the time of recording never falls;
//   INV-021           every entry has a leaf hash of its own.
std::string FindBrokenInvariant(const google::protobuf::RepeatedPtrField<v1::JournalEntry>& entries,
                                const google::protobuf::RepeatedPtrField<v1::Period>& periods);

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_INVARIANTS_H_

// What must hold of everything a journal reader says, whatever it is given.
#ifndef LUMBUNG_TESTS_FUZZ_JOURNAL_CHECK_H_
#define LUMBUNG_TESTS_FUZZ_JOURNAL_CHECK_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::testing {

using JournalReader = std::function<absl::Status(
    const import::FileSource& files, absl::string_view main_file, import::JournalSink& sink)>;

// Reads `input` and checks what the reader reports. The input is the main file, then the files it
// may include, each after a line "=== name".
void CheckJournalReader(const JournalReader& reader, absl::string_view input);

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_FUZZ_JOURNAL_CHECK_H_

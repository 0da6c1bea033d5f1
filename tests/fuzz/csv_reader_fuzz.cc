// The CSV reader, given anything. The first byte picks the mapping.
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "ledger/import/readers.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/journal_check.h"

namespace lumbung::import {
namespace {

CsvMapping MappingOf(unsigned choice) {
  constexpr char kDelimiters[] = {',', ';', kDetectDelimiter, '\t'};
  CsvMapping mapping;
  mapping.delimiter = kDelimiters[choice % 4];
  mapping.has_header = (choice & 4u) != 0;
  mapping.skip_lines = (choice & 8u) != 0 ? 1 : 0;
  mapping.date_format = (choice & 16u) != 0 ? "%d %b %y" : "%Y-%m-%d";
  mapping.number_locale = (choice & 32u) != 0 ? NumberLocale::kIndonesian : NumberLocale::kPlain;
  mapping.columns = {{"date", "1"}, {"description", "2"}, {"account", "3"}, {"dimension:d", "2"}};
  mapping.defaults = {{"currency", "IDR"}, {"account", "A"}, {"fund", "F"}};
  if ((choice & 64u) != 0) {
    mapping.columns["entry"] = "2";
  } else {
    mapping.defaults["contra_account"] = "B";
  }
  if ((choice & 128u) != 0) {
    mapping.columns["debit"] = "4";
    mapping.columns["credit"] = "5";
  } else {
    mapping.columns["amount"] = "4";
  }
  return mapping;
}

}  // namespace
}  // namespace lumbung::import

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const lumbung::import::CsvMapping mapping = lumbung::import::MappingOf(data[0]);
  FUZZ_EXPECT(lumbung::import::ValidateCsvMapping(mapping).ok());
  lumbung::testing::CheckJournalReader(
      [&mapping](const lumbung::import::FileSource& files, absl::string_view main_file,
                 lumbung::import::JournalSink& sink) {
        return lumbung::import::ReadCsv(files, main_file, mapping, sink);
      },
      absl::string_view(reinterpret_cast<const char*>(data) + 1, size - 1));
  return 0;
}

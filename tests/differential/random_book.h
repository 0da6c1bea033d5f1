// Random books for the exporters: awkward names and texts, several currencies, funds, dimensions.
#ifndef LUMBUNG_TESTS_DIFFERENTIAL_RANDOM_BOOK_H_
#define LUMBUNG_TESTS_DIFFERENTIAL_RANDOM_BOOK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/export/export_writer.h"

namespace lumbung::ledger_export {

struct RandomBook {
  std::vector<std::string> dimensions;
  std::vector<ExportCurrency> currencies;
  std::vector<ExportAccount> accounts;
  std::vector<ExportEntry> entries;  // In the order of their dates.
};

// The same seed gives the same book. With `one_currency`, every posting is in the functional one.
RandomBook MakeRandomBook(std::uint64_t seed, int entry_count, bool one_currency);

// Everything the writer makes of the book.
std::string ExportBook(const RandomBook& book,
                       const std::function<std::unique_ptr<ExportWriter>(ChunkSink)>& make);

}  // namespace lumbung::ledger_export

#endif  // LUMBUNG_TESTS_DIFFERENTIAL_RANDOM_BOOK_H_

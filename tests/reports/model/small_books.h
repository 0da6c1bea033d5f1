// Books small enough to check by hand, and their figures, summed up posting by posting.
#ifndef LUMBUNG_TESTS_REPORTS_MODEL_SMALL_BOOKS_H_
#define LUMBUNG_TESTS_REPORTS_MODEL_SMALL_BOOKS_H_

#include <memory>
#include <string>
#include <vector>

#include "ledger/core/book_snapshot.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "reports/model/figures.h"

namespace lumbung::testing {

struct SmallPosting {
  std::string account;
  std::string fund;
  // Debits positive, in whole rupiah.
  std::int64_t amount = 0;
};

struct SmallEntry {
  std::string date;
  std::vector<SmallPosting> postings;
  bool is_closing = false;
};

// Funds: umum (without), air (purpose), abadi (endowment), titipan (agency).
std::shared_ptr<const BookSnapshot> SmallBook(const std::string& slug = "utama",
                                              const std::string& currency = "IDR",
                                              const std::string& chart = "isak35-ngo");

reports::PeriodFigures FiguresOf(const BookSnapshot& book, std::size_t number,
                                 const std::vector<SmallEntry>& entries, const std::string& from,
                                 const std::string& to);

// One book over 2026 and 2025.
reports::Figures TwoYears(const std::vector<SmallEntry>& entries,
                          std::shared_ptr<const BookSnapshot> book = SmallBook());

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_REPORTS_MODEL_SMALL_BOOKS_H_

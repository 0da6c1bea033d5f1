// Figures: what the books say about each account and fund, ready for any statement.
#ifndef LUMBUNG_REPORTS_MODEL_FIGURES_H_
#define LUMBUNG_REPORTS_MODEL_FIGURES_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "ledger/core/book_snapshot.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "ledger/core/ids.h"

namespace lumbung::reports {

// In the book's functional currency, debits positive.
struct Figure {
  // Index in Figures::books.
  std::size_t book = 0;
  AccountId account{};
  FundId fund{};
  // With opening entries of the period itself: what books begin with is no movement.
  Decimal opening;
  Decimal closing;
  // Year-end closing entries left out, so that closing = opening + movement holds for the accounts
  // of net assets, income and expense together and not for each.
  Decimal movement;
  // The part of the movement that stands in entries which also touch cash. Of cash itself: nothing.
  Decimal cash;
  // The rest of the movement.
  Decimal non_cash;
};

struct PeriodFigures {
  Date from;
  Date to;
  std::vector<Figure> figures;
};

struct Figures {
  // All of one functional currency.
  std::vector<std::shared_ptr<const BookSnapshot>> books;
  // The current period first, then those it is compared with.
  std::vector<PeriodFigures> periods;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_MODEL_FIGURES_H_

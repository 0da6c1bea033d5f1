// What the documents of a book have in common: words, heads and feet.
#ifndef LUMBUNG_REPORTS_SOURCE_BOOK_WORDS_H_
#define LUMBUNG_REPORTS_SOURCE_BOOK_WORDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "reports/source/book_documents.h"

namespace lumbung::reports {

class BookWords {
 public:
  // Outlives the words.
  explicit BookWords(const BookDocumentRequest& request) : request_(request) {}

  bool IsIndonesian() const { return request_.frame.language == Language::kIndonesian; }
  std::string Say(absl::string_view id, absl::string_view en) const {
    return std::string(IsIndonesian() ? id : en);
  }
  const std::string& NameOf(const Account& account) const;
  // "1.1.21 Bank"
  std::string CodeAndNameOf(const Account& account) const;
  const Currency& currency() const;
  // Without columns.
  DocumentHead Head(absl::string_view name, const std::string& title) const;
  DocumentColumn Amount(absl::string_view key, const std::string& title) const;
  // With the checks; the rest is the frame's.
  DocumentFoot Foot(std::vector<DocumentCheck> checks) const;
  // FUNCTIONAL_CURRENCY_CHANGED unless it is the book's.
  absl::Status CheckFunctional(CurrencyId functional) const;

 private:
  const BookDocumentRequest& request_;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_SOURCE_BOOK_WORDS_H_

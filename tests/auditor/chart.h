// The book under audit: small, with something of everything that entries are checked against.
#ifndef LUMBUNG_TESTS_AUDITOR_CHART_H_
#define LUMBUNG_TESTS_AUDITOR_CHART_H_

#include <string>

#include "tests/auditor/book.h"
#include "tests/auditor/client.h"

namespace lumbung::auditor {

inline constexpr char kUnrestrictedNetAssets[] = "3.1";
inline constexpr char kRestrictedNetAssets[] = "3.2";

// The chart as the model has it: three levels of accounts, four funds, two dimensions, three
// currencies and two commodities. Ids sort as the tree does.
Book AuditedBook(const std::string& book_id);

// Makes the same book on the server. Empty, or what went wrong.
std::string CreateOnServer(Client& client, const Book& book);

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_CHART_H_

// Vouchers and receipts as they stand on paper, before anybody decided where on the page.
//
// Every text is in the slip's language already and may hold anything a user typed.
#ifndef LUMBUNG_REPORTS_SLIPS_SLIP_H_
#define LUMBUNG_REPORTS_SLIPS_SLIP_H_

#include <string>
#include <vector>

#include "reports/model/label.h"

namespace lumbung::reports {

// "Dibayarkan kepada: Toko Maju".
struct SlipFact {
  std::string title;
  std::string text;
};

// A posting.
struct SlipLine {
  std::string code;
  // The account and what the posting is for.
  std::string text;
  std::string debit;
  std::string credit;
};

// Who signs, and what is known of it already.
struct SlipSignature {
  std::string role;
  std::string name;
  // "31/12/2026 14:05", when the system recorded it.
  std::string note;
};

struct Slip {
  Language language = Language::kIndonesian;
  std::string organization;
  // "BUKTI KAS KELUAR", "KWITANSI".
  std::string title;
  // "BKK.0001/IX/2026".
  std::string number;
  // "3 September 2026".
  std::string date;
  // What must be seen before anything else: that it is a draft, or was cancelled.
  std::vector<std::string> marks;
  std::vector<SlipFact> facts;
  // Of vouchers; receipts have none, and then no table.
  std::vector<SlipLine> lines;
  SlipLine total;
  // "Terbilang: seratus ribu rupiah".
  SlipFact in_words;
  // The amount in large figures; may be empty.
  std::string amount;
  // The law asks for stamp duty (meterai): there is a place for it above the first signature.
  std::string stamp;
  std::vector<SlipSignature> signatures;
  // Where it comes from, small.
  std::string provenance;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_SLIPS_SLIP_H_

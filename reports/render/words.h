// The few words that renderers add to a document by themselves.
#ifndef LUMBUNG_REPORTS_RENDER_WORDS_H_
#define LUMBUNG_REPORTS_RENDER_WORDS_H_

#include "absl/strings/string_view.h"
#include "reports/model/label.h"

namespace lumbung::reports {

inline absl::string_view VerdictWord(Language language, bool holds) {
  if (language == Language::kIndonesian) return holds ? "Cocok" : "TIDAK COCOK";
  return holds ? "Agrees" : "DOES NOT AGREE";
}

inline const Label kChecksTitle = {"Pemeriksaan", "Checks"};
inline const Label kProblemTitle = {"MASALAH", "PROBLEM"};
inline const Label kSealedIn = {"Tersegel dalam buku bukti, titik periksa",
                                "Sealed in the tamper-evident log, checkpoint"};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_WORDS_H_

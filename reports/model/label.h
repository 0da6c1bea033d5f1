// Words of a document in both languages of the product.
#ifndef LUMBUNG_REPORTS_MODEL_LABEL_H_
#define LUMBUNG_REPORTS_MODEL_LABEL_H_

#include <string>

namespace lumbung::reports {

enum class Language { kIndonesian, kEnglish };

struct Label {
  std::string id;
  std::string en;

  const std::string& In(Language language) const {
    return language == Language::kIndonesian ? id : en;
  }
  friend bool operator==(const Label&, const Label&) = default;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_MODEL_LABEL_H_

// Section: one map of a declarative YAML file, read strictly. Its keys are known and stand once,
// and every fault names file and line. For the loaders of charts and of statement definitions.
#ifndef LUMBUNG_LEDGER_YAML_YAML_SECTION_H_
#define LUMBUNG_LEDGER_YAML_YAML_SECTION_H_

#include <cstddef>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "ledger/core/status.h"

namespace lumbung {

inline constexpr std::size_t kMaxYamlBytes = 1 << 20;
inline constexpr std::size_t kMaxYamlIdBytes = 63;
inline constexpr std::size_t kMaxYamlNameBytes = 255;
inline constexpr std::size_t kMaxYamlNoteBytes = 4'096;

// The words a value may be written with, and what each stands for.
template <typename T>
using Words = std::initializer_list<std::pair<absl::string_view, T>>;

// What errors say of the file: its name, and the reason that its faults have.
struct YamlFile {
  std::string name;
  std::string reason;
};

// The file's reason at "file:line".
absl::Status YamlFault(const YamlFile& file, const YAML::Mark& mark, absl::string_view message);

// The one document that the text is; `what` names it in errors: "a chart template".
absl::StatusOr<YAML::Node> ReadYaml(const YamlFile& file, absl::string_view text,
                                    absl::string_view what);

class Section {
 public:
  // `what` names the map in errors: "an account".
  static absl::StatusOr<Section> Read(const YamlFile& file, const YAML::Node& node,
                                      absl::string_view what,
                                      std::initializer_list<absl::string_view> known_keys);

  bool Has(absl::string_view key) const { return Find(key) != nullptr; }
  // A fault on the line of `key`, or of the whole map when the key is not there.
  absl::Status Fault(absl::string_view key, absl::string_view message) const;

  // Required; not empty, no control characters.
  absl::StatusOr<std::string> Text(absl::string_view key, std::size_t max_bytes) const;
  absl::StatusOr<std::string> Id(absl::string_view key) const;
  absl::StatusOr<int> Integer(absl::string_view key, int min, int max) const;
  template <typename T>
  absl::StatusOr<T> Word(absl::string_view key, const Words<T>& words) const;
  absl::StatusOr<bool> Flag(absl::string_view key, bool fallback) const;
  // Empty when the key is not there.
  absl::StatusOr<std::vector<YAML::Node>> List(absl::string_view key) const;
  absl::StatusOr<Section> Map(absl::string_view key,
                              std::initializer_list<absl::string_view> known_keys) const;
  // Words in both languages: {id: ..., en: ...}.
  absl::Status InBothLanguages(absl::string_view key, std::size_t max_bytes, std::string* id,
                               std::string* en) const;

 private:
  const YAML::Node* Find(absl::string_view key) const;

  YamlFile file_;
  std::string what_;
  YAML::Mark mark_;
  std::vector<std::pair<std::string, YAML::Node>> entries_;
};

template <typename T>
absl::StatusOr<T> Section::Word(absl::string_view key, const Words<T>& words) const {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string text, Text(key, kMaxYamlIdBytes));
  for (const auto& [word, value] : words) {
    if (word == text) return value;
  }
  const auto word_only = [](std::string* out, const auto& word) {
    absl::StrAppend(out, word.first);
  };
  return Fault(key, absl::StrCat("\"", key, "\" is \"", text, "\"; allowed are ",
                                 absl::StrJoin(words, ", ", word_only)));
}

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_YAML_YAML_SECTION_H_

#include "ledger/yaml/yaml_section.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "ledger/core/utf8.h"

namespace lumbung {
namespace {

constexpr Words<bool> kFlags = {{"true", true}, {"false", false}};

bool IsId(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '.' || c == '-' || c == '_';
  });
}

}  // namespace

absl::Status YamlFault(const YamlFile& file, const YAML::Mark& mark, absl::string_view message) {
  const std::string place = absl::StrCat(file.name, ":", mark.line + 1);
  return InvalidArgument(file.reason, place, absl::StrCat(place, ": ", message));
}

absl::StatusOr<YAML::Node> ReadYaml(const YamlFile& file, absl::string_view text,
                                    absl::string_view what) {
  if (text.size() > kMaxYamlBytes) {
    return YamlFault(file, YAML::Mark(),
                     absl::StrCat("the file has ", text.size(), " bytes; at most ", kMaxYamlBytes,
                                  " are allowed"));
  }
  std::vector<YAML::Node> documents;
  try {
    documents = YAML::LoadAll(std::string(text));
  } catch (const YAML::Exception& error) {
    return YamlFault(file, error.mark, absl::StrCat("not YAML: ", error.msg));
  }
  if (documents.size() == 1) return documents.front();
  return YamlFault(file, YAML::Mark(),
                   absl::StrCat(what, " is one YAML document; this file holds ", documents.size()));
}

absl::StatusOr<Section> Section::Read(const YamlFile& file, const YAML::Node& node,
                                      absl::string_view what,
                                      std::initializer_list<absl::string_view> known_keys) {
  Section section;
  section.file_ = file;
  section.what_ = std::string(what);
  section.mark_ = node.Mark();
  if (!node.IsMap()) {
    return YamlFault(file, node.Mark(),
                     absl::StrCat(what, " must be a map of ", absl::StrJoin(known_keys, ", ")));
  }
  for (const auto& entry : node) {
    const std::string& key = entry.first.Scalar();
    if (std::find(known_keys.begin(), known_keys.end(), key) == known_keys.end()) {
      return YamlFault(file, entry.first.Mark(),
                       absl::StrCat(what, " has no key \"", key, "\"; it may have ",
                                    absl::StrJoin(known_keys, ", ")));
    }
    if (section.Has(key)) {
      return YamlFault(file, entry.first.Mark(),
                       absl::StrCat("\"", key, "\" stands twice in ", what));
    }
    section.entries_.emplace_back(key, entry.second);
  }
  return section;
}

const YAML::Node* Section::Find(absl::string_view key) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [key](const auto& entry) { return entry.first == key; });
  return found == entries_.end() ? nullptr : &found->second;
}

absl::Status Section::Fault(absl::string_view key, absl::string_view message) const {
  const YAML::Node* node = Find(key);
  return YamlFault(file_, node == nullptr ? mark_ : node->Mark(), message);
}

absl::StatusOr<std::string> Section::Text(absl::string_view key, std::size_t max_bytes) const {
  const YAML::Node* node = Find(key);
  if (node == nullptr) return Fault(key, absl::StrCat(what_, " needs \"", key, "\""));
  if (!node->IsScalar() || node->Scalar().empty()) {
    return Fault(key, absl::StrCat("\"", key, "\" must be a text and not empty"));
  }
  if (node->Scalar().size() > max_bytes) {
    return Fault(key, absl::StrCat("\"", key, "\" has ", node->Scalar().size(), " bytes; at most ",
                                   max_bytes, " are allowed"));
  }
  for (absl::string_view rest = node->Scalar(); !rest.empty();) {
    const std::optional<char32_t> c = TakeCodePoint(&rest);
    if (!c.has_value() || IsControl(*c)) {
      return Fault(key, absl::StrCat("\"", key, "\" is not UTF-8 or holds a control character"));
    }
  }
  return node->Scalar();
}

absl::StatusOr<std::string> Section::Id(absl::string_view key) const {
  LUMBUNG_ASSIGN_OR_RETURN(std::string id, Text(key, kMaxYamlIdBytes));
  if (IsId(id)) return id;
  return Fault(key, absl::StrCat("\"", key, "\" is \"", id,
                                 "\"; letters, digits, '.', '-' and '_' are allowed"));
}

absl::StatusOr<int> Section::Integer(absl::string_view key, int min, int max) const {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string text, Text(key, kMaxYamlIdBytes));
  int value = 0;
  if (absl::SimpleAtoi(text, &value) && value >= min && value <= max) return value;
  return Fault(key, absl::StrCat("\"", key, "\" is \"", text, "\"; a whole number from ", min,
                                 " to ", max, " is allowed"));
}

absl::StatusOr<bool> Section::Flag(absl::string_view key, bool fallback) const {
  if (!Has(key)) return fallback;
  return Word(key, kFlags);
}

absl::StatusOr<std::vector<YAML::Node>> Section::List(absl::string_view key) const {
  std::vector<YAML::Node> items;
  const YAML::Node* node = Find(key);
  if (node == nullptr) return items;
  if (!node->IsSequence()) return Fault(key, absl::StrCat("\"", key, "\" must be a list"));
  for (const auto& item : *node) items.push_back(item);
  return items;
}

absl::StatusOr<Section> Section::Map(absl::string_view key,
                                     std::initializer_list<absl::string_view> known_keys) const {
  const YAML::Node* node = Find(key);
  if (node == nullptr) return Fault(key, absl::StrCat(what_, " needs \"", key, "\""));
  return Read(file_, *node, absl::StrCat("\"", key, "\" of ", what_), known_keys);
}

absl::Status Section::InBothLanguages(absl::string_view key, std::size_t max_bytes, std::string* id,
                                      std::string* en) const {
  LUMBUNG_ASSIGN_OR_RETURN(const Section words, Map(key, {"id", "en"}));
  LUMBUNG_ASSIGN_OR_RETURN(*id, words.Text("id", max_bytes));
  LUMBUNG_ASSIGN_OR_RETURN(*en, words.Text("en", max_bytes));
  return absl::OkStatus();
}

}  // namespace lumbung

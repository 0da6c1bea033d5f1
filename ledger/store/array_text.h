// Writes a PostgreSQL array literal, one element after the other: the form in which a batch
// travels.
#ifndef LUMBUNG_LEDGER_STORE_ARRAY_TEXT_H_
#define LUMBUNG_LEDGER_STORE_ARRAY_TEXT_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"

namespace lumbung::store {

class ArrayText {
 public:
  void Integer(std::int64_t value) {
    Separate();
    absl::StrAppend(&text_, value);
  }
  void Boolean(bool value) {
    Separate();
    text_.push_back(value ? 't' : 'f');
  }
  void Amount(const Decimal& value) {
    Separate();
    value.AppendTo(&text_);
  }
  void Null() {
    Separate();
    text_.append("NULL");
  }
  // Text that needs no quoting: dates, and the like.
  void Plain(absl::string_view value) {
    Separate();
    text_.append(value.data(), value.size());
  }
  void Text(absl::string_view value) {
    Separate();
    text_.push_back('"');
    for (const char c : value) {
      if (c == '"' || c == '\\') text_.push_back('\\');
      text_.push_back(c);
    }
    text_.push_back('"');
  }
  void TextOrNull(absl::string_view value) { value.empty() ? Null() : Text(value); }
  void Bytes(absl::string_view value) {
    Separate();
    // In an array literal the backslash of \x is itself escaped.
    absl::StrAppend(&text_, "\"\\\\x", absl::BytesToHexString(value), "\"");
  }
  std::string Take() {
    text_.push_back('}');
    return std::move(text_);
  }

 private:
  void Separate() {
    if (text_.size() > 1) text_.push_back(',');
  }
  std::string text_ = "{";
};

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_ARRAY_TEXT_H_

// The project's own files as the tidy rules see them: text, and for C++ the code without its
// comments and literals.
#ifndef LUMBUNG_TESTS_TIDY_SOURCE_TREE_H_
#define LUMBUNG_TESTS_TIDY_SOURCE_TREE_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace lumbung::tidy {

struct Include {
  int line;
  std::string header;
};

struct SourceFile {
  std::string path;  // From the top of the tree, with '/'.
  std::string text;
  // `text` with comments and literals turned into blanks, so that offsets and lines stay the same.
  // The text itself for what is not C++.
  std::string code;
  std::vector<Include> includes;

  bool HasExtension(std::initializer_list<absl::string_view> extensions) const;
  // Whether the file lies in `folder` or below it.
  bool IsIn(absl::string_view folder) const;
  int LineOf(std::size_t offset) const;  // 1 is the first.
};

SourceFile MakeSourceFile(std::string path, std::string text);

// By path. Build folders, caches and what is fetched are left out.
using SourceTree = std::map<std::string, SourceFile>;

SourceTree ReadSourceTree(const std::string& root);

// "a/b" of "a/b/c.cc"; empty at the top.
absl::string_view FolderOf(absl::string_view path);
// "c.cc" of "a/b/c.cc".
absl::string_view NameOf(absl::string_view path);
// "c" of "a/b/c.cc".
absl::string_view StemOf(absl::string_view path);

}  // namespace lumbung::tidy

#endif  // LUMBUNG_TESTS_TIDY_SOURCE_TREE_H_

#include "tests/services/gateway/schema_walker.h"

#include <algorithm>
#include <regex>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace lumbung::gateway {
namespace {

using Json = nlohmann::json;

bool HasType(const std::string& type, const Json& value) {
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  return type == value.type_name();
}

bool Matches(const std::string& pattern, const std::string& text) {
  return std::regex_search(text, std::regex(pattern));
}

constexpr char kDateTime[] = R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$)";

class Walker {
 public:
  explicit Walker(const Json& document) : document_(document) {}

  std::vector<std::string> Walk(const Json& schema, const Json& value, const std::string& path) {
    std::vector<std::string> found;
    for (const auto& [keyword, rule] : schema.items()) {
      for (std::string& violation : Check(keyword, rule, schema, value, path)) {
        found.push_back(std::move(violation));
      }
    }
    return found;
  }

 private:
  using Found = std::vector<std::string>;

  Found Check(const std::string& keyword, const Json& rule, const Json& schema, const Json& value,
              const std::string& path) {
    const auto unless = [&path](bool fits, const std::string& problem) {
      return fits ? Found() : Found{absl::StrCat(path, ": ", problem)};
    };
    if (keyword == "description" || keyword == "deprecated") return {};
    if (keyword == "$ref") {
      const Json::json_pointer target(std::string(rule).substr(1));
      if (!document_.contains(target)) return unless(false, absl::StrCat("no ", rule.dump()));
      return Walk(document_.at(target), value, path);
    }
    if (keyword == "type") return unless(HasType(rule, value), absl::StrCat("is no ", rule.dump()));
    if (keyword == "enum") {
      return unless(std::count(rule.begin(), rule.end(), value) > 0,
                    absl::StrCat(value.dump(), " is none of ", rule.dump()));
    }
    if (keyword == "pattern") {
      return unless(value.is_string() && Matches(rule, value),
                    absl::StrCat(value.dump(), " does not match ", rule.dump()));
    }
    if (keyword == "minimum") return unless(value >= rule, "is too small");
    if (keyword == "format") {
      return unless(rule != "date-time" || (value.is_string() && Matches(kDateTime, value)),
                    absl::StrCat(value.dump(), " is no time"));
    }
    if (keyword == "contentEncoding") {
      std::string bytes;
      return unless(value.is_string() && rule == "base64" &&
                        absl::Base64Unescape(value.get<std::string>(), &bytes),
                    "is no base64");
    }
    if (keyword == "anyOf" || keyword == "oneOf") {
      const auto fitting = std::count_if(rule.begin(), rule.end(), [&](const Json& choice) {
        return Walk(choice, value, path).empty();
      });
      return unless(keyword == "oneOf" ? fitting == 1 : fitting > 0,
                    absl::StrCat("fits ", fitting, " of the choices"));
    }
    return CheckParts(keyword, rule, schema, value, path);
  }

  // What is in an array or an object.
  Found CheckParts(const std::string& keyword, const Json& rule, const Json& schema,
                   const Json& value, const std::string& path) {
    Found found;
    const auto add = [&found](Found more) { found.insert(found.end(), more.begin(), more.end()); };
    if (keyword == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        add(Walk(rule, value[i], absl::StrCat(path, "/", i)));
      }
    } else if (keyword == "required") {
      for (const std::string name : rule) {
        if (!value.contains(name)) found.push_back(absl::StrCat(path, ": has no ", name));
      }
    } else if (keyword == "properties" || keyword == "additionalProperties" ||
               keyword == "propertyNames") {
      for (const auto& [name, part] : value.items()) {
        const std::string place = absl::StrCat(path, "/", name);
        const bool is_named = schema.contains("properties") && schema["properties"].contains(name);
        if (keyword == "propertyNames") {
          add(Walk(rule, name, place));
        } else if (keyword == "properties") {
          if (is_named) add(Walk(rule[name], part, place));
        } else if (!is_named && rule == false) {
          found.push_back(absl::StrCat(place, ": is not expected"));
        } else if (!is_named && rule.is_object()) {
          add(Walk(rule, part, place));
        }
      }
    } else {
      found.push_back(absl::StrCat(path, ": the walker does not know ", keyword));
    }
    return found;
  }

  const Json& document_;
};

}  // namespace

std::vector<std::string> Violations(const Json& document, const Json& schema, const Json& value) {
  return Walker(document).Walk(schema, value, "");
}

}  // namespace lumbung::gateway

#include "services/identity/domain/password_rules.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/core/utf8.h"

namespace lumbung::identity {
namespace {

// What is tried first: of twelve characters and more, and the stems that people double or number to
// get there. Lower case, without blanks and punctuation.
constexpr absl::string_view kCommon[] = {
    "123456789012",        "1234567890123",
    "12345678901234",      "123456789123",
    "1234567890qwerty",    "012345678910",
    "098765432109",        "987654321098",
    "111111111111",        "000000000000",
    "112233445566",        "121212121212",
    "123123123123",        "123412341234",
    "12345612345678",      "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u8i",    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",    "qazwsxedcrfv",
    "qwertyuiop12",        "qwertyuiop123",
    "qwertyuiopasdfgh",    "qwerty123456",
    "qwerty12345678",      "asdfghjkl123",
    "asdfghjklqwertyuiop", "zxcvbnm12345",
    "abcdefghijkl",        "abcdefghijklmnopqrstuvwxyz",
    "abcd12345678",        "abc123456789",
    "a1b2c3d4e5f6",        "aaaaaaaaaaaa",
    "password1234",        "password12345",
    "password123456",      "passwordpassword",
    "password2024",        "password2025",
    "password2026",        "passw0rd1234",
    "p4ssw0rd1234",        "adminadminadmin",
    "administrator",       "administrator1",
    "admin1234567",        "admin12345678",
    "admin123admin123",    "letmeinletmein",
    "letmein123456",       "welcome12345",
    "welcome123456",       "welcomewelcome",
    "changemechangeme",    "changeme1234",
    "iloveyou1234",        "iloveyouiloveyou",
    "iloveyou12345",       "sunshine1234",
    "princess1234",        "football1234",
    "superman1234",        "trustno1trustno1",
    "monkeymonkey",        "dragondragon",
    "masterkey123",        "master123456",
    "secretsecret",        "secret123456",
    "testtesttest",        "test12345678",
    "useruseruser",        "rootrootroot",
    "lumbunglumbung",      "lumbung12345",
    "lumbung123456",       "bismillah123",
    "bismillah1234",       "bismillahirrahmanirrahim",
    "alhamdulillah",       "alhamdulillah1",
    "katasandi123",        "katasandi1234",
    "katasandikatasandi",  "rahasia12345",
    "rahasia123456",       "rahasiarahasia",
    "sayangsayang",        "sayang123456",
    "indonesia123",        "indonesia1234",
    "indonesia1945",       "indonesiaraya",
    "merdeka17081945",     "garuda123456",
    "jakarta12345",        "jakarta123456",
    "bandung12345",        "surabaya1234",
    "bumdes123456",        "bumdesbumdes",
    "desa12345678",        "keuangan1234",
    "bendahara123",        "bendahara1234",
    "yayasan12345",        "kepaladesa123",
    "akuntansi123",        "correcthorsebatterystaple",
};

constexpr std::size_t kMinNamePart = 4;

std::string Simplified(absl::string_view password) {
  std::string letters;
  for (const char c : password) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || absl::ascii_isalnum(byte)) letters += absl::ascii_tolower(byte);
  }
  return letters;
}

bool IsCommon(absl::string_view password) {
  const std::string simplified = Simplified(password);
  // A character or two over and over says as little as one.
  if (std::set<char>(simplified.begin(), simplified.end()).size() <= 2) return true;
  return std::find(std::begin(kCommon), std::end(kCommon), simplified) != std::end(kCommon);
}

bool IsUserNameCharacter(char c) {
  return absl::ascii_islower(static_cast<unsigned char>(c)) ||
         absl::ascii_isdigit(static_cast<unsigned char>(c));
}

}  // namespace

absl::Status ValidatePassword(absl::string_view password, absl::string_view user_name,
                              absl::string_view field) {
  const auto too_long = [field] {
    return InvalidArgument(
        "PASSWORD_TOO_LONG", field,
        absl::StrCat("found more than ", kMaxPasswordLength, " characters; ", kMinPasswordLength,
                     " to ", kMaxPasswordLength, " are allowed"));
  };
  if (password.size() > kMaxPasswordBytes) return too_long();
  int length = 0;
  for (absl::string_view rest = password; !rest.empty(); ++length) {
    const auto c = TakeCodePoint(&rest);
    if (!c || IsControl(*c)) {
      return InvalidArgument("INVALID_TEXT", field,
                             "a password is text in UTF-8 without control characters");
    }
  }
  if (length < kMinPasswordLength) {
    return InvalidArgument("PASSWORD_TOO_SHORT", field,
                           absl::StrCat("found ", length, " characters; ", kMinPasswordLength,
                                        " to ", kMaxPasswordLength, " are allowed"));
  }
  if (length > kMaxPasswordLength) return too_long();
  if (IsCommon(password)) {
    return InvalidArgument("PASSWORD_TOO_COMMON", field,
                           "this password is among those that are tried first; take several words "
                           "that do not belong together");
  }
  const absl::string_view name = user_name.substr(0, user_name.find('@'));
  if (name.size() >= kMinNamePart && absl::StrContains(absl::AsciiStrToLower(password), name)) {
    return InvalidArgument("PASSWORD_CONTAINS_NAME", field,
                           "a password must not contain the user name");
  }
  return absl::OkStatus();
}

absl::Status ValidateUserName(absl::string_view user_name, absl::string_view field) {
  bool valid = !user_name.empty() && user_name.size() <= 63 && IsUserNameCharacter(user_name[0]);
  for (const char c : user_name.substr(0, 64)) {
    valid =
        valid && (IsUserNameCharacter(c) || absl::StrContains("._-@", absl::string_view(&c, 1)));
  }
  if (valid) return absl::OkStatus();
  return InvalidArgument("INVALID_USER_NAME", field,
                         "a user name has 1 to 63 lower-case letters, digits and '.', '_', '-', "
                         "'@', and begins with a letter or digit");
}

}  // namespace lumbung::identity

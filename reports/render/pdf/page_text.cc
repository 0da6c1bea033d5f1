#include "reports/render/pdf/page_text.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"
#include "ledger/core/utf8.h"

namespace lumbung::reports {
namespace {

struct FaceStyle {
  const char* family;
  bool is_bold;
  double points;
  double line_height;
};

// By Face.
constexpr FaceStyle kStyles[] = {
    {"Liberation Sans", false, 8.5, 11.5}, {"Liberation Sans", true, 8.5, 11.5},
    {"Liberation Sans", true, 11.5, 15.0}, {"Liberation Sans", false, 6.5, 8.5},
    {"Liberation Mono", false, 5.5, 7.0},
};

// Basic Latin, Latin-1 and Latin Extended-A need no shaping; so do these few.
constexpr char32_t kFirstComplex = 0x180;
constexpr std::size_t kTableSize = kFirstComplex;

const FaceStyle& StyleOf(Face face) {
  return kStyles[static_cast<std::size_t>(face)];
}

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};

bool HasFamily(const char* wanted) {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
  const bool has = std::any_of(families, families + count, [wanted](PangoFontFamily* family) {
    return absl::string_view(pango_font_family_get_name(family)) == wanted;
  });
  g_free(families);
  return has;
}

std::string Utf8Of(char32_t c) {
  if (c < 0x80) return std::string(1, static_cast<char>(c));
  return {static_cast<char>(0xc0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3f))};
}

}  // namespace

// A font at its size, and its Latin glyphs.
struct PageText::FaceTable {
  explicit FaceTable(const FaceStyle& style);
  ~FaceTable() { cairo_scaled_font_destroy(font); }
  FaceTable(const FaceTable&) = delete;
  FaceTable& operator=(const FaceTable&) = delete;

  std::unique_ptr<PangoLayout, Unref> Layout(absl::string_view text) const;

  cairo_scaled_font_t* font = nullptr;
  std::unique_ptr<PangoContext, Unref> context;
  std::unique_ptr<PangoFontDescription, Unref> description;
  std::array<unsigned long, kTableSize> glyphs = {};
  std::array<double, kTableSize> advances = {};
};

PageText::FaceTable::FaceTable(const FaceStyle& style) {
  cairo_font_options_t* const options = cairo_font_options_create();
  // On paper there is no grid of pixels to move to.
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_face_t* const face =
      cairo_toy_font_face_create(style.family, CAIRO_FONT_SLANT_NORMAL,
                                 style.is_bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_matrix_t size;
  cairo_matrix_t page;
  cairo_matrix_init_scale(&size, style.points, style.points);
  cairo_matrix_init_identity(&page);
  font = cairo_scaled_font_create(face, &size, &page, options);
  cairo_font_face_destroy(face);

  context.reset(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  pango_cairo_context_set_font_options(context.get(), options);
  pango_cairo_context_set_resolution(context.get(), 72);
  description.reset(pango_font_description_new());
  pango_font_description_set_family(description.get(), style.family);
  pango_font_description_set_weight(description.get(),
                                    style.is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(description.get(), style.points * PANGO_SCALE);
  cairo_font_options_destroy(options);

  for (char32_t c = 0x20; c < kFirstComplex; ++c) {
    if (IsControl(c)) continue;
    const std::string text = Utf8Of(c);
    cairo_glyph_t* found = nullptr;
    int count = 0;
    if (cairo_scaled_font_text_to_glyphs(font, 0, 0, text.data(), static_cast<int>(text.size()),
                                         &found, &count, nullptr, nullptr,
                                         nullptr) == CAIRO_STATUS_SUCCESS &&
        count == 1) {
      cairo_text_extents_t extents;
      cairo_scaled_font_glyph_extents(font, found, 1, &extents);
      glyphs[c] = found->index;
      advances[c] = extents.x_advance;
    }
    cairo_glyph_free(found);
  }
}

std::unique_ptr<PangoLayout, Unref> PageText::FaceTable::Layout(absl::string_view text) const {
  std::unique_ptr<PangoLayout, Unref> layout(pango_layout_new(context.get()));
  pango_layout_set_font_description(layout.get(), description.get());
  pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return layout;
}

PageText::PageText() {
  for (std::size_t i = 0; i < faces_.size(); ++i) {
    faces_[i] = std::make_unique<FaceTable>(kStyles[i]);
  }
}

PageText::~PageText() = default;

absl::StatusOr<std::unique_ptr<PageText>> PageText::Create() {
  for (const FaceStyle& style : kStyles) {
    if (HasFamily(style.family)) continue;
    return FailedPrecondition("FONT_MISSING", "",
                              absl::StrCat("the font ", style.family,
                                           " is not installed; it is in the package "
                                           "fonts-liberation2"));
  }
  return std::unique_ptr<PageText>(new PageText());
}

double PageText::LineHeight(Face face) {
  return StyleOf(face).line_height;
}

bool PageText::IsLatin(absl::string_view text) const {
  const FaceTable& table = *faces_[0];
  while (!text.empty()) {
    const std::optional<char32_t> c = TakeCodePoint(&text);
    if (!c.has_value() || *c >= kFirstComplex || table.glyphs[*c] == 0) return false;
  }
  return true;
}

double PageText::Width(absl::string_view text, Face face) const {
  const FaceTable& table = *faces_[static_cast<std::size_t>(face)];
  if (!IsLatin(text)) {
    PangoRectangle extents;
    pango_layout_get_extents(table.Layout(text).get(), nullptr, &extents);
    return static_cast<double>(extents.width) / PANGO_SCALE;
  }
  double width = 0;
  while (!text.empty()) width += table.advances[*TakeCodePoint(&text)];
  return width;
}

std::vector<std::string> PageText::Wrap(absl::string_view text, Face face, double width) const {
  const double blank = Width(" ", face);
  std::vector<std::string> lines(1);
  double taken = 0;
  for (const absl::string_view whole : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    absl::string_view word = whole;
    double needed = Width(word, face);
    if (taken > 0 && taken + blank + needed > width) {
      lines.emplace_back();
      taken = 0;
    }
    // Piece by piece, with one character at least.
    while (taken == 0 && needed > width) {
      absl::string_view rest = word;
      TakeCodePoint(&rest);
      for (absl::string_view longer = rest; !longer.empty() && TakeCodePoint(&longer);) {
        if (Width(word.substr(0, word.size() - longer.size()), face) > width) break;
        rest = longer;
      }
      if (rest.empty()) break;
      lines.back() = std::string(word.substr(0, word.size() - rest.size()));
      lines.emplace_back();
      word = rest;
      needed = Width(word, face);
    }
    absl::StrAppend(&lines.back(), taken > 0 ? " " : "", word);
    taken += needed + (taken > 0 ? blank : 0);
  }
  return lines;
}

std::string PageText::Fit(const std::string& text, Face face, double width) const {
  if (Width(text, face) <= width) return text;
  std::string cut = text;
  while (!cut.empty() && Width(absl::StrCat(cut, "..."), face) > width) {
    cut = std::string(Beginning(cut, cut.size() - 1));
  }
  return absl::StrCat(cut, "...");
}

void PageText::Draw(cairo_t* page, absl::string_view text, Face face, double x, double y) const {
  const FaceTable& table = *faces_[static_cast<std::size_t>(face)];
  if (!IsLatin(text)) {
    const auto layout = table.Layout(text);
    cairo_move_to(page, x,
                  y - static_cast<double>(pango_layout_get_baseline(layout.get())) / PANGO_SCALE);
    pango_cairo_show_layout(page, layout.get());
    return;
  }
  std::vector<cairo_glyph_t> glyphs;
  glyphs.reserve(text.size());
  while (!text.empty()) {
    const char32_t c = *TakeCodePoint(&text);
    glyphs.push_back({table.glyphs[c], x, y});
    x += table.advances[c];
  }
  cairo_set_scaled_font(page, table.font);
  cairo_show_glyphs(page, glyphs.data(), static_cast<int>(glyphs.size()));
}

}  // namespace lumbung::reports

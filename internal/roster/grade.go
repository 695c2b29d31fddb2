package roster

import (
	"hefa/internal/certificate"
	"hefa/internal/lang"
)

// graded compares category and level in their columns with the certificate number, or completes the number with them.
func (c *Checker) graded(row Row, e *Entry) *problem {
	h := &c.header
	categoryAt, levelAt := h.column(CategoryColumn), h.column(LevelColumn)
	read := categoryAndLevel
	if categoryAt < 0 {
		categoryAt, read = h.column(Grade), gradeOf
	}
	if h.has(Grade) && levelAt < 0 {
		levelAt = h.column(Grade)
	}
	categoryText, levelText := row.cell(categoryAt).Text, row.cell(levelAt).Text
	categories, within := read(categoryText)
	levels := levelsOf(levelText, true)
	if levelAt == categoryAt || levelAt < 0 {
		levels = within
	}
	if e.Certificate == "" {
		return c.build(e, given{categoryAt, categories, blank(categoryText)}, given{levelAt, levels, blank(levelText)})
	}
	e.Category, e.Level = e.Certificate.Category(), e.Certificate.Level()
	if !blank(categoryText) && !categories.has(string(e.Category)) {
		return &problem{WrongCategory, categoryAt, "roster.category.column", lang.T(e.Category.Word())}
	}
	alone := levelAt >= 0 && levelAt != categoryAt // a column of its own, which must be readable
	if levelAt < 0 {
		levelAt = categoryAt
	}
	if levels == 0 && (!alone || blank(levelText)) || levels.has(string(e.Level)) {
		return nil
	}
	return &problem{WrongLevel, levelAt, "roster.level.column", lang.T(e.Level.Word())}
}

// given is what a column says about the category or the level.
type given struct {
	column int
	values set
	blank  bool
}

// build makes the certificate number of the identity number and the columns; several categories are 多重 with the most severe level.
func (c *Checker) build(e *Entry, category, level given) *problem {
	switch {
	case category.blank:
		return &problem{Missing, category.column, "roster.missing.grade", nil}
	case category.values == 0:
		return &problem{WrongCategory, category.column, "roster.category.unread", nil}
	case level.blank:
		return &problem{Missing, level.column, "roster.missing.grade", nil}
	case level.values == 0:
		return &problem{WrongLevel, level.column, "roster.level.unread", nil}
	}
	e.Category, e.Level = certificate.Category(category.values.least()), certificate.Level(level.values.least())
	if category.values.several() {
		e.Category = certificate.Multiple
	}
	e.Certificate = certificate.MakeNumber(e.Number, e.Category, e.Level)
	return nil
}

// fill takes over what needs no check.
func (c *Checker) fill(row Row, e *Entry) {
	said := func(m Meaning) string {
		if s := line(c.text(row, m)); !blank(s) {
			return s
		}
		return ""
	}
	e.Township = said(TownshipColumn)
	if e.Village = said(VillageColumn); e.Village == "" {
		e.Village = said(Address)
	}
	e.Guardian = cleanName(said(Guardian))
	e.Phone = phoneOf(unscientific(row.cell(c.header.column(Phone))))
	e.Poor = poorOf(c.text(row, Poor))
	e.Condition = said(Condition)
	e.Remark = said(Remark)
	e.Happened, _ = date(row.cell(c.header.column(Happened)), row.Shift)
	e.Whither = said(Whither)
	if c.kind == Register {
		e.Nation, e.Address, e.Standing = said(Nation), said(Address), standingOf(said(Standing))
	}
	if c.kind == Suspected {
		e.Reason = whyOf(c.text(row, Reason))
		if e.Reason == Other {
			e.Remark = joined(said(Reason), e.Remark)
		}
	}
}

func joined(a, b string) string {
	if b == "" {
		return a
	}
	return a + "；" + b
}

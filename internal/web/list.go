package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

// turned is the address of this list from another row on; "" is its first page.
func turned(r *http.Request, after string) string {
	q := r.URL.Query()
	q.Set("after", after)
	for key, values := range q {
		if len(values) == 1 && values[0] == "" {
			q.Del(key)
		}
	}
	if len(q) == 0 {
		return r.URL.Path
	}
	return r.URL.Path + "?" + q.Encode()
}

// turner leads through a list of keyset pages; next is what after is for the next one, "" on the last.
func turner(r *http.Request, shown int, next string) look.Pager {
	p := look.Pager{Shown: shown, Total: -1}
	if r.URL.Query().Get("after") != "" {
		p.First = turned(r, "")
	}
	if next != "" {
		p.Next = turned(r, next)
	}
	return p
}

// narrowed is the address of the list without conditions when it has some, for the filter's link.
func narrowed(r *http.Request) string {
	for _, values := range r.URL.Query() {
		for _, v := range values {
			if v != "" {
				return r.URL.Path
			}
		}
	}
	return ""
}

// beside is the address of something about this list, such as its workbook, with the same conditions.
func beside(r *http.Request, name string) string {
	q := r.URL.Query()
	q.Del("after")
	return r.URL.Path + "/" + name + "?" + q.Encode()
}

// carrying is an address with those conditions of q that stand under keys, and more: keys and values by turns, of which empty ones are left out.
func carrying(path string, q url.Values, keys []string, more ...string) string {
	out := url.Values{}
	for _, k := range keys {
		if s := q.Get(k); s != "" {
			out.Set(k, s)
		}
	}
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] != "" {
			out.Set(more[i], more[i+1])
		}
	}
	if len(out) == 0 {
		return path
	}
	return path + "?" + out.Encode()
}

// placeField is a drop-down of the actor's places on the way to value and of those directly in it: whoever wants a smaller place picks step by step.
func (s *Server) placeField(r *http.Request, f look.Field, value region.Code) (look.Choice, error) {
	c := look.Choice{Field: f, Value: string(value)}
	all, err := s.office.Choices(r.Context(), actor(r), value)
	own := actor(r).Region
	if own == "" {
		c.Empty = lang.T("edit.country")
	}
	for _, p := range all {
		text := p.Name
		for range p.Code.Level() - own.Level() {
			text = "　" + text
		}
		c.Options = append(c.Options, look.Option{Value: string(p.Code), Text: text})
	}
	return c, err
}

// ofCounty is the drop-down of a list that belongs to one county, and whether the reader is to pick that county first; who may not read it is refused.
func (s *Server) ofCounty(r *http.Request, act access.Act, asked region.Code) (where look.Choice, whole bool, err error) {
	by := actor(r)
	if err := by.May(act, by.Region); err != nil {
		return where, false, err
	}
	where, err = s.placeField(r, look.Field{Name: "region", Label: lang.T("reminder.filter.region")}, asked)
	return where, by.Region.Level() < region.County && asked.Level() < region.County, err
}

// picks is a choice of words.
func picks[T interface {
	~string
	lang.Namer
}](c look.Choice, all []T) look.Choice {
	for _, k := range all {
		c.Options = append(c.Options, look.Option{Value: string(k), Text: word(k)})
	}
	return c
}

// takeLinks is the ways to take a list out from an address, all of it or with some of its columns; whole names the list where a page has several.
func takeLinks(href, whole string) []look.Link {
	return append(formatLinks(href, whole), look.Link{Text: whole + lang.T("list.export.choose"), Href: href + mark(href) + "choose=yes"})
}

// mark is what stands between an address and one more condition.
func mark(href string) string {
	if strings.Contains(href, "?") {
		return "&"
	}
	return "?"
}

// formatLinks is the ways to take the whole of a list out from an address.
func formatLinks(href, whole string) []look.Link {
	var out []look.Link
	for _, f := range sheet.Formats {
		out = append(out, look.Link{Text: whole + lang.T("list.export.as", word(f)), Href: href + mark(href) + "as=" + string(f)})
	}
	return out
}

// listFormat is the format in which a list is asked for.
func listFormat(r *http.Request) sheet.Format {
	return cmp.Or(sheet.Format(r.URL.Query().Get("as")), sheet.XLSX)
}

package textfile

import (
	"bytes"
	"fmt"
	"strings"
)

// complete decides about the heading of the table that was chosen, and names
// its columns.
func (l *layout) complete(h *head, t *trial, o *Options, j *judge, p above) {
	s := t.sample
	j.comma = t.d.delimiter == ',' || t.d.delimiter == 0 && s.quotedCommas()
	l.d.padded = s.padded(t.start, t.end)
	l.width = t.shape.width
	for _, r := range s.records[:t.start] {
		l.left = append(l.left, Skipped{r.line, "before the table"})
	}
	for _, sk := range s.left { // those further down are found when all is counted
		if len(s.records) > 0 && sk.Line < s.records[t.start].line {
			l.left = append(l.left, sk)
			l.d.allComments = true
		}
	}
	l.tellQuotes(s)
	if len(s.records) == 0 {
		l.rows, l.line, l.skip = h.from, h.line, h.line-1
		l.nameByComment(s, p, 0)
		return
	}
	first := s.records[t.start]
	l.rows, l.line, l.skip = first.from, first.line, first.line-1
	by := l.heading(t, o, j)
	if (by == noHeading || by == byText || by == alone) && l.nameByComment(s, p, s.width(t.start)) {
		return
	}
	l.tellHeading(by)
	var raw []string
	if by != noHeading && by != byFlagNone {
		l.header = true
		l.rows, l.line = first.to, first.line+lines(s.buf[first.from:first.to], s.d.newline())
		for k := range s.width(t.start) {
			raw = append(raw, string(s.cell(t.start, k)))
		}
		if t.short == rowNames && len(raw) == l.width-1 {
			raw = append([]string{""}, raw...)
			l.say("heading", "one name less than cells: row names, so the first column has none")
		}
	}
	l.raw = raw
}

// quotedCommas reports whether commas stand in quoted cells alone.
func (s *sample) quotedCommas() bool {
	found := false
	for i, r := range s.records {
		for _, c := range s.cells(i) {
			if bytes.IndexByte(s.buf[r.from+int(c.from):r.from+int(c.to)], ',') >= 0 {
				if c.form == plain {
					return false
				}
				found = true
			}
		}
	}
	return found
}

// padded reports whether a space follows every delimiter of some records.
func (s *sample) padded(from, to int) bool {
	found := false
	for i := from; i < to; i++ {
		if s.width(i) > 1 && !s.records[i].spaced {
			return false
		}
		found = found || s.records[i].spaced
	}
	return found
}

// heading decides by what the first record of the table is a heading.
func (l *layout) heading(t *trial, o *Options, j *judge) proof {
	switch o.header {
	case "yes":
		return byFlag
	case "no":
		return byFlagNone
	}
	if t.short == rowNames {
		return byTypes
	}
	return j.heading(t.sample, t.start, t.end, max(t.shape.width, t.sample.width(t.start)))
}

func (l *layout) tellHeading(by proof) {
	switch by {
	case noHeading:
		l.say("heading", "none: the first line has the types of those below")
	case byYears:
		l.say("heading", "the first line, by its years over numbers that are none")
	case byText:
		l.say("heading", "the first line, a guess: all text, here and below")
	}
}

func (l *layout) tellQuotes(s *sample) {
	if s.d.quote == '\'' {
		l.say("quotes", "single quotes")
	}
	if s.d.escape {
		l.say("quotes", "a backslash escapes quotes and itself")
	}
}

// nameByComment takes the names from the last comment line, if it splits into
// as many different names as the first record has cells.
func (l *layout) nameByComment(s *sample, p above, width int) bool {
	if p.comment == nil || width == 0 {
		return false
	}
	var q quirks
	line := []byte(strings.TrimSpace(string(p.comment)))
	if s.d.delimiter == '\t' {
		line = p.comment
	}
	spans, _ := s.d.split(line, true, nil, &q)
	if len(spans) != width {
		return false
	}
	seen := map[string]bool{}
	var raw []string
	for _, sp := range spans {
		name := strings.TrimSpace(string(s.d.text(line, sp, nil)))
		if name == "" || seen[name] {
			return false
		}
		seen[name] = true
		raw = append(raw, name)
	}
	l.header, l.skip = true, p.at-1
	kept := l.left[:0]
	for _, sk := range l.left {
		if sk.Line != p.at {
			kept = append(kept, sk)
		}
	}
	l.left = kept
	l.say("heading", fmt.Sprintf("line %d, a comment that names the columns", p.at))
	l.raw = raw
	return true
}

// naming makes names of a heading's cells for n columns: trimmed, without line
// breaks, none empty and none twice. Told says what was changed.
func naming(raw []string, n int, header bool) (names, told []string) {
	clean := make([]string, n)
	own := map[string]bool{}
	breaks := strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")
	for i, text := range raw[:min(n, len(raw))] {
		clean[i] = strings.TrimSpace(breaks.Replace(text))
		own[clean[i]] = true
	}
	used, next := map[string]bool{}, map[string]int{}
	for i, name := range clean {
		was := name
		if name == "" {
			name = fmt.Sprintf("column%d", i+1)
		}
		if was == "" && own[name] || used[name] {
			name = unused(name, own, used, next)
		}
		if name != was && header && i < len(raw) {
			if was == "" {
				told = append(told, fmt.Sprintf("column %d is %s", i+1, name))
			} else {
				told = append(told, fmt.Sprintf("another %q is %s", was, name))
			}
		}
		used[name] = true
		names = append(names, name)
	}
	return names, told
}

// unused is a name with the least number from 2 on behind it that neither the
// file uses nor a column has.
func unused(name string, own, used map[string]bool, next map[string]int) string {
	for n := max(next[name], 2); ; n++ {
		if with := fmt.Sprintf("%s_%d", name, n); !own[with] && !used[with] {
			next[name] = n + 1
			return with
		}
	}
}

// joined is a list with commas between, cut after most of its parts.
func joined(list []string, most int) string {
	if len(list) > most {
		list = append(list[:most:most], fmt.Sprintf("and %d more", len(list)-most))
	}
	return strings.Join(list, ", ")
}

// oneLine is a name without line ends and other control characters.
func oneLine(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, name)
}

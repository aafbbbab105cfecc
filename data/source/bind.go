package source

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// statement is the text of a query, cut where its inputs stand.
type statement struct {
	text  []string // one more than there are names
	names []string
}

// parseQuery finds the inputs of a query, :name. Quoted text, comments and ::
// are left alone.
func parseQuery(query string) statement {
	var s statement
	start := 0
	for i := 0; i < len(query); {
		if end := quotedEnd(query, i); end > i {
			i = end
			continue
		}
		switch {
		case strings.HasPrefix(query[i:], "::"):
			i += 2
		case query[i] == ':' && nameEnd(query, i+1) > i+1:
			end := nameEnd(query, i+1)
			s.text, s.names = append(s.text, query[start:i]), append(s.names, query[i+1:end])
			i, start = end, end
		default:
			i++
		}
	}
	s.text = append(s.text, query[start:])
	return s
}

// quotedEnd is the end of the quoted text or the comment that begins at a
// place; the place itself if none does. What is not closed goes on to the end.
func quotedEnd(query string, at int) int {
	rest := query[at:]
	until := func(from int, end string) int {
		if n := strings.Index(rest[from:], end); n >= 0 {
			return at + from + n + len(end)
		}
		return len(query)
	}
	switch {
	case rest[0] == '\'' || rest[0] == '"' || rest[0] == '`': // a doubled one begins another text at once
		return until(1, rest[:1])
	case rest[0] == '[':
		return until(1, "]")
	case rest[0] == '$': // PostgreSQL's $tag$ … $tag$
		if end := nameEnd(query, at+1); end < len(query) && query[end] == '$' {
			return until(end-at+1, query[at:end+1])
		}
	case strings.HasPrefix(rest, "--"):
		return until(2, "\n")
	case strings.HasPrefix(rest, "/*"):
		return until(2, "*/")
	}
	return at
}

// nameEnd is the end of the name that begins at a place.
func nameEnd(query string, at int) int {
	for end := at; end < len(query); {
		c, size := utf8.DecodeRuneInString(query[end:])
		if c != '_' && !unicode.IsLetter(c) && (end == at || !unicode.IsDigit(c)) {
			return end
		}
		end += size
	}
	return len(query)
}

// used are the inputs that a query names, with what they hold.
func (s statement) used(params map[string][]string) (map[string][]string, error) {
	if len(s.names) == 0 {
		return nil, nil
	}
	out := map[string][]string{}
	for _, name := range s.names {
		values, ok := params[name]
		if !ok {
			known := "the page has none"
			if len(params) > 0 {
				known = "the page has " + strings.Join(slices.Sorted(maps.Keys(params)), ", ")
			}
			return nil, fmt.Errorf("the query names :%s, which is no input: %s", name, known)
		}
		out[name] = values
	}
	return out, nil
}

// bind replaces the inputs by placeholders, as many as they have values, and
// returns these. An input that holds nothing is null. Mark is the placeholder
// of the nth argument, from 1.
func (s statement) bind(params map[string][]string, mark func(n int) string, argument func(string) any) (query string, args []any) {
	var b strings.Builder
	for i, name := range s.names {
		b.WriteString(s.text[i])
		values := params[name]
		if len(values) == 0 {
			args = append(args, nil)
			b.WriteString(mark(len(args)))
		}
		for i, v := range values {
			if i > 0 {
				b.WriteString(", ")
			}
			args = append(args, argument(v))
			b.WriteString(mark(len(args)))
		}
	}
	b.WriteString(s.text[len(s.names)])
	return b.String(), args
}

// argument is a value as a number if it is written as a number is, so that it
// compares with numbers; 007 is text.
func argument(v string) any {
	if n, err := strconv.ParseInt(v, 10, 64); err == nil && strconv.FormatInt(n, 10) == v {
		return n
	}
	if f, err := strconv.ParseFloat(v, 64); err == nil && strconv.FormatFloat(f, 'f', -1, 64) == v {
		return f
	}
	return v
}

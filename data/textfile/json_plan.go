package textfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
)

func sortedKeys(m map[string]bool) []string { return slices.Sorted(maps.Keys(m)) }

// errNotJSON says that a text is no JSON from its first value on.
var errNotJSON = errors.New("it is no JSON")

// planJSON finds the rows of a JSON text.
func planJSON(ctx context.Context, src *source, o *Options) (*jsonPlan, error) {
	h, err := readHead(src)
	if err != nil {
		return nil, err
	}
	start := skipSpace(h.buf, h.from)
	p := &jsonPlan{format: "json"}
	p.rows = jsonRows{src: src, from: int64(start), line: 1 + bytes.Count(h.buf[:start], []byte{'\n'})}
	if start < len(h.buf) && h.buf[start] == '[' && o.format != "ndjson" {
		return p.planList(ctx)
	}
	end, sole, err := p.firstValue(ctx)
	switch {
	case err != nil:
		return nil, err
	case !sole || o.format == "ndjson":
		p.format = "ndjson"
		return p, nil
	}
	doc := make([]byte, end-int64(start))
	if _, _, err := src.read(doc, int64(start)); err != nil {
		return nil, err
	}
	if doc[0] != '{' { // one scalar
		return p, nil
	}
	return p, p.planObject(doc, int64(start), p.rows.line)
}

// planList plans a text that begins with a list: it is the table, unless more
// lists follow it.
func (p *jsonPlan) planList(ctx context.Context) (*jsonPlan, error) {
	whole := p.rows
	p.rows.from++
	p.rows.list = true
	var first byte
	w := p.rows.walk(place{p.rows.from, p.rows.line})
	err := w.each(ctx, func(rec []byte, _ place) error {
		first = rec[0]
		return errDone
	})
	var broken *notJSON
	if errors.As(err, &broken) && broken.first {
		return nil, fmt.Errorf("%w: %v", errNotJSON, err)
	}
	if errors.Is(err, errFollows) || !errors.Is(err, errDone) && err != nil {
		return nil, err
	}
	follows, err := listsFollow(ctx, whole)
	if err != nil {
		return nil, err
	}
	if follows {
		p.rows, p.format, p.lists = whole, "ndjson", true
		return p, nil
	}
	switch first {
	case '[':
		p.lists = true
		p.say("a list of lists")
	case '{', 0:
	default:
		p.say("a list of values, in the column value")
	}
	return p, nil
}

// listsFollow reports whether a text is one list after the other. It looks at
// the first alone if that is longer than a record.
func listsFollow(ctx context.Context, rows jsonRows) (bool, error) {
	n := 0
	w := rows.walk(place{rows.from, rows.line})
	err := w.each(ctx, func(rec []byte, _ place) error {
		if rec[0] != '[' {
			return errFollows
		}
		if n++; n == 2 {
			return errDone
		}
		return nil
	})
	if errors.Is(err, errDone) {
		return true, nil
	}
	if errors.Is(err, errFollows) {
		return false, err
	}
	return false, ctx.Err() // what is wrong is told when the rows are read
}

// firstValue finds the end of the first value, and whether it is the only one.
func (p *jsonPlan) firstValue(ctx context.Context) (end int64, sole bool, err error) {
	var buf []byte
	for size := int64(readBlock); ; size *= 4 {
		buf = make([]byte, min(size, maxDocument+1))
		n, eof, err := p.rows.src.read(buf, p.rows.from)
		if err != nil {
			return 0, false, err
		}
		if err := ctx.Err(); err != nil {
			return 0, false, err
		}
		buf = buf[:n]
		to, err := skipValue(buf, 0, 0)
		var broken *jsonError
		switch {
		case errors.As(err, &broken):
			line := p.rows.line + bytes.Count(buf[:broken.at], []byte{'\n'})
			return 0, false, fmt.Errorf("%w: line %d, %s", errNotJSON, line, oneLine(broken.what))
		case errors.Is(err, errMore) && eof && to == 0:
			return 0, false, fmt.Errorf("%w: line %d ends inside the first value", errNotJSON, p.rows.line+bytes.Count(buf, []byte{'\n'}))
		case errors.Is(err, errMore) && !eof:
			if n > maxDocument {
				return 0, false, fmt.Errorf("the JSON value is longer than 256 MiB and its rows cannot be read one by one: write one record a line")
			}
			continue
		}
		rest := skipSpace(buf, to)
		if rest == len(buf) && !eof {
			continue
		}
		return p.rows.from + int64(to), rest == len(buf), nil
	}
}

// heading takes the names of a list of lists from the first, if that holds
// only strings and is a heading by the rules for delimited text.
func (p *jsonPlan) heading(ctx context.Context, j *judge) error {
	var first [][]byte
	var next place
	k := &jsonCounter{fields: p.fields(), c: j.classifier}
	seen := map[int]bool{}
	w := p.rows.walk(place{p.rows.from, p.rows.line})
	n := 0
	err := w.each(ctx, func(rec []byte, at place) error {
		if n++; n == 1 {
			all := rec[0] == '['
			if all {
				elements(rec, func(v []byte) bool {
					if all = v[0] == '"'; all {
						first = append(first, bytes.Clone(unquote(v, nil)))
					}
					return all
				})
			}
			if !all || len(first) == 0 {
				first = nil
				return errDone
			}
			return nil
		}
		if n == 2 {
			next = at
		}
		i := 0
		if rec[0] == '[' {
			elements(rec, func(v []byte) bool {
				if i < len(first) && v[0] == '"' && bytes.Equal(unquote(v, nil), first[i]) {
					seen[i] = true
				}
				i++
				return true
			})
		}
		if n > sampleRecords {
			return errDone
		}
		return k.add(rec, at)
	})
	if err != nil && !errors.Is(err, errDone) {
		return err
	}
	by := noHeading
	if first != nil {
		for len(k.columns) < len(first) {
			k.columns = append(k.columns, column{})
		}
		by = j.headingOf(first, k.columns[:len(first)], n-1, func(i int) bool { return seen[i] })
		if j.header == "yes" {
			by = byFlag
		}
	}
	p.takeHeading(first, by, next, w)
	return nil
}

func (p *jsonPlan) takeHeading(first [][]byte, by proof, next place, w *walker) {
	switch by {
	case noHeading:
		p.notes = append(p.notes, note{"heading", "none: the columns are numbered"})
		return
	case byYears:
		p.notes = append(p.notes, note{"heading", "the first list, by its years over numbers that are none"})
	case byText:
		p.notes = append(p.notes, note{"heading", "the first list, a guess: all text, here and below"})
	}
	raw := make([]string, len(first))
	for i, name := range first {
		raw[i] = string(name)
	}
	names, told := naming(raw, len(raw), true)
	if len(told) > 0 {
		p.notes = append(p.notes, note{"heading", "renamed: " + joined(told, 20)})
	}
	p.names = names
	if next == (place{}) { // no other list: go to the end of the first
		next = place{w.base + int64(w.pos), w.line}
		p.rows.past = true
	}
	p.rows.from, p.rows.line = next.at, next.line
}

// wrappers are the keys under which a wrapper mostly has its rows.
var wrappers = []string{"data", "results", "items", "records", "rows", "features", "values", "value"}

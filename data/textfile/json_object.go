package textfile

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
)

// member is one key of an object with its value.
type member struct {
	key   string
	value []byte
	at    int // of the value in the object
}

func membersOf(obj []byte) []member {
	var out []member
	members(obj, func(key, value []byte) {
		out = append(out, member{string(unquote(key, nil)), value, cap(obj) - cap(value)})
	})
	return out
}

// planObject finds the rows of a text that is one object, which begins at an
// offset and a line of it.
func (p *jsonPlan) planObject(obj []byte, at int64, line int) error {
	all := membersOf(obj)
	by := map[string]member{}
	for _, m := range all {
		by[m.key] = m
	}
	is := func(key string, first byte) bool { m, ok := by[key]; return ok && m.value[0] == first }
	switch kind := string(by["type"].value); {
	case kind == `"FeatureCollection"` && is("features", '['):
		p.geo = &geography{}
		p.within(obj, by["features"], at, line)
	case kind == `"Feature"` && is("properties", '{') || kind == `"Feature"` && is("geometry", '{'):
		p.geo = &geography{}
	case allOf(all, func(m member) bool { return m.value[0] == '[' && scalars(m.value) }) && equallyLong(all):
		p.say("an object of lists, each of them a column")
		return p.turned(namesOf(all), func(emit func(row []byte) error) error { return lockstep(all, emit) })
	case is("columns", '[') && is("data", '[') && onlyKeys(all, "columns", "data", "index"):
		return p.split(by)
	case is("schema", '{') && is("data", '[') && onlyKeys(all, "schema", "data"):
		p.say("pandas' table, the records are under data")
		p.within(obj, by["data"], at, line)
	case len(all) > 0 && allOf(all, func(m member) bool { return m.value[0] == '{' && flat(m.value) }):
		return p.nested(all)
	default:
		p.wrapper(obj, all, at, line)
	}
	return nil
}

// within takes the elements of a list in the text as the rows.
func (p *jsonPlan) within(obj []byte, list member, at int64, line int) {
	from := list.at + 1
	p.rows = jsonRows{src: p.rows.src, from: at + int64(from), line: line + bytes.Count(obj[:from], []byte{'\n'}), list: true, past: true}
}

// wrapper takes the list of objects or lists under one of the usual keys, else
// the longest one, as the rows; without any the object is one row.
func (p *jsonPlan) wrapper(obj []byte, all []member, at int64, line int) {
	var found *member
	best := -1
	for i := range all {
		m := &all[i]
		if m.value[0] != '[' || !tabular(m.value) {
			continue
		}
		place := slices.Index(wrappers, m.key)
		if place < 0 {
			place = len(wrappers)
		}
		switch {
		case found == nil, place < best, place == best && place == len(wrappers) && length(m.value) > length(found.value):
			found, best = m, place
		}
	}
	if found == nil {
		p.say("one object, one row")
		return
	}
	var others []string
	for _, m := range all {
		if m.key != found.key {
			others = append(others, strconv.Quote(oneLine(m.key)))
		}
	}
	note := fmt.Sprintf("the rows are under %q", oneLine(found.key))
	if len(others) > 0 {
		note += ", left out are " + joined(others, 20)
	}
	p.say("%s", note)
	p.within(obj, *found, at, line)
	p.lists = found.value[skipSpace(found.value, 1)] == '['
}

// tabular reports whether a list holds objects alone, or lists alone.
func tabular(list []byte) bool {
	kind, same := byte(0), true
	elements(list, func(v []byte) bool {
		if kind == 0 {
			kind = v[0]
		}
		same = v[0] == kind && (kind == '{' || kind == '[')
		return same
	})
	return kind != 0 && same
}

func length(list []byte) (n int) {
	elements(list, func([]byte) bool { n++; return true })
	return n
}

func allOf(all []member, is func(member) bool) bool {
	for _, m := range all {
		if !is(m) {
			return false
		}
	}
	return len(all) > 0
}

func onlyKeys(all []member, keys ...string) bool {
	return allOf(all, func(m member) bool { return slices.Contains(keys, m.key) })
}

func namesOf(all []member) []string {
	out := make([]string, len(all))
	for i, m := range all {
		out[i] = m.key
	}
	return out
}

func scalar(v []byte) bool { return v[0] != '{' && v[0] != '[' }

func scalars(list []byte) bool {
	ok := true
	elements(list, func(v []byte) bool { ok = scalar(v); return ok })
	return ok
}

func flat(obj []byte) bool {
	ok := true
	members(obj, func(_, v []byte) { ok = ok && scalar(v) })
	return ok
}

func equallyLong(all []member) bool {
	for _, m := range all[1:] {
		if length(m.value) != length(all[0].value) {
			return false
		}
	}
	return true
}

// turned writes rows, each a list, into a copy, which then is the text of the
// rows.
func (p *jsonPlan) turned(raw []string, rows func(emit func(row []byte) error) error) error {
	names, told := naming(raw, len(raw), true)
	if len(told) > 0 {
		p.notes = append(p.notes, note{"heading", "renamed: " + joined(told, 20)})
	}
	p.names, p.lists = names, true
	s := &Spool{}
	p.closes = append(p.closes, s.Close)
	var buf []byte
	err := rows(func(row []byte) error {
		buf = append(append(buf, row...), '\n')
		if len(buf) < readBlock {
			return nil
		}
		_, err := s.Write(buf)
		buf = buf[:0]
		return err
	})
	if err == nil {
		_, err = s.Write(buf)
	}
	p.rows = jsonRows{src: &source{ReaderAt: s, size: s.size, checked: true, text: s}, line: 1}
	return err
}

// cursor goes through the elements of a list or the members of an object.
type cursor struct {
	b []byte
	i int
}

// next gives the next element, nil behind the last.
func (c *cursor) next() []byte {
	c.i = skipSpace(c.b, c.i)
	if c.b[c.i] == ',' || c.i == 0 {
		c.i = skipSpace(c.b, c.i+1)
	}
	if c.b[c.i] == ']' || c.b[c.i] == '}' {
		return nil
	}
	from := c.i
	c.i, _ = skipValue(c.b, from, 0)
	return c.b[from:c.i]
}

// pair gives the next key, as it is written, and its value.
func (c *cursor) pair() (key, value []byte) {
	if key = c.next(); key == nil {
		return nil, nil
	}
	c.i = skipSpace(c.b, skipSpace(c.b, c.i)+1) // the colon
	from := c.i
	c.i, _ = skipValue(c.b, from, 0)
	return key, c.b[from:c.i]
}

// lockstep turns lists of equal length into rows.
func lockstep(all []member, emit func(row []byte) error) error {
	columns := make([]cursor, len(all))
	for i, m := range all {
		columns[i].b = m.value
	}
	for {
		row := []byte{'['}
		for i := range columns {
			v := columns[i].next()
			if v == nil {
				return nil
			}
			if i > 0 {
				row = append(row, ',')
			}
			row = append(row, v...)
		}
		if err := emit(append(row, ']')); err != nil {
			return err
		}
	}
}

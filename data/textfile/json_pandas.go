package textfile

import (
	"errors"
	"strconv"

	"github.com/authtabs/tabgate/data/frame"
)

// split takes what pandas writes with orient="split". The index is a column,
// unless it counts from 0.
func (p *jsonPlan) split(by map[string]member) error {
	p.say("pandas' split, a list of rows beside the names")
	var raw []string
	elements(by["columns"].value, func(v []byte) bool {
		if v[0] == '"' {
			raw = append(raw, string(unquote(v, nil)))
		} else {
			raw = append(raw, string(compact(nil, v)))
		}
		return true
	})
	index := cursor{b: by["index"].value}
	with := len(index.b) > 0 && index.b[0] == '[' && !counting(index.b)
	if with {
		raw = append([]string{"index"}, raw...)
	}
	return p.turned(raw, func(emit func(row []byte) error) error {
		var err error
		elements(by["data"].value, func(v []byte) bool {
			if with {
				label := index.next()
				if label == nil {
					label = []byte("null")
				}
				if v[0] != '[' {
					v = append(append([]byte{'['}, v...), ']')
				}
				rest := v[skipSpace(v, 1):]
				row := append([]byte{'['}, label...)
				if rest[0] != ']' {
					row = append(row, ',')
				}
				v = append(row, rest...)
			}
			err = emit(oneLineJSON(v))
			return err == nil
		})
		return err
	})
}

// oneLineJSON is a value without line ends.
func oneLineJSON(v []byte) []byte { return compact(nil, v) }

// counting reports whether a list is 0, 1, 2 and so on.
func counting(list []byte) bool {
	n, ok := 0, true
	elements(list, func(v []byte) bool {
		ok = string(v) == strconv.Itoa(n)
		n++
		return ok
	})
	return ok
}

// countingKeys reports whether the keys of an object are 0, 1, 2 and so on.
func countingKeys(obj []byte) bool {
	n, ok := 0, true
	members(obj, func(key, _ []byte) {
		ok = ok && string(key) == `"`+strconv.Itoa(n)+`"`
		n++
	})
	return ok && n > 0
}

// nested plans an object of objects of scalars: its members are the columns if
// their keys count from 0 and its own do not; the rows if its own count from
// 0. Else they are columns if each of them has values of one kind and the
// fields across them do not; otherwise rows. Keys that do not count are a
// column.
func (p *jsonPlan) nested(all []member) error {
	inner := allOf(all, func(m member) bool { return countingKeys(m.value) })
	outer := true
	for i, m := range all {
		outer = outer && m.key == strconv.Itoa(i)
	}
	switch {
	case inner && !outer:
		p.say("an object of columns, as pandas writes it")
		return p.columns(all, false)
	case outer:
		p.say("an object of rows, by their number")
		return p.records(all, false)
	case oneKind(all) && !fieldsOfOneKind(all):
		p.say("an object of columns, the keys of the rows are in the column index")
		return p.columns(all, true)
	}
	p.say("an object of rows, their keys are in the column index")
	return p.records(all, true)
}

// valueKind is what a scalar is: null is 0.
func valueKind(v []byte) byte {
	switch v[0] {
	case 'n', 'N':
		return 0
	case '"':
		return '"'
	case 't', 'f':
		return 't'
	}
	return '0'
}

// oneKind reports whether each inner object has values of one kind.
func oneKind(all []member) bool {
	return allOf(all, func(m member) bool {
		kind, same := byte(0), true
		members(m.value, func(_, v []byte) {
			k := valueKind(v)
			same = same && (k == 0 || kind == 0 || k == kind)
			if k != 0 {
				kind = k
			}
		})
		return same
	})
}

// fieldsOfOneKind reports whether the values of each key across the inner
// objects are of one kind.
func fieldsOfOneKind(all []member) bool {
	kinds, same := map[string]byte{}, true
	for _, m := range all {
		members(m.value, func(key, v []byte) {
			k := valueKind(v)
			if old := kinds[string(key)]; old != 0 && k != 0 && old != k {
				same = false
			}
			if k != 0 {
				kinds[string(key)] = k
			}
		})
	}
	return same
}

// records takes the inner objects as the rows, behind their keys or not.
func (p *jsonPlan) records(all []member, index bool) error {
	err := p.turned(nil, func(emit func(row []byte) error) error {
		for _, m := range all {
			row := m.value
			if index {
				row = append([]byte(`{"index":`), frame.AppendQuoted(nil, []byte(m.key))...)
				if rest := m.value[skipSpace(m.value, 1):]; rest[0] != '}' {
					row = append(append(row, ','), rest...)
				} else {
					row = append(row, '}')
				}
			}
			if err := emit(oneLineJSON(row)); err != nil {
				return err
			}
		}
		return nil
	})
	p.names, p.lists = nil, false
	return err
}

// maxTurned is the largest JSON text whose columns are put together by keys in
// memory.
const maxTurned = 32 << 20

// columns takes the inner objects as the columns. Their keys mostly are the
// same in the same order; else rows are put together by key.
func (p *jsonPlan) columns(all []member, index bool) error {
	names := namesOf(all)
	if index {
		names = append([]string{"index"}, names...)
	}
	if sameKeys(all) {
		return p.turned(names, func(emit func(row []byte) error) error { return sideBySide(all, index, emit) })
	}
	size := 0
	for _, m := range all {
		size += len(m.value)
	}
	if size > maxTurned {
		return errors.New(`its columns have different keys and are too large to be put together: write it with orient="records"`)
	}
	var keys []string
	row := map[string]int{}
	values := make([]map[int][]byte, len(all))
	for i, m := range all {
		values[i] = map[int][]byte{}
		members(m.value, func(key, v []byte) {
			at, ok := row[string(key)]
			if !ok {
				at = len(keys)
				row[string(key)] = at
				keys = append(keys, string(key))
			}
			values[i][at] = v
		})
	}
	return p.turned(names, func(emit func(row []byte) error) error {
		for at, key := range keys {
			line := []byte{'['}
			if index {
				line = append(line, key...)
			}
			for i := range all {
				if len(line) > 1 {
					line = append(line, ',')
				}
				if v := values[i][at]; v != nil {
					line = append(line, v...)
				} else {
					line = append(line, "null"...)
				}
			}
			if err := emit(append(line, ']')); err != nil {
				return err
			}
		}
		return nil
	})
}

// sameKeys reports whether all inner objects have the same keys in one order.
func sameKeys(all []member) bool {
	columns := make([]cursor, len(all))
	for i, m := range all {
		columns[i].b = m.value
	}
	for {
		first, _ := columns[0].pair()
		for i := range columns[1:] {
			key, _ := columns[i+1].pair()
			if string(key) != string(first) {
				return false
			}
		}
		if first == nil {
			return true
		}
	}
}

func sideBySide(all []member, index bool, emit func(row []byte) error) error {
	columns := make([]cursor, len(all))
	for i, m := range all {
		columns[i].b = m.value
	}
	for {
		row := []byte{'['}
		for i := range columns {
			key, v := columns[i].pair()
			if key == nil {
				return nil
			}
			if i == 0 && index {
				row = append(append(row, key...), ',')
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

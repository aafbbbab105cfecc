package textfile

import (
	"bytes"
	"fmt"

	"github.com/authtabs/tabgate/data/frame"
)

// maxLevels is how many keys make one name, a.b.c: what is deeper stays JSON.
const maxLevels = 8

// node is a key of an object, with those of the objects under it.
type node struct {
	name     string // of its column: the keys from the top
	column   int    // -1 = none yet
	children map[string]*node
}

func (n *node) child(key []byte) *node {
	c := n.children[string(key)]
	if c == nil {
		c = &node{column: -1, name: string(key)}
		if n.name != "" {
			c.name = n.name + "." + c.name
		}
		if n.children == nil {
			n.children = map[string]*node{}
		}
		n.children[string(key)] = c
	}
	return c
}

// fields are the columns of JSON records, in order of first appearance, and
// how a record is split into them.
type fields struct {
	root    node
	names   []string
	byName  map[string]int
	seen    []int // the last record that had the column
	places  []int // of the columns of lists; nil where records are no lists
	lists   bool  // records are lists
	record  int
	twice   spot // records with a key that comes twice
	geo     *geography
	frozen  bool // no column is added
	scratch []byte
}

func newFields() *fields { return &fields{root: node{column: -1}, byName: map[string]int{}} }

// column is the place of a column by its name, made if it is new; -1 when
// none is added any more.
func (f *fields) column(name string) int {
	if i, ok := f.byName[name]; ok {
		return i
	}
	if f.frozen {
		return -1
	}
	f.byName[name] = len(f.names)
	f.names = append(f.names, name)
	f.seen = append(f.seen, -1)
	return len(f.names) - 1
}

// free is the column of a name in this record: of the second of that name, its
// name with _2.
func (f *fields) free(column int, name string) int {
	if column < 0 || f.seen[column] != f.record {
		return column
	}
	if f.twice.count == 0 || f.twice.line != f.record {
		f.twice.add(f.record)
	}
	for n := 2; ; n++ {
		column = f.column(fmt.Sprintf("%s_%d", name, n))
		if column < 0 || f.seen[column] != f.record {
			return column
		}
	}
}

// split calls visit for each value of a record with its column: an object's by
// key, a list's by place where records are lists, and any other as the column
// "value".
func (f *fields) split(rec []byte, visit func(column int, value []byte)) {
	f.record++
	switch {
	case rec[0] == '{' && f.geo != nil:
		f.geo.split(f, rec, visit)
	case rec[0] == '{':
		f.object(&f.root, rec, 1, visit)
	case rec[0] == '[' && f.lists:
		i := 0
		elements(rec, func(value []byte) bool {
			f.place(i, value, visit)
			i++
			return true
		})
	default:
		f.give(f.column("value"), "value", rec, visit)
	}
}

// place gives the value at a place of a list.
func (f *fields) place(i int, value []byte, visit func(column int, value []byte)) {
	for i >= len(f.places) {
		f.places = append(f.places, f.column(fmt.Sprintf("column%d", len(f.places)+1)))
	}
	if c := f.places[i]; c >= 0 {
		f.give(c, f.names[c], value, visit)
	}
}

// object gives the members of an object, and those of objects in it.
func (f *fields) object(n *node, obj []byte, level int, visit func(column int, value []byte)) {
	members(obj, func(key, value []byte) {
		f.scratch = append(f.scratch[:0], unquote(key, f.scratch)...)
		c := n.child(f.scratch)
		if value[0] == '{' && level < maxLevels && skipSpace(value, 1) < len(value)-1 {
			f.object(c, value, level+1, visit)
			return
		}
		if c.column < 0 {
			c.column = f.column(c.name)
		}
		f.give(c.column, c.name, value, visit)
	})
}

func (f *fields) give(column int, name string, value []byte, visit func(column int, value []byte)) {
	if column = f.free(column, name); column < 0 {
		return
	}
	f.seen[column] = f.record
	visit(column, value)
}

// jsonClass is the class of a JSON value, and its text. Null has no class.
func jsonClass(c *classifier, value, scratch []byte) (cl class, text []byte, null bool) {
	switch value[0] {
	case '"':
		text = unquote(value, scratch)
		cl = c.class(text)
		cl.from = asString
		return cl, text, false
	case '{', '[':
		return class{kind: words, from: asNested}, value, false
	case 'n':
		return cl, nil, true
	case 't', 'f':
		return class{kind: boolean, from: asTruth}, value, false
	case 'N':
		return class{kind: marker, from: asNaN}, value, false
	case 'I':
		return class{kind: infinity, from: asNumber}, value, false
	}
	if bytes.HasPrefix(value, []byte("-I")) {
		return class{kind: infinity, from: asNumber}, value, false
	}
	cl = numberClass(value)
	cl.reads &= pointNone
	cl.flags &^= groupPoint
	cl.from = asNumber
	return cl, value, false
}

// decideJSON decides about a column of JSON values.
func (c *column) decideJSON(a asked) *decision {
	a.inRows = true
	var by [asNaN + 1]int
	for _, t := range c.tallies {
		by[t.class.from] += t.count
	}
	values := &column{}
	for _, t := range c.tallies {
		if t.class.from != asNaN {
			values.tallies = append(values.tallies, t)
		}
	}
	d := &decision{inRows: true}
	kinds := 0
	for _, n := range []int{by[asString], by[asNumber], by[asTruth], by[asNested]} {
		if n > 0 {
			kinds++
		}
	}
	switch {
	case kinds == 1 && by[asNested] > 0:
		d.kind = frame.JSON
	case kinds == 1:
		d = values.decide(a)
		if d.kind.Numeric() {
			values.tellStrings(d)
		}
	case kinds == 2 && by[asString] > 0 && by[asNumber] > 0:
		if d = values.decide(a); !d.kind.Numeric() {
			d = values.mixed()
			break
		}
		values.tellStrings(d)
	case kinds > 1:
		d = values.mixed()
	}
	n := values.counts()
	if d.values = n.cells; !d.typed() {
		d.values += n.markers + n.blank + n.empty // an empty string is text
	}
	if t, n := c.first(func(cl class) bool { return cl.from == asNaN }); n > 0 {
		d.say("%d NaN read as missing, first on line %d", n, t.line)
	}
	return d
}

// tellStrings says how many strings were read as numbers.
func (c *column) tellStrings(d *decision) {
	_, n := c.first(func(cl class) bool { return cl.from == asString && (cl.kind == numeric || cl.kind == infinity) })
	if n > 0 {
		d.say("%s read as numbers", count(n, "string is", "strings are"))
	}
}

// mixed is text as written, of values of several kinds.
func (c *column) mixed() *decision {
	d := &decision{inRows: true, written: true}
	names := []struct {
		one, many string
		from      from
	}{{"string", "strings", asString}, {"number", "numbers", asNumber}, {"boolean", "booleans", asTruth}, {"list or object", "lists or objects", asNested}}
	most, text := 0, ""
	var usual from
	for _, k := range names {
		_, n := c.first(func(cl class) bool { return cl.from == k.from })
		if n == 0 {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += count(n, k.one, k.many)
		if n > most {
			most, usual = n, k.from
		}
	}
	t, _ := c.first(func(cl class) bool { return cl.from != usual })
	d.say("text as written: %s, first other on line %d: %q", text, t.line, t.text)
	return d
}

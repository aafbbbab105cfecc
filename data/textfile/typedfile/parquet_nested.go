package typedfile

import (
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/authtabs/tabgate/data/frame"
)

// fillNested appends n rows of a list or a map as JSON text.
func (f *field) fillNested(v *frame.Vector, readers []*valueReader, n int) error {
	a := &assembly{leaves: f.leaves, readers: readers}
	for range n {
		text, null, err := a.row(f.node)
		if err != nil {
			return err
		}
		if null {
			v.AppendNull()
		} else {
			v.AppendText(text)
		}
	}
	return nil
}

// assembly puts records together from the levels of their leaves, as the paper
// on Dremel has it.
type assembly struct {
	leaves  []*leaf
	readers []*valueReader
	cell    frame.Vector
}

// row is the next row of a node, and whether it is null.
func (a *assembly) row(c *parquet.Column) (text []byte, null bool, err error) {
	first := 0
	v, ok, err := a.readers[first].peek()
	if err != nil {
		return nil, false, err
	}
	if !ok {
		return nil, false, io.ErrUnexpectedEOF
	}
	if !c.Repeated() && v.DefinitionLevel() < c.MaxDefinitionLevel() {
		return nil, true, a.skip(0, len(a.leaves))
	}
	text, _, err = a.node(nil, c, first)
	return text, false, err
}

// node appends a node whose first leaf is the one given, and returns the leaf
// behind its last.
func (a *assembly) node(dst []byte, c *parquet.Column, first int) ([]byte, int, error) {
	if c.Repeated() {
		return a.list(dst, c, first, func(dst []byte) ([]byte, int, error) { return a.value(dst, c, first) })
	}
	v, _, err := a.readers[first].peek()
	if err != nil {
		return dst, 0, err
	}
	if c.Optional() && v.DefinitionLevel() < c.MaxDefinitionLevel() {
		end := first + leavesOf(c)
		return append(dst, "null"...), end, a.skip(first, end)
	}
	return a.value(dst, c, first)
}

// value appends what a node holds, once it is known not to be null.
func (a *assembly) value(dst []byte, c *parquet.Column, first int) ([]byte, int, error) {
	if c.Leaf() {
		r := a.readers[first]
		v, ok, err := r.peek()
		if err != nil || !ok {
			return dst, 0, orEnd(err)
		}
		r.at++
		l := a.leaves[first]
		a.cell.Reset(l.kind)
		l.read(v, &a.cell)
		return a.cell.AppendJSON(dst, 0), first + 1, nil
	}
	children := c.Columns()
	if lt := c.Type().LogicalType(); lt != nil && len(children) == 1 && children[0].Repeated() {
		switch lt.Value.(type) {
		case *format.ListType:
			return a.listType(dst, children[0], first)
		case *format.MapType:
			return a.mapType(dst, children[0], first)
		}
	}
	return a.group(dst, children, first)
}

// group appends an object.
func (a *assembly) group(dst []byte, children []*parquet.Column, first int) ([]byte, int, error) {
	dst = append(dst, '{')
	for i, child := range children {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(frame.AppendQuoted(dst, []byte(child.Name())), ':')
		var err error
		if dst, first, err = a.node(dst, child, first); err != nil {
			return dst, first, err
		}
	}
	return append(dst, '}'), first, nil
}

// listType appends a list of the three levels that the format wants, or of the
// two that old writers made.
func (a *assembly) listType(dst []byte, repeated *parquet.Column, first int) ([]byte, int, error) {
	return a.list(dst, repeated, first, func(dst []byte) ([]byte, int, error) {
		if inner := repeated.Columns(); len(inner) == 1 && repeated.Name() != "array" {
			return a.node(dst, inner[0], first)
		}
		return a.value(dst, repeated, first)
	})
}

// mapType appends a map as a list of objects with key and value.
func (a *assembly) mapType(dst []byte, repeated *parquet.Column, first int) ([]byte, int, error) {
	return a.list(dst, repeated, first, func(dst []byte) ([]byte, int, error) {
		return a.group(dst, repeated.Columns(), first)
	})
}

// list appends the repetitions of a node.
func (a *assembly) list(dst []byte, repeated *parquet.Column, first int, element func([]byte) ([]byte, int, error)) ([]byte, int, error) {
	end := first + leavesOf(repeated)
	v, _, err := a.readers[first].peek()
	if err != nil {
		return dst, 0, err
	}
	dst = append(dst, '[')
	if v.DefinitionLevel() < repeated.MaxDefinitionLevel() {
		return append(dst, ']'), end, a.skip(first, end)
	}
	for i := 0; ; i++ {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, _, err = element(dst); err != nil {
			return dst, 0, err
		}
		v, ok, err := a.readers[first].peek()
		if err != nil {
			return dst, 0, err
		}
		if !ok || v.RepetitionLevel() != repeated.MaxRepetitionLevel() {
			return append(dst, ']'), end, nil
		}
	}
}

// skip takes one value off each leaf: the whole is null there.
func (a *assembly) skip(from, to int) error {
	for i := from; i < to; i++ {
		if _, ok, err := a.readers[i].peek(); err != nil || !ok {
			return orEnd(err)
		}
		a.readers[i].at++
	}
	return nil
}

func orEnd(err error) error {
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}

// leavesOf counts the leaves of a node.
func leavesOf(c *parquet.Column) int {
	if c.Leaf() {
		return 1
	}
	n := 0
	for _, child := range c.Columns() {
		n += leavesOf(child)
	}
	return n
}

package typedfile

import "github.com/authtabs/tabgate/data/frame"

// fillNested appends n rows of a list or a map as JSON text.
func (f *field) fillNested(v *frame.Vector, readers []*valueReader, n int) {
	a := &assembly{leaves: f.leaves, readers: readers}
	for range n {
		if !f.node.repeated && readers[0].def() < f.node.maxDef {
			a.skip(0, len(a.leaves))
			v.AppendNull()
			continue
		}
		a.text, _ = a.node(a.text[:0], f.node, 0)
		v.AppendText(a.text)
	}
}

// assembly puts records together from the levels of their leaves, as the paper
// on Dremel has it.
type assembly struct {
	leaves  []*leaf
	readers []*valueReader
	cell    frame.Vector
	text    []byte
}

// node appends a node whose first leaf is the one given, and returns the leaf
// behind its last.
func (a *assembly) node(dst []byte, n *node, first int) ([]byte, int) {
	if n.repeated {
		return a.list(dst, n, first, func(dst []byte) []byte { dst, _ = a.value(dst, n, first); return dst })
	}
	if end := first + n.countLeaves(); end == first {
		return append(dst, "{}"...), end
	} else if n.optional && a.readers[first].def() < n.maxDef {
		a.skip(first, end)
		return append(dst, "null"...), end
	}
	return a.value(dst, n, first)
}

// value appends what a node holds, once it is known not to be null.
func (a *assembly) value(dst []byte, n *node, first int) ([]byte, int) {
	if n.leaf >= 0 {
		r, l := a.readers[first], a.leaves[first]
		if r.def() < n.maxDef {
			panic("levels that do not fit together")
		}
		a.cell.Reset(l.kind)
		l.read(&r.pages.page, r.value, &a.cell)
		r.step()
		return a.cell.AppendJSON(dst, 0), first + 1
	}
	if len(n.children) == 1 && n.children[0].repeated {
		switch n.logical.kind {
		case logicalList:
			return a.listType(dst, n.children[0], first)
		case logicalMap:
			return a.list(dst, n.children[0], first, func(dst []byte) []byte {
				dst, _ = a.group(dst, n.children[0].children, first)
				return dst
			})
		}
	}
	return a.group(dst, n.children, first)
}

// group appends an object.
func (a *assembly) group(dst []byte, children []*node, first int) ([]byte, int) {
	dst = append(dst, '{')
	for i, child := range children {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(frame.AppendQuoted(dst, []byte(child.name)), ':')
		dst, first = a.node(dst, child, first)
	}
	return append(dst, '}'), first
}

// listType appends a list of the three levels that the format wants, or of the
// two that old writers made.
func (a *assembly) listType(dst []byte, repeated *node, first int) ([]byte, int) {
	return a.list(dst, repeated, first, func(dst []byte) []byte {
		if len(repeated.children) == 1 && repeated.name != "array" {
			dst, _ = a.node(dst, repeated.children[0], first)
		} else {
			dst, _ = a.value(dst, repeated, first)
		}
		return dst
	})
}

// list appends the repetitions of a node.
func (a *assembly) list(dst []byte, repeated *node, first int, element func([]byte) []byte) ([]byte, int) {
	end := first + repeated.countLeaves()
	if end == first {
		return append(dst, "[]"...), end
	}
	dst = append(dst, '[')
	if a.readers[first].def() < repeated.maxDef {
		a.skip(first, end)
		return append(dst, ']'), end
	}
	for i := 0; ; i++ {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = element(dst)
		if rep, ok := a.readers[first].peekRep(); !ok || rep != repeated.maxRep {
			return append(dst, ']'), end
		}
	}
}

// skip takes one value off each leaf: the whole is null there.
func (a *assembly) skip(from, to int) {
	for _, r := range a.readers[from:to] {
		r.step()
	}
}

// countLeaves counts the leaves of a node.
func (n *node) countLeaves() int {
	if n.leaf >= 0 {
		return 1
	}
	count := 0
	for _, child := range n.children {
		count += child.countLeaves()
	}
	return count
}

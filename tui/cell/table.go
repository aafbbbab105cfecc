package cell

import (
	"strings"
	"unicode/utf8"
)

// A table holds the texts of a grid that do not fit into its cells: clusters
// of several runes, and the addresses of links.
type table struct {
	clusters numbered
	links    numbered
	cells    []Cell // whose texts these are
	epoch    uint64
}

// mostUnused is how many texts that no cell holds any more a table may keep.
const mostUnused = 4096

// maxLink is the length in bytes of the longest address that a link may have.
const maxLink = 2048

// reset forgets all texts, for cells that hold none.
func (t *table) reset(cells []Cell) {
	t.clusters.reset()
	t.links.reset()
	t.cells = cells
	t.epoch++
}

// cluster returns the number of a cluster.
func (t *table) cluster(s string) uint32 {
	t.renumber()
	return t.clusters.number(s)
}

// link returns the number of an address, 0 for none and for one that must not
// stand in an escape sequence.
func (t *table) link(url string) uint16 {
	if url == "" || len(url) > maxLink || !printable(url) {
		return 0
	}
	t.renumber()
	if len(t.links.texts) > 1<<16-2 {
		return 0
	}
	return uint16(t.links.number(url))
}

func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// empty reports whether cells may have no number.
func (t *table) empty() bool { return len(t.clusters.texts)+len(t.links.texts) == 0 }

// renumber forgets the texts that no cell holds when there may be many.
func (t *table) renumber() {
	if most := mostUnused + len(t.cells); len(t.clusters.texts) < most && len(t.links.texts) < most {
		return
	}
	old := *t
	*t = table{cells: t.cells, epoch: t.epoch + 1}
	t.adopt(t.cells, &old)
}

// adopt replaces the numbers that cells have from another table by this
// table's own.
func (t *table) adopt(cells []Cell, from *table) {
	for i := range cells {
		c := &cells[i]
		if c.text&(inTable|tail) == inTable {
			c.text = inTable | t.clusters.number(from.clusters.texts[c.text&^inTable])
		}
		if c.link != 0 {
			c.link = uint16(t.links.number(from.links.texts[c.link]))
		}
	}
}

// numbered are different texts, numbered from 1.
type numbered struct {
	texts []string
	index map[string]uint32
}

func (n *numbered) reset() {
	clear(n.texts)
	n.texts = n.texts[:0]
	clear(n.index)
}

func (n *numbered) number(s string) uint32 {
	if i, ok := n.index[s]; ok {
		return i
	}
	if n.index == nil {
		n.index = map[string]uint32{}
	}
	if len(n.texts) == 0 {
		n.texts = append(n.texts, "")
	}
	s = strings.Clone(s)
	i := uint32(len(n.texts))
	n.texts = append(n.texts, s)
	n.index[s] = i
	return i
}

// code returns how a cell holds a text, which is one cluster.
func (t *table) code(s string) uint32 {
	if s == " " {
		return 0
	}
	if r, n := utf8.DecodeRuneInString(s); n == len(s) {
		return uint32(r)
	}
	return inTable | t.cluster(s)
}

package textfile

// maxClasses bounds what is kept of a column. Cells of further classes count
// as words: with so many classes a column is text anyway.
const maxClasses = 200

// maxSample is how much of a cell is kept to be quoted in a note, in bytes.
const maxSample = 48

// tally counts the cells of one class in a column.
type tally struct {
	class class
	count int
	line  int    // of the first
	text  string // the first, cut at maxSample
}

// column is what is known of the cells of one column: how many there are of
// each class. All types that it could have follow from that, so two parts of
// a file can be counted apart and merged.
type column struct {
	tallies []tally
	last    int // the tally of the last cell
}

// newColumns are n columns with room for what most of them have: two classes.
func newColumns(n int) []column {
	const usual = 2
	columns, room := make([]column, n), make([]tally, usual*n)
	for i := range columns {
		columns[i].tallies = room[usual*i : usual*i : usual*(i+1)]
	}
	return columns
}

// add counts a cell of a class that stands on a line.
func (c *column) add(cl class, line int, cell []byte) {
	if c.last < len(c.tallies) && c.tallies[c.last].class == cl {
		c.tallies[c.last].count++
		return
	}
	c.addOther(tally{class: cl, count: 1, line: line}, cell)
}

func (c *column) addOther(t tally, cell []byte) {
	if i := c.find(t.class); i >= 0 {
		c.tallies[i].count += t.count
		if t.line < c.tallies[i].line {
			c.tallies[i].line, c.tallies[i].text = t.line, t.text
		}
		c.last = i
		return
	}
	if len(c.tallies) >= maxClasses && t.class.kind != words && t.class.kind != empty {
		t.class = class{kind: words}
		c.addOther(t, cell)
		return
	}
	if cell != nil {
		t.text = sampleOf(cell)
	}
	c.tallies = append(c.tallies, t)
	c.last = len(c.tallies) - 1
}

func (c *column) find(cl class) int {
	for i := range c.tallies {
		if c.tallies[i].class == cl {
			return i
		}
	}
	return -1
}

// merge adds what another part of the file knows of the column.
func (c *column) merge(o *column) {
	for _, t := range o.tallies {
		c.addOther(t, nil)
	}
}

// without is the column without one cell of a class, which it has.
func (c *column) without(cl class) *column {
	out := &column{tallies: make([]tally, 0, len(c.tallies))}
	for _, t := range c.tallies {
		if t.class == cl {
			t.count--
		}
		if t.count > 0 {
			out.tallies = append(out.tallies, t)
		}
	}
	return out
}

// sampleOf is a cell to be quoted, cut at a character.
func sampleOf(cell []byte) string {
	if len(cell) <= maxSample {
		return string(cell)
	}
	cut := maxSample
	for cut > 0 && cell[cut]&0xc0 == 0x80 {
		cut--
	}
	return string(cell[:cut]) + "…"
}

// counts sums tallies up.
type counts struct {
	cells    int // neither empty nor blank nor markers
	markers  int
	empty    int
	blank    int
	byKind   [month + 1]int
	allFlags flags // those that all cells have
	anyFlags flags // those that some cell has
	reads    readings
	finite   int
}

func (c *column) counts() counts {
	n := counts{allFlags: ^flags(0), reads: ^readings(0)}
	for _, t := range c.tallies {
		n.byKind[t.class.kind] += t.count
		switch t.class.kind {
		case empty:
			n.empty += t.count
			continue
		case blank:
			n.blank += t.count
			continue
		case marker:
			n.markers += t.count
			continue
		}
		n.cells += t.count
		if t.class.kind == infinity {
			continue
		}
		n.finite += t.count
		n.allFlags &= t.class.flags
		n.anyFlags |= t.class.flags
		n.reads &= t.class.reads
	}
	return n
}

// first is the first cell by line of those that ask fits.
func (c *column) first(ask func(class) bool) (found tally, count int) {
	for _, t := range c.tallies {
		if !ask(t.class) {
			continue
		}
		if count == 0 || t.line < found.line {
			found = t
		}
		count += t.count
	}
	return found, count
}

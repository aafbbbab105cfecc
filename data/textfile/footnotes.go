package textfile

// footnotes takes the lines at the end that are no rows out of what was
// counted: up to maxFootnotes after a blank line, with one cell alone or, of
// three columns and more, only the first filled.
func (k *counted) footnotes(src *source, l *layout, j *judge) error {
	width := max(l.width, len(l.raw))
	if l.d.delimiter == 0 || width < 2 || k.rows < 2 {
		return nil
	}
	tail, err := k.tail(src, &l.d, maxFootnotes+1)
	if err != nil {
		return err
	}
	from := len(tail)
	for i := len(tail) - 1; i > 0 && len(tail)-i <= maxFootnotes; i-- {
		if !isFootnote(tail[i].cells, width) {
			break
		}
		if tail[i].gap {
			from = i
		}
	}
	for _, r := range tail[from:] {
		k.remove(r, &l.d, j.classifier)
	}
	return nil
}

// tailRow is one of the last rows of a text.
type tailRow struct {
	rec   []byte
	cells []span
	line  int
	gap   bool // a blank line stands before it
}

// tail reads the last n rows or more, without their lines' numbers but for
// those that count from the end.
func (k *counted) tail(src *source, d *dialect, n int) ([]tailRow, error) {
	m := len(k.marks) - 1
	for m > 0 && k.rows-k.marks[m].row < n+1 {
		m--
	}
	if src.size-k.marks[m].at > maxTail {
		return nil, nil
	}
	buf := make([]byte, src.size-k.marks[m].at)
	got, _, err := src.read(buf, k.marks[m].at)
	if err != nil {
		return nil, err
	}
	buf = buf[:got]
	var out []tailRow
	q := quirks{literals: k.literals}
	gap, line := false, 1
	for pos := 0; pos < len(buf); {
		q.base = k.marks[m].at + int64(pos)
		w, cells, size := d.next(buf[pos:], true, nil, &q)
		switch w {
		case blankLine:
			gap = true
		case row:
			out = append(out, tailRow{buf[pos : pos+size], cells, line, gap})
			gap = false
		}
		line += lines(buf[pos:pos+size], d.newline())
		pos += size
	}
	for i := range out {
		out[i].line += k.line - line
	}
	return out, nil
}

// maxTail is how much of a text's end is looked at for footnotes, in bytes.
const maxTail = 64 << 20

// remove takes a footnote out of the counts.
func (k *counted) remove(r tailRow, d *dialect, c *classifier) {
	k.rows--
	for len(k.marks) > 0 && k.marks[len(k.marks)-1].row >= k.rows {
		k.marks = k.marks[:len(k.marks)-1]
	}
	for i, sp := range r.cells {
		if sp.from == sp.to || i >= len(k.columns) {
			continue
		}
		k.columns[i] = *k.columns[i].without(c.class(d.text(r.rec, sp, nil)))
	}
	if s, ok := k.short[len(r.cells)]; ok {
		s.count--
		k.short[len(r.cells)] = s
	}
	k.left = append(k.left, Skipped{r.line, "footnote"})
}

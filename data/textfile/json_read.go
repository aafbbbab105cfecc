package textfile

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/authtabs/tabgate/data/frame"
)

// maxDocument is the largest JSON text that is held in memory, because its
// rows do not stand one after the other.
const maxDocument = 256 << 20

// jsonPlan says where the rows of a JSON text are.
type jsonPlan struct {
	format string // "json" or "ndjson"
	rows   jsonRows
	names  []string // of the columns of lists; nil = found in the records
	geo    *geography
	notes  []note
	lists  bool // records are lists, whose first may be the heading
	closes []func() error
}

func (p *jsonPlan) say(format string, a ...any) {
	p.notes = append(p.notes, note{"json", fmt.Sprintf(format, a...)})
}

// jsonCounter counts the values of records by column.
type jsonCounter struct {
	*fields
	c       *classifier
	columns []column
	marks   []jsonMark
	rows    int
	scratch []byte
	cut     spot
}

func (k *jsonCounter) add(rec []byte, p place) error {
	if k.rows%stride == 0 {
		k.marks = append(k.marks, jsonMark{k.rows, p})
	}
	k.rows++
	var err error
	k.split(rec, func(i int, value []byte) {
		if i >= maxColumns {
			err = fmt.Errorf("row %d: more than %d columns: keep fewer, or turn rows and columns around", k.rows, maxColumns)
			return
		}
		for i >= len(k.columns) {
			k.columns = append(k.columns, column{})
		}
		cl, text, null := jsonClass(k.c, value, k.scratch)
		if null {
			return
		}
		if len(text) > maxCell {
			k.cut.add(k.rows)
		}
		k.columns[i].add(cl, k.rows, text)
	})
	return err
}

// jsonText is a text of JSON.
type jsonText struct {
	src    *source
	origin frame.Origin
	j      *judge
	p      *jsonPlan
	k      *jsonCounter // of all records that were read; nil = not to the end
	w      *walker      // behind the last of them
	shown  []frame.Column
}

// lookAtJSON finds the rows of a text of JSON.
func lookAtJSON(ctx context.Context, src *source, origin frame.Origin, o *Options) (reading, error) {
	t := &jsonText{src: src, origin: origin, j: newJudge(o)}
	t.j.inRows = true
	var err error
	if t.p, err = planJSON(ctx, src, o); err != nil {
		return nil, err
	}
	if t.p.lists && t.p.names == nil && t.p.format == "json" {
		err = t.p.heading(ctx, t.j)
	}
	return t, err
}

// head implements reading.
func (t *jsonText) head(ctx context.Context) (*Result, error) {
	return t.read(ctx, sampleRecords, nil)
}

// finish implements reading.
func (t *jsonText) finish(ctx context.Context, progress func(Progress)) (*Result, error) {
	return t.read(ctx, maxRows, progress)
}

// read counts up to so many records.
func (t *jsonText) read(ctx context.Context, most int, progress func(Progress)) (*Result, error) {
	k, w, err := t.count(ctx, most, progress)
	if err == nil && k.geo != nil && k.geo.shapes && !t.p.geo.shapes {
		// Not all are points: the places are read as shapes instead.
		t.p.geo.shapes = true
		k, w, err = t.count(ctx, most, progress)
	}
	if err != nil {
		return nil, err
	}
	r, err := t.p.finish(t.src, t.origin, t.j, k, w)
	if t.k = nil; err == nil && most == maxRows {
		t.k, t.w, t.shown = k, w, r.Columns()
	}
	return r, err
}

func (t *jsonText) count(ctx context.Context, most int, progress func(Progress)) (*jsonCounter, *walker, error) {
	k := &jsonCounter{fields: t.p.fields(), c: t.j.classifier}
	w := t.p.rows.walk(place{t.p.rows.from, t.p.rows.line})
	return k, w, t.countOn(ctx, k, w, most, progress)
}

// countOn counts the records from where a walker is.
func (t *jsonText) countOn(ctx context.Context, k *jsonCounter, w *walker, most int, progress func(Progress)) error {
	lists := t.p.format == "ndjson" && t.p.lists
	err := w.each(ctx, func(rec []byte, at place) error {
		if k.rows == most {
			return errDone
		}
		if lists && rec[0] != '[' {
			return errFollows
		}
		if !t.src.checked && !utf8.Valid(rec) {
			return errBadBytes
		}
		if progress != nil && k.rows%10_000 == 0 {
			progress(Progress{Rows: k.rows, Bytes: at.at, Total: t.src.total()})
		}
		return k.add(rec, at)
	})
	if errors.Is(err, errDone) {
		err = nil
	}
	return err
}

// fields are the columns that are known before the records are read.
func (p *jsonPlan) fields() *fields {
	f := newFields()
	f.geo, f.lists = p.geo.fresh(), p.lists
	f.preset(p.names)
	return f
}

// preset makes columns; of lists they are those of their places.
func (f *fields) preset(names []string) {
	for _, name := range names {
		c := f.column(name)
		if f.lists {
			f.places = append(f.places, c)
		}
	}
}

// finish makes the frame and the report of records that were counted.
func (p *jsonPlan) finish(src *source, origin frame.Origin, j *judge, k *jsonCounter, w *walker) (*Result, error) {
	for len(k.columns) < len(k.names) {
		k.columns = append(k.columns, column{})
	}
	order := k.order()
	t := &jsonTable{rows: p.rows, origin: origin, marks: k.marks, n: k.rows, shown: make([]int, len(k.names)), close: func() error {
		err := src.Close()
		for _, c := range p.closes {
			_ = c()
		}
		return err
	}}
	for i := range t.shown {
		t.shown[i] = -1
	}
	names, places := k.names, k.places
	t.fields = func() *fields {
		f := newFields()
		f.geo, f.lists, f.places = k.geo.fresh(), p.lists, places
		for _, name := range names {
			f.column(name)
		}
		f.frozen = true
		return f
	}
	titles := k.titles()
	r := &Result{Frame: t, Report: Report{Format: p.format, Skipped: w.left}}
	notes := append(src.told(), p.notes...)
	if n := len(w.left); n > 0 {
		notes = append(notes, note{"lines", fmt.Sprintf("%d left out, first line %d (%s)", n, w.left[0].Line, w.left[0].Reason)})
	}
	if k.twice.count > 0 {
		notes = append(notes, note{"json", fmt.Sprintf("a key comes twice in %s, first in row %d: the second is named with _2", count(k.twice.count, "row", "rows"), k.twice.line)})
	}
	if k.geo != nil {
		k.geo.tell(&notes)
	}
	if k.cut.count > 0 {
		notes = append(notes, note{"cells", fmt.Sprintf("%s longer than 1 MiB and cut there, first in row %d", count(k.cut.count, "cell is", "cells are"), k.cut.line)})
	}
	a := j.asked
	a.proof = 0
	for i := range k.columns {
		a.proof |= k.columns[i].proves(a)
	}
	if a.proof == pointDecimal|commaDecimal {
		a.proof = 0
	}
	r.tellAll(notes)
	for _, i := range order {
		c := &k.columns[i]
		d := c.decideJSON(a)
		t.shown[i] = len(t.columns)
		t.columns = append(t.columns, frame.Column{Name: titles[i], Type: d.kind, Nulls: k.rows - d.values, Unit: d.unit})
		t.cells = append(t.cells, &jsonReader{newReader(d, j.classifier)})
		for _, text := range d.notes {
			r.say("column "+oneLine(titles[i]), "%s", text)
		}
	}
	return r, nil
}

// order are the columns that are shown: all but those that are null wherever
// they are no object.
func (k *jsonCounter) order() []int {
	hidden := map[int]bool{}
	var visit func(n *node)
	visit = func(n *node) {
		if len(n.children) > 0 && n.column >= 0 && k.columns[n.column].counts() == (counts{allFlags: ^flags(0), reads: ^readings(0)}) {
			hidden[n.column] = true
		}
		for _, c := range n.children {
			visit(c)
		}
	}
	visit(&k.root)
	var out []int
	for i := range k.names {
		if !hidden[i] {
			out = append(out, i)
		}
	}
	if k.geo != nil {
		out = k.geo.order(k.fields, out)
	}
	return out
}

package vega

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/authtabs/tabgate/data/vega/js"
)

// delimited reads csv as d3-dsv does: the first line is the heading, every
// cell is text, and cells that a row lacks are absent. Columns that the
// specification does not name are left out; those of kinds are numbers and dates at
// once.
func (c loader) delimited(text []byte, comma rune, kinds parses) (*table, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if comma < 0x80 && bytes.IndexByte(text, '"') < 0 {
		if t, err := c.plain(text, byte(comma), kinds); t != nil || err != nil {
			return t, err
		}
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = comma, -1, true, true
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		return newTable(0), nil
	}
	if err != nil {
		return nil, err
	}
	names, at := c.used(head)
	cols := make([][]any, len(names))
	n := 0
	for ; ; n++ {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if n == maxRows {
			return nil, errTooMany
		}
		for i, k := range at {
			if k < len(row) {
				cols[i] = append(cols[i], strings.Clone(row[k]))
			} else {
				cols[i] = append(cols[i], js.Undefined)
			}
		}
	}
	t := newTable(n)
	for i, name := range names {
		t = t.with(name, cols[i])
	}
	return t, nil
}

var errTooMany = fmt.Errorf("more than %d rows", maxRows)

// used are the columns of a heading that the specification names, with their
// places.
func (c loader) used(head []string) (names []string, at []int) {
	for i, name := range head {
		if c.opts.use.Reads(name) {
			names, at = append(names, strings.Clone(name)), append(at, i)
		}
	}
	return names, at
}

// plain reads a text without quotes; nil if rows lack cells.
func (c loader) plain(text []byte, comma byte, kinds parses) (*table, error) {
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) == 0 {
		return nil, nil // blank lines before the heading
	}
	names, at := c.used(strings.Split(string(line), string(comma)))
	parts := linePieces(rest, 4)
	read := make([]piece, len(parts))
	var work sync.WaitGroup
	for i, part := range parts {
		read[i].cells = c.collectors(names, kinds)
		work.Go(func() {
			defer read[i].Recover()
			read[i].read(part, comma, at)
		})
	}
	work.Wait()
	n := 0
	for _, p := range read {
		if p.panicked != nil {
			panic(p.panicked)
		}
		if n += p.rows; p.ragged {
			return nil, nil
		}
	}
	if n > maxRows {
		return nil, errTooMany
	}
	t := newTable(n)
	for i, name := range names {
		t = t.withVector(name, joined(read, i, n))
	}
	return t, nil
}

// linePieces cuts a text at ends of lines into about n pieces.
func linePieces(text []byte, n int) (all [][]byte) {
	size := len(text)/n + 1
	for len(text) > size {
		end := bytes.IndexByte(text[size:], '\n')
		if end < 0 {
			break
		}
		all, text = append(all, text[:size+end+1]), text[size+end+1:]
	}
	return append(all, text)
}

// piece is what was read of a piece of a text.
type piece struct {
	rows   int
	ragged bool // a row lacks a cell that is used
	cells  []collector

	panicked any // what the goroutine that read panicked with
}

// Recover is deferred: it keeps a panic for the goroutine that waits.
func (p *piece) Recover() { p.panicked = recover() }

// collector collects the cells of a column: as numbers or dates where convert is
// there, else as texts that are each kept once.
type collector struct {
	convert func(any) any
	dates   bool
	nums    []float64
	null    []bool

	at    map[string]int32
	dict  []string
	codes []int32
}

// collectors are those of columns.
func (c loader) collectors(names []string, kinds parses) []collector {
	all := make([]collector, len(names))
	for i, name := range names {
		all[i].at = map[string]int32{}
		for field, kind := range kinds {
			if path := fieldPath(field); len(path) == 1 && path[0] == name && (kind == "number" || kind == "date") {
				all[i].convert, all[i].dates = c.converter(kind), kind == "date"
			}
		}
	}
	return all
}

func (p *piece) read(text []byte, comma byte, at []int) {
	for len(text) > 0 {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		text = rest
		if line = bytes.TrimSuffix(line, []byte("\r")); len(line) == 0 {
			continue
		}
		p.rows++
		k, field := 0, 0
		for k < len(at) {
			end := bytes.IndexByte(line, comma)
			cell := line
			if end >= 0 {
				cell = line[:end]
			}
			if field == at[k] {
				p.cells[k].add(cell)
				k++
			}
			if end < 0 {
				break
			}
			line, field = line[end+1:], field+1
		}
		if k < len(at) {
			p.ragged = true
			return
		}
	}
}

func (c *collector) add(text []byte) {
	if c.convert != nil {
		c.null = append(c.null, len(text) == 0)
		f := 0.0
		if len(text) > 0 {
			f = js.Number(c.convert(string(text)))
		}
		c.nums = append(c.nums, f)
		return
	}
	k, ok := c.at[string(text)] // which copies nothing
	if !ok {
		k = c.place(string(text))
	}
	c.codes = append(c.codes, k)
}

// place is the place of a text among those that differ.
func (c *collector) place(text string) int32 {
	k, ok := c.at[text]
	if !ok {
		k = int32(len(c.dict))
		text = strings.Clone(text)
		c.at[text] = k
		c.dict = append(c.dict, text)
	}
	return k
}

// joined is column i of all pieces.
func joined(parts []piece, i, n int) *vector {
	first := &parts[0].cells[i]
	if first.convert != nil {
		v := &vector{nums: make([]float64, 0, n), null: make([]bool, 0, n), dates: first.dates}
		for _, p := range parts {
			v.nums, v.null = append(v.nums, p.cells[i].nums...), append(v.null, p.cells[i].null...)
		}
		return v
	}
	v := &vector{codes: make([]int32, 0, n)}
	all := collector{at: map[string]int32{}}
	for _, p := range parts {
		col := p.cells[i]
		to := make([]int32, len(col.dict))
		for k, s := range col.dict {
			to[k] = all.place(s)
		}
		for _, k := range col.codes {
			v.codes = append(v.codes, to[k])
		}
	}
	v.dict = make([]any, len(all.dict))
	for k, s := range all.dict {
		v.dict[k] = s
	}
	return v
}

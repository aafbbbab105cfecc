package textfile

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// asked is what the caller and the file as a whole say about all columns.
type asked struct {
	reads                     readings // readings that the flags leave
	orders                    readings // orders of dates that the flags leave
	decimal, thousands, dates bool     // given by flags, so that they are not told
	comma                     bool     // the delimiter is a comma
	proof                     readings // decimal signs that columns prove
	marks                     []string // texts of the markers
	inRows                    bool     // cells are counted by rows, not by lines
}

// decision is the type of a column, how its cells are read, and what is said
// about that.
type decision struct {
	kind    frame.Type
	reading readings // of numbers; of dates the order
	unit    string
	trail   bool // a sign behind the number is its sign
	months  bool // cells are months
	notes   []string
	values  int  // cells that have one
	markers bool // some stand for a missing value
	decimal byte // sign of numbers
	group   byte // what groups their thousands; 0 = nothing
	shows   bool // some cell has the decimal sign
	inRows  bool // places of cells are rows, not lines
	written bool // JSON values of several kinds, as they are written
}

// typed reports whether the column has a type other than text.
func (d *decision) typed() bool { return d.kind != frame.Text }

// say adds a note. Where lines mean nothing, the place of a cell is its row.
func (d *decision) say(format string, a ...any) {
	if d.inRows {
		format = strings.ReplaceAll(strings.ReplaceAll(format, "on line %d", "in row %d"), "line %d", "row %d")
	}
	d.notes = append(d.notes, fmt.Sprintf(format, a...))
}

// decide finds the type that all cells of a column fit, in the order boolean,
// integer, number, date, datetime, time. Without one the column is text.
func (c *column) decide(a asked) *decision {
	n := c.counts()
	d := &decision{inRows: a.inRows, values: n.cells, markers: n.markers > 0}
	if n.cells == 0 {
		d.values = n.markers + n.blank
		return d
	}
	k := n.byKind
	switch n.cells {
	case k[boolean]:
		d.kind = frame.Boolean
	case k[numeric] + k[infinity]:
		if k[numeric] > 0 {
			c.decideNumber(d, n, a)
		}
	case k[day], k[moment], k[day] + k[moment]:
		c.decideDate(d, n, a)
	case k[clock]:
		d.kind = frame.Time
	case k[month]:
		c.decideMonth(d, n)
	default:
		c.nearly(d, n, a)
	}
	if d.typed() {
		c.tellMarkers(d, n, a)
	} else {
		d.values += n.markers + n.blank
	}
	return d
}

// nearly says of a column of text what kept it from having a type, where
// three quarters of its cells or more have one.
func (c *column) nearly(d *decision, n counts, a asked) {
	k := n.byKind
	for _, group := range []struct {
		name  string
		kinds []kind
	}{
		{"booleans", []kind{boolean}},
		{"numbers", []kind{numeric, infinity}},
		{"dates", []kind{day, moment}},
		{"times", []kind{clock}},
		{"months", []kind{month}},
	} {
		fit, in := 0, [month + 1]bool{}
		for _, kind := range group.kinds {
			fit += k[kind]
			in[kind] = true
		}
		if fit*4 < n.cells*3 {
			continue
		}
		broke, _ := c.first(func(cl class) bool {
			return cl.kind != empty && cl.kind != blank && cl.kind != marker && !in[cl.kind]
		})
		d.say("text: %d of %d cells are %s, first not on line %d: %q", fit, n.cells, group.name, broke.line, broke.text)
		return
	}
}

// tellMarkers says which cells were read as missing.
func (c *column) tellMarkers(d *decision, n counts, a asked) {
	if n.markers == 0 {
		return
	}
	list, first := "", 0
	for _, t := range c.tallies {
		if t.class.kind != marker {
			continue
		}
		if list != "" {
			list += ", "
		}
		list += fmt.Sprintf("%d %q", t.count, a.marks[t.class.id])
		if first == 0 || t.line < first {
			first = t.line
		}
	}
	d.say("%s read as missing (%s), first on line %d", cells(n.markers), list, first)
}

// cells counts cells in words.
func cells(n int) string { return count(n, "cell", "cells") }

// count is a number with the noun that goes with it.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

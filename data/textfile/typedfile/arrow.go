package typedfile

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/authtabs/tabgate/data/frame"
)

// The Arrow IPC format is read here and not by its library for Go, which takes
// the lengths in a damaged file for true and runs out of memory:
// https://arrow.apache.org/docs/format/Columnar.html.

// arrowFile is a frame of an Arrow IPC file (Feather 2) or stream.
type arrowFile struct {
	in           Input
	fields       []*arrowType // of the schema
	shown        []arrowColumn
	columns      []frame.Column
	dictionaries map[int64]*arrowArray
	batches      []arrowBlock
	starts       []int // first rows of the batches
	rows         int
	recent       recent
}

// arrowBlock is where a message lies: its metadata and what follows them.
type arrowBlock struct {
	at, meta, body int64
}

// arrowColumn is a column of the frame: a field of the schema, or one of a
// struct in it.
type arrowColumn struct {
	path []int
	arrowReader
}

// Headers of messages.
const (
	messageSchema     = 1
	messageDictionary = 2
	messageBatch      = 3
)

var errArrowCut = errors.New("the Arrow file is cut short: fetch or make it again")

// Arrow opens an Arrow IPC file (Feather 2) or stream.
func Arrow(ctx context.Context, in Input) (t *Table, err error) {
	defer damaged("Arrow", &err)
	a := &arrowFile{in: in, dictionaries: map[int64]*arrowArray{}}
	blocks, err := a.open()
	if err != nil {
		return nil, err
	}
	used := map[string]int{}
	for i, f := range a.fields {
		a.add(f, f.name, []int{i}, used)
	}
	if len(a.shown) > maxColumns {
		return nil, errTooWide
	}
	for _, b := range blocks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := a.take(b); err != nil {
			return nil, err
		}
	}
	t = &Table{Frame: a}
	for c := range a.shown {
		if a.shown[c].unsigned {
			if err := a.countColumn(ctx, t, c); err != nil { // its values decide the type
				return nil, err
			}
		}
	}
	t.count = func(ctx context.Context) (err error) {
		defer damaged("Arrow", &err)
		for c := range a.shown {
			if a.columns[c].Nulls < 0 {
				if err := a.countColumn(ctx, t, c); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return t, nil
}

// open reads the schema and finds the messages.
func (a *arrowFile) open() ([]arrowBlock, error) {
	head := make([]byte, 8)
	if err := a.readAt(head, 0); err != nil {
		return nil, err
	}
	if string(head[:6]) != "ARROW1" {
		return a.walk(0, a.in.Size)
	}
	tail := make([]byte, 10)
	if a.in.Size < 20 {
		return nil, errArrowCut
	}
	if err := a.readAt(tail, a.in.Size-10); err != nil {
		return nil, err
	}
	size := int64(int32(binary.LittleEndian.Uint32(tail)))
	if string(tail[4:]) != "ARROW1" || size <= 0 || size > a.in.Size-18 {
		return nil, errArrowCut
	}
	footer := make([]byte, size)
	if err := a.readAt(footer, a.in.Size-10-size); err != nil {
		return nil, err
	}
	root := rootTable(footer)
	schema, ok := root.table(1)
	if !ok {
		return nil, errArrowCut
	}
	a.schema(schema)
	var blocks []arrowBlock
	for _, i := range []int{2, 3} { // dictionaries before batches
		at, n := root.vector(i, 24)
		for k := range n {
			p := at + 24*k
			b := arrowBlock{root.int64At(p), int64(int32(binary.LittleEndian.Uint32(footer[p+8:]))), root.int64At(p + 16)}
			if b.at < 8 || b.meta < 4 || b.body < 0 || b.at+b.meta+b.body > a.in.Size || b.at+b.meta+b.body < b.at {
				return nil, errArrowCut
			}
			blocks = append(blocks, b)
		}
	}
	return blocks, nil
}

// schema reads the fields.
func (a *arrowFile) schema(t table) {
	if t.int16(0, 0) != 0 {
		panic("big-endian, which is not read here")
	}
	a.fields = nil
	read := 0
	for _, f := range t.tables(1) {
		a.fields = append(a.fields, readField(f, 0, &read))
	}
}

// walk goes through the messages of a stream.
func (a *arrowFile) walk(at, end int64) (blocks []arrowBlock, err error) {
	for at < end {
		head := make([]byte, 8)
		if err := a.readAt(head[:4], at); err != nil {
			return nil, errArrowCut
		}
		size, from := int64(int32(binary.LittleEndian.Uint32(head))), at+4
		if size == -1 { // the sign that a message follows
			if err := a.readAt(head[4:], at+4); err != nil {
				return nil, errArrowCut
			}
			size, from = int64(int32(binary.LittleEndian.Uint32(head[4:]))), at+8
		}
		if size == 0 {
			break
		}
		if size < 0 || from+size > end {
			return nil, errArrowCut
		}
		meta := make([]byte, size)
		if err := a.readAt(meta, from); err != nil {
			return nil, errArrowCut
		}
		m := rootTable(meta)
		b := arrowBlock{at, from + size - at, m.int64(3)}
		if b.body < 0 || from+size+b.body > end {
			return nil, errArrowCut
		}
		if h, ok := m.table(2); ok && m.byte(1, 0) == messageSchema {
			a.schema(h)
		} else {
			blocks = append(blocks, b)
		}
		at = from + size + b.body
	}
	if a.fields == nil && len(blocks) == 0 {
		return nil, errArrowCut
	}
	return blocks, nil
}

// header reads the header of a message.
func (a *arrowFile) header(b arrowBlock) (kind byte, header table, err error) {
	meta := make([]byte, b.meta)
	if err := a.readAt(meta, b.at); err != nil {
		return 0, table{}, err
	}
	skip := 4
	if binary.LittleEndian.Uint32(meta) == 0xffffffff {
		skip = 8
	}
	m := rootTable(meta[skip:])
	header, ok := m.table(2)
	if !ok {
		return 0, table{}, errArrowCut
	}
	return m.byte(1, 0), header, nil
}

// maxBatchRows bounds the rows of one batch, which a batch of nulls could say
// without end.
const maxBatchRows = 1 << 31

// take takes a batch into the index, or reads a dictionary.
func (a *arrowFile) take(b arrowBlock) error {
	kind, h, err := a.header(b)
	if err != nil {
		return err
	}
	switch kind {
	case messageDictionary:
		return a.readDictionary(b, h)
	case messageBatch:
		n := h.int64(0)
		if n < 0 || n > maxBatchRows {
			return fmt.Errorf("the Arrow file is damaged (a batch of %d rows): fetch or make it again", n)
		}
		a.batches, a.starts = append(a.batches, b), append(a.starts, a.rows)
		a.rows += int(n)
	}
	return nil
}

// readAt fills a buffer.
func (a *arrowFile) readAt(buf []byte, at int64) error {
	n, err := a.in.ReadAt(buf, at)
	if n == len(buf) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		return errArrowCut
	}
	return err
}

// add makes columns of a field: those of a struct are a.b.
func (a *arrowFile) add(f *arrowType, name string, path []int, used map[string]int) {
	if f.kind == arrowStruct && f.dictionary == nil {
		for i, child := range f.children {
			a.add(child, name+"."+child.name, append(path[:len(path):len(path)], i), used)
		}
		return
	}
	if used[name]++; used[name] > 1 {
		name = fmt.Sprintf("%s_%d", name, used[name])
	}
	c := arrowColumn{path: path, arrowReader: readerOf(f)}
	a.shown = append(a.shown, c)
	a.columns = append(a.columns, frame.Column{Name: name, Type: c.kind, Nulls: -1})
}

// Origin says which file it is.
func (a *arrowFile) Origin() frame.Origin { return a.in.Origin }

// Columns describes the columns.
func (a *arrowFile) Columns() []frame.Column { return a.columns }

// Len is the count of rows.
func (a *arrowFile) Len() int { return a.rows }

// Close closes the file.
func (a *arrowFile) Close() error { return a.in.Close() }

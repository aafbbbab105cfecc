package typedfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// chunk is where the values of a leaf lie for the rows of a group.
type chunk struct {
	codec            int
	values           int64
	data, dictionary int64 // places of the first pages
	size             int64
	elsewhere        bool // in another file, or not readable
}

// rowGroup is some rows of a file.
type rowGroup struct {
	rows   int64
	chunks []chunk
}

// parquetMeta is what a file says about itself.
type parquetMeta struct {
	root   *node
	leaves []*node
	groups []rowGroup
}

var errParquetCut = errors.New("the Parquet file is cut short: fetch or make it again")

// readParquetMeta reads the end of a file.
func readParquetMeta(in Input) (*parquetMeta, error) {
	tail := make([]byte, 8)
	if in.Size < 12 {
		return nil, errParquetCut
	}
	if err := readFull(in, tail, in.Size-8); err != nil {
		return nil, err
	}
	if string(tail[4:]) == "PARE" {
		return nil, errors.New("the Parquet file is encrypted: save it without")
	}
	if string(tail[4:]) != "PAR1" {
		return nil, errParquetCut
	}
	size := int64(binary.LittleEndian.Uint32(tail))
	if size > in.Size-12 {
		panic("a description that is longer than the file")
	}
	footer := make([]byte, size)
	if err := readFull(in, footer, in.Size-8-size); err != nil {
		return nil, err
	}
	m := &parquetMeta{}
	t := &thrift{b: footer}
	var schema []*node
	var counts []int
	t.structure(func(id int, kind byte) bool {
		switch {
		case id == 2 && kind == thriftList:
			t.structures(func() {
				n, children := t.schemaElement()
				schema, counts = append(schema, n), append(counts, children)
			})
		case id == 4 && kind == thriftList:
			t.structures(func() { m.groups = append(m.groups, t.rowGroup()) })
		default:
			return false
		}
		return true
	})
	m.tree(schema, counts)
	return m, m.check(in.Size)
}

func readFull(in io.ReaderAt, buf []byte, at int64) error {
	n, err := in.ReadAt(buf, at)
	if n == len(buf) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		return errParquetCut
	}
	return err
}

func (t *thrift) rowGroup() (g rowGroup) {
	t.structure(func(id int, kind byte) bool {
		switch {
		case id == 1 && kind == thriftList:
			t.structures(func() { g.chunks = append(g.chunks, t.chunk()) })
		case id == 3 && kind == thriftI64:
			g.rows = t.int()
		default:
			return false
		}
		return true
	})
	return g
}

func (t *thrift) chunk() chunk {
	c := chunk{elsewhere: true}
	file := ""
	t.structure(func(id int, kind byte) bool {
		switch {
		case id == 1 && kind == thriftBinary:
			file = string(t.binary())
		case id == 3 && kind == thriftStruct:
			c.elsewhere = false
			t.structure(func(id int, kind byte) bool { return t.chunkField(&c, id, kind) })
		default:
			return false
		}
		return true
	})
	c.elsewhere = c.elsewhere || file != ""
	return c
}

func (t *thrift) chunkField(c *chunk, id int, kind byte) bool {
	switch {
	case id == 4 && kind == thriftI32:
		c.codec = int(t.int())
	case id == 5 && kind == thriftI64:
		c.values = t.int()
	case id == 7 && kind == thriftI64:
		c.size = t.int()
	case id == 9 && kind == thriftI64:
		c.data = t.int()
	case id == 11 && kind == thriftI64:
		c.dictionary = t.int()
	default:
		return false
	}
	return true
}

// check looks whether the parts of the file fit together.
func (m *parquetMeta) check(size int64) error {
	rows := int64(0)
	for _, g := range m.groups {
		if g.rows < 0 || g.rows > maxParquetRows-rows || len(g.chunks) != len(m.leaves) {
			return broken(fmt.Errorf("a row group of %d rows and %d columns, of which there are %d", g.rows, len(g.chunks), len(m.leaves)))
		}
		rows += g.rows
		for i, c := range g.chunks {
			switch at, end := c.pages(); {
			case c.elsewhere:
				return errors.New("the Parquet file has columns in other files, or encrypted: save it as one file")
			case at < 0 || end < at || end > size:
				return broken(errors.New("a column lies outside of the file"))
			case m.leaves[i].maxRep == 0 && c.values != g.rows:
				return broken(fmt.Errorf("a column has %d values for %d rows", c.values, g.rows))
			case c.values < 0:
				return broken(errors.New("a column has less than no values"))
			}
		}
	}
	return nil
}

// maxParquetRows bounds the rows of a file.
const maxParquetRows = 1 << 40

// pages is where the pages of a chunk begin and end.
func (c *chunk) pages() (at, end int64) {
	at = c.data
	if c.dictionary > 0 && c.dictionary < at {
		at = c.dictionary
	}
	return at, at + c.size
}

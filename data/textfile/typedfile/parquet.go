package typedfile

import (
	"bytes"
	"context"
	"fmt"

	"github.com/authtabs/tabgate/data/frame"
)

// Parquet is read here and not by its library for Go, whose package variables
// cost every start of the program, and which takes the sizes in a damaged file
// for true: https://parquet.apache.org/docs/file-format/.

// parquetFile is a frame of a Parquet file.
type parquetFile struct {
	in      Input
	meta    *parquetMeta
	fields  []*field
	columns []frame.Column
	starts  []int // first rows of the row groups
	rows    int
}

// field is a column of the frame: a leaf of the file, or a list or a map of
// several leaves, which is JSON.
type field struct {
	node   *node
	leaves []*leaf
	nested bool
}

// leaf is a column of values in the file.
type leaf struct {
	*node
	values
}

// Parquet opens a Parquet file.
func Parquet(ctx context.Context, in Input) (t *Table, err error) {
	defer damaged("Parquet", &err)
	meta, err := readParquetMeta(in)
	if err != nil {
		return nil, err
	}
	p := &parquetFile{in: in, meta: meta}
	for _, g := range meta.groups {
		p.starts = append(p.starts, p.rows)
		p.rows += int(g.rows)
	}
	used := map[string]int{}
	for _, n := range meta.root.children {
		p.add(n, n.name, used)
	}
	if len(p.fields) > maxColumns {
		return nil, errTooWide
	}
	t = &Table{Frame: p}
	for i, f := range p.fields {
		if !f.nested && f.leaves[0].unsigned {
			// Its values decide the type.
			if err := p.countLeaf(ctx, t, i); err != nil {
				return nil, err
			}
		}
	}
	t.count = func(ctx context.Context) error { return p.count(ctx, t) }
	return t, nil
}

// add makes columns of a node of the schema: those of a group are a.b.
func (p *parquetFile) add(n *node, name string, used map[string]int) {
	if n.leaf < 0 && !n.repeated && !n.isNested() {
		for _, child := range n.children {
			p.add(child, name+"."+child.name, used)
		}
		return
	}
	f := &field{node: n, nested: n.leaf < 0 || n.repeated}
	f.collect(n)
	if len(f.leaves) == 0 {
		return
	}
	if used[name]++; used[name] > 1 {
		name = fmt.Sprintf("%s_%d", name, used[name])
	}
	col := frame.Column{Name: name, Type: frame.JSON, Nulls: -1}
	if !f.nested {
		col.Type = f.leaves[0].kind
	}
	p.fields, p.columns = append(p.fields, f), append(p.columns, col)
}

func (f *field) collect(n *node) {
	if n.leaf >= 0 {
		f.leaves = append(f.leaves, &leaf{n, valuesOf(n)})
	}
	for _, child := range n.children {
		f.collect(child)
	}
}

// count counts the nulls and the NaN of each column.
func (p *parquetFile) count(ctx context.Context, t *Table) error {
	for i, f := range p.fields {
		if p.columns[i].Nulls >= 0 {
			continue
		}
		count := p.countNested
		if !f.nested {
			count = func(ctx context.Context, i int) error { return p.countLeaf(ctx, t, i) }
		}
		if err := count(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

// countLeaf counts the nulls and the NaN of a column, and the unsigned integers
// that 64 bits signed do not hold, which make it text.
func (p *parquetFile) countLeaf(ctx context.Context, t *Table, i int) error {
	l := p.fields[i].leaves[0]
	nulls, nan, wide := 0, 0, 0
	if l.maxDef > 0 || l.floats || l.unsigned {
		err := p.eachPage(ctx, l, func(page *page) {
			if l.maxDef > 0 {
				nulls += page.n - bytes.Count(page.def, []byte{byte(l.maxDef)})
			}
			if l.floats {
				nan += l.countNaN(page)
			}
			if l.unsigned {
				for _, v := range page.ints {
					wide += int(uint64(v) >> 63)
				}
			}
		})
		if err != nil {
			return err
		}
	}
	p.columns[i].Nulls = nulls + nan
	if nan > 0 {
		t.Notes = append(t.Notes, noteColumn(p.columns[i].Name, "%d NaN read as missing", nan))
	}
	if wide > 0 {
		l.kind, l.read = frame.Text, readUnsignedText
		p.columns[i].Type = frame.Text
		t.Notes = append(t.Notes, noteColumn(p.columns[i].Name, "text: %d unsigned integers beyond 64 bits signed", wide))
	}
	return nil
}

func (p *parquetFile) countNested(ctx context.Context, i int) error {
	nulls := 0
	err := p.Scan(ctx, []int{i}, 0, p.rows, func(b *frame.Batch) error {
		for k := range b.Len {
			if b.Columns[0].IsNull(k) {
				nulls++
			}
		}
		return nil
	})
	p.columns[i].Nulls = nulls
	return err
}

// eachPage gives all pages of a column of the file.
func (p *parquetFile) eachPage(ctx context.Context, l *leaf, visit func(*page)) (err error) {
	defer damaged("Parquet", &err)
	levelsOnly := !l.floats && !l.unsigned
	for i := range p.meta.groups {
		r := newPageReader(p.in, l.node, &p.meta.groups[i].chunks[l.leaf])
		for {
			if err := ctx.Err(); err != nil {
				return err
			}
			if _, ok := r.next(0, levelsOnly); !ok {
				break
			}
			visit(&r.page)
		}
	}
	return nil
}

// broken names the file in an error about what it holds.
func broken(err error) error {
	return fmt.Errorf("the Parquet file is damaged (%w): fetch or make it again", err)
}

// Origin says which file it is.
func (p *parquetFile) Origin() frame.Origin { return p.in.Origin }

// Columns describes the columns.
func (p *parquetFile) Columns() []frame.Column { return p.columns }

// Len is the count of rows.
func (p *parquetFile) Len() int { return p.rows }

// Close closes the file.
func (p *parquetFile) Close() error { return p.in.Close() }

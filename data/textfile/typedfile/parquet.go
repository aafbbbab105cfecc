package typedfile

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"

	"github.com/authtabs/tabgate/data/frame"
)

// Parquet opens a Parquet file.
func Parquet(ctx context.Context, in Input) (t *Table, err error) {
	defer damaged("Parquet", &err)
	tail := make([]byte, 4)
	if _, err := in.ReadAt(tail, max(in.Size-4, 0)); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(tail) != "PAR1" || in.Size < 12 {
		return nil, errors.New("the Parquet file is cut short: fetch or make it again")
	}
	f, err := parquet.OpenFile(in, in.Size, parquet.SkipBloomFilters(true), parquet.SkipPageIndex(true))
	if err != nil {
		return nil, fmt.Errorf("the Parquet file is damaged (%w): fetch or make it again", err)
	}
	if err := checkPages(ctx, in, f); err != nil {
		return nil, broken(err)
	}
	p := &parquetFile{in: in, f: f}
	for _, g := range f.RowGroups() {
		p.starts = append(p.starts, p.rows)
		p.rows += int(g.NumRows())
	}
	used := map[string]int{}
	for _, c := range f.Root().Columns() {
		p.add(c, c.Name(), used)
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

// parquetFile is a frame of a Parquet file.
type parquetFile struct {
	in      Input
	f       *parquet.File
	fields  []*field
	columns []frame.Column
	starts  []int // first rows of the row groups
	rows    int
}

// field is a column of the frame: a leaf of the file, or a list or a map of
// several leaves, which is JSON.
type field struct {
	node   *parquet.Column
	leaves []*leaf
	nested bool
}

// leaf is a column of values in the file.
type leaf struct {
	index  int
	maxDef int
	values
}

// add makes columns of a node of the schema: those of a group are a.b.
func (p *parquetFile) add(c *parquet.Column, name string, used map[string]int) {
	if !c.Leaf() && !c.Repeated() && !isNested(c) {
		for _, child := range c.Columns() {
			p.add(child, name+"."+child.Name(), used)
		}
		return
	}
	f := &field{node: c, nested: !c.Leaf() || c.Repeated()}
	f.collect(c)
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

func (f *field) collect(c *parquet.Column) {
	if c.Leaf() {
		f.leaves = append(f.leaves, &leaf{c.Index(), c.MaxDefinitionLevel(), valuesOf(c)})
	}
	for _, child := range c.Columns() {
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
		err := p.eachValue(ctx, l.index, func(values []parquet.Value) {
			for _, v := range values {
				switch {
				case v.IsNull():
					nulls++
				case l.floats && l.isNaN(v):
					nan++
				case l.unsigned && int64(v.Uint64()) < 0:
					wide++
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

// eachValue gives all values of a column of the file.
func (p *parquetFile) eachValue(ctx context.Context, index int, visit func([]parquet.Value)) (err error) {
	defer damaged("Parquet", &err)
	buf := make([]parquet.Value, batchRows)
	for _, g := range p.f.RowGroups() {
		pages := g.ColumnChunks()[index].Pages()
		for {
			page, err := pages.ReadPage()
			if errors.Is(err, io.EOF) {
				break
			}
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				err = pageValues(page, buf, visit)
			}
			if err != nil {
				pages.Close()
				return broken(err)
			}
		}
		if err := pages.Close(); err != nil {
			return err
		}
	}
	return nil
}

func pageValues(page parquet.Page, buf []parquet.Value, visit func([]parquet.Value)) error {
	defer parquet.Release(page)
	for r := page.Values(); ; {
		n, err := r.ReadValues(buf)
		visit(buf[:n])
		if errors.Is(err, io.EOF) || err == nil && n == 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// broken names the file in an error of its reader, but for those of contexts.
func broken(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
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

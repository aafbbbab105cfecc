package typedfile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

// maxPage is the largest page that is unpacked, in bytes. Writers make pages
// of about 1 MiB.
const maxPage = 512 << 20

// checkPages looks at the headers of all pages before any is read: the library
// takes the sizes in them for true, and unpacks damaged LZ4 without an end.
func checkPages(ctx context.Context, in Input, f *parquet.File) error {
	single := singleValues(f.Root(), nil)
	for _, g := range f.Metadata().RowGroups {
		if g.NumRows < 0 {
			return errors.New("a row group has less than no rows")
		}
		for i := range g.Columns {
			if err := ctx.Err(); err != nil {
				return err
			}
			c := &g.Columns[i].MetaData
			values, err := checkChunk(in, c)
			if err != nil {
				return err
			}
			if i < len(single) && single[i] && values != g.NumRows {
				return fmt.Errorf("a column has %d values for %d rows", values, g.NumRows)
			}
			if values != c.NumValues {
				return fmt.Errorf("a column has %d values instead of %d", values, c.NumValues)
			}
		}
	}
	return nil
}

// singleValues tells of each leaf whether it has one value a row.
func singleValues(c *parquet.Column, out []bool) []bool {
	if c.Leaf() {
		return append(out, c.MaxRepetitionLevel() == 0)
	}
	for _, child := range c.Columns() {
		out = singleValues(child, out)
	}
	return out
}

// checkChunk looks at the pages of a column in a row group, and counts their
// values.
func checkChunk(in Input, c *format.ColumnMetaData) (values int64, err error) {
	at := c.DataPageOffset
	if c.DictionaryPageOffset > 0 && c.DictionaryPageOffset < at {
		at = c.DictionaryPageOffset
	}
	end := at + c.TotalCompressedSize
	if at < 0 || end < at || end > in.Size {
		return 0, errors.New("a column lies outside of the file")
	}
	for at < end && values < c.NumValues {
		header, size, err := pageHeader(in, at, end)
		if err != nil {
			return 0, err
		}
		at += size
		if header.UncompressedPageSize < 0 || header.UncompressedPageSize > maxPage || header.CompressedPageSize < 0 || int64(header.CompressedPageSize) > end-at {
			return 0, fmt.Errorf("a page of %d bytes, unpacked %d", header.CompressedPageSize, header.UncompressedPageSize)
		}
		n := int64(0)
		switch header.Type {
		case format.DataPage:
			n = int64(header.DataPageHeader.V.NumValues)
		case format.DataPageV2:
			n = int64(header.DataPageHeaderV2.V.NumValues)
		}
		if n < 0 {
			return 0, errors.New("a page has less than no values")
		}
		values += n
		if c.Codec == format.Lz4Raw {
			if err := checkLZ4(in, at, header); err != nil {
				return 0, err
			}
		}
		at += int64(header.CompressedPageSize)
	}
	return values, nil
}

// counting counts the bytes that are read.
type counting struct {
	*bufio.Reader
	n int64
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counting) ReadByte() (byte, error) {
	b, err := c.Reader.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// pageHeader reads the header of a page, and its size.
func pageHeader(in Input, at, end int64) (*format.PageHeader, int64, error) {
	r := &counting{Reader: bufio.NewReaderSize(io.NewSectionReader(in, at, end-at), 1024)}
	header := new(format.PageHeader)
	if err := thrift.NewDecoder(new(thrift.CompactProtocol).NewReader(r)).Decode(header); err != nil {
		return nil, 0, err
	}
	return header, r.n, nil
}

// checkLZ4 unpacks a page into as much as its header says.
func checkLZ4(in Input, at int64, header *format.PageHeader) error {
	packed := make([]byte, header.CompressedPageSize)
	if _, err := in.ReadAt(packed, at); err != nil {
		return err
	}
	size := int(header.UncompressedPageSize)
	if header.Type == format.DataPageV2 {
		v2 := &header.DataPageHeaderV2.V
		levels := int(v2.DefinitionLevelsByteLength) + int(v2.RepetitionLevelsByteLength)
		if v2.IsCompressed.Valid && !v2.IsCompressed.V {
			return nil
		}
		if levels < 0 || levels > len(packed) || levels > size {
			return errors.New("a page's levels are longer than the page")
		}
		packed, size = packed[levels:], size-levels
	}
	if len(packed) == 0 {
		return nil
	}
	if n, err := lz4.UncompressBlock(packed, make([]byte, size)); err != nil || n != size {
		return fmt.Errorf("a page of LZ4 unpacks to %d bytes instead of %d", n, size)
	}
	return nil
}

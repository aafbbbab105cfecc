package dataframe

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"

	"github.com/authtabs/tabgate/data"
)

// rowWriter takes the rows of a file in their order.
type rowWriter interface {
	Write(row []string) error
	close() error
}

type csvRows struct{ *csv.Writer }

func (c csvRows) close() error {
	c.Flush()
	return c.Error()
}

// export reads to the end, if that was not done, and writes every row as it
// stands.
func (f *file) export(format string) func(io.Writer) error {
	return func(w io.Writer) error {
		for !f.rows.Progress().Done {
			if err := f.rows.Index(f.ctx, indexStep); err != nil {
				return err
			}
		}
		buf := bufio.NewWriterSize(w, 64<<10)
		var out rowWriter = newJSONRows(buf, f.rows.Columns())
		if format == "csv" {
			c := csvRows{csv.NewWriter(buf)}
			_ = c.Write(f.rows.Columns()) // close has the first error.
			out = c
		}
		var fields []string
		var werr error
		err := f.rows.Scan(f.ctx, func(_ int, r data.Record) bool {
			fields = r.Fields(fields[:0])
			werr = out.Write(fields)
			return werr == nil
		})
		return errors.Join(err, werr, out.close(), buf.Flush())
	}
}

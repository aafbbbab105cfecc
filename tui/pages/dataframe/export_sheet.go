package dataframe

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"math"

	"github.com/authtabs/tabgate/data"
)

// export reads to the end, if that was not done, and writes every row as "csv"
// or "json".
func (s *sheet) export(format string, w io.Writer) error {
	for !s.file.Progress().Done {
		if err := s.file.Index(s.ctx, indexStep); err != nil {
			return err
		}
	}
	return exportSheet(s.ctx, s.file, s.show, format, w)
}

// rowWriter takes the rows of a file in their order.
type rowWriter interface {
	Write(row []string) error
	close() error
}

// exportSheet writes every row of a file: as it stands, or, where the file is
// of the demo's shape, sorted by region and in the page's unit.
func exportSheet(ctx context.Context, file *data.Sheet, show measure, format string, w io.Writer) error {
	buf := bufio.NewWriterSize(w, 64<<10)
	var out rowWriter = newJSONRows(buf, file.Columns(), show.decimals >= 0)
	if format == "csv" {
		c := csvRows{csv.NewWriter(buf)}
		_ = c.Write(file.Columns()) // close has the first error.
		out = c
	}
	err := writeRows
	if show.decimals >= 0 {
		err = writeSorted
	}
	return errors.Join(err(ctx, file, show, out), out.close(), buf.Flush())
}

type csvRows struct{ *csv.Writer }

func (c csvRows) close() error {
	c.Flush()
	return c.Error()
}

func writeRows(ctx context.Context, file *data.Sheet, _ measure, out rowWriter) error {
	var fields []string
	var werr error
	err := file.Scan(ctx, func(_ int, r data.Record) bool {
		fields = r.Fields(fields[:0])
		werr = out.Write(fields)
		return werr == nil
	})
	return errors.Join(err, werr)
}

func writeSorted(ctx context.Context, file *data.Sheet, show measure, out rowWriter) error {
	order, err := file.Sort(ctx, 0, false)
	if err != nil {
		return err
	}
	for len(order) > 0 {
		n := min(window, len(order))
		rows, err := file.At(order[:n])
		if err != nil {
			return errors.Join(err, ctx.Err())
		}
		order = order[n:]
		for _, r := range rows {
			for i := 1; i < len(r); i++ {
				if v, ok := data.Number(r[i]); ok && !math.IsNaN(v) {
					r[i] = exact(v / show.scale)
				}
			}
			if err := out.Write(r); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

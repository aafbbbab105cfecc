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

// export reads to the end, if that was not done, and writes every row.
func (s *sheet) export(w io.Writer) error {
	for !s.file.Progress().Done {
		if err := s.file.Index(s.ctx, indexStep); err != nil {
			return err
		}
	}
	return exportSheet(s.ctx, s.file, s.show, w)
}

// exportSheet writes every row of a file: as it stands, or, where the file is
// of the demo's shape, sorted by region and in the page's unit.
func exportSheet(ctx context.Context, file *data.Sheet, show measure, w io.Writer) error {
	buf := bufio.NewWriterSize(w, 64<<10)
	out := csv.NewWriter(buf)
	_ = out.Write(file.Columns())
	var err error
	if show.decimals < 0 {
		err = writeRows(ctx, file, out)
	} else {
		err = writeSorted(ctx, file, show, out)
	}
	out.Flush()
	return errors.Join(err, out.Error(), buf.Flush())
}

func writeRows(ctx context.Context, file *data.Sheet, out *csv.Writer) error {
	var fields []string
	var werr error
	err := file.Scan(ctx, func(_ int, r data.Record) bool {
		fields = r.Fields(fields[:0])
		werr = out.Write(fields)
		return werr == nil
	})
	return errors.Join(err, werr)
}

func writeSorted(ctx context.Context, file *data.Sheet, show measure, out *csv.Writer) error {
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

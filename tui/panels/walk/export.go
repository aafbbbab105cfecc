package walk

import (
	"encoding/json"
	"io"
	"strconv"

	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/page"
)

// export writes a walk: "csv" is index,value with a heading, "json" an object
// of seed and values.
func export(w io.Writer, format string, seed uint64, s *chart.Series) error {
	switch format {
	case "csv":
		return writeCSV(w, s)
	case "json":
		values := make([]float64, s.Len())
		for i := range values {
			values[i] = s.At(i)
		}
		return json.NewEncoder(w).Encode(struct {
			Seed   uint64    `json:"seed"`
			Values []float64 `json:"values"`
		}{seed, values})
	}
	return page.ErrFormat
}

func writeCSV(w io.Writer, s *chart.Series) error {
	b := []byte("index,value\n")
	for i := range s.Len() {
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, ',')
		b = strconv.AppendFloat(b, s.At(i), 'g', -1, 64)
		b = append(b, '\n')
	}
	_, err := w.Write(b)
	return err
}

package dataframe

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
)

// export writes the chosen regions by name, in the unit of the page.
func (r *regions) export(format string) func(io.Writer) error {
	label, columns, rows := r.table.Label, r.table.Columns, r.rows
	if format == "csv" {
		return func(w io.Writer) error { return regionsCSV(w, label, columns, rows) }
	}
	return func(w io.Writer) error { return regionsJSON(w, columns, rows) }
}

func regionsCSV(w io.Writer, label string, columns []string, rows []region) error {
	out := csv.NewWriter(w)
	_ = out.Write(append([]string{label}, columns...))
	for _, r := range rows {
		rec := []string{r.name}
		for _, v := range r.values {
			rec = append(rec, exact(v))
		}
		_ = out.Write(rec) // Error has the first error.
	}
	out.Flush()
	return out.Error()
}

func regionsJSON(w io.Writer, columns []string, regions []region) error {
	type row struct {
		Region string              `json:"region"`
		Values map[string]*float64 `json:"values"`
	}
	rows := make([]row, 0, len(regions))
	for _, r := range regions {
		values := make(map[string]*float64, len(r.values))
		for i, v := range r.values {
			if values[columns[i]] = nil; !math.IsNaN(v) {
				values[columns[i]] = &r.values[i]
			}
		}
		rows = append(rows, row{r.name, values})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(rows)
}

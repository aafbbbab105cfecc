package deck

import (
	"encoding/csv"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// maxRows bounds the rows of a layer.
const maxRows = 5_000_000

// errAway says that data lie on the network, which is not asked.
var errAway = errors.New("its data are at an address on the network")

// rows returns the rows of a layer's data: records, places, or features.
func (r *reader) rows(data any) ([]any, error) {
	switch d := data.(type) {
	case nil:
		return nil, nil
	case string:
		return r.load(d)
	case []any:
		if len(d) > maxRows {
			return nil, fmt.Errorf("it has more than %d rows", maxRows)
		}
		return d, nil
	case *js.Object:
		switch kind, _ := d.Get("type").(string); kind {
		case "":
			return records(d), nil
		case "FeatureCollection":
			list, _ := d.Get("features").([]any)
			return list, nil
		case "Feature":
			return []any{d}, nil
		default:
			o := js.NewObject()
			o.Set("geometry", d)
			return []any{o}, nil
		}
	}
	return nil, errors.New("its data are no rows")
}

// records turns columns, {"lon": […], "lat": […]}, into rows.
func records(columns *js.Object) []any {
	n := -1
	for _, key := range columns.Keys {
		list, ok := columns.Values[key].([]any)
		if !ok || n >= 0 && len(list) != n {
			return nil
		}
		n = len(list)
	}
	rows := make([]any, max(n, 0))
	for i := range rows {
		o := js.NewObject()
		for _, key := range columns.Keys {
			o.Set(key, columns.Values[key].([]any)[i])
		}
		rows[i] = o
	}
	return rows
}

// load reads the file, or the source, that data name.
func (r *reader) load(address string) ([]any, error) {
	if r.o.Rows != nil {
		if rows, ok, err := r.o.Rows(address); ok || err != nil {
			return rows, err
		}
	}
	if strings.Contains(address, ":") || strings.HasPrefix(address, "//") {
		return nil, errAway
	}
	if r.o.Load == nil {
		return nil, fmt.Errorf("%.80s cannot be read here", address)
	}
	text, err := r.o.Load(address)
	if err != nil {
		return nil, err
	}
	if strings.EqualFold(path.Ext(address), ".csv") {
		return readCSV(string(text))
	}
	v, err := decode(text)
	if err != nil {
		return nil, fmt.Errorf("%.80s: %w", address, err)
	}
	if _, again := v.(string); again {
		return nil, fmt.Errorf("%.80s holds no rows", address)
	}
	return r.rows(v)
}

// readCSV reads csv as loaders.gl does: a heading, and cells that are numbers,
// truth values or dates where they look like it.
func readCSV(text string) ([]any, error) {
	c := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	c.FieldsPerRecord, c.LazyQuotes = -1, true
	all, err := c.ReadAll()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	rows := make([]any, 0, len(all)-1)
	for _, record := range all[1:] {
		o := js.NewObject()
		for i, cell := range record {
			if i < len(all[0]) {
				o.Set(all[0][i], csvValue(cell))
			}
		}
		rows = append(rows, o)
	}
	return rows, nil
}

var (
	csvNumber = regexp.MustCompile(`^\s*-?(\d+\.?|\.\d+|\d+\.\d+)([eE][-+]?\d+)?\s*$`)
	csvDate   = regexp.MustCompile(`^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d(:[0-5]\d(\.\d+)?)?([+-][0-2]\d:[0-5]\d|Z)$`)
)

func csvValue(cell string) any {
	switch cell {
	case "":
		return nil
	case "true", "TRUE":
		return true
	case "false", "FALSE":
		return false
	}
	if csvNumber.MatchString(cell) {
		f, err := strconv.ParseFloat(strings.TrimSpace(cell), 64)
		if err != nil {
			return nil // out of range
		}
		return f
	}
	if csvDate.MatchString(cell) {
		return js.ToDate(cell, nil)
	}
	return cell
}

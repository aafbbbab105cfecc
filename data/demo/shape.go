package demo

import (
	"encoding/json"
	"errors"
	"io"
)

// Shape writes the figures of a page, which are a list of records, in the shape
// that the page has always had: the table has a record for each region, with its
// values by year.
func Shape(id string, records []byte, to io.Writer) error {
	if id != "dataframe" {
		_, err := to.Write(records)
		return err
	}
	var all []map[string]json.RawMessage
	if err := json.Unmarshal(records, &all); err != nil {
		return errors.Join(errors.New("the table is no list of records"), err)
	}
	type row struct {
		Region json.RawMessage            `json:"region"`
		Values map[string]json.RawMessage `json:"values"`
	}
	rows := make([]row, 0, len(all))
	for _, r := range all {
		region := r[regionField]
		delete(r, regionField)
		rows = append(rows, row{region, r})
	}
	enc := json.NewEncoder(to)
	enc.SetEscapeHTML(false)
	return enc.Encode(rows)
}

// regionField is the column of the table that names its rows.
const regionField = "Region"

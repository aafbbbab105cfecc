package dataframe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// jsonRows writes rows as a JSON array, one object a line, without holding
// them: an object of its columns in their order. What reads as a JSON number
// is one, nothing is null, the rest is text: "007" stays it.
type jsonRows struct {
	w     io.Writer
	keys  [][]byte // of the columns, quoted, each with its colon
	begun bool
	buf   bytes.Buffer
}

func newJSONRows(w io.Writer, columns []string) *jsonRows {
	j := &jsonRows{w: w}
	taken := map[string]int{}
	for _, name := range columns {
		if taken[name]++; taken[name] > 1 { // Two values of one key would be one.
			name = fmt.Sprintf("%s (%d)", name, taken[name])
		}
		j.keys = append(j.keys, append(quoted(name), ':'))
	}
	return j
}

func (j *jsonRows) Write(row []string) error {
	j.buf.Reset()
	if j.buf.WriteString(",\n"); !j.begun {
		j.buf.Reset()
		j.buf.WriteString("[")
		j.begun = true
	}
	j.object(row)
	_, err := j.w.Write(j.buf.Bytes())
	return err
}

// object writes all columns; a short row has no more.
func (j *jsonRows) object(row []string) {
	j.buf.WriteByte('{')
	for i := range j.keys {
		if i > 0 {
			j.buf.WriteByte(',')
		}
		j.buf.Write(j.keys[i])
		switch {
		case i >= len(row) || row[i] == "":
			j.buf.WriteString("null")
		case (row[i][0] == '-' || row[i][0] >= '0' && row[i][0] <= '9') && json.Valid([]byte(row[i])):
			j.buf.WriteString(row[i])
		default:
			j.buf.Write(quoted(row[i]))
		}
	}
	j.buf.WriteByte('}')
}

func (j *jsonRows) close() error {
	end := "]\n"
	if !j.begun {
		end = "[]\n"
	}
	_, err := io.WriteString(j.w, end)
	return err
}

// quoted is a text as JSON, with < and > as they are.
func quoted(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // A string can always be encoded.
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

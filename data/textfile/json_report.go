package textfile

import (
	"context"
	"encoding/json"
	"io"

	"github.com/authtabs/tabgate/data/frame"
)

// endRows is how many rows are shown of either end.
const endRows = 5

func ends(ctx context.Context, f frame.Frame) (head, tail *frame.Batch, err error) {
	if head, err = frame.Rows(ctx, f, frame.All(f), 0, endRows); err != nil {
		return nil, nil, err
	}
	tail, err = frame.Rows(ctx, f, frame.All(f), max(0, f.Len()-endRows), endRows)
	return head, tail, err
}

// WriteJSON writes how the file was read as one JSON object, with the first and
// the last five rows: what `tabgate inspect --json` prints.
func (r *Result) WriteJSON(ctx context.Context, out io.Writer) error {
	head, tail, err := ends(ctx, r)
	if err != nil {
		return err
	}
	type dialect struct {
		Delimiter string `json:"delimiter"`
		Quote     string `json:"quote"`
		Header    bool   `json:"header"`
		Skip      int    `json:"skip"`
		Encoding  string `json:"encoding"`
		Decimal   string `json:"decimal"`
		Thousands string `json:"thousands"`
	}
	type column struct {
		Name  string `json:"name"`
		Type  string `json:"type"`
		Nulls int    `json:"nulls"`
	}
	type skipped struct {
		Line   int    `json:"line"`
		Reason string `json:"reason"`
	}
	answer := struct {
		Format  string            `json:"format"`
		Dialect *dialect          `json:"dialect"`
		Columns []column          `json:"columns"`
		Rows    int               `json:"rows"`
		Skipped []skipped         `json:"skipped"`
		Notes   []string          `json:"notes"`
		Head    []json.RawMessage `json:"head"`
		Tail    []json.RawMessage `json:"tail"`
	}{Format: r.Format, Rows: r.Len(), Columns: []column{}, Skipped: []skipped{}, Notes: append([]string{}, r.Notes...), Head: rowsJSON(head), Tail: rowsJSON(tail)}
	if d := r.Dialect; d != nil {
		answer.Dialect = (*dialect)(d)
	}
	for _, col := range r.Columns() {
		answer.Columns = append(answer.Columns, column{col.Name, TypeName(col.Type), col.Nulls})
	}
	for _, s := range r.Skipped {
		answer.Skipped = append(answer.Skipped, skipped(s))
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	return e.Encode(answer)
}

// TypeName is how reports call a type. A list or an object is text there.
func TypeName(t frame.Type) string {
	if t == frame.JSON {
		t = frame.Text
	}
	return t.String()
}

func rowsJSON(b *frame.Batch) []json.RawMessage {
	out := []json.RawMessage{}
	for i := range b.Len {
		out = append(out, b.AppendJSON(nil, i))
	}
	return out
}

package metric

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/tui/page"
)

// formatter writes numbers, by a format of d3-format or as they are.
type formatter struct {
	text func(v value, unit string) string
	bad  error
}

func newFormatter(spec string) (formatter, error) {
	if spec == "" {
		return formatter{text: plainly}, nil
	}
	s, err := d3.ParseSpec(spec)
	if err != nil {
		return formatter{text: plainly, bad: err}, err
	}
	write := s.Format()
	return formatter{text: func(v value, _ string) string {
		switch {
		case v.null:
			return "–"
		case v.isText:
			return session.Clean(v.text, 200)
		}
		return session.Clean(write(v.number), 200)
	}}, nil
}

// plainly writes a number with its thousands parted, and at most two decimals
// where it is not small.
func plainly(v value, unit string) string {
	switch {
	case v.null:
		return "–"
	case v.isText:
		return session.Clean(v.text, 200)
	}
	spec := ",.2~f"
	switch abs := math.Abs(v.number); {
	case v.number == math.Trunc(v.number) && abs < 1e15:
		spec = ",.0f"
	case abs < 1:
		spec = ".3~r"
	}
	if n, err := strconv.ParseInt(v.text, 10, 64); err == nil && math.Abs(v.number) >= 1<<53 {
		return united(parted(n), session.Clean(unit, 8)) // every digit of it
	}
	s, err := d3.ParseSpec(spec)
	if err != nil {
		return strconv.FormatFloat(v.number, 'g', -1, 64)
	}
	return united(s.Format()(v.number), session.Clean(unit, 8))
}

// parted is an integer with its thousands parted.
func parted(n int64) string {
	text, sign := strconv.FormatInt(n, 10), ""
	if rest, negative := strings.CutPrefix(text, "-"); negative {
		text, sign = rest, "−"
	}
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return sign + text
}

// united puts a unit where people write it.
func united(text, unit string) string {
	switch {
	case unit == "":
		return text
	case unit == "%":
		return text + unit
	case len([]rune(unit)) == 1:
		if rest, ok := strings.CutPrefix(text, "−"); ok {
			return "−" + unit + rest
		}
		return unit + text
	}
	return text + " " + unit
}

// literal is the value that a rule holds.
func literal(text string) value {
	n, err := strconv.ParseFloat(text, 64)
	return value{number: n, text: text, isText: err != nil}
}

// holds reports whether a comparison of two values does.
func holds(a value, op query.Op, b value) bool {
	if op == query.IsNull || op == query.IsFilled {
		return a.null == (op == query.IsNull)
	}
	if a.null || b.null {
		return false
	}
	order := cmp.Compare(a.number, b.number)
	if a.isText || b.isText {
		order = strings.Compare(a.text, b.text)
	}
	switch op {
	case query.Eq:
		return order == 0
	case query.Ne:
		return order != 0
	case query.Lt:
		return order < 0
	case query.Le:
		return order <= 0
	case query.Gt:
		return order > 0
	case query.Ge:
		return order >= 0
	}
	return false
}

// spark is a small chart: each column shows the value of its part that is
// furthest from the mean, so that no peak is lost.
func spark(all []float64, cells int, ascii bool) string {
	blocks := []rune("▁▂▃▄▅▆▇█")
	if ascii {
		blocks = []rune(".:-=+*#%")
	}
	lo, hi, sum, n := math.Inf(1), math.Inf(-1), 0.0, 0.0
	for _, v := range all {
		if !math.IsNaN(v) {
			lo, hi, sum, n = min(lo, v), max(hi, v), sum+v, n+1
		}
	}
	out := make([]rune, 0, cells)
	for i := range cells {
		from := i * len(all) / cells
		to := min(max((i+1)*len(all)/cells, from+1), len(all))
		far, found := 0.0, false
		for _, v := range all[from:to] {
			if !math.IsNaN(v) && (!found || math.Abs(v-sum/n) > math.Abs(far-sum/n)) {
				far, found = v, true
			}
		}
		switch {
		case !found:
			out = append(out, ' ')
		case hi <= lo:
			out = append(out, blocks[len(blocks)/2])
		default:
			out = append(out, blocks[min(int((far-lo)/(hi-lo)*float64(len(blocks))), len(blocks)-1)])
		}
	}
	return string(out)
}

// Export writes the figure as a record.
func (p *Panel) Export(format string, w io.Writer) error {
	switch {
	case p.err != nil:
		return p.err
	case !p.have:
		return errNone
	}
	type record struct {
		Label string `json:"label"`
		Value any    `json:"value"`
		Delta any    `json:"delta,omitempty"`
	}
	r := record{Label: p.label(), Value: p.fig.value.any()}
	if p.fig.has {
		r.Delta = p.fig.delta.any()
	}
	switch format {
	case "json":
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode([]record{r})
	case "csv":
		c := csv.NewWriter(w)
		delta := ""
		if r.Delta != nil {
			delta = fmt.Sprint(r.Delta)
		}
		value := ""
		if r.Value != nil {
			value = fmt.Sprint(r.Value)
		}
		if err := c.WriteAll([][]string{{"label", "value", "delta"}, {r.Label, value, delta}}); err != nil {
			return err
		}
		return c.Error()
	}
	return page.ErrFormat
}

// any is the value as JSON has it.
func (v value) any() any {
	switch {
	case v.null || !v.isText && (math.IsNaN(v.number) || math.IsInf(v.number, 0)):
		return nil
	case v.isText:
		return v.text
	case v.text != "":
		return json.Number(v.text) // An integer, exactly.
	}
	return json.Number(strconv.FormatFloat(v.number, 'f', -1, 64))
}

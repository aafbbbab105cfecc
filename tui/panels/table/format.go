package table

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/sheet"
)

// cleanRunes is how much of a text is shown in one line.
const cleanRunes = 200

// noValue stands for a null, where an empty text would be another thing.
const noValue = "–"

// clean makes text from outside fit for one line.
func clean(s string) string { return session.Clean(oneLine.Replace(s), cleanRunes) }

var oneLine = strings.NewReplacer("\r\n", "↵", "\n", "↵", "\r", "↵", "\t", " ")

// shown is a text fit for one line of the table. The ends of its own lines are
// seen.
func shown(text []byte) string {
	if plain(text) && len(text) <= cleanRunes {
		return string(text)
	}
	return clean(string(text[:min(len(text), 4*cleanRunes+4)]))
}

// plain reports whether a text is printable ASCII.
func plain(text []byte) bool {
	for _, c := range text {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// text writes cell i of a vector as the column shows it.
func (c *column) text(v *frame.Vector, i int, scratch []byte) (sheet.Text, []byte) {
	if v.IsNull(i) {
		return sheet.Text{String: noValue, Tone: sheet.Missing}, scratch
	}
	if x, ok := v.Float(i); ok && c.kind.Numeric() && (c.format != nil || c.scale != 0) {
		if c.format != nil {
			return sheet.Text{String: clean(c.format(x))}, scratch
		}
		return sheet.Text{String: chart.Number(x, c.decimals)}, scratch
	}
	scratch = v.AppendCell(scratch[:0], i)
	if c.kind == frame.Number {
		scratch = padded(scratch, c.decimals)
	}
	return sheet.Text{String: shown(scratch)}, scratch
}

// padded writes a number with at least some digits behind its point, so that
// the points of a column stand below each other.
func padded(text []byte, decimals int) []byte {
	if decimals <= 0 || bytes.ContainsAny(text, "eI") {
		return text
	}
	have := 0
	if i := bytes.IndexByte(text, '.'); i >= 0 {
		have = len(text) - i - 1
	} else {
		text = append(text, '.')
	}
	for ; have < decimals; have++ {
		text = append(text, '0')
	}
	return text
}

// decimalsOf is how many digits behind the point the numbers of a vector have,
// at most mostPadded.
func decimalsOf(v *frame.Vector) (most int) {
	var text []byte
	for i := range v.Len() {
		text = v.AppendCell(text[:0], i)
		if at := bytes.IndexByte(text, '.'); at >= 0 && !bytes.ContainsAny(text, "eI") {
			most = max(most, len(text)-at-1)
		}
	}
	return min(most, mostPadded)
}

// Digits of numbers. A scaled number has as many decimals as show the smallest
// column by digits of its greatest value, within limits.
const (
	mostPadded                 = 6
	scaledDigits               = 3
	leastDecimals, mostDecimal = 2, 4
)

// scaledDecimals is how many decimals show a column whose greatest value,
// scaled, is this.
func scaledDecimals(greatest float64) int {
	if greatest <= 0 {
		return leastDecimals
	}
	return min(max(leastDecimals, scaledDigits-1-int(math.Floor(math.Log10(greatest)))), mostDecimal)
}

var tones = map[string]sheet.Tone{"good": sheet.Good, "warn": sheet.Warn, "bad": sheet.Bad}

// signs say without colour what a tone does.
var signs = map[sheet.Tone]string{sheet.Good: "▲", sheet.Warn: "!", sheet.Bad: "▼"}

func rulesOf(f frame.Frame, list []dashboard.Rule) []rule {
	var out []rule
	for _, r := range list {
		made := rule{op: string(r.Op), field: -1, tone: tones[r.Color]}
		if r.Field != "" {
			if made.field = frame.Find(f, r.Field); made.field < 0 {
				continue
			}
		} else if v, err := strconv.ParseFloat(r.Value, 64); err == nil {
			made.value = v
		} else {
			continue
		}
		out = append(out, made)
	}
	return out
}

// holds reports whether a value fulfils the rule's comparison.
func (r *rule) holds(v, with float64) bool {
	switch query.Op(r.op) {
	case query.Lt:
		return v < with
	case query.Le:
		return v <= with
	case query.Gt:
		return v > with
	case query.Ge:
		return v >= with
	case query.Eq:
		return v == with
	case query.Ne:
		return v != with
	}
	return false
}

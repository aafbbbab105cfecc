package dashboard

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// schema is a part of a JSON Schema.
type schema map[string]any

// scalar is the text of a node that is a single value; nothing counts as none.
func (r *reader) scalar(n *yaml.Node, what string) (string, bool) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		r.wrong(n, "this is %s: %s is wanted here", kind(n), what)
		return "", false
	}
	return n.Value, true
}

// line is text of one line.
func line() codec[string] { return text("text of one line", false) }

// block is text of any number of lines.
func block() codec[string] { return text("text", true) }

func text(what string, lines bool) codec[string] {
	return codec[string]{
		read: func(r *reader, n *yaml.Node, v *string) {
			s, ok := r.scalar(n, what)
			if !ok {
				return
			}
			if i := strings.IndexFunc(s, func(c rune) bool {
				return unicode.IsControl(c) && (!lines || c != '\n' && c != '\t') || c == '\u2028' || c == '\u2029'
			}); i >= 0 {
				r.wrong(n, "this holds a line break or a control character: %s is wanted here", what)
				return
			}
			*v = s
		},
		write: func(v string) *yaml.Node {
			if v == "" {
				return nil
			}
			return textNode(v)
		},
		schema: func() schema { return schema{"type": []any{"string", "number", "boolean"}} },
	}
}

// name is a text of one line that is not empty.
func name(what string) codec[string] {
	c := line()
	read := c.read
	c.read = func(r *reader, n *yaml.Node, v *string) {
		was := len(r.problems)
		if read(r, n, v); len(r.problems) == was && strings.TrimSpace(*v) == "" {
			r.wrong(n, "this is empty: %s is wanted here", what)
		}
	}
	c.schema = func() schema { return schema{"type": []any{"string", "number", "boolean"}, "pattern": `\S`} }
	return c
}

// fieldName is the name of a column; where it stands is kept for the checks
// that need the figures.
func fieldName() codec[string] {
	c := name("the name of a column")
	read := c.read
	c.read = func(r *reader, n *yaml.Node, v *string) {
		if read(r, n, v); *v != "" {
			r.mention(*v, n)
		}
	}
	return c
}

// signedField is a column that a minus may stand before: descending.
func signedField() codec[string] {
	c := name("the name of a column, with a minus before it for descending")
	read := c.read
	c.read = func(r *reader, n *yaml.Node, v *string) {
		if read(r, n, v); *v != "" {
			r.mention(strings.TrimPrefix(*v, "-"), n)
			r.mention(*v, n)
		}
	}
	return c
}

// mention keeps where a field is named first.
func (r *reader) mention(field string, n *yaml.Node) {
	if r.named == nil {
		return
	}
	if _, ok := r.named[field]; !ok {
		r.named[field] = r.place(n)
	}
}

// reference is a name of something else in the folder: a source, an input, a
// page. Where it stands is kept for the checks that know what there is.
func reference(what string) codec[string] {
	c := name(what)
	read := c.read
	c.read = func(r *reader, n *yaml.Node, v *string) {
		if read(r, n, v); *v != "" {
			r.mention(referenceMark+*v, n)
		}
	}
	return c
}

// referenceMark begins the names that are no fields among those mentioned.
const referenceMark = "\x00"

// referred is the place where something is named, or that of the whole.
func referred(named map[string]Place, name string, whole Place) *yaml.Node {
	if at, ok := named[referenceMark+name]; ok {
		return nodeOf(at)
	}
	return nodeOf(whole)
}

func fieldNames() codec[[]string] {
	return listOf(fieldName(), "a list of the names of columns", true)
}

// word is one of some words.
func word(words ...string) codec[string] {
	known := strings.Join(words, ", ")
	return codec[string]{
		read: func(r *reader, n *yaml.Node, v *string) {
			s, ok := r.scalar(n, "one of "+known)
			switch {
			case !ok:
			case slices.Contains(words, s):
				*v = s
			case Near(s, words) != "":
				r.wrong(n, "%s is none of %s: did you mean %s?", s, known, Near(s, words))
			default:
				r.wrong(n, "%s is not taken here: write one of %s", s, known)
			}
		},
		write: func(v string) *yaml.Node {
			if v == "" {
				return nil
			}
			n := textNode(v)
			if v == "true" || v == "false" {
				n.Tag = "!!bool"
			}
			return n
		},
		schema: func() schema {
			enum := make([]any, 0, len(words))
			for _, w := range words {
				if w == "true" || w == "false" {
					enum = append(enum, w == "true")
				}
				enum = append(enum, w)
			}
			return schema{"enum": enum}
		},
	}
}

// yes is true or false.
func yes() codec[bool] {
	return codec[bool]{
		read: func(r *reader, n *yaml.Node, v *bool) {
			if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" {
				r.wrong(n, "this is %s: true or false is wanted here", kind(n))
				return
			}
			*v = strings.EqualFold(n.Value, "true")
		},
		write: func(v bool) *yaml.Node {
			if !v {
				return nil
			}
			return plainNode("true")
		},
		schema: func() schema { return schema{"type": "boolean"} },
	}
}

// number is a finite number that valid takes.
func number(what string, valid func(float64) bool, limits schema) codec[float64] {
	return codec[float64]{
		read: func(r *reader, n *yaml.Node, v *float64) {
			f, ok := r.float(n, what)
			if ok && !valid(f) {
				r.wrong(n, "%s is not taken here: write %s", n.Value, what)
			} else if ok {
				*v = f
			}
		},
		write: func(v float64) *yaml.Node {
			if v == 0 {
				return nil
			}
			return plainNode(strconv.FormatFloat(v, 'g', -1, 64))
		},
		schema: func() schema {
			s := schema{"type": "number"}
			for k, v := range limits {
				s[k] = v
			}
			return s
		},
	}
}

func (r *reader) float(n *yaml.Node, what string) (float64, bool) {
	var f float64
	tag := ""
	if n.Kind == yaml.ScalarNode {
		tag = n.ShortTag()
	}
	if tag != "!!int" && tag != "!!float" || n.Decode(&f) != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		r.wrong(n, "this is %s: %s is wanted here", kind(n), what)
		return 0, false
	}
	return f, true
}

// weight is a share of the width or height.
func weight() codec[float64] {
	c := number("a number above 0 and up to 1000", func(f float64) bool { return f > 0 && f <= 1000 },
		schema{"exclusiveMinimum": 0, "maximum": 1000})
	write := c.write
	c.write = func(v float64) *yaml.Node {
		if v == 1 {
			return nil // which is what nothing says
		}
		return write(v)
	}
	return c
}

// factor is a number that figures are multiplied by.
func factor() codec[float64] {
	return number("a number that is not 0", func(f float64) bool { return f != 0 }, schema{"not": schema{"const": 0}})
}

// count is a whole number from least to most.
func count(least, most int) codec[int] {
	what := "a whole number from " + strconv.Itoa(least) + " to " + strconv.Itoa(most)
	inner := number(what, func(f float64) bool {
		return f == math.Trunc(f) && f >= float64(least) && f <= float64(most)
	}, nil)
	return codec[int]{
		read: func(r *reader, n *yaml.Node, v *int) {
			var f float64
			inner.read(r, n, &f)
			*v = int(f)
		},
		write: func(v int) *yaml.Node {
			if v == 0 {
				return nil
			}
			return plainNode(strconv.Itoa(v))
		},
		schema: func() schema { return schema{"type": "integer", "minimum": least, "maximum": most} },
	}
}

// unsigned is a whole number of 64 bits.
func unsigned() codec[uint64] {
	return codec[uint64]{
		read: func(r *reader, n *yaml.Node, v *uint64) {
			if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" || n.Decode(v) != nil {
				r.wrong(n, "this is %s: a whole number from 0 is wanted here", kind(n))
			}
		},
		write:  func(v uint64) *yaml.Node { return plainNode(strconv.FormatUint(v, 10)) },
		schema: func() schema { return schema{"type": "integer", "minimum": 0} },
	}
}

// units of spans of time, the largest first.
var units = []struct {
	sign string
	span time.Duration
}{{"w", 7 * 24 * time.Hour}, {"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}, {"s", time.Second}, {"ms", time.Millisecond}}

const longest = 100 * 365 * 24 * time.Hour

// Span is a span of time as a page writes it: "30s", "5m", "2h", "30d", "1w",
// or several of them: "1h30m". It reports whether the text is one.
func Span(text string) (time.Duration, bool) {
	var sum time.Duration
	if text == "" {
		return 0, false
	}
	for text != "" {
		digits := strings.TrimLeft(text, "0123456789")
		n, err := strconv.Atoi(text[:len(text)-len(digits)])
		sign := digits[:len(digits)-len(strings.TrimLeft(digits, "wdhms"))]
		i := slices.IndexFunc(units, func(u struct {
			sign string
			span time.Duration
		}) bool {
			return u.sign == sign
		})
		if err != nil || i < 0 || n > int(longest/units[i].span) {
			return 0, false
		}
		if sum += time.Duration(n) * units[i].span; sum > longest {
			return 0, false
		}
		text = digits[len(sign):]
	}
	return sum, true
}

func spanText(d time.Duration) string {
	var b strings.Builder
	for _, u := range units[1:] { // 14d rather than 2w
		if n := d / u.span; n > 0 {
			b.WriteString(strconv.FormatInt(int64(n), 10) + u.sign)
			d -= n * u.span
		}
	}
	return b.String()
}

const spanPattern = `^([0-9]+(w|d|h|ms|m|s))+$`

// span is a time span of at least some length.
func span(least time.Duration) codec[time.Duration] {
	return codec[time.Duration]{
		read: func(r *reader, n *yaml.Node, v *time.Duration) {
			s, ok := r.scalar(n, "a span of time such as 30s, 5m, 2h or 30d")
			if !ok {
				return
			}
			d, ok := Span(s)
			switch {
			case !ok:
				r.wrong(n, "%s is no span of time: write a number with s, m, h or d, such as 30s, 5m, 2h or 30d", s)
			case d < least:
				r.wrong(n, "%s is too short: %s is the least", s, spanText(least))
			default:
				*v = d
			}
		},
		write: func(v time.Duration) *yaml.Node {
			if v == 0 {
				return nil
			}
			return plainNode(spanText(v))
		},
		schema: func() schema { return schema{"type": "string", "pattern": spanPattern} },
	}
}

// spanWords is a span kept as it is written: of days and weeks.
func spanWords() codec[string] {
	return codec[string]{
		read: func(r *reader, n *yaml.Node, v *string) {
			s, ok := r.scalar(n, "a span of time such as 30d, 8w or 12h")
			if d, valid := Span(s); ok && (!valid || d == 0) {
				r.wrong(n, "%s is no span of time: write a number with d, w or h, such as 30d", s)
			} else if ok {
				*v = s
			}
		},
		write:  line().write,
		schema: func() schema { return schema{"type": "string", "pattern": spanPattern} },
	}
}

var sizes = []struct {
	sign  string
	bytes int64
}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"", 1}}

// bytesOf is an amount of data.
func bytesOf() codec[int64] {
	return codec[int64]{
		read: func(r *reader, n *yaml.Node, v *int64) {
			s, ok := r.scalar(n, "an amount of data such as 256MiB")
			if !ok {
				return
			}
			for _, size := range sizes {
				digits, fits := strings.CutSuffix(s, size.sign)
				m, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
				if fits && err == nil && m > 0 && m <= (1<<40)/size.bytes {
					*v = m * size.bytes
					return
				}
			}
			r.wrong(n, "%s is no amount of data: write a number with MiB or GiB, such as 256MiB", s)
		},
		write: func(v int64) *yaml.Node {
			if v == 0 {
				return nil
			}
			for _, size := range sizes {
				if v%size.bytes == 0 {
					return plainNode(strconv.FormatInt(v/size.bytes, 10) + size.sign)
				}
			}
			return nil
		},
		schema: func() schema {
			return schema{"anyOf": []any{
				schema{"type": "integer", "minimum": 1},
				schema{"type": "string", "pattern": `^[0-9]+ *(GiB|MiB|KiB|GB|MB|kB)?$`},
			}}
		},
	}
}

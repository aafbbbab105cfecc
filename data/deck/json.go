package deck

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/authtabs/tabgate/data/vega/js"
)

// maxDepth bounds how deep lists and objects stand in each other.
const maxDepth = 200

// parser reads JSON, and the bare words NaN, Infinity and -Infinity that pandas
// writes.
type parser struct {
	text  string
	at    int
	depth int
}

// decode reads a JSON text. Its values are those of package js; an error names
// the line and the column.
func decode(text []byte) (any, error) {
	p := &parser{text: strings.TrimPrefix(string(text), "\ufeff")}
	v, err := p.value()
	if err == nil {
		if p.space(); p.at < len(p.text) {
			err = errors.New("more text behind the end")
		}
	}
	if err != nil {
		before := p.text[:min(p.at, len(p.text))]
		line := strings.Count(before, "\n") + 1
		return nil, fmt.Errorf("line %d, column %d: %w", line, len(before)-strings.LastIndexByte(before, '\n'), err)
	}
	return v, nil
}

func (p *parser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

// take reports whether a character comes next, and steps over it.
func (p *parser) take(c byte) bool {
	if p.space(); p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *parser) value() (any, error) {
	p.space()
	if p.at >= len(p.text) {
		return nil, errors.New("the text ends too early")
	}
	switch c := p.text[p.at]; c {
	case '{', '[':
		if p.depth++; p.depth > maxDepth {
			return nil, fmt.Errorf("more than %d levels", maxDepth)
		}
		defer func() { p.depth-- }()
		if p.at++; c == '{' {
			return p.object()
		}
		return p.list()
	case '"':
		return p.str()
	}
	return p.word()
}

func (p *parser) object() (any, error) {
	o := js.NewObject()
	for first := true; !p.take('}'); first = false {
		if !first && !p.take(',') {
			return nil, errors.New("a comma is missing")
		}
		if p.space(); p.at >= len(p.text) || p.text[p.at] != '"' {
			return nil, errors.New("a name in quotes is missing")
		}
		name, err := p.str()
		if err != nil {
			return nil, err
		}
		if !p.take(':') {
			return nil, errors.New("a colon is missing")
		}
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		o.Set(name, v)
	}
	return o, nil
}

func (p *parser) list() (any, error) {
	out := []any{}
	for first := true; !p.take(']'); first = false {
		if !first && !p.take(',') {
			return nil, errors.New("a comma is missing")
		}
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// words are the values that stand without quotes, but for numbers.
var words = map[string]any{"null": nil, "true": true, "false": false, "NaN": nan, "Infinity": infinity, "-Infinity": -infinity}

func (p *parser) word() (any, error) {
	end := p.at
	for end < len(p.text) && strings.IndexByte(" \t\r\n,]}:\"", p.text[end]) < 0 {
		end++
	}
	word := p.text[p.at:end]
	if v, ok := words[word]; ok {
		p.at = end
		return v, nil
	}
	f, err := strconv.ParseFloat(word, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || word == "" || strings.IndexByte("+.nNiI", word[0]) >= 0 || strings.ContainsAny(word, "xX_pP") {
		return nil, fmt.Errorf("%.40q is no value", word)
	}
	p.at = end
	return f, nil
}

func (p *parser) str() (string, error) {
	rest := p.text[p.at+1:]
	end := strings.IndexAny(rest, "\"\\")
	if end >= 0 && rest[end] == '"' {
		p.at += end + 2
		return rest[:end], nil
	}
	var b strings.Builder
	for p.at++; p.at < len(p.text); {
		c := p.text[p.at]
		p.at++
		switch c {
		case '"':
			return b.String(), nil
		case '\\':
			if err := p.escape(&b); err != nil {
				return "", err
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", errors.New("a text has no end")
}

func (p *parser) escape(b *strings.Builder) error {
	if p.at >= len(p.text) {
		return errors.New("a text has no end")
	}
	c := p.text[p.at]
	p.at++
	if c == 'u' {
		r, err := p.unicode()
		if err != nil {
			return err
		}
		if r >= 0xd800 && r < 0xdc00 && strings.HasPrefix(p.text[p.at:], `\u`) {
			p.at += 2
			low, err := p.unicode()
			if err != nil {
				return err
			}
			if low >= 0xdc00 && low < 0xe000 {
				r = (r-0xd800)<<10 + (low - 0xdc00) + 0x10000
			} else {
				b.WriteRune(utf8.RuneError)
				r = low
			}
		}
		b.WriteRune(r)
		return nil
	}
	i := strings.IndexByte(`"\/bfnrt`, c)
	if i < 0 {
		return fmt.Errorf("\\%c is no escape", c)
	}
	b.WriteByte("\"\\/\b\f\n\r\t"[i])
	return nil
}

func (p *parser) unicode() (rune, error) {
	if p.at+4 > len(p.text) {
		return 0, errors.New("a text has no end")
	}
	v, err := strconv.ParseUint(p.text[p.at:p.at+4], 16, 32)
	if err != nil {
		return 0, errors.New(`\u needs four hexadecimal digits`)
	}
	p.at += 4
	return rune(v), nil
}

// Value reads a value of JSON, as a specification's data have it.
func Value(text []byte) (any, error) { return decode(text) }

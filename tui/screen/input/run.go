package input

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	// mostKeys is how many different characters that come in one go are keys.
	mostKeys = 3
	// runGap is the least time between characters that were typed: no key
	// repeats, and nobody types, a hundred characters a second.
	runGap = 10 * time.Millisecond
	// textGap is how long the rest of a text may be away.
	textGap = 20 * time.Millisecond
)

// run is the characters that come in one go.
type run struct {
	different []rune // up to one more than mostKeys
	last      time.Time
	text      []byte // what is no keys
	isText    bool
}

// due returns when a text that is collected counts as whole, zero if there is
// none.
func (r *run) due() time.Time {
	if !r.isText {
		return time.Time{}
	}
	return r.last.Add(textGap)
}

// add counts characters that came at now, and reports whether they are text.
func (r *run) add(chars []rune, now time.Time) bool {
	if now.Sub(r.last) >= runGap {
		r.different = r.different[:0]
	}
	r.last = now
	for _, c := range chars {
		if len(r.different) > mostKeys {
			break
		}
		if !slices.Contains(r.different, c) {
			r.different = append(r.different, c)
		}
	}
	r.isText = r.isText || len(r.different) > mostKeys
	return r.isText
}

// keep collects characters of a text.
func (r *run) keep(chars []rune) {
	for _, c := range chars {
		if len(r.text) < maxPaste {
			r.text = utf8.AppendRune(r.text, c)
		}
	}
}

// end begins a new run, and returns the text of the one before if it is one.
func (r *run) end() (text Text, ok bool) {
	if ok = r.isText; ok {
		lines := strings.ReplaceAll(strings.ReplaceAll(string(r.text), "\r\n", "\n"), "\r", "\n")
		text.Text = strings.TrimRight(lines, "\n")
		text.Enter = len(text.Text) < len(lines)
	}
	*r = run{different: r.different[:0]}
	return text, ok
}

package dataframe

import (
	"slices"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/authtabs/tabgate/tui/sheet"
	"github.com/authtabs/tabgate/tui/widget"
)

// picks is the multi-select: options, those chosen in the order in which they
// were, and the dropdown's query over those that are not.
type picks struct {
	options []string
	picked  []string
	field   widget.Field // the query
	found   []choice
	at, top int // in found: the cursor, the first one shown
}

// choice is an option that fits the query, and the runes of it that do.
type choice struct {
	name string
	runs []int // byte offsets in name
}

func (p *picks) setOptions(options []string) {
	p.options = options
	p.filter()
}

// filter finds the options that fit: all of them in their own order without
// a query, else the best first. A query that is the initials of a name counts
// most, so that "usa" finds the United States of America.
func (p *picks) filter() {
	var rest []string
	for _, o := range p.options {
		if !slices.Contains(p.picked, o) {
			rest = append(rest, o)
		}
	}
	p.found = p.found[:0]
	query := strings.TrimSpace(p.field.String())
	if query == "" {
		for _, o := range rest {
			p.found = append(p.found, choice{name: o})
		}
	} else {
		hits := fuzzy.Find(query, rest)
		slices.SortStableFunc(hits, func(a, b fuzzy.Match) int {
			return rank(b, query) - rank(a, query)
		})
		for _, h := range hits {
			p.found = append(p.found, choice{h.Str, h.MatchedIndexes})
		}
	}
	p.at = min(p.at, max(len(p.found)-1, 0))
}

// rank puts names that begin with the query first, then those whose initials
// it is, then the score of the match.
func rank(m fuzzy.Match, query string) int {
	const first = 1 << 20
	switch {
	case len(m.Str) >= len(query) && strings.EqualFold(m.Str[:len(query)], query):
		return 2*first + m.Score
	case len(query) > 1 && initialsMatch(m.Str, query):
		return first + m.Score
	}
	return m.Score
}

// initialsMatch reports whether query begins like the initials of name, without
// or with its small words: "usa", "usoa", and "us" for United States.
func initialsMatch(name, query string) bool {
	var all, big strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		r := []rune(w)[0]
		all.WriteRune(unicode.ToLower(r))
		if unicode.IsUpper(r) {
			big.WriteRune(unicode.ToLower(r))
		}
	}
	query = strings.ToLower(query)
	for _, in := range []string{all.String(), big.String()} {
		if strings.HasPrefix(in, query) || len(in) > 1 && strings.HasPrefix(query, in) {
			return true
		}
	}
	return false
}

// typed takes a key that types or edits the query.
func (p *picks) typed(msg tea.KeyMsg) {
	if query := p.field.String(); p.field.Key(msg) && p.field.String() != query {
		p.at, p.top = 0, 0
		p.filter()
	}
}

// begin empties the query.
func (p *picks) begin() {
	p.field = widget.Field{Limit: sheet.MaxQuery}
	p.at, p.top = 0, 0
	p.filter()
}

func (p *picks) pop() bool {
	if len(p.picked) == 0 {
		return false
	}
	p.picked = slices.Clone(p.picked[:len(p.picked)-1])
	p.filter()
	return true
}

func (p *picks) clear() {
	p.picked = nil
	p.filter()
}

func (p *picks) remove(name string) {
	p.picked = slices.DeleteFunc(slices.Clone(p.picked), func(n string) bool { return n == name })
	p.filter()
}

// take chooses an option of the dropdown, which stays open with its query
// gone.
func (p *picks) take(i int) bool {
	if i < 0 || i >= len(p.found) {
		return false
	}
	p.picked = append(slices.Clone(p.picked), p.found[i].name)
	if !p.field.Empty() {
		p.field.Clear()
		p.at, p.top = 0, 0
	}
	p.filter()
	return true
}

func (p *picks) move(by int) { p.at = min(max(p.at+by, 0), max(len(p.found)-1, 0)) }

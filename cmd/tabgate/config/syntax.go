package config

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// patterns of the YAML library's sentences, made when one is needed.
type patterns struct{ place, parser, lexer, named *regexp.Regexp }

var yamlErrors = sync.OnceValue(func() patterns {
	return patterns{
		place:  regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?`),
		parser: regexp.MustCompile(`^did not find`),
		lexer:  regexp.MustCompile(`^(?:could not|found|mapping|block)`),
		named:  regexp.MustCompile(`'[^']*'|"[^"]*"|` + "`[^`]*`"),
	}
})

// syntax passes on what the YAML library found, with the right line and
// without what it quotes: the line may hold the client secret.
//
// The library counts lines from 0 where its grammar fails and from 1 where
// its lexer does, and leaves the first line's number out in both.
func (f *file) syntax(err error) error {
	p := yamlErrors()
	text := strings.Join(strings.Fields(err.Error()), " ")
	m := p.place.FindStringSubmatch(text)
	text = strings.TrimPrefix(text, m[0])
	line, _ := strconv.Atoi(m[1])
	if p.parser.MatchString(text) || line == 0 && p.lexer.MatchString(text) {
		line++
	}
	place := f.name
	if line > 0 {
		place += ":" + strconv.Itoa(line)
	}
	return wrong(place, "", "is not YAML (%s): fix it", p.named.ReplaceAllString(text, "…"))
}
